"""What became of a report, and how its files come into place: all of them whole, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from renkei.batch.families import Report
from renkei.batch.fingerprints import write_record
from renkei.system_errors import in_words
from renkei.whole_files import replace_files

#: Ending of the notebook as far as it ran.
FAILED = "failed.ipynb"


@dataclass(frozen=True)
class Made:
    """A report in memory: its files by ending, its headline, the seconds it took, the error if any.

    `warnings` say what the notebook made and did not show, cell by cell. After an error the only file is the
    notebook as far as it ran, and not always that.
    """

    files: Mapping[str, bytes]
    seconds: float
    headline: str = ""
    error: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of one report: how long it took, the error if it could not be made, and its warnings."""

    report: Report
    seconds: float
    error: str = ""
    warnings: tuple[str, ...] = ()


def put_in_place(report: Report, made: Made, output: Path, made_from: str) -> Result:
    """Write a report's files below `output`, then the record of its fingerprint `made_from`.

    After an error the files of before stay, and the half-run notebook lies beside them.
    """
    result = Result(report, made.seconds, made.error, made.warnings)
    target = output / report.file
    failed = target.with_name(f"{target.name}.{FAILED}")
    try:
        replace_files(
            {target.with_name(f"{target.name}.{ending}"): content for ending, content in made.files.items()}
        )
        if made.error:
            is_there = FAILED in made.files
            where = f"\n    The notebook as far as it ran: {failed}" if is_there else ""
            return replace(result, error=f"{made.error}{where}")
        failed.unlink(missing_ok=True)
        write_record(report, output, made_from, made.headline, made.files)
        return result
    except OSError as error:
        return replace(result, error=made.error or f"{report.title}: {in_words(error)}")
