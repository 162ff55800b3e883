"""What another edition of a document changes is told by project, and taken only with a reason."""

# ruff: noqa: E501
import io
import re
import sys
import tomllib

import pytest
from conftest import Command, call_renkei, edit
from renkei.checkout import Checkout
from renkei.documents.sources import sources_on_record
from renkei.errors import TableError
from renkei.load import load_table
from renkei.tables.accepting import MADE_FROM
from test_build import LIST, VISION, change_line, record_hash, table_bytes

RECORD = "sources.toml"


@pytest.fixture
def other(checkout_copy: Checkout) -> Checkout:
    """The project with a list that gives another outcome, and a vision with another name, both on record."""
    change_line(checkout_copy.sources / LIST, 14, "13社", "31社")
    record_hash(checkout_copy, LIST)
    change_line(checkout_copy.sources / VISION, 1150, "市立札幌病院の運営", "市立病院の運営")
    record_hash(checkout_copy, VISION)
    return checkout_copy


TOLD = (
    "2019 No. 2 連携した企業誘致の推進: 2021年度の実績 of 評価指標 “誘致施策を活用した立地企業数”: "
    "実績値(記載) 13社 → 31社, 実績値 13 → 31\n"
    "2024 No. 13 三次救急医療等の提供: 評価指標 “市立札幌病院の運営”: 名称 市立札幌病院の運営 → 市立病院の運営\n"
)


def everything(checkout: Checkout) -> dict[str, bytes]:
    return {
        **table_bytes(checkout),
        MADE_FROM: (checkout.tables / MADE_FROM).read_bytes(),
        RECORD: (checkout.sources / RECORD).read_bytes(),
    }


def test_without_a_reason_nothing_is_written(other: Checkout, called: Command) -> None:
    """In a pipe the build stops with what would change, by project, and how to accept it."""
    before = everything(other)

    result = called("build")

    assert (1, "") == (result.returncode, result.stdout)
    assert (
        f"are of another SHA-256, or gone, than the tables in data/tables were made from. What changes:\n{TOLD}"
        in (result.stderr)
    )
    assert "renkei build --accept REASON" in result.stderr
    assert before == everything(other)


def test_a_reason_is_kept_beside_the_hash(other: Checkout, called: Command) -> None:
    """It stands in sources.toml behind the hash of each document; the next build has nothing to ask."""
    before = (other.sources / RECORD).read_text(encoding="utf-8")

    result = called("build", "--accept", "正誤表による“訂正”\\")

    assert (0, "") == (result.returncode, result.stderr)
    assert TOLD in result.stdout
    after = (other.sources / RECORD).read_text(encoding="utf-8")
    assert before == re.sub(r"^accepted = .*\n", "", after, flags=re.MULTILINE)
    assert ["正誤表による“訂正”\\"] * 2 == [of.accepted for of in sources_on_record(other).values()]
    assert (0, "") == (called("check").returncode, called("build").stderr)

    change_line(other.sources / LIST, 14, "31社", "32社")
    record_hash(other, LIST)
    assert 1 == called("build").returncode
    assert 0 == called("build", "--accept", "再訂正").returncode
    assert ["再訂正", "正誤表による“訂正”\\"] == [of.accepted for of in sources_on_record(other).values()]


@pytest.mark.parametrize("reason", ["", " ", "架\ue000空", "架" * 301])
def test_what_is_no_reason_is_refused(other: Checkout, called: Command, reason: str) -> None:
    """Empty, too long, or with characters that nobody sees: nothing is written."""
    before = everything(other)

    result = called("build", "--accept", reason)

    assert 1 == result.returncode
    assert "a reason for accepting was expected" in result.stderr
    assert before == everything(other)


def test_a_reason_for_nothing_is_refused(checkout_copy: Checkout, called: Command) -> None:
    """Where every document is the one that the tables were made from."""
    result = called("build", "--accept", "念のため")

    assert 1 == result.returncode
    assert "--accept goes with a document that is another than before" in result.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "is_written"), [("正誤表\n", True), ("\n", False), (" \n", False)])
