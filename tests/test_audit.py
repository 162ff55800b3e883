"""`make audit` tells what is known of the locked packages, and not that all is well if it could not ask."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from audit import NONE, SOME, UNKNOWN, audit, judged

GOOD = {"name": "pandas", "version": "3.1.1", "vulns": []}
BAD = {"name": "pillow", "version": "12.0", "vulns": [{"id": "X-1", "fix_versions": ["12.1"]}]}
BAD_FOR_GOOD = {"name": "jinja2", "version": "3.1", "vulns": [{"id": "X-2", "fix_versions": []}]}
NOT_FOUND = {"name": "rich", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "status", "told"),
    [
        ([GOOD], NONE, ["1 packages: no vulnerability is known"]),
        (
            [GOOD, BAD, BAD_FOR_GOOD],
            SOME,
            ["pillow 12.0: X-1, mended in 12.1", "jinja2 3.1: X-2, mended in no version yet"],
        ),
    ],
)
def test_each_known_vulnerability_is_a_line(packages: list[Any], status: int, told: list[str]) -> None:
    """With the version that mends it, if there is one."""
    assert (status, told) == judged(json.dumps({"dependencies": packages}))


def test_a_package_that_was_not_looked_up_is_not_taken_for_well() -> None:
    """pip-audit itself ends well then; what it did find is told all the same."""
    status, told = judged(json.dumps({"dependencies": [BAD, NOT_FOUND, GOOD]}))

    assert UNKNOWN == status
    assert "pillow 12.0: X-1, mended in 12.1" == told[0]
    assert told[1].startswith("1 of 3 packages could not be looked up, rich first of them")


@pytest.mark.parametrize("answer", ["", "[]", "{}", "no JSON"])
def test_an_answer_that_is_none_is_told(answer: str) -> None:
    """In one line."""
    assert (UNKNOWN, 1) == (judged(answer)[0], len(judged(answer)[1]))


def test_without_a_network_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit's own environment cannot be made; the last line of the reason is told, and no traceback."""

    def refused(step: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(step, 1, "", "Traceback\n  dns error: name not known\n")

    monkeypatch.setattr("audit.subprocess.run", refused)

    status, told = audit(tmp_path)

    assert UNKNOWN == status
    assert [
        "the audit was not made: pip-audit could not be installed; is the network there? "
        "(dns error: name not known)"
    ] == told
