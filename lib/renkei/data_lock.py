"""The data of a checkout: any number of commands read it at once, or one changes it and nobody reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from renkei.checkout import Checkout
from renkei.errors import RenkeiError

if TYPE_CHECKING:
    from filelock import ReadWriteLock

#: In the folder of the data; hidden, so that it is no part of what a report is made from.
_LOCK = ".lock"


@contextmanager
def reading_data(checkout: Checkout) -> Iterator[None]:
    """While this lasts, no command changes the data; RenkeiError if one does so now.

    Where this user may not write, no lock can be had, and none is asked for.
    """
    from filelock import Timeout

    if not _may_lock(checkout):
        yield
        return
    lock = _lock(checkout)
    try:
        lock.acquire_read()
    except Timeout as error:
        raise RenkeiError(
            f"{_folder(checkout)}: 'renkei build' makes the tables there just now; "
            "wait until it has ended, then try again"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def changing_data(checkout: Checkout) -> Iterator[None]:
    """While this lasts, no other command reads or changes the data; RenkeiError if one does so now."""
    from filelock import Timeout

    lock = _lock(checkout)
    try:
        lock.acquire_write()
    except Timeout as error:
        raise RenkeiError(
            f"{_folder(checkout)}: a command works with the tables there just now, 'renkei render' or "
            "another 'renkei build'; wait until it has ended, then try again"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _may_lock(checkout: Checkout) -> bool:
    lock = _folder(checkout) / _LOCK
    return os.access(lock if lock.exists() else _folder(checkout), os.R_OK | os.W_OK)


def _lock(checkout: Checkout) -> ReadWriteLock:
    # Only commands that lock need to load it.
    from filelock import ReadWriteLock

    return ReadWriteLock(_folder(checkout) / _LOCK, timeout=0)


def _folder(checkout: Checkout) -> Path:
    return checkout.tables.parent
