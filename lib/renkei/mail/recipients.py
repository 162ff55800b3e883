"""Who gets which report: a CSV file that people keep outside the project."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

from platformdirs import user_config_path

from renkei.area import Area
from renkei.batch.families import Family
from renkei.csv_file import CsvRow, read_rows
from renkei.errors import MailError

COLUMNS = ("name", "office", "address", "municipality", "families")
#: Columns that may follow them.
COPIES = ("cc", "bcc")
#: Where the file is, if not where it is looked for.
RECIPIENTS_VARIABLE = "RENKEI_RECIPIENTS"

_ENCODINGS = ("utf-8", "cp932")
_ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII
)
#: As a sender is written: an address, or a name and an address in angle brackets.
_MAILBOX = re.compile(
    r'(?:"(?P<quoted>[^"\\]*)"|(?P<name>[^<>@,:;"\\]*))\s*<(?P<in_brackets>[^<>\s]+)>|(?P<bare>\S+)'
)
#: It also is part of a file's name.
_LONGEST_ADDRESS = 200
_BETWEEN = re.compile(r"[;,、|\s]+")


@dataclass(frozen=True)
class Recipient:
    """One person or office; `municipality` is empty for someone outside all of them.

    `others` are more addresses of the same office, below the first one, by which its letter is known.
    """

    name: str
    office: str
    address: str
    municipality: str
    families: frozenset[str]
    others: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()

    @property
    def to(self) -> tuple[Address, ...]:
        """All whom it is addressed to, for a header; the name stands at the first address, its own."""
        rest = (Address(addr_spec=address) for address in self.others)
        return Address(display_name=self.name, addr_spec=self.address), *rest

    @property
    def envelope(self) -> tuple[str, ...]:
        """All addresses that a letter goes to, those in bcc too, which no header names."""
        return self.address, *self.others, *self.cc, *self.bcc


def usual_path() -> Path:
    """RENKEI_RECIPIENTS, or recipients.csv in this user's own settings: no project holds addresses."""
    given = os.environ.get(RECIPIENTS_VARIABLE)
    return Path(given) if given else user_config_path("renkei") / "recipients.csv"


def recipients_in(path: Path, families: Mapping[str, Family], area: Area) -> list[Recipient]:
    """The recipients of the file: UTF-8, with or without byte order mark, or CP932.

    Raises MailError with every bad row: a line break or other control character in any cell, what
    is no address, the same address twice in a row, an unknown municipality or family, the same report
    for the same address twice.
    """
    if not path.is_file():
        raise MailError(
            f"{path}: a list of recipients was expected there, with the columns {', '.join(COLUMNS)}; "
            "copy docs/recipients.example.csv there and put in your own, or name another with --recipients"
        )
    rows = [
        row
        for row in read_rows(path, COLUMNS, str(path), _ENCODINGS, COPIES)
        if any(cell.strip() for cell in row.cells.values())
    ]
    problems = [f"{path}:{row.line}: {problem}" for row in rows for problem in _problems(row, families, area)]
    if not problems:
        problems = list(_said_twice(path, rows, families))
    if problems:
        raise MailError("recipients to write to were expected; nothing was made or sent. Mend:", problems)
    return [_recipient(row) for row in rows]


def is_plain(text: str) -> bool:
    """Whether the text has no line break or other control character, which could begin another header."""
    return not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text)


def is_address(text: str) -> bool:
    """Whether the text is one address in ASCII without quotes (RFC 5321, 4.1.2): there are no others here."""
    return _ADDRESS.fullmatch(text) is not None and len(text) <= _LONGEST_ADDRESS


def mailbox_of(text: str, where: str, example: str) -> Address:
    """The one mailbox that a text names, with or without a name; MailError for none and for several."""
    found = _MAILBOX.fullmatch(text.strip()) if is_plain(text) else None
    address = (found["in_brackets"] or found["bare"]) if found else ""
    if found is None or not is_address(address):
        raise MailError(
            f"{where}: one name and address, such as “{example}”, were expected, found {text!r}; "
            "the address in ASCII, a name with a comma or colon in quotes"
        )
    return Address(display_name=(found["quoted"] or found["name"] or "").strip(), addr_spec=address)


def _recipient(row: CsvRow) -> Recipient:
    name, office, municipality = (row[column].strip() for column in ("name", "office", "municipality"))
    address, *others = _words(row, "address") or [""]
    cc, bcc = (tuple(_words(row, column)) for column in COPIES)
    families = frozenset(_words(row, "families"))
    return Recipient(name, office, address, municipality, families, tuple(others), cc, bcc)


def _words(row: CsvRow, column: str) -> list[str]:
    """What a cell lists: families, or addresses."""
    return [word for word in _BETWEEN.split(row[column]) if word]


def _problems(row: CsvRow, families: Mapping[str, Family], area: Area) -> Iterator[str]:
    for column, cell in row.cells.items():
        if not is_plain(cell):
            yield f"{column}: one line of plain text was expected, found {cell!r}"
            return
    recipient = _recipient(row)
    if not recipient.name:
        yield "name: whom to write to was expected, found nothing"
    for column in ("address", *COPIES):
        wrong = [word for word in _words(row, column) if not is_address(word)]
        if wrong or (column == "address" and not recipient.address):
            yield (
                f"{column}: addresses in ASCII without names, such as taro@example.lg.jp, separated by ; "
                f"were expected, found “{'”, “'.join(wrong)}”"
            )
    lower = [address.lower() for address in recipient.envelope]
    for address in dict.fromkeys(address for address in lower if lower.count(address) > 1):
        times = lower.count(address)
        yield f"address, cc, bcc: each address once was expected, found {address} {times} times"
    known = [municipality.name for municipality in area.municipalities]
    if recipient.municipality and recipient.municipality not in known:
        yield f"municipality: one of {'、'.join(known)} was expected, found “{recipient.municipality}”"
    unknown = recipient.families - families.keys()
    if unknown or not recipient.families:
        yield (
            f"families: some of {', '.join(families)} were expected, separated by ;, "
            f"found “{row['families']}”"
        )
        return
    own = sorted(name for name in recipient.families if "municipality" in families[name].offers)
    if own and not recipient.municipality:
        yield f"municipality: whose report of {', '.join(own)} to send was expected, found nothing"


def _said_twice(path: Path, rows: list[CsvRow], families: Mapping[str, Family]) -> Iterator[str]:
    lines: dict[tuple[str, ...], int] = {}
    for row in rows:
        recipient = _recipient(row)
        for name in sorted(recipient.families):
            own = (recipient.municipality,) if "municipality" in families[name].offers else ()
            for address in (recipient.address, *recipient.others):
                line = lines.setdefault((address.lower(), name, *own), row.line)
                if line != row.line:
                    yield f"{path}:{row.line}: {address} gets {name} by line {line} already"
