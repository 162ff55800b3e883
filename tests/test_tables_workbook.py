"""All tables as one workbook: every cell of every table, as a number where it is one."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Command, notebook_of
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from renkei.checkout import Checkout
from renkei.errors import ParameterError
from renkei.load import tables_of
from renkei.page.tables_workbook import tables_workbook
from renkei.tables.schema import Resource, resources

TABLES = [table for table in resources(Checkout(ROOT)).values() if table.path.parent == Checkout(ROOT).tables]
_WORDS = {"true": "はい", "false": "いいえ", "": None}


@pytest.fixture(scope="module")
def made() -> bytes:
    """The workbook of this project's tables."""
    checkout = Checkout(ROOT)
    return tables_workbook(checkout, tables_of(checkout))


def sheet_of(made: bytes, table: Resource) -> Worksheet:
    sheet = load_workbook(io.BytesIO(made))[table.title]
    assert isinstance(sheet, Worksheet)
    return sheet


def expected(text: str, kind: str) -> Any:
    """What a cell of a CSV file is in the workbook."""
    if kind in ("integer", "number") and text:
        return float(text)
    return _WORDS.get(text, text) if kind == "boolean" else text or None


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_sheet_has_every_cell_of_its_table(made: bytes, table: Resource) -> None:
    """Under Japanese heads, numbers as numbers, missing ones as empty cells, within a filter; heads stay."""
    sheet = sheet_of(made, table)
    with table.path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    kinds = [field.type for field in table.fields]
    caption, heads, *found = sheet.iter_rows(values_only=True)

    assert table.title == caption[0]
    assert [field.title for field in table.fields] == list(heads)
    assert [[expected(*cell) for cell in zip(row, kinds, strict=True)] for row in rows] == [
        list(row) for row in found[: len(rows)]
    ]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(2 + len(rows), len(kinds)).coordinate}"
    assert f"出典：data/tables/{table.path.name}" == found[-1][0]


def test_years_and_numbers_of_projects_have_no_commas_and_amounts_have(made: bytes) -> None:
    """2024 is no two thousand and twenty-four."""
    [costs] = [table for table in TABLES if table.name == "costs"]
    row = {
        field.name: cell
        for field, cell in zip(costs.fields, next(sheet_of(made, costs).iter_rows(min_row=3)), strict=True)
    }

    assert ["General"] * 3 == [row[name].number_format for name in ("plan", "fiscal_year", "source_line")]
    assert '#,##0;"▲"#,##0' == row["amount_thousand_yen"].number_format


def test_a_number_keeps_its_decimals(made: bytes) -> None:
    """53.7 % is shown as that, not as 54."""
    [indicators] = [table for table in TABLES if table.name == "indicators"]
    column = [field.name for field in indicators.fields].index("baseline_value")
    cells = [row[column] for row in sheet_of(made, indicators).iter_rows(min_row=3)]
    broken = [cell for cell in cells if isinstance(cell.value, float) and cell.value % 1]

    assert broken
    for cell in broken:
        decimals = len(str(cell.value).partition(".")[2])
        assert f"#,##0.{'0' * decimals};" in cell.number_format


def test_the_same_tables_are_the_same_bytes(made: bytes, checkout: Checkout) -> None:
    """No clock is in the workbook."""
    assert made == tables_workbook(checkout, tables_of(checkout))


def test_every_table_has_a_japanese_name() -> None:
    """It is what the tab of the sheet says."""
    assert [] == [table.title for table in TABLES if table.title.isascii()]


def test_the_command_writes_the_workbook_where_it_is_asked_to(
    made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says where; other formats are refused with what there is."""
    from renkei.cli import tables

    tables(output=tmp_path / "new")

    path = tmp_path / "new" / "tables.xlsx"
    assert f"{path}\n" == capsys.readouterr().out
    assert made == path.read_bytes()
    with pytest.raises(ParameterError, match="--format takes xlsx, found 'ods'"):
        tables(format="ods")


def test_one_command_does_what_make_does(checkout_copy: Checkout, renkei: Command) -> None:
    """Tables are built, then checked, then the default reports are made and listed."""
    (checkout_copy.notebooks / "own.ipynb").write_text(notebook_of("1"), encoding="utf-8")
    (checkout_copy.notebooks / "reports.toml").write_text(
        '[own]\nnotebook = "own.ipynb"\ntitle = "題"\nfile = "own"\ndefault = true\n', encoding="utf-8"
    )
    (checkout_copy.tables / "costs.csv").unlink()

    done = renkei("reports")

    assert (0, "") == (done.returncode, done.stderr)
    said = [done.stdout.find(part) for part in ("data/tables/costs.csv: ", "ok: ", "1 of 1 reports made")]
    assert -1 < said[0] < said[1] < said[2]
    assert (checkout_copy.tables / "costs.csv").is_file()
    assert {"own.html", "own.pdf", "own.xlsx"} <= {path.name for path in checkout_copy.reports.iterdir()}
