"""A report says from which commit and from which hash of data it was made, and what was not committed."""

import re
import shutil
import subprocess

import pytest
from conftest import edit, git
from renkei.checkout import Checkout
from renkei.data_hash import data_hash
from renkei.report.kit.bundle import bundle_of
from renkei.report.provenance import commit, provenance, sources_of_newest


def said_of_making() -> str:
    """What a report says of how it was made, as text."""
    return str(bundle_of(provenance(sources_of_newest(), fiscal_year=2025))["text/html"])


@pytest.mark.parametrize(
    ("file", "is_told"),
    [
        ("data/area.toml", True),
        ("notebooks/targets.ipynb", True),
        ("data/new.csv", True),
        ("README.md", False),
    ],
)
def test_a_report_from_files_that_are_not_committed_says_so(
    checkout_copy: Checkout, file: str, is_told: bool
) -> None:
    """Changed or new, of what makes a report; committed, they are the commit's."""
    root = checkout_copy.root
    git("init", "--quiet", at=root)
    git("add", ".", at=root)
    git("commit", "--quiet", "--message", "all", at=root)
    committed = commit()

    with (root / file).open("a") as changed:
        changed.write("\n")

    assert re.fullmatch("[0-9a-f]{12}", committed)
    assert (f"{committed}(未コミットの変更あり)" if is_told else committed) == commit()
    assert commit() in said_of_making()
    git("add", ".", at=root)
    git("commit", "--quiet", "--message", "more", at=root)
    assert "未コミット" not in said_of_making()


def test_a_report_says_the_hash_of_its_data(checkout_copy: Checkout) -> None:
    """Of all of it, curated files and tables too: another byte anywhere is another hash."""
    data = checkout_copy.root / "data"
    before = data_hash(data)
    assert before in said_of_making()

    edit(data / "curated" / "units.csv", "kind", "Kind")

    assert before != data_hash(data)
    assert data_hash(data) in said_of_making()


def test_another_name_is_another_hash_and_a_lock_is_no_data(checkout_copy: Checkout) -> None:
    """A hidden file is an editor's or a command's own."""
    data = checkout_copy.root / "data"
    before = data_hash(data)

    (data / ".lock").write_text("of a command")
    with_lock = data_hash(data)
    (data / "area.toml").rename(data / "other.toml")

    assert before == with_lock != data_hash(data)


@pytest.mark.skipif(
    not all(map(shutil.which, ("sh", "find", "sort", "xargs", "sha256sum"))), reason="needs sha256sum"
)
def test_tools_of_the_system_give_the_same_hash(checkout: Checkout) -> None:
    """As the docs say: a reader need not have this package to hold data against a report."""
    listed = "find . -type f -not -path '*/.*' | LC_ALL=C sort | xargs sha256sum | sha256sum"
    told = subprocess.run(
        ["sh", "-c", listed], cwd=checkout.tables.parent, capture_output=True, text=True, check=True
    )

    assert f"{data_hash(checkout.tables.parent)}  -\n" == told.stdout
    assert listed in (checkout.root / "docs" / "decisions.md").read_text(encoding="utf-8").replace("\n", " ")
