"""A killed sending command loses nothing, and sends nothing twice without a doubt (`make kills-mail`)."""

from pathlib import Path

import pytest
from mail_kills import EVERY_STEP, IN_DATA, STEPS, Told, killed_at
from mail_server import (  # noqa: F401 - fixtures among them
    Inbox,
    authority,
    inbox,
    small,
    small_made,
    trusting,
)

pytestmark = pytest.mark.usefixtures("heard_signals")


@pytest.mark.parametrize("step", EVERY_STEP)
def test_a_killed_command_is_made_up_for(small: Path, inbox: tuple[Inbox, str], step: str) -> None:
    """At each step once, of the second letter: what has no answer on record is shown, and nothing else."""
    kept, server = inbox
    is_doubtful = step in (*STEPS, IN_DATA) and step != "before the attempt"

    assert Told(shown=int(is_doubtful), lost=0, twice=0) == killed_at(step, 2, kept, server)
