"""Odd command lines of e-mail: each is refused with one short message, and no file is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import Command
from mail_server import ENVELOPE, small, small_made  # noqa: F401 - fixtures among them
from test_odd_calls import demand_refused

SEND = (*ENVELOPE, "--send", "--yes", "--server=smtp://127.0.0.1:9")
UNSEEN = ("\x1b[2Jx", "\x07", "\u202ex", "\udcff")


def files_below(folder: Path) -> dict[Path, int]:
    """Each file with when it was written; the folder of the record may be made before all is known."""
    return {
        path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and path.name != ".lock"
    }


#: An option with `?` for its value, and the values that it must not take.
CALLS = {
    "--sender": (
        ["mail", "small", "--sender=?"],
        ("x", "a@b@c", "a b@c.example", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", *UNSEEN),
    ),
    "--server": (
        [*ENVELOPE, "--send", "--yes", "--server=?"],
        ("", "garbage", "http://x", "smtp://", "smtp://:25", "smtp://a:abc", "smtp://a:99999", "smtp://a:-1",
         "smtp://[::1", "/dev/null", "smtp://" + "a" * 5000, *UNSEEN),
    ),
    "--patience": ([*SEND, "--patience=?"], ("", "x", "-1", "1e3", "20x", "nan", "9" * 5000, "²0m", *UNSEEN)),
    "--only": ([*ENVELOPE, "--only=?"], ("", "x", "nobody@one.example", "../x", "*", *UNSEEN)),
    "--correction": ([*ENVELOPE, "--correction=?"], ("", " ", "a" * 501, "a\n\nb", *UNSEEN)),
    "--size-limit": ([*ENVELOPE, "--size-limit=?"], ("", "x", "-1", "1e9", "²", *UNSEEN)),
    "status FAMILY": (["mail", "status", "?"], ("x", "../x", "/dev/null", "2025;rm", *UNSEEN)),
}  # fmt: skip
#: Where a file or a folder is meant.
PLACES = {
    "--note": [*ENVELOPE, "--note"],
    "--recipients": [*ENVELOPE, "--recipients"],
    "--record": [*SEND, "--record"],
    "--output": [*ENVELOPE, "--output"],
    "--reports": ["mail", "status", "small", "--reports"],
}


@pytest.mark.parametrize(("call", "values"), CALLS.values(), ids=CALLS)
def test_nonsense_is_refused(
    small: Path,
    called: Command,
    call: list[str],
    values: tuple[str, ...],
) -> None:
    """Whatever stands there in place of an address, a server, a time or a number."""
    before = files_below(small.parents[2])

    for value in values:
        demand_refused(called, [part.replace("?", value) for part in call])

    assert before == files_below(small.parents[2])


@pytest.mark.skipif(sys.platform == "win32", reason="devices, pipes and links of Unix")
@pytest.mark.parametrize("call", PLACES.values(), ids=PLACES)
def test_a_place_that_is_no_place_is_refused(
    small: Path,
    tmp_path: Path,
    called: Command,
    call: list[str],
) -> None:
    """Devices, links that lead nowhere, a pipe in which nobody writes: nothing waits for them."""
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing/there")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    before = files_below(small.parents[2])

    for place in ("dangling", "loop", "pipe", "/dev/null", "/dev/full", "/dev/null/below"):
        demand_refused(called, [*call, str(tmp_path / place)])

    assert before == files_below(small.parents[2])
