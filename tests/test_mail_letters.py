"""What a letter is and for whom: copies, a note, answers, some of the list, letters tried out on oneself."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import call_renkei
from mail_server import (  # noqa: F401 - fixtures among them
    ADDRESSES,
    ENVELOPE,
    Inbox,
    authority,
    inbox,
    record,
    send,
    small,
    small_made,
    trusting,
)
from renkei.errors import MailError
from renkei.mail.cover import LARGEST_NOTE, note_in
from renkei.mail.recipients import mailbox_of
from test_mail import content, draft, drafts_in

HEAD = "name,office,address,municipality,families,cc,bcc\n"
OFFICE = HEAD + "御担当者,千歳市 企画部,a@one.example;k@one.example,,small,c@cc.example,b@bcc.example\n"


def body_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def drafted(folder: Path, *options: str) -> str:
    result = call_renkei(*ENVELOPE, *options)
    assert (0, "") == (result.returncode, result.stderr)
    return result.stdout


def test_an_office_is_reached_at_all_its_addresses_and_no_header_names_bcc(
    small: Path,
    inbox: tuple[Inbox, str],
    tmp_path: Path,
) -> None:
    """The name stands at the first address; the envelope has those in bcc too; the draft tells them apart."""
    kept, server = inbox
    listed = tmp_path / "offices.csv"
    listed.write_text(OFFICE, encoding="utf-8")

    told = drafted(small, "--recipients", str(listed))
    sent = send(server, "--yes", "--recipients", str(listed))

    message = draft(small / "small--a@one.example.eml")
    assert "御担当者 <a@one.example>, k@one.example" == str(message["To"])
    assert "c@cc.example" == str(message["Cc"])
    assert b"bcc" not in (small / "small--a@one.example.eml").read_bytes().lower()
    assert "the draft does not name b@bcc.example (bcc)" in told
    assert 0 == sent.returncode
    [(addresses, arrived)] = kept.accepted
    assert ["a@one.example", "k@one.example", "c@cc.example", "b@bcc.example"] == addresses
    assert "bcc" not in arrived.as_string().lower()


def test_answers_go_where_the_office_wants_them(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENKEI_MAIL_REPLY_TO", "企画課 窓口 <madoguchi@city.sapporo.example>")
    drafted(small)
    assert {"企画課 窓口 <madoguchi@city.sapporo.example>"} == {
        str(message["Reply-To"]) for message in drafts_in(small).values()
    }

    monkeypatch.setenv("RENKEI_MAIL_REPLY_TO", "a@b.example, c@d.example")
    result = call_renkei(*ENVELOPE)
    assert (1, True) == (result.returncode, "RENKEI_MAIL_REPLY_TO: one name and address" in result.stderr)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b.example", "a@b.example"),
        ("札幌市（企画課） <a@b.example>", "札幌市（企画課） <a@b.example>"),
        ('"市, 企画課" <a@b.example>', '"市, 企画課" <a@b.example>'),
        ("a@xn--r8jz45g.jp", "a@xn--r8jz45g.jp"),
    ],
)
def test_a_sender_is_one_mailbox(text: str, expected: str) -> None:
    assert expected == str(mailbox_of(text, "--sender", "例"))


@pytest.mark.parametrize(
    "text",
    [
        "a@b.example, c@d.example",
        "市 <a@b.example>, 課 <c@d.example>",
        "a@b.example, 課 <c@d.example>",
        "a@b.example;c@d.example",
        "市: a@b.example;",
        "市: a@b.example, c@d.example;",
        "市\r\nBcc: c@d.example <a@b.example>",
        "a@例え.jp",
        "市",
    ],
)
def test_a_sender_with_two_addresses_or_none_is_refused(text: str) -> None:
    with pytest.raises(MailError, match="--sender: one name and address"):
        mailbox_of(text, "--sender", "例")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_note_stands_above_the_points_in_both_parts(small: Path, tmp_path: Path, encoding: str) -> None:
    """Its paragraphs and lines are kept, nothing of it becomes markup or a link."""
    note = tmp_path / "note.txt"
    note.write_bytes("一行目\r\n<b>二行目</b>\r\n\r\n次の段落 https://a.example/".encode(encoding))

    drafted(small, "--note", str(note))

    message = next(iter(drafts_in(small).values()))
    html, text = content(message, "html"), content(message, "plain").replace("\r\n", "\n")
    paragraphs = [part.get_text("\n") for part in BeautifulSoup(html, "html.parser").find_all("p")]
    assert ["一行目\n<b>二行目</b>", "次の段落 https://a.example/"] == [
        part for part in paragraphs if "行目" in part or "次の段落" in part
    ]
    assert [] == BeautifulSoup(html, "html.parser").find_all(["b", "a"])
    assert "\n\n一行目\n<b>二行目</b>\n\n次の段落 https://a.example/\n" in text
    assert text.index("次の段落") < text.index("■ 主な内容")
    assert html.index("次の段落") < html.index("主な内容</h2>")


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (b" \r\n\t\n", "a text was expected, found nothing"),
        (b"\x89PNG\r\n\x1a\n\x00", "plain text in UTF-8 or CP932"),
        ("文".encode("utf-16"), "plain text in UTF-8 or CP932"),
        (b"a" * (LARGEST_NOTE + 1), "at most 10,000 bytes"),
        (None, "a text file was expected, found: No such file"),
        ("folder", "a text file was expected, found: no ordinary file"),
        ("pipe", "a text file was expected, found: no ordinary file"),
    ],
)
def test_a_note_that_is_none_is_refused(tmp_path: Path, found: bytes | str | None, message: str) -> None:
    """A pipe too, which nobody may ever write to."""
    path = tmp_path / "note"
    if isinstance(found, bytes):
        path.write_bytes(found)
    elif found is not None:
        {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}[found]()
    with pytest.raises(MailError, match=message):
        note_in(tmp_path / "note")


def test_only_some_of_the_list_get_a_letter_and_other_drafts_stay(small: Path) -> None:
    """An address that the list does not have is refused."""
    drafted(small)
    before = body_bytes(small)
    told = drafted(small, "--only", ADDRESSES[1].upper(), "--only", ADDRESSES[2])
    refused = call_renkei(*ENVELOPE, "--only", "x@five.example")

    assert "2 drafts in" in told
    assert "not in this list" not in told
    assert before == body_bytes(small)
    assert (1, True) == (refused.returncode, "found x@five.example; they are a@one" in refused.stderr)


def test_sending_by_another_list_tells_which_drafts_it_sets_aside(
    small: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """They are there to be looked at, not to be sent by hand beside what is sent."""
    drafted(small)
    other = tmp_path / "me.csv"
    other.write_text(f"{HEAD}私,,me@city.example,,small,,\n", encoding="utf-8")

    result = send(inbox[1], "--yes", "--recipients", str(other))

    expected = {"small--me@city.example.eml", *(f"small--{address}.eml.unlisted" for address in ADDRESSES)}
    assert expected == {path.name for path in small.iterdir()}
    assert all(f"{address}: not in this list of recipients" in result.stdout for address in ADDRESSES)


def test_letters_tried_out_go_to_oneself_and_leave_all_as_it_was(
    small: Path,
    record: Path,
    inbox: tuple[Inbox, str],
) -> None:
    """All of them, marked, saying for whom they would be; drafts and record stay byte for byte."""
    kept, server = inbox
    drafted(small)
    assert 0 == send(server, "--yes", "--only", ADDRESSES[0]).returncode
    before, kept.accepted = (body_bytes(small), body_bytes(record)), []

    result = send(server, "--yes", "--test-to", "me@city.example")

    assert (0, "") == (result.returncode, result.stderr)
    assert "4 of 4 test messages accepted" in result.stdout
    assert before == (body_bytes(small), body_bytes(record))
    assert [["me@city.example"]] * 4 == [addresses for addresses, _ in kept.accepted]
    for address, (_, message) in zip(ADDRESSES, kept.accepted, strict=True):
        assert str(message["Subject"]).startswith("【試し送り】【さっぽろ連携中枢都市圏】")
        assert "me@city.example" == str(message["To"])
        assert re.search(f"宛先：. <{re.escape(address)}>", content(message, "plain"))
        assert address in BeautifulSoup(content(message, "html"), "html.parser").get_text()
        assert message["X-Unsent"] is None


def test_a_correction_is_tried_out_as_whoever_has_the_report_would_get_it(
    small: Path, record: Path, inbox: tuple[Inbox, str]
) -> None:
    """Marked as both, and begins no round; what is left of a round is tried out without saying so again."""
    kept, server = inbox
    kept.answers = {ADDRESSES[3]: ["550 full"]}
    send(server, "--yes")
    before, kept.accepted = body_bytes(record), []

    send(server, "--yes", "--test-to", "me@city.example", "--correction", "直しました。")

    assert before == body_bytes(record)
    marks = ["【試し送り】【訂正】"] * 3 + ["【試し送り】【さっぽろ"]
    assert marks == [
        str(message["Subject"])[: len(mark)] for mark, (_, message) in zip(marks, kept.accepted, strict=True)
    ]
    kept.answers = {ADDRESSES[0]: ["550 full"]}
    send(server, "--yes", "--correction", "直しました。")
    kept.accepted = []
    send(server, "--yes", "--test-to", "me@city.example")
    assert marks[0] == str(kept.accepted[0][1]["Subject"])[: len(marks[0])]
    assert "直しました。" in content(kept.accepted[0][1], "plain")


def test_what_became_of_each_letter_tried_out_is_told(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Refused, in doubt, accepted; the exit status says whether all were accepted."""
    kept, server = inbox
    kept.answers = {"me@city.example": ["550 full", "drop"]}

    result = send(server, "--yes", "--test-to", "me@city.example")

    assert 1 == result.returncode
    assert f"me@city.example, as to {ADDRESSES[0]}: not accepted: 550 full" in result.stderr
    assert f"me@city.example, as to {ADDRESSES[1]}: in doubt: " in result.stderr
    assert f"me@city.example, as to {ADDRESSES[2]}: accepted: 250 " in result.stdout
    assert "2 of 4 test messages accepted" in result.stdout


