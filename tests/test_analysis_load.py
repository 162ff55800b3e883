"""Tables are read once, as their schema says, and told about where they do not read so."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest
from conftest import edit
from made_up_tables import AREA, frame_of, made_up
from renkei.area import Area
from renkei.checkout import Checkout
from renkei.errors import TableError
from renkei.load import load_table, tables_from, tables_of, this_checkout
from renkei.typed_rows import by_number, typed_rows

DOUBTS = Path("data/curated/doubts.csv")
HEAD = "source,source_line,found,doubt,reason,kind"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that are read as CSV during the test, in that order."""
    names: list[str] = []
    read_csv = pd.read_csv

    def noted(path: Path, *arguments: Any, **options: Any) -> pd.DataFrame:
        names.append(path.name)
        frame: pd.DataFrame = read_csv(path, *arguments, **options)
        return frame

    monkeypatch.setattr(pd, "read_csv", noted)
    yield names


def test_a_table_is_read_once_until_its_file_changes(checkout_copy: Checkout, reads: list[str]) -> None:
    """Whoever asks, and for however many tables; and again after a change, be it of a letter or of a line."""
    tables = tables_of(checkout_copy)
    before = tables["doubts"]
    assert (len(before), len(before)) == (len(load_table("doubts")), len(this_checkout()["doubts"]))
    assert 0 < len(tables["costs"])
    assert ["doubts.csv", "costs.csv"] == reads

    with (checkout_copy.root / DOUBTS).open("a", encoding="utf-8") as file:
        file.write("状況一覧,1,あ,い,う,え\n")
    assert [len(before) + 1] * 2 == [len(tables["doubts"]), len(load_table("doubts"))]
    edit(checkout_copy.root / DOUBTS, "状況一覧,1,あ", "状況一覧,1,え")
    assert "え" == load_table("doubts")["found"].iloc[-1]
    assert ["doubts.csv", "costs.csv", "doubts.csv", "doubts.csv"] == reads


def test_a_change_that_keeps_the_size_is_seen_by_its_time(checkout_copy: Checkout) -> None:
    """One letter for another, a second later."""
    path = checkout_copy.root / DOUBTS
    path.write_text(f"{HEAD}\na,1,b,c,d,e\n", encoding="utf-8")
    assert "b" == load_table("doubts")["found"].item()
    path.write_text(f"{HEAD}\na,1,x,c,d,e\n", encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))

    assert "x" == load_table("doubts")["found"].item()


def test_a_change_of_the_size_is_seen_even_at_the_same_time(checkout_copy: Checkout) -> None:
    """A copy that keeps the time of its file is another file all the same."""
    path = checkout_copy.root / DOUBTS
    path.write_text(f"{HEAD}\na,1,b,c,d,e\n", encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))
    assert "b" == load_table("doubts")["found"].item()
    path.write_text(f"{HEAD}\na,1,bb,c,d,e\n", encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))

    assert "bb" == load_table("doubts")["found"].item()


def test_what_one_caller_changes_the_next_does_not_find(checkout_copy: Checkout) -> None:
    """Neither cells nor columns."""
    changed = load_table("costs")
    changed.loc[0, "amount_thousand_yen"] = -1
    changed["note"] = "変更"
    changed["more"] = 1
    again = load_table("costs")

    assert -1 != again["amount_thousand_yen"][0]
    assert "more" not in again
    assert "変更" not in again["note"].to_list()


def test_columns_have_the_types_of_the_schema(checkout_copy: Checkout) -> None:
    """Whole numbers, numbers, words and truths; an empty cell is missing, and “NA” and “-” are words."""
    edit(checkout_copy.root / "data/tables/outcomes.csv", "\n2019-K1,2021,,-,", "\n2019-K1,2021,,NA,")
    outcomes = load_table("outcomes")

    assert ["str", "Int64", "Int64", "str", "float64", "str", "bool", "bool"] == [
        str(dtype) for dtype in outcomes.dtypes
    ][:8]
    first = outcomes.iloc[0]
    assert pd.isna(first["observed_year"])
    assert pd.isna(first["actual_value"])
    assert ("-", "NA") == (first["rating"], first["actual_text"])


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_column(checkout_copy: Checkout) -> None:
    """As spreadsheets write it."""
    path = checkout_copy.root / DOUBTS
    path.write_text(f"{HEAD}\na,1,b,c,d,e\n", encoding="utf-8-sig")

    assert HEAD.split(",") == list(load_table("doubts"))


def test_a_name_that_no_table_has_is_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(
        TableError, match=r"one of projects, indicators, .* was expected, found no table “costz”"
    ):
        load_table("costz")


