"""Importing this module prepares a process for rendering: the one import in this package that does something.

Python's fork server can be asked to import a module before it forks, and for nothing else. Only the
fork server of a batch imports this one.
"""

from __future__ import annotations

from renkei.batch.worker import prepare

prepare()
