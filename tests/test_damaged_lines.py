"""A document with one line too many or too few: refused with its place, or not a row changes."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise

import pytest
from conftest import ROOT
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.documents.rows import Document
from renkei.documents.sources import Line, corrected_lines, document, sources_on_record
from renkei.errors import RenkeiError, SourceError
from renkei.tables.build import READERS
from renkei.tables.conflicts import Conflicts
from renkei.tables.curated import Curated
from renkei.tables.merging import merged
from renkei.tables.tidy import Tidy
from renkei.text import normalise
from second_reading import Account, Tables, cells_of_form

VISION, LIST = "vision_2024_2028", "status_list_fy2021"
SENTENCE = "1 回以上開催(毎年度)"

Damage = Callable[[list[Line], int], list[Line]]


@cache
def filled_lines(source: str) -> list[Line]:
    """A document's lines after corrections, without the blank ones, which no reader looks at."""
    checkout = Checkout(ROOT)
    record = sources_on_record(checkout)[source]
    lines = corrected_lines(record, document(checkout, record), Curated.read(checkout).corrections)
    return [line for line in lines if line.text.strip()]


@cache
def undamaged(source: str) -> Document:
    return read(source, filled_lines(source))


def read(source: str, lines: list[Line]) -> Document:
    record = sources_on_record(Checkout(ROOT))[source]
    return READERS[record.reader](record, lines, Area.of(Checkout(ROOT)))


def with_line_below(text: str) -> Damage:
    """A damage: a line of that text below the one at a place, under the same number."""
    return lambda lines, place: [
        *lines[: place + 1],
        Line(lines[place].number, text),
        *lines[place + 1 :],
    ]


def faults(
    source: str, damage: Damage, places: Iterable[int], *, near: int, may_pass: bool = True
) -> Iterator[str]:
    """Where a damage changes what is read, or is refused without naming one of the lines around it.

    With `may_pass` it may be read where not a row changes.
    """
    lines = filled_lines(source)
    for place in places:
        around = [line.number for line in lines[max(0, place - near) : place + near + 1]]
        try:
            if read(source, damage(lines, place)) != undamaged(source) or not may_pass:
                yield f"{lines[place].number}: nothing is said"
        except SourceError as error:
            if not any(re.search(rf"\b{number}\b", str(error)) for number in around):
                yield f"{lines[place].number}: {error}"


@pytest.mark.parametrize("source", [VISION, LIST])
def test_a_bare_number_anywhere_is_refused(source: str) -> None:
    """Below any line a number without a footnote of its own has no place: each fourth one, line 158 too."""
    numbers = random.Random(158)  # noqa: S311 - the same sample each time
    damages = [with_line_below(text) for text in ("12", "1", "17", "１０", "2024", "1,000")]
    lines = filled_lines(source)
    first = (sum(line.number <= 158 for line in lines) - 1) % 4

    assert [] == [
        fault
        for place in range(first, len(lines), 4)
        for fault in faults(source, numbers.choice(damages), [place], near=1, may_pass=False)
    ]


def ends_of_forms() -> list[int]:
    """The place of the last line of each form, and of all that stands between it and the next form."""
    lines = filled_lines(VISION)
    tables = Tables.of(ROOT / "data", VISION)
    cells = {f"No. {row['project_no']} ": Account(cells_of_form(row, tables)) for row in tables.projects}
    heads = [place for place, line in enumerate(lines) if line.text.strip().startswith("No. ")]
    ends: list[int] = []
    for head, following in pairwise([*heads, len(lines)]):
        [form] = [form for name, form in cells.items() if lines[head].text.strip().startswith(name)]
        last = max(place for place in range(head, following) if form.spend(lines[place].text))
        ends += range(last, following)
    return ends


def test_text_at_the_end_of_a_form_is_refused() -> None:
    """A line that begins with a digit is no pillar's heading, and no more of the text that ended above it."""
    assert [] == list(faults(VISION, with_line_below(SENTENCE), ends_of_forms(), near=8))


@pytest.mark.parametrize("source", [VISION, LIST])
def test_the_same_line_twice_is_refused(source: str) -> None:
    """Of any line, printed twice, the second one has no place."""
    lines = filled_lines(source)
    places = random.Random(2).sample(range(len(lines)), min(len(lines), 150))  # noqa: S311

    def twice(lines: list[Line], place: int) -> list[Line]:
        return with_line_below(lines[place].text)(lines, place)

    assert [] == list(faults(source, twice, places, near=4))


