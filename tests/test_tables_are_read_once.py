"""A report reads each table at most once, and what shows a number reads none."""

import inspect
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT, code_cells_of
from renkei import load

FAMILIES = tomllib.loads((ROOT / "notebooks" / "reports.toml").read_text(encoding="utf-8"))
