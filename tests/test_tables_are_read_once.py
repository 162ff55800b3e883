"""A report reads each table at most once, and what shows a number reads none."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from conftest import ROOT
from renkei.checkout import Checkout
from renkei.load import Tables

NOTEBOOKS = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
REPORT = str(Path("renkei", "report"))

#: The CSV files that are opened while a test listens; None while none does. A hook stays for good.
_opened: list[Path] | None = None


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is not None and event == "open" and str(arguments[0]).endswith(".csv"):
        _opened.append(Path(str(arguments[0])))


sys.addaudithook(_listen)


@pytest.fixture
def opened() -> Iterator[list[Path]]:
    """The CSV files that are opened during the test, by whatever means."""
    global _opened
    _opened = []
    yield _opened
    _opened = None


@pytest.fixture
def asked_by_report(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables that code below `renkei.report` asks for during the test, read before or not."""
    names = []
    ask = Tables.__getitem__

    def noted(tables: Tables, name: str) -> object:
        if any(REPORT in frame.f_code.co_filename for frame in _frames()):
            names.append(name)
        return ask(tables, name)

    monkeypatch.setattr(Tables, "__getitem__", noted)
    return names


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back


def run(notebook: Path) -> None:
    """Run the code cells of a notebook one after the other, as papermill would, with their own parameters."""
    namespace: dict[str, object] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), namespace)  # noqa: S102


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_reads_each_table_at_most_once(
    checkout_copy: Checkout,
    opened: list[Path],
    asked_by_report: list[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """However many comparisons it makes; its tables are loaded first, and its pieces ask for none."""
    # The hash of all data is of the files as they are, whatever is known of them.
    monkeypatch.setattr("renkei.report.provenance.data_hash", lambda _: "")
    run(checkout_copy.notebooks / name)

    tables = [path for path in opened if path.parent.name == "tables"]
    assert 0 < len(tables)
    assert {1} == set(Counter(opened).values()), Counter(path.name for path in opened)
    assert [] == asked_by_report