def test_a_file_that_is_missing_is_told(checkout_copy: Checkout) -> None:
    """And read once it is back; also when it goes after it was read."""
    path = checkout_copy.root / DOUBTS
    content = path.read_bytes()
    assert 0 < len(load_table("doubts"))
    path.unlink()
    with pytest.raises(TableError) as error:
        load_table("doubts")
    assert f"{DOUBTS}: the file is missing; put it back, or run 'renkei build'" == str(error.value)

    path.write_bytes(content)
    assert 0 < len(load_table("doubts"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{HEAD},more\n".encode(),
         f"{DOUBTS}:1: the columns source, source_line, found, doubt, reason, kind were expected "
         "in this order, found source, source_line, found, doubt, reason, kind, more"),
        (b"source,found,source_line,doubt,reason,kind\n",
         f"{DOUBTS}:1: the columns source, source_line, found, doubt, reason, kind were expected "
         "in this order, found source, found, source_line, doubt, reason, kind"),
    ],
)  # fmt: skip
def test_other_columns_are_told(checkout_copy: Checkout, content: bytes, message: str) -> None:
    """One too many, or another order; the message names both lists."""
    (checkout_copy.root / DOUBTS).write_bytes(content)

    with pytest.raises(TableError) as error:
        load_table("doubts")

    assert message == str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{HEAD}\n状況一覧,1,あ,い,う,え\n".encode("cp932"), id="CP932"),
        pytest.param(f"{HEAD}\na,一,b,c,d,e\n".encode(), id="a word for a number"),
        pytest.param(f"{HEAD}\na,1.5,b,c,d,e\n".encode(), id="no whole number"),
        pytest.param(f"{HEAD}\na,1,b,c,d,e,f\na,1,b,c,d,e,f,g\n".encode(), id="cells too many"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_does_not_read_is_told_with_the_file(checkout_copy: Checkout, content: bytes) -> None:
    """Another encoding, a cell of another type, a row too long, an empty file: run 'renkei check'."""
    (checkout_copy.root / DOUBTS).write_bytes(content)

    with pytest.raises(TableError, match=rf"^{DOUBTS}: (?s:.+); run 'renkei check' to see every bad row$"):
        load_table("doubts")


def test_tables_know_the_area_of_their_checkout(checkout_copy: Checkout) -> None:
    """And are the same ones until it changes."""
    assert Area.of(checkout_copy) == tables_of(checkout_copy).area
    assert tables_of(checkout_copy) is tables_of(Checkout(checkout_copy.root))
    edit(checkout_copy.area, "outcome_year = 2021", "outcome_year = 2022")

    assert 2022 == this_checkout().area.outcome_year


def test_made_up_tables_are_typed_as_the_schema_says() -> None:
    """A column that is not given is missing in every row, a truth that is not given is not so."""
    frame = pd.DataFrame({"indicator_id": ["2033-K1"], "fiscal_year": [2034]})
    tables = tables_from(AREA, {"outcomes": frame})
    found = tables["outcomes"]

    assert AREA == tables.area
    assert load_table("outcomes").dtypes.to_dict() == found.dtypes.to_dict()
    assert ("2033-K1", 2034, False, False) == tuple(
        found.loc[0, ["indicator_id", "fiscal_year", "is_provisional", "mentions_covid"]]
    )
    assert found[["observed_year", "actual_value", "note"]].isna().all(axis=None)
    assert (0, list(load_table("costs"))) == (len(tables["costs"]), list(tables["costs"]))


def test_made_up_tables_refuse_columns_and_truths_that_are_none() -> None:
    """A column that the schema does not have, and words in place of True and False."""
    with pytest.raises(TableError) as error:
        tables_from(AREA, {"costs": pd.DataFrame({"b": [1], "amount_thousand_yen": [1], "a": [1]})})
    assert "costs has no column a, b" == str(error.value)
    with pytest.raises(TableError) as error:
        tables_from(AREA, {"outcomes": pd.DataFrame({"is_provisional": [True, "false"]})})
    assert "outcomes: is_provisional was expected to be True or False in every row" == str(error.value)


def test_what_one_caller_changes_of_made_up_tables_the_next_does_not_find() -> None:
    """As with those of a checkout."""
    tables = made_up()
    costs = tables["costs"]
    costs["note"] = "変更"

    assert "変更" not in tables["costs"]["note"].to_list()


@dataclass(frozen=True)
class Amount:
    """What a row says."""

    amount_thousand_yen: int | None
    note: str


def test_rows_are_values_and_missing_cells_none() -> None:
    """In the order of the rows; columns that the value does not have are left out."""
    rows = frame_of("""
    amount_thousand_yen note other
    1                   あ   x
    .                   い   x
    """).astype({"amount_thousand_yen": "Int64"})

    assert [Amount(1, "あ"), Amount(None, "い")] == typed_rows(rows, Amount)
    assert [] == typed_rows(rows.head(0), Amount)
    with pytest.raises(KeyError, match="note"):
        typed_rows(rows.drop(columns="note"), Amount)
    with pytest.raises(msgspec.ValidationError, match="Expected `str`"):
        typed_rows(rows.assign(note=None), Amount)


def test_rows_by_number_come_in_the_order_of_the_numbers() -> None:
    """Whatever the order of the rows; those without a number are left out."""
    rows = frame_of("""
    pillar name
    3      あ
    .      い
    1      う
    3      え
    """)
    found = dict(by_number(rows, "pillar"))

    assert [1, 3] == list(found)
    assert all(isinstance(number, int) for number in found)
    assert ["あ", "え"] == found[3]["name"].to_list()
    assert {} == dict(by_number(rows.head(0), "pillar"))
