"""What holds for whatever offices write: 1,800 cases in all, none of which touches a file of the project.

Pure functions alone: a cell's text to its value, rows to a file and back, claims to rows.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import csv_text, measured, row
from renkei.actuals.cells import Cell, Place, Sheet, seen, unseen
from renkei.actuals.claims import Claim, claim_of
from renkei.actuals.csv_sheet import sheets_of_csv
from renkei.actuals.disputes import settled
from renkei.actuals.files import kept_name
from renkei.actuals.ledger import Accepted, accepted_text, reported, says, year_text
from renkei.actuals.questions import Known, questions_about
from renkei.actuals.reading import FormRow, form_rows
from renkei.actuals.taking import Decisions, Taken, taken
from renkei.actuals.values import Actual, actual_in, text_in
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.errors import SourceError
from renkei.quantity import parse_quantity
from renkei.tables.reported import Reported
from renkei.units import Units

CHECKOUT = Checkout.current()
PLACE = Place("架空.xlsx", "実績入力", "J5")
#: Indicators in people by ten thousands, yen by thousands, %, and a number that may be negative.
NUMBERS = ("2024-14-1", "2024-48-1", "2024-41-5", "2024-K4")
IDS = st.sampled_from([*NUMBERS, "2024-02-1"])
FULL_WIDTH = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")


@cache
def units() -> Units:
    return Units.of(CHECKOUT)


def read(indicator_id: str, cell: Cell) -> Actual:
    of = measured()[indicator_id]
    return actual_in(cell, of.unit, of.form, units())


def text_cell(text: str) -> Cell:
    return Cell(PLACE, "text", text)


def is_read_or_refused(reading: Callable[[], Actual], indicator_id: str) -> None:
    """What is read reads again as itself; what is refused says where, what, and what to do."""
    try:
        actual = reading()
    except SourceError as error:
        told = str(error)
        assert told.startswith("架空.xlsx, sheet “実績入力”, J5: ")
        assert " was expected, found " in told
        assert "; " in told
        assert unseen(told) is None
        return
    assert unseen(actual.text) is None
    assert "\n" not in actual.text
    if actual.value is not None:
        quantity = parse_quantity(actual.text, units())
        assert (actual.value, measured()[indicator_id].unit) == (quantity.value, quantity.unit)


decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False).map(Decimal)


@settings(max_examples=300)
@given(
    st.sampled_from(NUMBERS),
    decimals,
    st.sampled_from(["-", "▲", "△", "−"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_number_is_read_however_it_is_typed(
    indicator_id: str, number: Decimal, minus: str, has_commas: bool, is_full_width: bool, has_unit: bool
) -> None:
    """With separators or without, full-width, with any minus, with the form's unit or alone."""
    form = measured()[indicator_id].form
    written = f"{abs(number):{',' if has_commas else ''}f}"
    text = f"{minus if number < 0 else ''}{written}{form.text if has_unit else ''}"
    if is_full_width:
        text = text.translate(FULL_WIDTH)

    assert number * form.scale == read(indicator_id, text_cell(text)).value


@settings(max_examples=200)
@given(st.sampled_from(NUMBERS), st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_cell_is_read_exactly_or_refused(indicator_id: str, number: float) -> None:
    """Nothing is rounded and nothing guessed."""
    exact = Decimal(f"{number:.15g}") if isinstance(number, float) else Decimal(number)
    cell = Cell(PLACE, "number", str(number), exact)

    is_read_or_refused(lambda: read(indicator_id, cell), indicator_id)
    if exact == exact.to_integral_value() and abs(exact) < 10**12:
        assert exact * measured()[indicator_id].form.scale == read(indicator_id, cell).value


@settings(max_examples=300)
@given(
    IDS,
    st.text(max_size=30)
    | st.text(
        "0123456789０１,，.．▲△-－%％万千百億円人名回 　約()（）年度令和R集計中以上<=\n\x07", max_size=12
    ),
)
def test_any_text_is_read_for_certain_or_refused(indicator_id: str, text: str) -> None:
    """Never another error, and no text of an office is told with characters that nobody sees."""
    is_read_or_refused(lambda: read(indicator_id, text_cell(text)), indicator_id)


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_a_note_is_kept_in_one_line_or_refused(text: str) -> None:
    """And what is kept is kept again as it is."""
    try:
        kept = text_in(text_cell(text), 1000)
    except SourceError as error:
        assert unseen(text) is not None
        assert unseen(str(error)) is None
        return
    assert kept == text_in(text_cell(kept), 1000)
    assert kept.splitlines() in ([], [kept])
    assert kept == seen(kept)


@settings(max_examples=150)
@given(st.text(max_size=30))
def test_a_file_name_is_no_path(path: str) -> None:
    """Whatever stands before it."""
    try:
        name = kept_name(f"../{path}.xlsx")
    except SourceError:
        return
    assert not {"/", "\\"} & set(name)
    assert name not in (".", "..", "")


safe_texts = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=15).filter(
    lambda text: text == text_in(text_cell(text), 99)
)


