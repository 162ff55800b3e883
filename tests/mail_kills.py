"""`make kills-mail`: kills a sending command at each named step, and counts what the server got.

After each kill the command is given again. What it shows as in doubt is settled as the server knows it: sent
again if it has not got the message, counted as sent if it has. A letter that the server never got is lost;
one that it got twice without its doubt having been shown is the other failure.
"""

from __future__ import annotations

import fcntl
import logging
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from conftest import PATIENCE, call_renkei
from mail_server import ADDRESSES, ENVELOPE, PASSWORD, USER, Inbox, context_of, make_small, serving
from renkei.checkout import CHECKOUT_VARIABLE

KILL_AT = Path(__file__).parent / "kill_at"
#: Where a process kills itself: the function, and whether before or after it.
STEPS = {
    "before the attempt": "renkei.mail.sending:record_attempt:before",
    "after the attempt": "renkei.mail.sending:record_attempt:after",
    "in DATA, nothing out yet": "renkei.mail.connection:_wire:before",
    "after the answer": "renkei.mail.connection:_answer:before",
    "before the record of it": "renkei.mail.sending:record_answer:before",
}
#: Where it is killed from outside, with all of a message sent and no answer yet.
IN_DATA = "in DATA, all of it out"
SIGNALS = {"SIGHUP": signal.SIGHUP, "SIGTERM": signal.SIGTERM}
EVERY_STEP = (*STEPS, IN_DATA, *SIGNALS)
TIMES = {step: 10 if step in SIGNALS else 20 for step in EVERY_STEP}


@dataclass(frozen=True)
class Told:
    """What came of one kill: letters in doubt that were shown, lost, and twice without a doubt."""

    shown: int
    lost: int
    twice: int


def killed_at(step: str, number: int, inbox: Inbox, server: str) -> Told:
    """Kill a sending command at a step of its `number`th letter, then send what is left.

    `inbox` is new, and so is the record of the current project.
    """
    arguments = [*ENVELOPE, "--send", "--server", server]
    if step in STEPS:
        _kill_itself(f"{STEPS[step]}:{number}", [*arguments, "--yes"])
    else:
        _kill_from_outside(step, number, inbox, [*arguments, "--yes"])
    had = Counter(inbox.kept)
    shown = call_renkei(*arguments)
    doubtful = [line.partition(":")[0] for line in shown.stdout.splitlines() if ": in doubt: " in line]
    assert len(doubtful) <= 1, doubtful
    again = ["--again-doubtful"] if doubtful and doubtful[0] not in had else []
    after = call_renkei(*arguments, "--yes", *again)
    assert 0 == after.returncode, after.stderr
    got = Counter(inbox.kept)
    return Told(
        len(doubtful),
        sum(1 for address in ADDRESSES if not got[address]),
        sum(1 for address in ADDRESSES if got[address] > 1 and address not in doubtful),
    )


def _kill_itself(where: str, arguments: list[str]) -> None:
    path = os.pathsep.join([str(KILL_AT), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    result = subprocess.run(
        _command(arguments), env={**os.environ, "KILL_AT": where, "PYTHONPATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert -signal.SIGKILL == result.returncode, result.stderr


def _kill_from_outside(step: str, number: int, inbox: Inbox, arguments: list[str]) -> None:
    """Kill it when the server has all of a message; of every other one the server thinks nothing."""
    inbox.held = number
    if step == IN_DATA and number % 2:
        inbox.answers = {ADDRESSES[number - 1]: ["451 the client has gone"]}
    master, slave = pty.openpty()
    process = subprocess.Popen(
        _command(arguments), stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(slave)
    assert inbox.is_held.wait(PATIENCE)
    if step == "SIGHUP":
        # The window is closed: the system sends the signal, and nothing can be told any more.
        os.close(master)
    else:
        process.send_signal(SIGNALS.get(step, signal.SIGKILL))
    if step == IN_DATA:
        process.wait(PATIENCE)
    inbox.may_answer.set()
    process.wait(PATIENCE)
    assert inbox.is_done.wait(PATIENCE)
    inbox.answers = {}
    if step != "SIGHUP":
        os.close(master)


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-c", "from renkei.cli import main; main()", *arguments]


def main() -> None:
    """Kill at every step as often as `TIMES` says, and print a line for each."""
    # Its own word on a way of logging in that the tests need.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    authority = trustme.CA()
    context = context_of(authority, "127.0.0.1")
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root = Path(folder)
        authority.cert_pem.write_to_path(str(root / "ca.pem"))
        patch.setenv("SSL_CERT_FILE", str(root / "ca.pem"))
        patch.setenv("RENKEI_SMTP_PASSWORD", PASSWORD)
        (root / "project").mkdir()
        make_small(root / "project")
        patch.setenv(CHECKOUT_VARIABLE, str(root / "project"))
        patch.setenv("RENKEI_RECIPIENTS", str(root / "project/recipients.csv"))
        patch.setenv("RENKEI_MAIL_RECORD", str(root / "record"))
        print("step: kills, doubts shown, letters lost, twice without a doubt shown")
        for step, times in TIMES.items():
            found = []
            for time in range(times):
                shutil.rmtree(root / "record", ignore_errors=True)
                inbox = Inbox()
                options = {"tls_context": context, "authenticator": inbox.login, "auth_required": True}
                with serving(inbox, require_starttls=True, **options) as port:
                    found.append(
                        killed_at(step, 1 + time % len(ADDRESSES), inbox, f"smtp://{USER}@127.0.0.1:{port}")
                    )
            sums = [sum(getattr(told, name) for told in found) for name in ("shown", "lost", "twice")]
            print(f"{step}: {times}, {', '.join(map(str, sums))}", flush=True)


if __name__ == "__main__":
    main()
