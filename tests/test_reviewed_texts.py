"""Every sentence, table cell and chart value of the reports is as it was last reviewed by a person."""

import base64
import difflib
import random
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString
from chart_text import chart_text
from conftest import ROOT
from page_text import VARYING, page_text, text_of
from renkei.report.kit.figures import canvas, figure_piece, numbers
from renkei.report.kit.markup import html_of

REVIEWED = ROOT / "tests" / "reviewed"
REPORTS = (
    "fy2021/outcomes",
    *(f"fy{year}/targets" for year in range(2024, 2029)),
    *(f"fy{year}/brief" for year in range(2024, 2029)),
    "trajectory",
    "fy2024/municipality-sapporo",
    "fy2025/municipality-chitose",
    "fy2026/municipality-nanporo",
    "fy2024/status",
)
#: One of each family, for tests of the text itself.
OF_EACH_FAMILY = (
    "fy2021/outcomes",
    "fy2025/targets",
    "fy2025/brief",
    "trajectory",
    "fy2026/municipality-nanporo",
)
#: Lines of a difference that a message shows.
SHOWN = 60


def reviewed_file(report: str) -> Path:
    """Where the reviewed text of a report stands."""
    return REVIEWED / f"{report.replace('/', '-')}.txt"


def page_of(reports: Path, report: str) -> str:
    return (reports / f"{report}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_says_what_was_reviewed(reports: Path, report: str, request: pytest.FixtureRequest) -> None:
    """Each line of the page's text is that of the reviewed file; a difference is shown as one."""
    file = reviewed_file(report)
    found = page_text(page_of(reports, report))
    if request.config.getoption("renew"):
        file.write_text(found, encoding="utf-8")
    expected = file.read_text(encoding="utf-8") if file.exists() else ""

    if expected != found:
        pytest.fail(difference(file, expected, found), pytrace=False)


def difference(file: Path, expected: str, found: str) -> str:
    """What a person needs to judge a change: the lines that differ, and the command that accepts them."""
    lines = list(
        difflib.unified_diff(expected.splitlines(), found.splitlines(), "reviewed", "now", n=1, lineterm="")
    )
    left = f"\n… and {len(lines) - SHOWN} lines more" if len(lines) > SHOWN else ""
    return (
        f"{file.relative_to(ROOT)}: the report says something else than what was reviewed:\n"
        + "\n".join(lines[:SHOWN])
        + f"{left}\nIf that is right, run “make texts”, look at “git diff tests/reviewed”, and commit it."
    )


def test_only_these_reports_have_a_reviewed_text() -> None:
    """A file that no test reads would look reviewed and hold nothing."""
    assert {reviewed_file(report) for report in REPORTS} == set(REVIEWED.iterdir())


def test_a_change_is_told_by_its_lines_and_with_the_command() -> None:
    """One digit of one cell shows as two lines, whatever else the page says; long differences are cut."""
    told = difference(REVIEWED / "a.txt", "以前\n| 目標 | 12 |\n同じ\n", "以前\n| 目標 | 13 |\n同じ\n")

    assert "\n-| 目標 | 12 |\n+| 目標 | 13 |\n" in told
    assert "make texts" in told
    assert "… and 44 lines more" in difference(REVIEWED / "a.txt", "", "一\n" * 101)


@pytest.mark.parametrize("report", OF_EACH_FAMILY)
def test_every_text_of_a_page_is_in_its_text(reports: Path, report: str) -> None:
    """Each text node, alternative text and label, marked with a number of its own, is found by that."""
    page = BeautifulSoup(page_of(reports, report), "html.parser")
    marked = []
    for place, node in enumerate(texts_of(page)):
        node.replace_with(f"{node}⟨{place}⟩")
        marked.append(f"⟨{place}⟩")
    for place, (tag, attribute) in enumerate(read_aloud(page)):
        tag[attribute] = f"{tag[attribute]}⟪{place}⟫"
        marked.append(f"⟪{place}⟫")
    found = page_text(str(page))

    assert len(marked) > 100
    assert [] == [mark for mark in marked if mark not in found]


@pytest.mark.parametrize("report", OF_EACH_FAMILY)
def test_another_digit_anywhere_is_another_text(reports: Path, report: str) -> None:
    """One digit of a cell, sentence, alternative text or bar is changed, one after another: each shows."""
    chosen = random.Random(report)  # noqa: S311 - the same choice in every run
    page = BeautifulSoup(page_of(reports, report), "html.parser")
    reviewed = text_of(page)
    unseen = []
    for node in chosen.sample([node for node in texts_of(page) if re.search(r"\d", node)], 30):
        changed = NavigableString(other_digit(node, chosen))
        node.replace_with(changed)
        unseen += [str(node)] if text_of(page) == reviewed else []
        changed.replace_with(node)
    attributes = [*read_aloud(page), *((bar, "style") for bar in page.select("span.bar"))]
    with_digits = [(tag, name) for tag, name in attributes if re.search(r"\d", str(tag[name]))]
    for tag, name in chosen.sample(with_digits, 5):
        before = str(tag[name])
        tag[name] = other_digit(before, chosen)
        unseen += [before] if text_of(page) == reviewed else []
        tag[name] = before

    assert [] == unseen
    assert reviewed == text_of(page)


@pytest.mark.parametrize("report", [of for of in OF_EACH_FAMILY if not of.endswith("brief")])
def test_another_digit_in_a_drawing_is_another_text(reports: Path, report: str) -> None:
    """Each text of a chart's drawing that has a digit is changed in turn: each shows; a brief has none."""
    drawings = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page_of(reports, report))
    # The small lines of cards have no text.
    drawing = next(svg for svg in (base64.b64decode(of).decode("utf-8") for of in drawings) if "<text" in svg)
    reviewed = list(chart_text(address(drawing)))
    texts = list(re.finditer(r"(?<=>)[^<>]*?\d[^<>]*(?=</text>)", drawing))
    unseen = [
        match[0]
        for match in texts
        if reviewed
        == list(chart_text(address(drawing[: match.start()] + one_higher(match[0]) + drawing[match.end() :])))
    ]

    assert texts
    assert [] == unseen


