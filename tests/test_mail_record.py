"""The record of what was sent: what it survives, and the rounds that are told from it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import PATIENCE, call_renkei
from mail_server import (  # noqa: F401 - fixtures among them
    ADDRESSES,
    ENVELOPE,
    Inbox,
    authority,
    events_of,
    inbox,
    record,
    send,
    small,
    small_made,
    trusting,
)
from renkei.errors import MailError
from renkei.mail.events import ACCEPTED, ATTEMPT, Event
from renkei.mail.record import Record, read_record, record_folder, writing_record
from renkei.mail.rounds import checked_correction
from renkei.mail.stopping import Stopped, Stopping
from test_mail import content, draft

pytestmark = pytest.mark.usefixtures("heard_signals")

WRONG = "事業費の単位に誤りがありました。"
EVENT = Event("2026-11-24T18:00:00+09:00", ATTEMPT, "small", "a@one.example", ("a@one.example",))


def change_report(small: Path) -> None:
    """Have the report say something else, as if its data had changed and it had been made again."""
    path = small.parent / "small.ipynb"
    content = path.read_text(encoding="utf-8")
    assert "12件" in content
    # As many bytes, so that it counts as made from what there is.
    path.write_text(content.replace("12件", "13件"), encoding="utf-8")


def subjects(kept: Inbox, start: int = 0) -> dict[str, str]:
    return {to[0]: str(message["Subject"]) for to, message in kept.accepted[start:]}


def test_a_deleted_folder_of_reports_forgets_nothing(
    small: Path, inbox: tuple[Inbox, str], tmp_path: Path
) -> None:
    """The record lies elsewhere; another checkout of the same area knows it as well."""
    kept, server = inbox
    send(server, "--yes")
    shutil.rmtree(small)

    assert "nothing left to send" in send(server, "--yes").stdout
    assert list(ADDRESSES) == kept.kept


def test_the_record_lies_in_the_users_own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By area, so that its checkouts share it; an option and a variable name another."""
    monkeypatch.delenv("RENKEI_MAIL_RECORD")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert tmp_path / "renkei" / "mail" / "さっぽろ_圏" == record_folder(None, "さっぽろ/圏")
    monkeypatch.setenv("RENKEI_MAIL_RECORD", str(tmp_path / "named"))
    assert tmp_path / "named" == record_folder(None, "area")
    assert tmp_path / "other" == record_folder(tmp_path / "other", "area")


def test_nobody_else_can_read_it(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """Folders that only this user can enter, and files that only this user can read."""
    _, server = inbox
    send(server, "--yes")

    modes = {stat.filemode(path.stat().st_mode) for path in (record, *record.rglob("*"))}
    assert {"drwx------", "-rw-------"} == modes


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root, to become another user")
def test_another_user_cannot_enter_it() -> None:
    """Where all folders above can be entered, as those of a home may be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "open")
        path.write_text("for all")
        path.chmod(0o644)
        record = Record(Path(folder, "data", "renkei"))
        record.add(EVENT)
        record.keep("one", b"message")

        def read_by_nobody(path: Path) -> int:
            return subprocess.run(
                ["cat", path], user=65534, group=65534, extra_groups=[], capture_output=True, check=False
            ).returncode

        assert 0 == read_by_nobody(path)
        for kept in (record.path, record.kept("one")):
            kept.chmod(0o644)
            assert 0 != read_by_nobody(kept)


def test_another_record_can_be_named(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """It knows nothing of the usual one, and the usual one nothing of it."""
    _, server = inbox
    other = str(record.with_name("other"))
    send(server, "--yes")

    assert "4 of 4 accepted" in send(server, "--yes", "--record", other).stdout
    assert "nothing left to send" in send(server, "--yes", "--record", other).stdout


def test_a_line_that_was_cut_off_is_told_and_survived(tmp_path: Path) -> None:
    """By a kill or a full disk; what is added afterwards stands in a line of its own."""
    folder = tmp_path / "r"
    with writing_record(folder) as record:
        record.add(EVENT)
        record.add(EVENT)
    whole = record.path.read_bytes()
    record.path.write_bytes(whole[:-20])

    cut = read_record(folder)
    assert ([EVENT], True) == (cut.events, bool(cut.cut_off))
    cut.add(EVENT)
    assert whole == record.path.read_bytes()


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written of it is taken away again."""
    record = Record(tmp_path / "r")
    record.add(EVENT)
    before = record.path.read_bytes()
    write = os.write

    def full(descriptor: int, content: bytes) -> int:
        if len(content) < 30:
            raise OSError(28, "No space left on device")
        return write(descriptor, content[:10])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        record.add(EVENT)

    assert before == record.path.read_bytes()
    assert [EVENT] == record.events


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'"x"', b'{"kind": "x"}', b'{"kind": "round", "round": "2"}', b"\xff",
             b'{"at": "", "kind": "attempt", "report": "r", "to": "a"}', b'{"kind": "attempt"}']
)  # fmt: skip
def test_a_line_that_is_none_is_named(tmp_path: Path, line: bytes) -> None:
    """Nobody knows then what was sent."""
    (tmp_path / "record.jsonl").write_bytes(line + b"\n")
    with pytest.raises(MailError, match=r"record\.jsonl:1: a record of something sent was expected"):
        read_record(tmp_path)


