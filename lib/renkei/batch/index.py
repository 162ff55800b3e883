"""`reports/index.html`: every report that there is, by year, with its headline and its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from renkei.batch.families import Family, Report
from renkei.batch.fingerprints import record_of
from renkei.batch.folder import INDEX
from renkei.errors import FiscalYearError
from renkei.fiscal_year import FiscalYear
from renkei.page.style import CONTENT_SECURITY_POLICY, style_sheet
from renkei.whole_files import replace_files

_FORMATS = {"html": "HTML", "pdf": "PDF", "ipynb": "ノートブック"}
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
    sections = Markup("").join(
        _section(year, reports, output) for year, reports in sorted(by_year.items(), key=_order) if reports
    )
    replace_files({path: _page(sections, area).encode("utf-8")})
    return path


def _page(sections: Markup, area: str) -> str:
    return Markup(
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        "{sections}</main>\n</body>\n</html>\n"
    ).format(
        policy=CONTENT_SECURITY_POLICY,
        title=_TITLE.format(area=area),
        style=Markup(style_sheet()),  # noqa: S704 - our own file
        sections=sections,
    )


def _section(year: str, reports: Iterable[Report], output: Path) -> Markup:
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(
            report.title, _headline(report, output), _links(report, output)
        )
        for report in reports
    )
    return Markup(
        '<h2>{year}</h2>\n<div class="table index" role="region" tabindex="0" aria-label="{year}の報告書">'
        '<table><caption>{year}の報告書</caption><colgroup><col style="width:32%"><col style="width:42%">'
        '<col style="width:26%"></colgroup><thead><tr>'
        '<th scope="col">報告書</th><th scope="col">主な内容</th><th scope="col">ファイル</th>'
        "</tr></thead><tbody>{rows}</tbody></table></div>\n"
    ).format(year=year, rows=rows)


def _headline(report: Report, output: Path) -> str:
    """The report's own first main point, from its record, so that index and report cannot differ."""
    record = record_of(report, output)
    return record.headline if record else ""


def _links(report: Report, output: Path) -> Markup:
    return Markup("<br>").join(
        Markup('<a href="{}">{}</a> {}').format(
            path.relative_to(output).as_posix(), _FORMATS[path.suffix[1:]], _size(path)
        )
        for path in _files(report, output)
    )


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
