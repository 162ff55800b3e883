"""`renkei actuals import`: what offices filled in comes in whole, or nothing does and every doubt is told.

All values are made up; nothing but indicators, names and units is the project's.
"""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from offices import row, workbook
from renkei.actuals.importing import import_actuals
from renkei.actuals.taking import Decisions, Taken
from renkei.checkout import Checkout
from renkei.errors import RenkeiError
from wrong_forms import WRONG

DAY = date(2025, 7, 1)


def contents(checkout: Checkout) -> dict[str, bytes]:
    """Every file below data, by its path."""
    data = checkout.tables.parent
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def copied(root: Path) -> Checkout:
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns(".*"))
    return Checkout(root)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of the data into which 33万人 came as final; what is refused must leave it as it is."""
    root = tmp_path_factory.mktemp("untouched")
    checkout = copied(root / "project")
    taken_in(checkout, workbook(root / "first.xlsx", row()), entered_on=date(2025, 6, 1))
    return checkout


@pytest.fixture
def project(tmp_path: Path) -> Checkout:
    """A copy of the data to import into."""
    return copied(tmp_path / "project")


def taken_in(
    checkout: Checkout,
    *paths: Path,
    entered_on: date = DAY,
    accept: Mapping[str, str] | None = None,
    take: Mapping[str, str] | None = None,
) -> list[Taken]:
    return import_actuals(checkout, paths, Decisions(entered_on, accept or {}, take or {}))


def refused(checkout: Checkout, *paths: Path, **decisions: Any) -> str:
    before = contents(checkout)
    with pytest.raises(RenkeiError) as told:
        taken_in(checkout, *paths, **decisions)
    assert before == contents(checkout)
    return str(told.value)


def rows_of(checkout: Checkout, fiscal_year: int = 2024) -> list[str]:
    path = checkout.actuals / f"fy{fiscal_year}.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("case", WRONG)
def test_what_is_filled_in_wrongly_is_told_with_its_cell(
    untouched: Checkout, tmp_path: Path, case: str
) -> None:
    """With file, sheet and address; data/actuals and the tables stay as they are, byte for byte."""
    rows, change, told = WRONG[case]
    path = workbook(tmp_path / "a.xlsx", *rows, change=change)

    message = refused(untouched, path)

    assert told in message
    assert f"{path}" in message
