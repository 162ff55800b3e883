"""Killed at any step, a command leaves nothing torn, and the next run makes all good and clears all away."""

from pathlib import Path

import pytest
from kills import BUILD, COMMANDS, IMPORT, RENDER, Kills
from renkei.batch.kernels.starting import can_fork

#: Some of what `make kills` goes through: where most lies about half-made.
SOME = {
    "render": (
        # A worker and its kernel run; one file is in place and the other beside; all but the index is.
        "renkei.batch.one:execute:after:1",
        "renkei.whole_files:_replace:after:1",
        "renkei.batch.index:write_index:before:1",
    ),
    "build": ("renkei.whole_files:_keep:before:4", "renkei.whole_files:_replace:after:6"),
    "import": (
        "renkei.actuals.writing:tables_from_documents:before:1",
        *(f"renkei.whole_files:_replace:after:{call}" for call in (1, 2)),
        "renkei.whole_files:_take_away:before:1",
    ),
}


@pytest.mark.slow
@pytest.mark.skipif(not can_fork(), reason="what is left behind is looked for on Linux")
@pytest.mark.parametrize("name", SOME)
def test_killed_at_a_step_a_command_leaves_nothing_that_the_next_run_does_not_make_good(
    name: str, short: Path
) -> None:
    """Each file is as before or as it should become; then all are, and no temporary file is left."""
    kills = Kills(COMMANDS[name], short)

    assert kills.before != kills.done
    assert {} == {step: wrong for step in SOME[name] if (wrong := kills.at(step))}


def test_each_command_is_killed_at_thirty_steps() -> None:
    """All different, and those that are tried here among them."""
    assert [30, 30, 30] == [len(set(steps)) for steps in (RENDER, BUILD, IMPORT)]
    assert set() == {*SOME["render"], *SOME["build"], *SOME["import"]} - {*RENDER, *BUILD, *IMPORT}
