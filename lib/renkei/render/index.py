"""`reports/index.html`: every report that there is, with its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from renkei.export.page import CONTENT_SECURITY_POLICY, style_sheet
from renkei.render.families import Family, Report

_FORMATS = {"html": "HTML", "pdf": "PDF", "ipynb": "ノートブック"}
_TITLE = "さっぽろ連携中枢都市圏 連携事業の年次報告"


def write_index(families: Mapping[str, Family], output: Path) -> Path:
    """Write the page that lists the reports which stand below `output`; returns its path."""
    path = output / "index.html"
    page = _page(
        [report for family in families.values() for report in family.reports() if _files(report, output)],
        output,
    )
    beside = path.with_name(".index.html.new")
    beside.write_text(page, encoding="utf-8")
    beside.replace(path)
    return path


def _page(reports: Iterable[Report], output: Path) -> str:
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(
            report.title,
            Markup("　").join(
                Markup('<a href="{}">{}<span class="size"> {}</span></a>').format(
                    path.relative_to(output).as_posix(), _FORMATS[path.suffix[1:]], _size(path)
                )
                for path in _files(report, output)
            ),
        )
        for report in reports
    )
    return Markup(
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        '<div class="table"><table class="index"><caption>報告書の一覧</caption>'
        '<thead><tr><th scope="col">報告書</th><th scope="col">ファイル</th></tr></thead>'
        "<tbody>{rows}</tbody></table></div>\n</main>\n</body>\n</html>\n"
    ).format(
        policy=CONTENT_SECURITY_POLICY,
        title=_TITLE,
        style=Markup(style_sheet()),  # noqa: S704 - our own file
        rows=rows,
    )


def _files(report: Report, output: Path) -> list[Path]:
    paths = [output / f"{report.file}.{suffix}" for suffix in _FORMATS]
    return [path for path in paths if path.is_file()]


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1000:,.0f} KB"
