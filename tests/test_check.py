import pytest
from conftest import Command, edit
from renkei.checkout import Checkout


def test_the_project_as_it_stands_passes(renkei: Command) -> None:
    """Schemas, bytes, keys and the printed rate are all in order."""
    result = renkei("check")

    assert (0, "") == (result.returncode, result.stderr)
    assert "FY2021: 42 achieved of 58 that could be judged = 72.41 %, as printed" in result.stdout


def test_all_bad_rows_are_listed_at_once(checkout_copy: Checkout, called: Command) -> None:
    """Three bad cells in three files give three lines, each with file and row."""
    edit(checkout_copy.tables / "outcomes.csv", "2019-06-1,2021,2021,0回,0,×", "2019-06-1,2021,2021,0回,0,＊")
    edit(checkout_copy.tables / "costs.csv", "2024,14,2024,8855,", "2024,14,2024,約8855,")
    edit(checkout_copy.curated / "doubts.csv", "status_list_fy2021,18,", "status_list_fy2021,十八,")

    result = called("check")

    assert 1 == result.returncode
    assert "Traceback" not in result.stderr
    for place in ("data/tables/outcomes.csv:14", "data/tables/costs.csv:67", "data/curated/doubts.csv:2"):
        assert place in result.stderr


def test_an_edited_table_is_noticed(checkout_copy: Checkout, called: Command) -> None:
    """A number that fits the schema but not the document is told by line."""
    edit(checkout_copy.tables / "costs.csv", "2024,14,2024,8855,", "2024,14,2024,8856,")

    result = called("check")

    assert 1 == result.returncode
    assert "data/tables/costs.csv:67: the line is not what the documents give" in result.stderr


def test_a_table_saved_with_other_line_ends_is_noticed(checkout_copy: Checkout, called: Command) -> None:
    """CRLF, as Excel saves it, is not what the documents give to the byte; nor is a mark at the start."""
    costs, projects = checkout_copy.tables / "costs.csv", checkout_copy.tables / "projects.csv"
    costs.write_bytes(costs.read_bytes().replace(b"\n", b"\r\n"))
    projects.write_bytes(b"\xef\xbb\xbf" + projects.read_bytes())

    result = called("check")

    assert 1 == result.returncode
    assert "data/tables/costs.csv:1: the line ends as on Windows (CRLF), where LF alone was" in result.stderr
    assert "data/tables/projects.csv" in result.stderr


def test_a_rating_that_breaks_the_printed_total_is_noticed(checkout_copy: Checkout, called: Command) -> None:
    """One ◎ made × gives 41 of 58, not the 42 that the document prints."""
    edit(checkout_copy.tables / "outcomes.csv", "2019-02-1,2021,2021,1回,1,◎", "2019-02-1,2021,2021,1回,1,×")

    result = called("check")

    assert 1 == result.returncode
    assert "prints 42 of 58 = 72.41 %, counting the ratings gives 41 of 58 = 70.69 %" in result.stderr


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("projects.csv", "\n2024,14,", "\n2024,94,", "indicators.csv: project No. 14 of plan 2024 is"),
        ("projects.csv", "\n2024,14,", "\n2024,94,", "projects.csv: project No. 94 of plan 2024 has"),
        ("outcomes.csv", "2019-06-1,2021,", "2019-06-1,2022,", "outcomes.csv: 2019-06-1 has no outcome"),
        ("costs.csv", "2024,14,2024,", "2024,94,2024,", "costs.csv: project No. 94 of plan 2024 is not in"),
    ],
)  # fmt: skip
def test_a_key_that_leads_nowhere_is_noticed(
    checkout_copy: Checkout, called: Command, table: str, old: str, new: str, message: str
) -> None:
    """Projects, indicators, outcomes and costs must know one another."""
    edit(checkout_copy.tables / table, old, new)

    result = called("check")

    assert 1 == result.returncode
    assert message in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("area.toml", "number = 3", "number = 4", "data/area.toml: there was expected"),
        ("curated/sections.csv", "\n2019,1,連携", "\n2020,1,連携", "sections.csv:2: a plan of data/area"),
        ("tables/projects.csv", "企業誘致の推進,1,,圏域", "企業誘致の推進,4,,圏域",
         "projects.csv:3: a pillar of data/area.toml, one of 1, 2, 3, was expected, found 4"),
        ("tables/footnotes.csv", "\n2024,10,", "\n2034,10,", "footnotes.csv:2: a plan of data/area.toml"),
        ("tables/indicators.csv", "\n2019-02-1,2019,", "\n2019-02-1,2024,",
         "indicators.csv: 2019-02-1 was expected to be of its plan, found 2024"),
        ("curated/crosswalk.csv", "2019-K2,2024-K2,", "2024-K2,2019-K2,",
         "crosswalk.csv:3: an indicator of one plan, and one of the next, was expected, found 2024-K2 and"),
    ],
)  # fmt: skip
def test_a_plan_or_pillar_that_the_area_does_not_have_is_noticed(
    checkout_copy: Checkout, called: Command, file: str, old: str, new: str, message: str
) -> None:
    """data/area.toml says which plans and pillars there are; the schema names none."""
    edit(checkout_copy.root / "data" / file, old, new)

    result = called("check")

    assert 1 == result.returncode
    assert message in result.stderr


def test_of_many_problems_of_one_kind_the_first_few_are_told(
    checkout_copy: Checkout, called: Command
) -> None:
    """Five in full and how many more there are; problems of another kind are told beside them."""
    projects = checkout_copy.tables / "projects.csv"
    lines = projects.read_text(encoding="utf-8").splitlines(keepends=True)
    projects.write_text("".join(line for line in lines if not line.startswith("2024,4")), encoding="utf-8")
    edit(checkout_copy.tables / "costs.csv", "2024,14,2024,8855,", "2024,14,2024,8856,")

    told = called("check").stderr

    numbers = [4, *range(40, 50)]
    said = [f"indicators.csv: project No. {number} of plan 2024 is not in projects.csv" for number in numbers]
    assert 5 == sum(line in told for line in said)
    assert "  … and 6 more of this kind\n" in told
    assert "costs.csv:67: the line is not what the documents give" in told