def test_a_drawing_tells_how_far_bars_and_marks_reach() -> None:
    """Three and seven tenths of the axes, a mark in the middle and a line across, each in its colour."""
    with canvas(3, 2) as figure:
        axes = figure.add_subplot(xlim=(0, 10), ylim=(0, 2))
        axes.set(xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        axes.barh([0.5, 1.5], [3, 7], height=1, color=["#0017c1", "#949494"])
        axes.plot([5], [1], "o", color="#ce0000")
        axes.plot([0, 10], [0, 2], color="#333333")
        axes.text(3, 0.5, "3件 & 7件")
        piece = figure_piece(
            figure, kind="図", title="題", measure="単位", numbers=numbers(("名",), [["値"]]), source="文書"
        )
    image = BeautifulSoup(html_of(piece), "html.parser").img
    assert image is not None

    assert [
        "  axes 1:",
        "  4-cornered #ffffff: 0.0 0.0 to 100.0 100.0",
        "  4-cornered #0017c1: 0.0 0.0 to 30.0 50.0",
        "  4-cornered #949494: 0.0 50.0 to 70.0 100.0",
        "  mark round #ce0000: 50.0 50.0",
        "  line #333333: 0.0 0.0 to 100.0 100.0",
        "  text #333333: 3件 & 7件",
    ] == list(chart_text(str(image["src"])))


def texts_of(page: BeautifulSoup) -> list[NavigableString]:
    """All that a reader sees but for what differs between machines."""
    assert page.main is not None
    return [
        node
        for node in page.main.find_all(string=True)
        if isinstance(node, NavigableString) and not isinstance(node, Comment) and node.strip()
        if not any(
            row.get_text().startswith(VARYING) and node.find_parent("td") for row in node.find_parents("tr")
        )
    ]


def read_aloud(page: BeautifulSoup) -> list[tuple[Tag, str]]:
    """Tags with a text for those who do not see the page, and the attribute that holds it."""
    return [(tag, attribute) for attribute in ("alt", "aria-label") for tag in page.select(f"[{attribute}]")]


def other_digit(text: str, chosen: random.Random) -> str:
    """The text with one of its digits one higher."""
    place = chosen.choice([match.start() for match in re.finditer(r"\d", text)])
    return text[:place] + one_higher(text[place:])


def one_higher(text: str) -> str:
    """The text with its first digit one higher."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1)


def address(drawing: str) -> str:
    """An SVG as the data address of a picture."""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode('ascii')}"
