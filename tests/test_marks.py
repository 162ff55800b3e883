"""Raised, lowered and circled digits: no part of a number beside them."""

import sys
import unicodedata

import pytest
from conftest import ROOT
from renkei.checkout import Checkout
from renkei.documents.changes import read_changes
from renkei.documents.sources import Line, sources_on_record
from renkei.errors import QuantityError, SourceError
from renkei.quantity import parse_quantity
from renkei.text import normalise
from test_damaged_lines import LIST, VISION, filled_lines, read, undamaged


def with_line(source: str, number: int, old: str, new: str) -> list[Line]:
    """A document's lines, one of them otherwise."""
    lines = filled_lines(source)
    [line] = [line for line in lines if line.number == number]
    assert 1 == line.text.count(old), line
    return [Line(number, line.text.replace(old, new)) if of is line else of for of in lines]


@pytest.mark.parametrize(
    "text", ["11¹件", "12¹社", "5726²", "3①回", "3❶回", "7₁件", "1½件", "⁻5件", "1⒈件", "1㏠"]
)
def test_a_digit_of_another_form_is_no_digit_of_a_number(text: str) -> None:
    """11¹件 is not 111件, and no number at all."""
    assert text == normalise(text)
    with pytest.raises(QuantityError, match=r"one quantity .* was expected"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("５㎡ ５ｍ² 5 km³", "5m2 5m2 5 km3"),
        ("⑴１１件", "(1)11件"),
        ("②ﾊﾞｽ", "②バス"),
        ("m²¹", "m²¹"),
        ("Tm²", "Tm²"),
    ],
)
def test_other_forms_of_writing_are_folded(text: str, folded: str) -> None:
    """Units, full-width digits and parentheses become plain; what is raised behind no unit does not."""
    assert folded == normalise(text)


def test_no_character_becomes_a_digit_unless_it_is_one() -> None:
    """Of all characters that NFKC makes begin with a digit only decimal digits are folded."""
    became = {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) not in ("Nd", "Cs") and normalise(character)[:1].isdecimal()
    }

    assert set() == became


@pytest.mark.parametrize(
    ("source", "number", "old", "new", "told"),
    [
        (LIST, 23, "\t68件", "\t68¹件", r":23: no mark .* found “¹” in “.*68¹件"),
        (LIST, 23, "\t68件", "\t68①件", r":23: no mark .* found “①”"),
        (LIST, 14, "13社", "¹13社", r":14: no mark .* found “¹”"),
        (LIST, 14, "立地する案件", "立地する¹案件", r":14: no mark .* found “¹”"),
        (VISION, 462, "11件", "11¹件", r":462: expected a mark of a footnote .*, found “¹”"),
        (VISION, 462, "11件", "11⁹件", r":462: expected a mark of a footnote"),
        (VISION, 462, "11件", "11⑨件", r":462: expected a mark of a footnote"),
        (VISION, 462, "11件", "11¹⁻²件", r":462: expected a mark of a footnote"),
        # The document has this footnote, and its one mark in line 291.
        (VISION, 462, "11件", "11¹⁰件", r": expected one mark of footnote 10, .* lines 291, 462"),
    ],
)  # fmt: skip
def test_a_mark_without_a_footnote_is_refused(
    source: str, number: int, old: str, new: str, told: str
) -> None:
    """With the line, and what was found there: by the list, which has no footnotes, and by the vision."""
    with pytest.raises(SourceError, match=told):
        read(source, with_line(source, number, old, new))


@pytest.mark.parametrize(("old", "mark"), [("11件", "¹⁰"), ("11件", "⑩"), ("(2022年度)", "¹⁰")])
def test_a_mark_beside_a_number_is_that_of_its_footnote(old: str, mark: str) -> None:
    """Where the document has that footnote and no other mark of it, the number is read without it."""
    lines = [line for line in with_line(VISION, 462, "11件", f"11{mark}件") if line.number != 291]

    assert undamaged(VISION) == read(VISION, lines)


def test_a_circled_digit_in_words_stays_what_it_is() -> None:
    """①研修 is no 1研修, in a note or in a name."""
    document = read(LIST, with_line(LIST, 14, "・今後、", "①今後、"))

    [note] = [row.note for of in document.projects for row in of.indicators if row.source_line == 14]
    assert note.startswith("①今後、")


def test_a_mark_in_a_table_of_changes_is_refused() -> None:
    """A revision has no footnotes either."""
    source = sources_on_record(Checkout(ROOT))[VISION]
    lines = [Line(1, "concerns,field,before,after,page,reason"), Line(2, "2024-01,cost_2026,－,5726²,3,架空")]

    with pytest.raises(SourceError, match=r":2: no mark .* found “²” in “.*5726²"):
        read_changes(source, lines)
