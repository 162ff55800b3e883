"""Another area needs other data and other prose, but no other code.

The area is made up: a lead, a town and a village, a list of what one plan achieved, and the plan after it.
"""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Command
from made_up import lay_out
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.csv_file import CsvRow, read_rows
from renkei.tables.build import build
from renkei.tables.schema import resource

#: Words of the real area, which no page of another one may have.
REAL = re.compile("札幌|さっぽろ|千歳|小樽|20(19|2[0-5])年度")


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Checkout:
    """The made-up area with the documents that the test names, as the current checkout."""
    checkout = lay_out(tmp_path / "made-up", *request.param)
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    return checkout


YEARS = (2031, 2032, 2033)
LIST, PLAN, BOTH = ("list",), ("plan",), ("list", "plan")


def rows(checkout: Checkout, name: str) -> list[CsvRow]:
    table = resource(checkout, name)
    return read_rows(table.path, table.columns, name)


@pytest.mark.parametrize(
    ("made_up", "counts", "rate"),
    [
        (LIST, {"projects": 3, "indicators": 5, "outcomes": 5, "costs": 0, "footnotes": 0}, True),
        (PLAN, {"projects": 3, "indicators": 6, "outcomes": 0, "costs": 9, "footnotes": 1}, False),
        (BOTH, {"projects": 6, "indicators": 11, "outcomes": 5, "costs": 9, "footnotes": 1}, True),
    ],
    indirect=["made_up"],
)
def test_it_builds_and_checks(made_up: Checkout, called: Command, counts: dict[str, int], rate: bool) -> None:
    """With the list alone, the plan alone, and both; the rate that the list prints of itself is held."""
    built = called("build")
    checked = called("check")

    assert (0, "") == (built.returncode, built.stderr)
    assert counts == {name: len(rows(made_up, name)) for name in counts}
    assert (0, "") == (checked.returncode, checked.stderr)
    assert rate == ("FY2029: 2 achieved of 3 that could be judged = 66.67 %, as printed" in checked.stdout)


@pytest.mark.parametrize("made_up", [BOTH], indirect=True)
def test_its_tables_say_what_its_documents_say(made_up: Checkout, called: Command) -> None:
    """Its own word for all partners, its own years, and its own units, in the same columns."""
    assert 0 == called("build").returncode

    assert ["例示町、見本村", "例示町", "例示町、見本村"] == [
        row["municipalities"] for row in rows(made_up, "projects") if row["plan"] == "2031"
    ]
    assert {"2031": 1200, "2032": 1250, "2033": None} == {
        row["fiscal_year"]: int(row["amount_thousand_yen"]) if row["amount_thousand_yen"] else None
        for row in rows(made_up, "costs")
        if row["project_no"] == "1"
    }
    indicators = {row["indicator_id"]: row for row in rows(made_up, "indicators")}
    assert ("日", "2031", "2033") == tuple(
        indicators["2031-03-1"][column] for column in ("unit", "target_first_year", "target_last_year")
    )
    assert Decimal(150_000) == Decimal(indicators["2028-K1"]["target_value"])


@pytest.mark.parametrize("made_up", [BOTH], indirect=True)
def test_a_plan_that_the_area_does_not_name_is_refused(made_up: Checkout, called: Command) -> None:
    """data/area.toml has to name the plan of every document before it can be built."""
    text = made_up.area.read_text(encoding="utf-8")
    made_up.area.write_text(text.replace("first_year = 2031", "first_year = 2032"), encoding="utf-8")

    built = called("build")

    assert 1 == built.returncode
    assert "none of 2031" in built.stderr


@pytest.mark.parametrize(
    ("made_up", "families", "reports"),
    [
        (LIST, ["outcomes"], {"fy2029/outcomes"}),
        (PLAN, ["targets", "municipality"],
         {f"fy{year}/{report}" for year in YEARS
          for report in ("targets", "municipality-kaku", "municipality-reiji", "municipality-mihon")}),
        (BOTH, ["outcomes", "targets", "trajectory"],
                     {"fy2029/outcomes", "trajectory", *(f"fy{year}/targets" for year in YEARS)}),
    ],
    indirect=["made_up"],
)  # fmt: skip
def test_it_renders(made_up: Checkout, renkei: Command, families: list[str], reports: set[str]) -> None:
    """Every family makes its reports, and no page has a word of the real area."""
    build(made_up)

    result = renkei("render", *families, "--format", "html")

    assert (0, "") == (result.returncode, result.stderr)
    pages = {path.relative_to(made_up.reports).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
             for path in made_up.reports.glob("**/*.html")}  # fmt: skip
    assert {"index", *reports} == set(pages)
    assert {} == {name: REAL.findall(page) for name, page in pages.items() if REAL.search(page)}
