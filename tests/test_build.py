import csv
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Command, edit
from renkei.batch.fingerprints import surroundings
from renkei.checkout import Checkout
from renkei.data_lock import changing_data, reading_data
from renkei.tables.accepting import MADE_FROM

TABLES = ("projects", "indicators", "outcomes", "costs", "footnotes", "revisions")


def table_bytes(checkout: Checkout) -> dict[str, bytes]:
    return {name: (checkout.tables / f"{name}.csv").read_bytes() for name in TABLES}


def record_hash(checkout: Checkout, file: str) -> None:
    """Make the record fit a changed document, so that only its content is wrong."""
    content = (checkout.sources / file).read_bytes()
    record = checkout.sources / "sources.toml"
    head, tail = record.read_text(encoding="utf-8").split(f'file = "{file}"')
    old = tail.split('sha256 = "')[1][:64]
    record.write_text(
        f'{head}file = "{file}"{tail.replace(old, hashlib.sha256(content).hexdigest())}', encoding="utf-8"
    )


def change_line(path: Path, number: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_building_again_gives_the_same_bytes(checkout_copy: Checkout, renkei: Command) -> None:
    """The committed tables are what the documents give, to the byte."""
    before = table_bytes(checkout_copy)
    for name in TABLES:
        (checkout_copy.tables / f"{name}.csv").unlink()

    result = renkei("build")

    assert (0, "") == (result.returncode, result.stderr)
    assert before == table_bytes(checkout_copy)
    assert sorted([*(f"{name}.csv" for name in TABLES), MADE_FROM]) == sorted(
        path.name for path in checkout_copy.tables.iterdir()
    )


def drop_line(path: Path, number: int) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    del lines[number - 1]
    path.write_text("\n".join(lines), encoding="utf-8")


LIST, VISION = "status_list_fy2021.txt", "vision_2024_2028.txt"
DUE, BASE = "29.8万人 (2023年度)", "25.1万人 (2017年度)"

#: What is wrong; document, line, and what stands there and what is to stand there instead.
BAD_CELLS = {
    "an unknown unit": (LIST, 14, "13社", "13ツル"),
    "a unit unlike the target's": (LIST, 14, "13社", "13人"),
    "two quantities in a cell": (VISION, 1236, "50万人", "男性20万人女性30万人"),
    "swapped column heads": (LIST, 9, "基準値\t目標値", "目標値\t基準値"),
    "swapped cells": (LIST, 39, f"{BASE}\t{DUE}", f"{DUE}\t{BASE}"),
    "an amount that is no number": (VISION, 200, "1,198,011", "1,198,O11"),
}


@pytest.mark.parametrize("is_recorded", [True, False], ids=["hash recorded", "hash as before"])
@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_refused_with_file_and_line(
    checkout_copy: Checkout, called: Command, case: str, is_recorded: bool
) -> None:
    """One clear error, exit status 1, and the tables as they were before."""
    file, number, old, new = BAD_CELLS[case]
    before = table_bytes(checkout_copy)
    change_line(checkout_copy.sources / file, number, old, new)
    if is_recorded:
        record_hash(checkout_copy, file)

    result = called("build")

    assert 1 == result.returncode
    assert f"error: data/sources/{file}:{number}: " in result.stderr
    assert "Traceback" not in result.stderr
    assert is_recorded != ("the document has changed" in result.stderr)
    assert before == table_bytes(checkout_copy)


@pytest.mark.parametrize(("file", "number"), [(LIST, 22), (VISION, 213)])
def test_a_missing_line_is_refused_with_file_and_line(
    checkout_copy: Checkout, called: Command, file: str, number: int
) -> None:
    """What follows a lost line no longer fits the corrections, or a project is missing."""
    before = table_bytes(checkout_copy)
    drop_line(checkout_copy.sources / file, number)
    record_hash(checkout_copy, file)

    result = called("build")

    assert 1 == result.returncode
    assert re.search(rf"(error:|\n)\s+data/sources/{file}:\d+: ", result.stderr), result.stderr
    assert before == table_bytes(checkout_copy)


def test_a_document_in_cp932_is_refused_with_file_and_line(checkout_copy: Checkout, called: Command) -> None:
    """The first line that is not UTF-8 is named, and what the file may be."""
    before = table_bytes(checkout_copy)
    path = checkout_copy.sources / LIST
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", "replace"))

    result = called("build")

    assert 1 == result.returncode
    assert f"error: data/sources/{LIST}:3: text in UTF-8 was expected" in result.stderr
    assert "CP932" in result.stderr
    assert before == table_bytes(checkout_copy)


def test_a_changed_byte_is_an_error_that_says_so(checkout_copy: Checkout, called: Command) -> None:
    """A change that reads well is still not the document on record."""
    change_line(checkout_copy.sources / "vision_2024_2028.txt", 1230, "8,855", "8,856")

    result = called("build")

    assert 1 == result.returncode
    assert "data/sources/vision_2024_2028.txt: the document has changed: SHA-256" in result.stderr


def test_a_missing_document_is_an_error_that_says_so(checkout_copy: Checkout, called: Command) -> None:
    """Nothing is built from one document alone."""
    (checkout_copy.sources / "vision_2024_2028.txt").unlink()

    result = called("build")

    assert 1 == result.returncode
    assert "data/sources/vision_2024_2028.txt: the document" in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("corrections.csv", "土業,1,", "土木業,1,", r"status_list_fy2021.txt:15: .*expects “土木業”"),
        ("doubts.csv", ",65,DIVERCITY,", ",66,DIVERCITY,", r"fy2021.txt:66: .*doubts.csv"),
        ("rate_counts.csv", ",101,交通費", ",101,交通社", r"fy2021.txt:101: .*rate_counts.csv:3"),
        ("sections.csv", "2024,3,創業の促進,", "2024,3,創業の推進,", r"2028.txt:213: .*創業の推進"),
        ("sections.csv", ",土地利用,見出し", ",土地の利用,見出し", r"sections.csv:\d+: a heading of the"),
        ("target_kinds.csv", "2024-14-1,", "2024-14-9,", r"2028.txt:1236: the target"),
        ("target_kinds.csv", "2024-22-1,state", "2024-22-1,by_year", r"counts as by_year, but names no year"),
    ],
)  # fmt: skip
def test_a_judgement_must_fit_the_documents(
    checkout_copy: Checkout, called: Command, file: str, old: str, new: str, message: str
) -> None:
    """A correction, doubt or section that no longer matches is an error; nothing is built."""
    edit(checkout_copy.curated / file, old, new)

    result = called("build")

    assert 1 == result.returncode
    assert re.search(message, result.stderr), result.stderr
    assert "Traceback" not in result.stderr