def test_at_a_terminal_the_reason_is_asked(
    other: Checkout, monkeypatch: pytest.MonkeyPatch, answer: str, is_written: bool
) -> None:
    """Shown what would change, a person gives the reason, or nothing, which leaves all as it was."""
    before = everything(other)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("sys.stdin", _Terminal(answer))
    monkeypatch.setattr("renkei.cli._is_watched", lambda: True)

    result = call_renkei("build")

    assert TOLD in result.stderr
    assert "Why is that right?" in result.stderr
    assert is_written == (0 == result.returncode) == (before != everything(other))


def test_in_ci_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of a CI has no person at it; a pipe is none."""
    from renkei.cli import _is_watched

    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(sys, "stderr", _Terminal())
    monkeypatch.delenv("CI", raising=False)
    assert _is_watched()
    monkeypatch.setenv("CI", "true")
    assert not _is_watched()
    monkeypatch.delenv("CI")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not _is_watched()


def test_what_people_correct_is_told_and_not_asked(checkout_copy: Checkout, called: Command) -> None:
    """The documents are those of before: a correction of curated files says what it changed."""
    edit(checkout_copy.curated / "target_kinds.csv", "2024-14-1,by_year", "2024-14-1,cumulative")

    result = called("build")

    assert (0, "") == (result.returncode, result.stderr)
    assert (
        "what changed:\n2024 No. 14 丘珠空港の利用促進: 評価指標 “丘珠空港年間利用者数”: 目標の数え方 by_year → cumulative"
        in (result.stdout)
    )
    assert "what changed" not in called("build").stdout


def test_a_document_that_is_gone_is_asked_about(checkout_copy: Checkout, called: Command) -> None:
    """Taken off the record, or on it under another id, its rows would go without a word."""
    path = checkout_copy.sources / RECORD
    edit(path, 'id = "status_list_fy2021"', 'id = "list"')
    for name in ("corrections", "doubts", "rate_counts", "indicator_counts"):
        of = checkout_copy.curated / f"{name}.csv"
        of.write_text(
            of.read_text(encoding="utf-8").replace("status_list_fy2021,", "list,"), encoding="utf-8"
        )

    result = called("build")

    assert 1 == result.returncode
    assert "data/sources: status_list_fy2021 is of another SHA-256, or gone" in result.stderr
    assert "文書 status_list_… → list" in result.stderr


def test_tables_of_other_documents_are_not_read(other: Checkout, called: Command) -> None:
    """Reports and check say that the tables have to be made again."""
    with pytest.raises(TableError, match=r"made from others than .*; run 'renkei build'"):
        load_table("projects")
    result = called("check")
    assert 1 == result.returncode
    assert "run 'renkei build'" in result.stderr

    called("build", "--accept", "架空")
    assert 106 == len(load_table("projects"))


@pytest.mark.parametrize("text", [None, "no toml", "[list]"])
def test_tables_that_do_not_say_what_they_were_made_from(
    checkout_copy: Checkout, called: Command, text: str | None
) -> None:
    """Nobody knows of which documents they are, so all of them are asked about."""
    path = checkout_copy.tables / MADE_FROM
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")

    result = called("build")

    assert 1 == result.returncode
    assert "status_list_fy2021, vision_2024_2028 are of another SHA-256" in result.stderr
    assert "no row goes, comes or changes" in result.stderr
    assert 0 == called("build", "--accept", "架空").returncode
    assert set(sources_on_record(checkout_copy)) == set(tomllib.loads(path.read_text(encoding="utf-8")))


def test_a_record_that_cannot_be_edited_line_by_line_is_refused(other: Checkout, called: Command) -> None:
    """As one document in one line, say: a person writes the reason."""
    path = other.sources / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^sha256 = ", '"sha256" = ', text, flags=re.MULTILINE), encoding="utf-8")
    before = everything(other)

    result = called("build", "--accept", "架空")

    assert 1 == result.returncode
    assert "with a line of its own for id, sha256 and accepted, was expected" in result.stderr
    assert before == everything(other)
