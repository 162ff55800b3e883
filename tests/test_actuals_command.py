"""`renkei actuals …` given what it cannot take: one clear message, a status, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import in_process
import pytest
from conftest import ROOT
from offices import row, workbook
from renkei.checkout import CHECKOUT_VARIABLE

#: What is typed after `renkei actuals`, and what is told: status 2 is a wrong use, 1 a refusal. FORM is a
#: form filled in, NONE and FOLDER what their names say, EMPTY an empty file, TEXT a CSV file of others.
REFUSED: dict[str, tuple[int, str]] = {
    "": (2, "Usage:"),
    "nonsense": (2, "No such command 'nonsense'"),
    "template": (2, "Missing option '--fiscal-year'"),
    "template --fiscal-year": (2, "requires an argument"),
    "template --fiscal-year 2023": (1, "FY2024 to FY2028 can be asked for, not FY2023"),
    "template --fiscal-year 2024-2025": (1, "one fiscal year was expected, found “2024-2025”"),
    "template --fiscal-year 来年度": (1, "found “来年度”"),
    "template --fiscal-year 99999999999999999999": (1, "a fiscal year such as 2025"),
    "template --fiscal-year=": (1, "found “”"),
    "template --fiscal-year 2024 --municipality 東京都": (1, "found “東京都”"),
    "template --fiscal-year 2024 --project 99": (1, "the projects are No. 1-55; found 99"),
    "template --fiscal-year 2024 --project -1": (1, "the projects are No. 1-55; found -1"),
    "template --fiscal-year 2024 --project 十四": (2, "Invalid value for '--project'"),
    "template --fiscal-year 2024 --output TEXT": (1, "File exists"),
    "template --fiscal-year 2024 --output /dev/null": (1, "File exists"),
    "template --fiscal-year 2024 --format pdf": (2, "No such option: --format"),
    "import": (2, "Missing argument 'files'"),
    "import FORM": (2, "Missing option '--entered-on'"),
    "import --entered-on 2025-07-01": (2, "Missing argument 'files'"),
    "import NONE --entered-on 2025-07-01": (1, "No such file or directory); is its name right?"),
    "import FOLDER --entered-on 2025-07-01": (1, "it is a folder or a device"),
    "import /dev/null --entered-on 2025-07-01": (1, "it is a folder or a device"),
    "import . --entered-on 2025-07-01": (1, "a file name of at most 200 characters"),
    "import EMPTY --entered-on 2025-07-01": (1, "an Excel workbook was expected"),
    "import TEXT --entered-on 2025-07-01": (1, "a sheet with the heads “年度”, “指標ID”"),
    "import NOTE.docx --entered-on 2025-07-01": (1, "found “.docx”"),
    "import FORM --entered-on 31.2.2025": (1, "found “31.2.2025”"),
    "import FORM --entered-on 2025-02-30": (1, "found “2025-02-30”"),
    "import FORM --entered-on ２０２５-07-01": (1, "found “２０２５-07-01”"),
    "import FORM --entered-on 20250701": (1, "a day such as 2025-07-01 was expected"),
    "import FORM --entered-on 2025-W27-2": (1, "found “2025-W27-2”"),
    "import FORM --entered-on=": (1, "found “”"),
    "import FORM --entered-on 2024-03-31": (1, "a day of FY2024 or later, within 10 years, was expected"),
    "import FORM --entered-on 2205-07-01": (1, "found 2205-07-01; correct it"),
    "import FORM --entered-on 2025-07-01 --fiscal-year 2024": (2, "No such option: --fiscal-year"),
    "import FORM --entered-on 2025-07-01 --accept 2024-14-1": (1, "found 1 --accept and 0 --reason"),
    "import FORM --entered-on 2025-07-01 --reason 確認": (1, "found 0 --accept and 1 --reason"),
    "import FORM --entered-on 2025-07-01 --accept 2024-14-1 --reason=": (1, "found “”"),
    "import FORM --entered-on 2025-07-01 --accept 2024-14-1 --reason a\u202eb": (1, "found “a\\u202eb”"),
    "import FORM --entered-on 2025-07-01 --accept 2024-99-1 --reason 確認": (1, "found 2024-99-1"),
    "import FORM --entered-on 2025-07-01 --take 2024-14-1": (1, "as ID=FILE, found “2024-14-1”"),
    "import FORM --entered-on 2025-07-01 --take =": (1, "as ID=FILE, found “=”"),
    "import FORM --entered-on 2025-07-01 --take 2024-14-1=NONE": (1, "--take was expected to name one of"),
    "rate": (2, "Missing option '--fiscal-year'"),
    "rate 2024": (2, "Missing option '--fiscal-year'"),
    "rate --fiscal-year 来年度": (1, "found “来年度”"),
    "rate --fiscal-year 2024": (1, "a year that offices reported of, no year yet, was expected, found 2024"),
    "status": (2, "Missing option '--fiscal-year'"),
    "status --fiscal-year 2023": (1, "FY2024 to FY2028 can be asked for, not FY2023"),
    "status --fiscal-year 2024,2025": (1, "one fiscal year was expected, found “2024,2025”"),
    "status --fiscal-year 来年度": (1, "found “来年度”"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without actuals, and files that the commands are given."""
    folder = tmp_path_factory.mktemp("given")
    shutil.copytree(ROOT / "data", folder / "project" / "data")
    workbook(folder / "form.xlsx", row())
    (folder / "folder.xlsx").mkdir()
    (folder / "empty.xlsx").touch()
    (folder / "text.csv").write_text("氏名,住所\n架空花子,架空町\n", encoding="utf-8")
    (folder / "note.docx").touch()
    return folder


NAMES = {
    "FORM": "form.xlsx",
    "NONE": "none.xlsx",
    "FOLDER": "folder.xlsx",
    "EMPTY": "empty.xlsx",
    "TEXT": "text.csv",
    "NOTE.docx": "note.docx",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_taken_is_told_in_one_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Without a traceback; no file is written or changed anywhere."""
    status, message = REFUSED[typed]
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(folder / "project"))
    monkeypatch.chdir(folder)
    before = contents(folder)
    arguments = [part for word in typed.split(" ") if word for part in [NAMES.get(word, word)]]

    told = in_process.command("actuals", *(_named(argument) for argument in arguments))

    assert (status, True) == (told.status, message in told.err), told
    assert "Traceback" not in told.err
    assert 1 == told.err.lower().count("error:") or not typed
    assert "" == told.out
    assert before == contents(folder)


def _named(argument: str) -> str:
    """What stands behind a sign of equality is a file's name, too."""
    option, sign, value = argument.partition("=")
    return f"{option}{sign}{NAMES.get(value, value)}"


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file but the lock, which is there to be locked."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


@pytest.mark.parametrize("year", ["2025", "２０２５", "令和7年度", "R7", "FY2025"])
def test_a_year_may_be_named_in_each_way_that_people_write_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, year: str
) -> None:
    """With full-width digits, too."""
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(folder / "project"))

    told = in_process.command("actuals", "template", "--fiscal-year", year, "--output", str(tmp_path))

    assert (0, "", f"{tmp_path}/actuals-fy2025.xlsx\n") == (told.status, told.err, told.out)
