"""Files that are written are whole or not there, whoever else writes them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from renkei.system_errors import in_words
from renkei.whole_files import clear_unfinished, replace_files

#: Writes two files of one letter, many times; the first word after the code is the letter, then the folder.
_WRITER = """
import sys
from pathlib import Path
from renkei.whole_files import replace_files

letter, folder = sys.argv[1].encode(), Path(sys.argv[2])
for _ in range(150):
    replace_files({folder / "a.html": letter * 50_000, folder / "b.pdf": letter * 50_000})
"""


def contents(folder: Path) -> dict[str, str]:
    """The files of a folder, hidden ones too, with their text; folders have none."""
    return {path.name: path.read_text() if path.is_file() else "" for path in folder.iterdir()}


def test_all_files_are_written(tmp_path: Path) -> None:
    """One that was there and one in a new folder; nothing else is left."""
    (tmp_path / "old.csv").write_text("old")

    replace_files({tmp_path / "old.csv": b"new", tmp_path / "folder" / "first.csv": b"first"})

    assert {"old.csv": "new", "folder": ""} == contents(tmp_path)
    assert {"first.csv": "first"} == contents(tmp_path / "folder")


def test_a_folder_in_the_place_of_a_file_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    """The second path is a folder: the first file keeps its content, and the error names the folder."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("old")
    second.mkdir()

    with pytest.raises(IsADirectoryError, match=r"a file or nothing was expected.*second\.csv"):
        replace_files({first: b"new", second: b"new"})

    assert {"first.csv": "old", "second.csv": ""} == contents(tmp_path)


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_cannot_be_replaced_leaves_all_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """As on Windows where a program has the last one open: what was there is back, what is new is gone."""
    paths = [tmp_path / name for name in ("old.html", "new.pdf", "open.xlsx")]
    paths[0].write_text("old")
    paths[2].write_text("old")
    replace = Path.replace

    def refusing(path: Path, target: Path) -> Path:
        if target == paths[2]:
            raise PermissionError(13, "is open in another program", str(target))
        return replace(path, target)

    def without_links(*_: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(Path, "replace", refusing)
    if not has_links:
        monkeypatch.setattr("os.link", without_links)
    with pytest.raises(PermissionError) as refused:
        replace_files(dict.fromkeys(paths, b"new"))

    assert re.fullmatch(
        r"\[Errno \d+\] a file that can be replaced was expected; close it in other programs: .*open\.xlsx'",
        in_words(refused.value),
    )
    assert {"old.html": "old", "open.xlsx": "old"} == contents(tmp_path)


def test_another_name_of_an_open_file_is_left_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows deletes no name of a file that a program has open; the next batch clears it away."""
    unlink = Path.unlink

    def refusing(path: Path, missing_ok: bool = False) -> None:
        if "-before" in path.name:
            raise PermissionError(13, "is open in another program", str(path))
        unlink(path, missing_ok)

    (tmp_path / "open.xlsx").write_text("old")
    monkeypatch.setattr(Path, "unlink", refusing)
    replace_files({tmp_path / "open.xlsx": b"new"})
    clear_unfinished(tmp_path)
    left = contents(tmp_path)
    monkeypatch.undo()
    clear_unfinished(tmp_path)

    assert 2 == len(left)
    assert {"open.xlsx": "new"} == contents(tmp_path)


def test_writers_of_the_same_files_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Four processes write the same two files 150 times each: none fails, and each file is one's whole."""
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, letter, str(tmp_path)], stderr=subprocess.PIPE)
        for letter in "abcd"
    ]

    assert [b""] * 4 == [writer.communicate()[1] for writer in writers]
    found = contents(tmp_path)
    assert {"a.html", "b.pdf"} == set(found)
    assert [(1, 50_000)] * 2 == [(len(set(text)), len(text)) for text in found.values()]


def test_what_a_killed_writer_left_can_be_cleared(tmp_path: Path) -> None:
    """Killed while it writes, a writer leaves a file beside its place, and what was there as it was."""
    killed = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from renkei.whole_files import replace_files\n"
        "class Killing(dict):\n"
        "    def items(self):\n"
        "        yield Path(sys.argv[1], 'a.csv'), b'new'\n"
        "        os._exit(9)\n"
        "replace_files(Killing({Path(sys.argv[1], 'a.csv'): b'new'}))\n"
    )
    (tmp_path / "a.csv").write_text("old")
    assert 9 == subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False).returncode
    left = contents(tmp_path)

    clear_unfinished(tmp_path)

    assert 2 == len(left)
    assert {"a.csv": "old"} == contents(tmp_path)
