"""What is no document in a document's place: one message, exit status 1, and the tables as they were."""

# ruff: noqa: E501
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import call_renkei
from made_up import lay_out
from renkei.checkout import CHECKOUT_VARIABLE
from test_build import record_hash

LIST, PLAN = "list.txt", "plan.txt"
Put = Callable[[Path], object]


def bytes_of(content: bytes) -> Put:
    return lambda path: path.write_bytes(content)


def changed(old: bytes, new: bytes) -> Put:
    def put(path: Path) -> None:
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new, 1))

    return put


def instead(make: Callable[[Path], object]) -> Put:
    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


def huge(path: Path) -> None:
    """A hole of 100 MB, which takes no room on the disk."""
    with path.open("r+b") as file:
        file.truncate(100 << 20)


NO_FILE = "cannot be read (it is no file); put it back"
TABLE = {
    "100 MB": (huge, "cannot be read (it is larger than 32 MB); put it back"),
    "empty": (bytes_of(b""), "expected "),
    "blank": (bytes_of(b"\n\n \n"), "expected "),
    "a NUL": (changed("創業".encode(), b"\0"), "found U+0000"),
    "NULs only": (bytes_of(b"\0" * 9999), "found U+0000"),
    "a lone CR": (changed("創業".encode(), "創\r業".encode()), "found U+000D"),
    "line ends of old": (lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r")), "found U+000D"),
    "CP932": (lambda path: path.write_bytes(path.read_text("utf-8").encode("cp932", "replace")), "in UTF-8 was"),
    "UTF-16": (lambda path: path.write_bytes(path.read_text("utf-8").encode("utf-16")), "in UTF-8 was expected"),
    "one long line": (bytes_of(b"1" * (3 << 20)), "a line of at most 20000 characters was expected, found 3145728"),
    "a folder": (instead(Path.mkdir), NO_FILE),
    "a pipe": (instead(lambda path: os.mkfifo(path)), NO_FILE),
    "/dev/zero": (instead(lambda path: path.symlink_to("/dev/zero")), NO_FILE),
    "a dangling link": (instead(lambda path: path.symlink_to("nowhere")), "No such file or directory"),
    "nothing": (Path.unlink, "No such file or directory"),
}  # fmt: skip


@pytest.mark.parametrize("file", [LIST, PLAN])
@pytest.mark.parametrize("case", TABLE)
def test_what_is_no_document_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, file: str
) -> None:
    """Whether or not its hash is on record, it ends in one message that names it, and is not waited for."""
    put, told = TABLE[case]
    checkout = lay_out(tmp_path / "made-up", "list", "plan")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    assert 0 == call_renkei("build").returncode
    before = hashes(checkout.tables)

    put(checkout.sources / file)
    results = [call_renkei("build")]
    if (checkout.sources / file).is_file() and case != "100 MB":
        record_hash(checkout, file)
        results.append(call_renkei("build"))

    for result in results:
        assert (1, "") == (result.returncode, result.stdout)
        assert result.stderr.startswith("error: ")
        assert f"data/sources/{file}" in result.stderr
        assert told in result.stderr
        assert len(result.stderr.splitlines()) <= 20
        assert len(result.stderr) < 2000
    assert before == hashes(checkout.tables)


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