def test_a_heading_that_is_lost_is_missed() -> None:
    """Without a pillar's, a part's or a section's heading, or the head of a table, nothing is read."""
    lines = filled_lines(VISION)
    headings = [
        place
        for place, line in enumerate(lines)
        if re.match(r"[a-z1-3] \S|\(\d\)|【基本KPI】|指標名 |No\. ", normalise(line.text))
    ]

    assert 3 * 3 + 3 + 22 + 55 == len(headings)
    assert [] == [
        lines[place].number for place in headings if tidied_anyway(lines[:place] + lines[place + 1 :])
    ]


def tidied_anyway(lines: list[Line]) -> bool:
    """Whether the vision is read, and its headings are those of the projects in `sections.csv`."""
    checkout = Checkout(ROOT)
    record = sources_on_record(checkout)[VISION]
    try:
        curated = Curated.read(checkout)
        merged_plan = merged([(record, read(VISION, lines))], curated.units, Conflicts([]))
        Tidy(merged_plan, curated, Area.of(checkout).plan_of(record.plan))
    except RenkeiError:
        return False
    return True


@pytest.mark.parametrize("number", [136, 291, 623, 954, 1043, 1045, 1047, 3050, 3352, 3362])
def test_a_footnote_without_its_number_or_mark_is_refused(number: int) -> None:
    """Each footnote has the next number beside it and one mark in the text; neither can be done without."""
    lines = filled_lines(VISION)
    [place] = [place for place, line in enumerate(lines) if line.number == number]

    with pytest.raises(SourceError, match="footnote"):
        read(VISION, lines[:place] + lines[place + 1 :])


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (1053, "1 圏域全体の経済成長のけん引", "expected the heading “2 高次の都市機能の集積・強化”"),
        (1053, "2 高次の都市機能の集積", "a bare number only as a footnote's"),
        (474, "d 地域経済の裾野拡大", "expected the heading of section c"),
        (3258, "(3)圏域マネジメント能力の強化", "expected the heading “.2. 結びつきやネットワークの強化”"),
        (18, "【基本】", "expected “【基本KPI】”"),
        (291, "17", "a mark of a footnote .there are 10 to 16."),
        (1043, "13", "one mark of footnote 13"),
        (956, "14【エクスカーション】地域の視察会。", "the number 13 with the footnote"),
    ],
)
def test_a_heading_or_number_out_of_order_is_refused(number: int, text: str, expected: str) -> None:
    """Headings and footnotes count up; a name that is not the area's is no heading."""
    lines = [Line(n.number, text) if n.number == number else n for n in filled_lines(VISION)]

    with pytest.raises(SourceError, match=expected):
        read(VISION, lines)


@pytest.mark.parametrize("blank", ["", " \t", "\f", "\u3000", "\r"])
@pytest.mark.parametrize("source", [VISION, LIST])
def test_blank_lines_mean_nothing(source: str, blank: str) -> None:
    """White space of any kind, a page's form feed too, may stand between any two lines."""
    lines = [both for line in filled_lines(source) for both in (Line(line.number, blank), line)]

    assert undamaged(source) == read(source, lines)


@pytest.mark.parametrize("source", [VISION, LIST])
def test_how_a_file_was_saved_means_nothing(source: str) -> None:
    """A byte order mark, and line ends as Windows has them, change no row."""
    checkout = Checkout(ROOT)
    record = sources_on_record(checkout)[source]
    content = b"\xef\xbb\xbf" + document(checkout, record).replace(b"\n", b"\r\n")
    corrections = Curated.read(checkout).corrections

    assert undamaged(source) == read(source, corrected_lines(record, content, corrections))


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\x0b", "\u2028", "\ue000"])
def test_a_character_that_cannot_be_seen_is_refused(unseen: str) -> None:
    """Two cells that look the same must not differ, so what cannot be seen is named with its line."""
    checkout = Checkout(ROOT)
    record = sources_on_record(checkout)[LIST]
    content = "1 行目\n基準\u200b値".replace("\u200b", unseen).encode()

    with pytest.raises(SourceError, match=rf":2: .*U\+{ord(unseen):04X}"):
        corrected_lines(record, content, [])
