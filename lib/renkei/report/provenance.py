"""Where a report's numbers come from: documents, hashes, parameters, versions, commit, data."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

import pandas as pd

from renkei import verdicts
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.data_hash import data_hash
from renkei.documents.sources import Source, sources_on_record
from renkei.report.kit.cells import table
from renkei.report.kit.numbers import NONE
from renkei.report.kit.pieces import Column, Piece, Provenance, Table
from renkei.tables.reported import known_sources, reported_sources

_PACKAGES = ("renkei", "pandas", "matplotlib", "papermill", "nbconvert", "typst")
_STATUS = {"provisional": "暫定版", "final": "確定版"}
#: The same of what offices reported, indicator by indicator.
_STATUS_OF_REPORTED = {"provisional": "暫定値を含む", "final": "確定値"}
#: Columns that name the source of a newest value.
_SHOWN = ("newest_source", "start_source")


def sources_of(rows: pd.DataFrame) -> list[Source]:
    """The documents that the rows come from, in the order of the record.

    Where documents disagreed about a row, the one whose text was taken is among them (column `also_from`).
    """
    ids = {*rows["source"].dropna()}
    if "also_from" in rows:
        ids |= {source for said in rows["also_from"].dropna() for source in said.split("、")}
    return [source for source in _on_record() if source.id in ids]


def sources_of_year(outcomes: pd.DataFrame) -> list[Source]:
    """The documents that a year's outcomes come from; `outcomes` is what `outcomes_of` gives.

    A list has names, baselines and targets of its own; what offices reported stands beside those of the plan.
    """
    by_office = outcomes[outcomes["is_by_office"]]
    return together(sources_of(outcomes), _of_plans(by_office["plan"].unique(), _last_year(by_office)))


def sources_compared(of: pd.DataFrame | int | None = None) -> list[Source]:
    """The documents of the newest plan and of the one before, in the order of the record.

    Of a fiscal year, or of rows of `compare_in_detail`: of revisions of a plan those that count for the year;
    for rows also what offices reported, as far as the rows show it.
    """
    return _of_plans((plan.first_year for plan in Area.current().plans[-2:]), of)


def sources_of_newest(of: pd.DataFrame | int | None = None) -> list[Source]:
    """The documents of the newest plan, likewise."""
    return _of_plans([Area.current().plan.first_year], of)


def sources_of_outcomes() -> list[Source]:
    """The documents that report the year of outcomes that the newest plan's targets are held against."""
    year = Area.current().outcome_year
    return [source for source in _on_record() if source.fiscal_year == year]


def together(*sources: Sequence[Source]) -> list[Source]:
    """Each of these documents once, in the order of the record."""
    ids = {source.id for some in sources for source in some}
    return [source for source in _on_record() if source.id in ids]


def citation(sources: Iterable[Source]) -> str:
    """Documents as a source line cites them."""
    return "、".join(f"{source.publisher}「{source.title}」" for source in sources)


def _on_record() -> list[Source]:
    return [*known_sources(Checkout.current()).values()]


def _of_plans(plans: Iterable[int], of: pd.DataFrame | int | None) -> list[Source]:
    wanted, last = set(plans), _last_year(of)
    documents = [
        source
        for source in sources_on_record(Checkout.current()).values()
        if source.plan in wanted
        and (last is None or source.in_force_from is None or source.in_force_from <= last)
    ]
    return [*documents, *_reported_in(of)] if isinstance(of, pd.DataFrame) else documents


def _last_year(of: pd.DataFrame | int | None) -> int | None:
    """The year, or the last one of the rows; None where there is none, so that every year counts."""
    if isinstance(of, pd.DataFrame):
        return int(of["fiscal_year"].max()) if "fiscal_year" in of and len(of) else None
    return of


def _reported_in(compared: pd.DataFrame) -> list[Source]:
    """The years' files of offices that the rows of a comparison show values of."""
    shown = {name for column in _SHOWN if column in compared for name in compared[column].dropna()}
    if "actual_source" in compared:
        shown |= {*verdicts.with_actual(compared)["actual_source"]}
    return [source for source in reported_sources(Checkout.current()).values() if source.id in shown]


def provenance(sources: Sequence[Source], **parameters: object) -> Piece:
    """Documents with their SHA-256, and what made the report: parameters, versions, commit."""
    documents = table(
        "使用した文書",
        [Column("文書", 34), Column("状態", 10), Column("対象期間", 22), Column("SHA-256", 34, "small")],
        [
            (
                "",
                [[source.title, _status(source), source.period, source.sha256] for source in sources],
            )
        ],
        source="data/sources/sources.toml" + (", data/actuals" if any(map(is_reported, sources)) else ""),
    )
    whole = data_hash(Checkout.current().root / "data")
    rows = [["プログラムの版(コミット)", commit()], ["データの版(data/ の SHA-256)", whole]]
    return Provenance((documents,), (_making(parameters, rows),))


def made_with(**parameters: object) -> Piece:
    """What made the report alone: parameters, versions, commit; for a sheet with sources of its own."""
    # A sheet has no room for the hash of the data.
    return Provenance((), (_making(parameters, [["プログラムの版(コミット)", commit()]]),))


def _making(parameters: Mapping[str, object], made_from: Sequence[list[str]]) -> Table:
    rows = [
        ["パラメーター", "、".join(f"{name} = {value}" for name, value in parameters.items()) or NONE],
        ["ソフトウェア", "、".join(versions())],
        *made_from,
    ]
    return table(
        "作成条件",
        [Column("項目", 25), Column("内容", 75)],
        [("", rows)],
        source="作成時の実行環境",
    )


def imprint(sources: Sequence[Source]) -> tuple[tuple[str, str], ...]:
    """Who issues the report, whom to ask, and when its data are of; no clock has a say in it."""
    issuer = Area.current().issuer
    example = "(記載例)" if issuer and issuer.is_example else ""
    said = [("発行", f"{issuer.name}{example}"), ("問合せ先", f"{issuer.contact}{example}")] if issuer else []
    dates = "、".join(
        f"{source.period}{'の実績報告' if is_reported(source) else ''}【{_status(source)}】"
        for source in sources
    )
    return (*said, ("データの時点", dates))


def is_reported(source: Source) -> bool:
    """Whether it is what offices reported, and no document that was published."""
    return source.reader == "actuals"


def _status(source: Source) -> str:
    return (_STATUS_OF_REPORTED if is_reported(source) else _STATUS)[source.status]


def commit() -> str:
    """The commit of the checkout's files, and whether any of them differs from it."""
    root = Checkout.current().root
    try:
        head = _git("rev-parse", "--short=12", "HEAD", root=root)
        changed = _git("status", "--porcelain", "--", "data", "lib", "notebooks", root=root)
    except (OSError, subprocess.CalledProcessError):
        return "不明(git の管理下にない)"
    return f"{head}{'(未コミットの変更あり)' if changed else ''}"


def versions() -> list[str]:
    """The versions of what makes the numbers and the pages."""
    return [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _PACKAGES)]


def _git(*arguments: str, root: object) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