def test_two_commands_do_not_write_to_one_record(tmp_path: Path) -> None:
    """Both would send."""
    with (
        writing_record(tmp_path / "r"),
        pytest.raises(MailError, match="another 'renkei mail' writes"),
        writing_record(tmp_path / "r"),
    ):
        pass


def test_a_record_that_cannot_stand_there_is_told(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Before anything is sent, with what to do."""
    kept, server = inbox
    result = send(server, "--yes", "--record", str(small.parents[1] / "recipients.csv"))

    assert (1, []) == (result.returncode, kept.tried)
    assert "recipients.csv: a folder was expected that can be written, for the record" in result.stderr
    assert "name another with --record" in result.stderr


def test_kept_messages_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first."""
    monkeypatch.setattr("renkei.mail.record.KEPT_BYTES", 25)
    record = Record(tmp_path / "r")
    for number, digest in enumerate(("one", "two", "three")):
        record.keep(digest, b"0123456789")
        os.utime(record.kept(digest), (number, number))

    assert ["three.eml", "two.eml"] == sorted(path.name for path in (record.folder / "sent").iterdir())


def test_an_old_record_is_taken_over_once(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """The one beside the drafts, as it was before."""
    kept, server = inbox
    small.mkdir(parents=True)
    (small / "sent.jsonl").write_text(
        '{"at": "2026-07-01T10:00:00+09:00", "address": "b@two.example", "report": "small", '
        '"message_id": "<x@city.sapporo.example>"}\n'
    )

    first = send(server, "--yes")
    second = send(server, "--yes")

    assert f"1 messages sent before are taken over into {record / 'record.jsonl'}" in first.stdout
    assert "taken over" not in second.stdout
    assert [ADDRESSES[0], *ADDRESSES[2:]] == kept.kept
    assert Event(
        "2026-07-01T10:00:00+09:00", ACCEPTED, "small", "b@two.example", ("b@two.example",), 1,
        "<x@city.sapporo.example>",
    ) == read_record(record).events[0]  # fmt: skip


def test_an_older_version_is_noticed(small: Path, inbox: tuple[Inbox, str]) -> None:
    """And nothing is sent by itself."""
    kept, server = inbox
    send(server, "--yes")
    assert "older version" not in send(server, "--yes").stdout
    change_report(small)

    told = send(server, "--yes").stdout

    assert "small has changed since: 4 people hold an older version" in told
    assert 4 == len(kept.kept)


def test_each_person_holds_a_correction_once(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """Interrupted and refused, resumed by the same command and by the plain one, under the same ids."""
    kept, server = inbox
    send(server, "--yes")
    firsts = {to[0]: message["Message-ID"] for to, message in kept.accepted}
    change_report(small)
    kept.answers = {ADDRESSES[2]: ["550 full"], ADDRESSES[3]: ["550 full", "550 full"]}

    first = send(server, "--yes", "--correction", WRONG)
    second = send(server, "--yes", "--correction", WRONG)
    third = send(server, "--yes")
    fourth = send(server, "--yes", "--correction", WRONG)

    assert [1, 1, 0, 0] == [run.returncode for run in (first, second, third, fourth)]
    assert "2 of 4 accepted; run the same command again for the other 2" in first.stdout
    assert ["nothing left to send"] == fourth.stdout.splitlines()[-1:]
    assert sorted(ADDRESSES) == sorted(kept.kept[4:])
    assert {"【訂正】【さっぽろ連携中枢都市圏】試験"} == set(subjects(kept, 4).values())
    for to, message in kept.accepted[4:]:
        assert firsts[to[0]] == message["References"] == message["In-Reply-To"]
        assert message["Message-ID"] not in firsts.values()
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            assert part and WRONG in part.get_content()
            assert "差し替えてください" in part.get_content()
    # Tried several times, but each person under one id in each round.
    ids = {(event["letter"], event.get("message_id"), event["round"]) for event in events_of(record)
           if event["kind"] != "round"}  # fmt: skip
    assert 8 == len(ids)
    [begun] = [event for event in events_of(record) if event["kind"] == "round"]
    assert (2, WRONG, list(ADDRESSES)) == (begun["round"], begun["correction"], begun["letters"])
    assert "older version" not in third.stdout + fourth.stdout


def test_a_killed_correction_resumes(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Closed in the middle: the one on its way is finished, the others come with the next run."""
    kept, server = inbox
    send(server, "--yes")
    process = sending_in_its_own(kept, server, "--correction", WRONG)
    process.send_signal(signal.SIGTERM)
    kept.may_answer.set()
    out, _ = process.communicate(timeout=PATIENCE)

    assert 128 + signal.SIGTERM == process.returncode
    assert "1 of 4 accepted; run the same command again for the other 3" in out
    assert 0 == send(server, "--yes", "--correction", WRONG).returncode
    assert list(ADDRESSES) * 2 == kept.kept


def test_whoever_never_had_the_report_gets_no_correction(small: Path, inbox: tuple[Inbox, str]) -> None:
    """It is sent the report as it is now, as the first time."""
    kept, server = inbox
    kept.answers = {ADDRESSES[1]: ["550 no such user"]}
    send(server, "--yes")
    change_report(small)

    assert 0 == send(server, "--yes", "--correction", WRONG).returncode

    assert [ADDRESSES[1]] == [to for to, told in subjects(kept, 3).items() if "訂正" not in told]
    assert 7 == len(kept.kept)
    assert "nothing left to send" in send(server, "--yes").stdout


def test_the_same_words_correct_nothing_twice(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Where the report has changed once more, it is said that other words are needed."""
    kept, server = inbox
    send(server, "--yes")
    send(server, "--yes", "--correction", WRONG)
    change_report(small)

    told = send(server, "--yes", "--correction", WRONG).stdout

    assert '--correction "…", saying what was put right, in other words than before' in told
    assert list(ADDRESSES) * 2 == kept.kept


def test_another_correction_is_another_round(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Also where the one before was not finished: everybody gets the newest, and no other."""
    kept, server = inbox
    send(server, "--yes")
    kept.answers = {ADDRESSES[3]: ["550 full"]}
    send(server, "--yes", "--correction", WRONG)

    assert 0 == send(server, "--yes", "--correction", "図も直しました。").returncode

    # The first one, given once more by error, begins nothing.
    assert "nothing left to send" in send(server, "--yes", "--correction", WRONG).stdout
    assert [*ADDRESSES, *ADDRESSES[:3], *ADDRESSES] == kept.kept
    assert 11 == len({message["Message-ID"] for _, message in kept.accepted})


def test_an_interrupted_again_resumes(small: Path, inbox: tuple[Inbox, str]) -> None:
    """Nobody gets a third copy."""
    kept, server = inbox
    send(server, "--yes")
    kept.answers = {ADDRESSES[3]: ["550 full"]}

    first = send(server, "--yes", "--again")
    second = send(server, "--yes", "--again")

    assert [1, 0] == [first.returncode, second.returncode]
    assert "a round was not finished" in second.stdout
    assert list(ADDRESSES) * 2 == kept.kept
    assert 8 == len({message["Message-ID"] for _, message in kept.accepted})


def test_a_correction_of_what_nobody_has_is_refused(small: Path, inbox: tuple[Inbox, str]) -> None:
    kept, server = inbox
    result = send(server, "--yes", "--correction", WRONG)
    assert (1, []) == (result.returncode, kept.tried)
    assert "somebody who was sent the report was expected" in result.stderr


@pytest.mark.parametrize("text", ["", "  ", "一\n二", "長" * 501])
def test_a_correction_is_one_paragraph(text: str) -> None:
    with pytest.raises(MailError, match="--correction: one paragraph of at most 500 characters"):
        checked_correction(text)


def test_a_correction_of_what_an_old_record_tells_can_be_looked_at(small: Path, record: Path) -> None:
    """Before anything was taken over, which drafts do not do."""
    small.mkdir(parents=True)
    (small / "sent.jsonl").write_text(
        '{"at": "2026-07-01T10:00:00+09:00", "address": "b@two.example", "report": "small", '
        '"message_id": "<x@city.sapporo.example>"}\n'
    )

    assert 0 == call_renkei(*ENVELOPE, "--correction", WRONG).returncode

    assert [False, True, False, False] == [
        WRONG in content(draft(small / f"small--{address}.eml"), "plain") for address in ADDRESSES
    ]
    assert not record.exists()


def test_a_correction_can_be_looked_at_first(small: Path, record: Path, inbox: tuple[Inbox, str]) -> None:
    """Drafts say it to whom it will be said; the record stays as it was."""
    _, server = inbox
    send(server, "--yes")
    before = {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}

    assert 0 == call_renkei(*ENVELOPE, "--correction", WRONG).returncode

    assert before == {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    assert str(draft(small / "small--a@one.example.eml")["Subject"]).startswith("【訂正】")


def sending_in_its_own(kept: Inbox, server: str, *options: str) -> subprocess.Popen[str]:
    """A process that sends, when its first message has gone out and has no answer yet."""
    kept.may_answer.clear()
    kept.has_data.clear()
    process = subprocess.Popen(
        [sys.executable, "-c", "from renkei.cli import main; main()", *ENVELOPE, "--send", "--yes",
         "--server", server, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert kept.has_data.wait(timeout=PATIENCE)
    return process


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_to_stop_waits_for_the_answer(small: Path, inbox: tuple[Inbox, str], name: str) -> None:
    """A system that goes down, Ctrl+C: nothing is in doubt, and the end is told."""
    kept, server = inbox
    process = sending_in_its_own(kept, server)
    process.send_signal(signal.Signals[name])
    kept.may_answer.set()
    out, err = process.communicate(timeout=PATIENCE)

    assert 128 + signal.Signals[name] == process.returncode
    assert "1 of 4 accepted; run the same command again for the other 3" in out
    assert 1 == err.count("stopping once the server has answered for this message; Ctrl+C again: at once\n")
    assert [ADDRESSES[0]] == kept.kept
    again = send(server, "--yes")
    assert "in doubt" not in again.stdout
    assert list(ADDRESSES) == kept.kept


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_window_that_is_closed_may_send_several_signals(name: str) -> None:
    """The shell in it one, and the system another: the message on its way is finished all the same."""
    done = []
    with pytest.raises(Stopped) as stopped, Stopping() as stopping, stopping.whole():
        signal.raise_signal(signal.Signals[name])
        signal.raise_signal(signal.SIGHUP)
        done.append("answered")

    assert (["answered"], signal.Signals[name]) == (done, stopped.value.number)


def test_a_second_signal_stops_at_once(small: Path, inbox: tuple[Inbox, str]) -> None:
    """The message on its way is in doubt then, and is shown by the next run."""
    kept, server = inbox
    process = sending_in_its_own(kept, server)
    assert process.stderr
    process.send_signal(signal.SIGINT)
    assert process.stderr.readline().startswith("stopping once")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    kept.may_answer.set()

    assert 128 + signal.SIGINT == process.returncode
    assert f"{ADDRESSES[0]}: in doubt: " in send(server).stdout
