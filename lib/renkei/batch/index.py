"""`reports/index.html`: every report that there is, by year, with its headline and its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from renkei.batch.families import Family, Report
from renkei.batch.fingerprints import record_of
from renkei.batch.folder import INDEX
from renkei.errors import FiscalYearError
from renkei.fiscal_year import FiscalYear
from renkei.page.index import Entry, File, Section, index_page
from renkei.page.views import FORMATS
from renkei.whole_files import replace_files

_FORMATS = {**FORMATS, "ipynb": "ノートブック"}
_TITLE = "{area} 連携事業の年次報告"
_WHOLE = "全期間"


def write_index(families: Mapping[str, Family], output: Path, area: str) -> Path:
    """Write the page that lists the reports on an area which stand below `output`; returns its path."""
    path = output / INDEX
    by_year: dict[str, list[Report]] = {_WHOLE: []}
    for family in families.values():
        for report in family.reports():
            if _files(report, output):
                by_year.setdefault(_year(report), []).append(report)
    sections = [
        Section(year, [_entry(report, output) for report in reports])
        for year, reports in sorted(by_year.items(), key=_order)
        if reports
    ]
    replace_files({path: index_page(_TITLE.format(area=area), sections).encode("utf-8")})
    return path


def _entry(report: Report, output: Path) -> Entry:
    files = [
        File(path.relative_to(output).as_posix(), _FORMATS[path.suffix[1:]], _size(path))
        for path in _files(report, output)
    ]
    return Entry(report.title, _headline(report, output), files)


def _headline(report: Report, output: Path) -> str:
    """The report's own first main point, from its record, so that index and report cannot differ."""
    record = record_of(report, output)
    return record.headline if record else ""


def _year(report: Report) -> str:
    try:
        return FiscalYear.parse(report.parameters["fiscal_year"]).label
    except (KeyError, FiscalYearError):
        return _WHOLE


def _order(entry: tuple[str, object]) -> tuple[bool, str]:
    """The whole period first, then the years as they come."""
    return entry[0] != _WHOLE, entry[0]


def _files(report: Report, output: Path) -> list[Path]:
    paths = [output / f"{report.file}.{suffix}" for suffix in _FORMATS]
    return [path for path in paths if path.is_file()]


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1000:,.0f} KB"
