"""What set-up tells git about notebooks; `.gitattributes` says for which files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePath

from renkei.checkout import Checkout


def settings_for(root: PurePath, python: PurePath) -> dict[str, str]:
    """Names and values of git's settings for a checkout whose Python this is.

    Working trees of one repository share them, and each has a Python of its own or none: a Python within the
    checkout is named from its root, where git starts commands, and where there is none nothing is filtered.
    """
    named = python.relative_to(root) if python.is_relative_to(root) else python
    clean = f'"{named.as_posix()}" -m renkei.git.clean'
    if python.suffix != ".exe":  # On Windows nbdime has cmd run it, which knows no such conditions.
        clean = f'if test -x "{named.as_posix()}"; then {clean}; else cat; fi'
    differ = f'"{python.as_posix()}" -m nbdime.vcs.git.diffdriver diff'
    return {
        "filter.renkei-notebook.clean": clean,
        # Both sides without what running added, so that a difference is one of sources or tags.
        "diff.jupyternotebook.command": f"{differ} --use-filter --ignore-outputs --ignore-details",
    }


def tell_git(checkout: Checkout) -> bool:
    """Have git filter notebooks; False where there is no git, or no repository."""
    if not (checkout.root / ".git").exists():
        return False
    # Not where its links lead, which is out of the virtual environment.
    wanted = settings_for(checkout.root, Path(sys.executable).absolute())
    try:
        return all(_set(checkout.root, name, value) for name, value in wanted.items())
    except OSError:
        return False


def _set(root: Path, name: str, value: str) -> bool:
    # Only what differs is written: git refuses when two commands write at once.
    return _config(root, "--get", name) == value or _config(root, name, value) is not None


def _config(root: Path, *arguments: str) -> str | None:
    """What git tells; None where it refuses."""
    command = ["git", "-C", str(root), "config", *arguments]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    return None if told.returncode else told.stdout.removesuffix("\n")