@settings(max_examples=200)
@given(
    st.lists(safe_texts, min_size=1, max_size=4),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_rows_come_out_of_a_csv_file_as_they_went_in(notes: list[str], delimiter: str, encoding: str) -> None:
    """Quotes, commas, formulas and markup in them are text."""
    rows = [row("2024-02-1", number, note=note) for number, note in enumerate(notes)]
    content = csv_text(rows, delimiter).encode(encoding)

    found = form_rows("a.csv", tuple(sheets_of_csv(content, "a.csv")))

    assert () == found.problems
    errors = [of["note"].kind == "error" for of in found.rows]
    assert [(str(n), note) for n, note in enumerate(notes)] == [
        (of["actual"].text, of["note"].text) for of in found.rows
    ]
    assert not any(errors) or any(note.startswith("#") for note in notes)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """What an office may say of one of a few indicators."""
    of = measured()[draw(IDS)]
    number = draw(st.integers(1, 3))
    read_again = read(of.indicator_id, Cell(PLACE, "number", str(number), Decimal(number)))
    file = draw(st.sampled_from(["a.xlsx", "b.xlsx"]))
    return Claim(
        fiscal_year=2024,
        measured=of,
        actual=read_again,
        observed_year=2024,
        status=draw(st.sampled_from(["provisional", "final"])),
        rating="-",
        rated_by="rule",
        by_rule="-",
        note=draw(st.sampled_from(["-", "注"])),
        office=draw(st.sampled_from(["甲課", "乙課"])),
        file=file,
        path=file,
        place=replace(PLACE, file=file),
    )


#: Any question about any indicator is answered, so that only what is no question keeps a claim out.
DECISIONS = Decisions(date(2025, 7, 1), dict.fromkeys([*NUMBERS, "2024-02-1"], "架空"))


def take(found: list[Claim], before: list[Reported], day: date = DECISIONS.entered_on) -> Taken:
    return taken(2024, found, before, {}, set(), replace(DECISIONS, entered_on=day))


def quietly(found: list[Claim], before: list[Reported], day: date) -> Taken:
    """Without an answer to any question, as when a folder is imported again."""
    return taken(2024, found, before, {}, set(), Decisions(day))


@settings(max_examples=200)
@given(st.lists(claims(), max_size=6), st.randoms())
def test_the_order_of_claims_does_not_matter(found: list[Claim], random: Any) -> None:
    """The rows are the same, and so is what is in the way."""
    placed = [
        replace(claim, place=replace(claim.place, address=f"J{number}")) for number, claim in enumerate(found)
    ]
    mixed = list(placed)
    random.shuffle(mixed)

    one, other = take(placed, []), take(mixed, [])

    assert year_text(CHECKOUT, one.rows, measured()) == year_text(CHECKOUT, other.rows, measured())
    assert sorted(map(str, one.problems)) == sorted(map(str, other.problems))


@settings(max_examples=200)
@given(st.lists(claims(), max_size=6), st.integers(0, 90))
def test_what_came_in_once_does_not_come_in_again(found: list[Claim], days: int) -> None:
    """On whatever day it comes again; and what was there is there still."""
    first = take(found, [])
    rows = {(one.indicator_id, says(one)) for one in first.rows}
    known = [claim for claim in found if (claim.indicator_id, claim.says) in rows]

    again = quietly(known, list(first.rows), DECISIONS.entered_on + timedelta(days))

    assert ((), ()) == (again.rows, again.problems)
    assert len(known) == again.known


@settings(max_examples=100)
@given(st.lists(claims(), max_size=5), st.lists(claims(), max_size=5))
def test_what_was_known_is_never_lost(first: list[Claim], second: list[Claim]) -> None:
    """A later import only adds rows, of each indicator and status at most one a day."""
    before = list(take(first, []).rows)
    after = [*before, *take(second, before, date(2025, 9, 1)).rows]

    keys = [(one.indicator_id, one.status, one.entered_on) for one in after]
    assert len(keys) == len(set(keys))
    lines = year_text(CHECKOUT, after, measured()).splitlines()
    assert set(year_text(CHECKOUT, before, measured()).splitlines()) <= set(lines)


@settings(max_examples=100)
@given(st.lists(claims(), max_size=5), st.sampled_from(["a.xlsx", "b.xlsx"]))
def test_a_dispute_ends_with_one_answer_of_the_file_that_is_taken(found: list[Claim], file: str) -> None:
    """Or with a problem; never with two rows of one status."""
    takes = dict.fromkeys([*NUMBERS, "2024-02-1"], file)
    for indicator_id in {claim.indicator_id for claim in found}:
        of_indicator = [claim for claim in found if claim.indicator_id == indicator_id]
        answers, problems = settled(of_indicator, [], takes)

        statuses = [one.claim.status for one in answers]
        assert len(statuses) == len(set(statuses))
        assert len(statuses) + len(problems) == len({claim.status for claim in of_indicator})
        for one in answers:
            said = [claim for claim in of_indicator if claim.says == one.claim.says]
            assert not one.lost or file in {claim.file for claim in said}


@settings(max_examples=100)
@given(st.lists(claims(), min_size=1, max_size=5))
def test_a_years_file_reads_as_the_rows_that_were_written(found: list[Claim]) -> None:
    """To the value; in the order of the indicators, then of entry."""
    rows = [reported(claim, date(2025, 7, 1 + number)) for number, claim in enumerate(found)]

    read_back = list(csv.DictReader(io.StringIO(year_text(CHECKOUT, rows, measured()))))

    order = list(measured())
    expected = sorted(rows, key=lambda one: (order.index(one.indicator_id), one.entered_on))
    assert [
        (one.indicator_id, one.actual_text, str(one.entered_on), one.actual_value) for one in expected
    ] == [
        (one["indicator_id"], one["actual_text"], one["entered_on"], Decimal(one["actual_value"]))
        for one in read_back
    ]


@settings(max_examples=50)
@given(st.lists(st.tuples(IDS, safe_texts, st.sampled_from(["times", "year"])), max_size=6))
def test_an_answer_that_was_kept_stays_the_first_one(answers: list[tuple[str, str, str]]) -> None:
    """A question that is answered again keeps its reason; in one order, whatever order they came in."""
    kept = [Accepted(2024, of, "1人", code, reason, "2025-07-01") for of, reason, code in answers]

    lines = list(csv.reader(io.StringIO(accepted_text(CHECKOUT, kept))))[1:]

    firsts: dict[tuple[str, str], str] = {}
    for of, reason, code in answers:
        firsts.setdefault((of, code), reason)
    assert firsts == {(line[1], line[3]): line[4] for line in lines}
    assert lines == sorted(lines, key=lambda line: line[:4])


@pytest.mark.parametrize("known", [Known(), Known(value=Decimal(0))])
def test_nothing_to_hold_it_against_asks_nothing(known: Known) -> None:
    """A first value is asked about only against the target; nothing is ten times nothing."""
    cells = {name: Cell(PLACE, "text", str(value)) for name, value in row().items() if value is not None}
    claim, _ = claim_of(
        FormRow(5, Sheet("a", "b", {}), cells), "a", "a", measured(), Area.of(CHECKOUT).plans, units()
    )

    assert claim is not None
    assert [] == questions_about(claim, known, [])