def test_a_number_for_one_year_needs_a_judgement(checkout_copy: Checkout, called: Command) -> None:
    """Whether 50万人（2027年度） is a level or a total is decided by a person, or not at all."""
    path = checkout_copy.curated / "target_kinds.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("2024-14-1")), encoding="utf-8")

    result = called("build")

    assert 1 == result.returncode
    assert (
        "vision_2024_2028.txt:1236: the target “50万人(2027年度)” does not say how it counts" in result.stderr
    )


def test_curated_files_from_excel_are_read_or_refused(checkout_copy: Checkout, called: Command) -> None:
    """A byte order mark is read over; CP932 is refused with the line where it shows."""
    path = checkout_copy.curated / "corrections.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("utf-8-sig"))
    assert 0 == called("build").returncode

    path.write_bytes(text.encode("cp932", "replace"))
    result = called("build")

    assert 1 == result.returncode
    assert "data/curated/corrections.csv:2: text in UTF-8 was expected" in result.stderr
    assert "CP932" in result.stderr


def test_a_full_disk_leaves_the_tables_as_they_were(
    checkout_copy: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the third table cannot be written, none is replaced and nothing is left beside them."""
    from renkei.tables.build import build

    before = table_bytes(checkout_copy)
    for name in TABLES:
        path = checkout_copy.tables / f"{name}.csv"
        path.write_bytes(path.read_bytes() + b"old\n")
    old = table_bytes(checkout_copy)
    write_bytes = Path.write_bytes

    def failing(path: Path, content: bytes) -> int:
        if "outcomes" in path.name:
            raise OSError(28, "No space left on device")
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(OSError, match="No space left"):
        build(checkout_copy)

    assert old == table_bytes(checkout_copy) != before
    assert len([*TABLES, MADE_FROM]) == len(list(checkout_copy.tables.iterdir()))


def test_every_row_says_where_it_comes_from(checkout: Checkout) -> None:
    """Each row of each table names a document on record and a line of it."""
    for name in TABLES:
        with (checkout.tables / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source"] in ("status_list_fy2021", "vision_2024_2028")
                assert int(row["source_line"]) > 0


#: Holds the data as the word after the code says, reading or changing, until it is told to end.
_HOLDER = """
import sys
from renkei import data_lock
from renkei.batch.fingerprints import surroundings
from renkei.checkout import Checkout
from renkei.data_lock import changing_data, reading_data

with getattr(data_lock, sys.argv[1])(Checkout.current()):
    print("holds", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(how: str) -> Iterator[None]:
    """While this lasts, another process holds the data of the current checkout."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert "holds\n" == holder.stdout.readline()
        yield
        holder.communicate()


@pytest.mark.parametrize(
    ("how", "command", "refusal"),
    [
        ("changing_data", "build", "'renkei render' or another 'renkei build'; wait until it has ended"),
        ("reading_data", "build", "'renkei render' or another 'renkei build'; wait until it has ended"),
        (
            "changing_data",
            "render",
            "'renkei build' makes the tables there just now; wait until it has ended",
        ),
    ],
)
def test_tables_are_not_made_while_another_command_works_with_them(
    checkout_copy: Checkout, called: Command, how: str, command: str, refusal: str
) -> None:
    """Two builds, or a build and a batch, do not meet: the second is refused and says what to do."""
    with held(how):
        result = called(command)

    assert 1 == result.returncode
    assert f"error: {checkout_copy.root / 'data'}: " in result.stderr
    assert refusal in result.stderr


def test_any_number_of_commands_read_the_tables(checkout_copy: Checkout) -> None:
    """Batches into different folders run side by side; once they have ended, a build goes ahead."""
    with held("reading_data"), reading_data(checkout_copy):
        pass
    with changing_data(checkout_copy):
        pass


def test_a_lock_is_no_part_of_the_data(checkout_copy: Checkout) -> None:
    """Where others may write too, the lock gets a folder of its own; no report is out of date for it."""
    checkout_copy.tables.parent.chmod(0o777)
    before = surroundings(checkout_copy)

    with held("reading_data"):
        assert before == surroundings(checkout_copy)
