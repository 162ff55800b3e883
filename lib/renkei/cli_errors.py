"""How the command line tells what went wrong: one message, what to do, and no more than a screen."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence

import typer

from renkei.errors import MailError, ParameterError, TableError
from renkei.told import MOST_LINES, harmless, in_short

#: No path of this project's users is longer; a longer one is a mistake in a script.
_LONGEST_ARGUMENT = 1000


def demand_plain(arguments: Sequence[str]) -> None:
    """Raise ParameterError for what no year, name, number or path is, before anything repeats it."""
    for argument in arguments:
        if len(argument) > _LONGEST_ARGUMENT or harmless(argument) != argument:
            raise ParameterError(
                f"arguments of at most {_LONGEST_ARGUMENT:,} characters that can be seen were expected, "
                f"found “{in_short(argument.replace(chr(10), ' '), 1, 60)}”"
            )


def tell_error(error: object) -> None:
    """Tell what went wrong, in at most a screen unless it is a list of rows or of people to see to."""
    is_list = isinstance(error, TableError | MailError)
    told = in_short(str(error), sys.maxsize if is_list else MOST_LINES)
    typer.echo(f"{typer.style('error:', fg='red', bold=True)} {told}", err=True)


def tell_unexpected(error: Exception) -> None:
    """Tell of a fault of this program; its details are kept until its user deletes them."""
    try:
        descriptor, name = tempfile.mkstemp(prefix="renkei-error-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(traceback.format_exception(error))
        details = f"Its details are in {name}: send them to whoever mends this program, then delete the file"
    except OSError as reason:
        details = f"Its details could not be kept ({reason})"
    what = in_short(f"{type(error).__name__}: {error}", 6)
    tell_error(f"a fault of this program: {what}\n{details}; nothing that was there before is lost")
