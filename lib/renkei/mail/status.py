"""What `renkei mail status` tells: who has which letter, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import typer

from renkei.area import Area
from renkei.batch.families import Report
from renkei.checkout import Checkout
from renkei.errors import MailError
from renkei.mail import events as kinds
from renkei.mail.command import Asked, output_of, pairs_of
from renkei.mail.delivery import events_of, saved_in
from renkei.mail.drafts import path_of
from renkei.mail.events import Event
from renkei.mail.history import DOUBT, UNSENT, History, Standing
from renkei.mail.letter import key_of
from renkei.mail.recipients import Recipient
from renkei.mail.record import read_record, record_folder, writing_record
from renkei.mail.rounds import Key
from renkei.mail.takeover import to_take_over
from renkei.mail.version import version_of

_WORDS = {
    UNSENT: "not sent",
    kinds.REFUSED: "refused",
    kinds.RELAYED: "passed on to a server that reports no delivery",
    kinds.COUNTED: "counted as sent",
}


def tell_status(asked: Asked, reports: Sequence[Path], named_record: Path | None) -> None:
    """Read the saved delivery reports into the record, then list every letter, and count them."""
    output = output_of(asked)
    pairs = pairs_of(asked)
    folder = record_folder(named_record, Area.of(Checkout.current()).name)
    if reports:
        _read_in(reports, folder)
    record = read_record(folder)
    if record.cut_off:
        typer.echo(f"{record.path}: the last line was cut off, by a kill or a full disk; it is not read")
    old = to_take_over(sorted({path_of(*pair, output).parent for pair in pairs}), record)
    history = History([*record.events, *old])
    counts: Counter[str] = Counter()
    for line, state in _lines(pairs, history, output, asked.municipality is None):
        typer.echo(line)
        counts[state] += 1
    typer.echo(", ".join(f"{number} {state}" for state, number in counts.items()))


def _read_in(paths: Sequence[Path], folder: Path) -> None:
    saved = saved_in(paths)
    with writing_record(folder) as record:
        found, unknown = events_of(saved.deliveries, History(record.events))
        try:
            for event in found:
                record.add(event)
        except OSError as error:
            raise MailError(f"{record.path}: what the reports say could not be recorded ({error})") from error
    for other in saved.others:
        typer.echo(f"{other}: left alone", err=True)
    for delivery in unknown:
        typer.echo(f"{', '.join(delivery.addresses)}: {delivery.kind}, of a message not on record", err=True)
    typer.echo(f"{len(saved.deliveries)} delivery reports read, {len(found)} of them new")


def _lines(
    pairs: Sequence[tuple[Recipient, Report]], history: History, output: Path, is_all: bool
) -> Iterator[tuple[str, str]]:
    """A line for each address of each letter, and the state in it; also of letters no longer listed."""
    versions = {file: version_of(file, output) for file in {report.file for _, report in pairs}}
    for recipient, report in pairs:
        key = key_of(recipient, report)
        whom = " ".join(filter(None, (recipient.office, recipient.name)))
        has_draft = path_of(recipient, report, output).is_file()
        own = [address.lower() for address in recipient.envelope]
        for address in dict.fromkeys([*own, *history.addresses_of(key)]):
            gone = "" if address in own else ", not listed any more,"
            line = f"{whom} <{address}>{gone}"
            yield _line(line, key, address, history, versions, has_draft and not gone)
    listed = [key_of(*pair) for pair in pairs]
    for file in dict.fromkeys(file for file, _ in listed) if is_all else ():
        for letter in history.letters_of(file):
            for address in history.addresses_of((file, letter)) if (file, letter) not in listed else ():
                whom = f"<{address}>, not listed any more,"
                yield _line(whom, (file, letter), address, history, versions, False)


def _line(
    whom: str, key: Key, address: str, history: History, versions: Mapping[str, str], has_draft: bool
) -> tuple[str, str]:
    round = history.round_of(key)
    standing = history.standing(key, address, round.number)
    held = history.held(key, address)
    state = "draft" if standing.state == UNSENT and has_draft else _WORDS.get(standing.state, standing.state)
    parts = [f"{state}{_when(standing)}"]
    if round.correction:
        parts.append(f"correction: {round.correction}")
    parts.append(_version(held, versions[key[0]]))
    return f"{whom} {key[0]}: {'; '.join(filter(None, parts))}", state


def _when(standing: Standing) -> str:
    """When the server accepted a letter, under which id, and what was said last."""
    parts = []
    answer, attempt, by = standing.answer, standing.attempt, standing.by
    if answer and answer.kind == kinds.ACCEPTED and standing.state != kinds.REFUSED:
        was = "" if standing.state == kinds.ACCEPTED else "accepted "
        parts.append(f"{was}{answer.at}{f', queue id {answer.queue_id}' if answer.queue_id else ''}")
    elif standing.state in (DOUBT, kinds.COUNTED) and attempt:
        parts.append(f"tried {attempt.at} under {attempt.message_id}, no answer on record")
    if by and by.kind in (kinds.REFUSED, kinds.FAILED, kinds.DELAYED):
        parts.append(by.said)
    return f" ({'; '.join(parts)})" if parts else ""


def _version(held: Standing | None, now: str) -> str:
    """Which version of the report an address holds."""
    attempt: Event | None = held.attempt if held else None
    if attempt is None:
        return ""
    if not attempt.report_sha256:
        return "holds a version that is not on record"
    if not now:
        return f"holds the version sent on {attempt.at}; the report is not here now"
    if attempt.report_sha256 != now:
        return f"holds an older version, sent on {attempt.at}"
    return "holds this version"