def test_letters_tried_out_ask_for_no_delivery_reports(small: Path, inbox: tuple[Inbox, str]) -> None:
    """They would come to the sender's address, of messages that are not on record."""
    kept, server = inbox
    send(server, "--yes", "--test-to", "me@city.example")

    assert [[]] * 4 == kept.rcpt_options
    assert [[]] * 4 == kept.mail_options


@pytest.mark.parametrize("to", ["", " ", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_letters_are_tried_out_on_one_address_alone(small: Path, inbox: tuple[Inbox, str], to: str) -> None:
    """An empty one, as of a variable that is not set, above all sends nothing to anybody else."""
    kept, server = inbox
    result = send(server, "--yes", "--test-to", to)

    assert (1, True) == (result.returncode, "--test-to: one name and address" in result.stderr)
    assert [] == kept.tried


@pytest.mark.parametrize("options", [(), ("--preview",), ("--send", "--again")])
def test_trying_out_needs_send_and_no_round(small: Path, options: tuple[str, ...]) -> None:
    result = call_renkei(*ENVELOPE, "--test-to", "me@city.example", *options)
    assert (1, True) == (result.returncode, "--test-to goes with --send" in result.stderr)
    assert not small.exists()


#: What mail programs show, or pass over without harm, by caniemail.com: no margin makes
#: room between rows, no border is white, no border-spacing.
PROPERTIES = {
    *("background-color", "border", "border-bottom", "border-collapse", "border-left", "color", "display"),
    *("font-family", "font-size", "font-weight", "height", "line-height", "margin", "max-width", "padding"),
    *("text-align", "width"),
}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "table", "tr", "td", "p", "br", "h1", "h2", "h3"),
    *("ul", "li", "img", "tbody"),
}


def test_the_html_holds_only_what_mail_programs_show(small: Path) -> None:
    """Elements and properties of a list; type and colour on each cell, paragraph, item; no white border."""
    drafted(small)
    page = BeautifulSoup(content(next(iter(drafts_in(small).values())), "html"), "html.parser")
    styles = [
        dict(part.split(":", 1) for part in str(tag["style"]).replace(" ", "").strip(";").split(";"))
        for tag in page.find_all(style=True)
    ]

    assert set() == {tag.name for tag in page.find_all(True)} - ELEMENTS
    assert set() == {name for style in styles for name in style} - PROPERTIES
    borders = [value for style in styles for name, value in style.items() if name.startswith("border")]
    assert [] == [value for value in borders if "#fff" in value or "white" in value]
    wanted = ("font-family", "font-size", "line-height", "color")
    bare = [
        tag
        for tag in page.find_all(["td", "p", "li"])
        if any(f"{name}:" not in tag["style"] for name in wanted)
    ]
    assert [] == bare
