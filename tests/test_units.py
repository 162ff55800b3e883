"""data/curated/units.csv: what it may hold, and what is told of a row that cannot be used."""

import pytest
from conftest import edit
from renkei.checkout import Checkout
from renkei.errors import TableError
from renkei.quantity import parse_quantity
from renkei.tables.schema import resource
from renkei.units import COLUMNS, KINDS, Units

#: What plans commonly count, however this project writes it.
COMMON = """
    t トン t-CO2 kg ha ㎡ ㎡/人 km kWh kW MW 戸 棟 人/台 TEU 便 冊 床 施設 事業 品目 点 位 倍 本 頭 隻 名
    箇所 か所 ヶ所 カ所 円 人 % ポイント 件 回
"""


def test_the_schema_describes_the_columns_that_are_read(checkout: Checkout) -> None:
    """The words layer reads the file without the schema; the two must not part."""
    assert list(COLUMNS) == resource(checkout, "units").columns


@pytest.mark.parametrize("unit", COMMON.split())
def test_the_units_that_plans_commonly_use_are_there(unit: str) -> None:
    """A document of another area does not stop at its first ㎡."""
    assert 3 == parse_quantity(f"3{unit}（毎年度）").value


def test_a_new_unit_is_a_row(checkout_copy: Checkout) -> None:
    """No code changes for a unit that a new document brings; the file is read again when it changes."""
    assert "俵" not in Units.of(checkout_copy).names
    with (checkout_copy.curated / "units.csv").open("a", encoding="utf-8") as file:
        file.write("俵,俵,unit,米俵の数,試験のため\n")

    assert "俵" == parse_quantity("1,200俵(2024年度)").unit


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("人,人,unit,人数,二度目", "“人” was expected once, found in line 3 too"),
        ("ｍ２,㎡,unit,広さ,全角", "“m2” was expected once"),
        ("俵,,unit,米俵の数,名称なし", "a name for a unit, and none for a state, was expected, found “”"),
        ("継続,継続,state,続けること,名称あり", "none for a state, was expected, found “継続”"),
        ("俵,俵,number,米俵の数,種類違い", f"one of {', '.join(KINDS)} was expected, found “number”"),
        ("千俵,俵,unit,米俵の数,数を含む", "found “千俵”, whose “千” a number reads as its own"),
        ("2俵,俵,unit,米俵の数,数で始まる", "found “2俵”, whose “2”"),
        ("俵/年,俵,unit,米俵の数,毎年を含む", "found “俵/年”, whose “/年”"),
        ("俵以上,俵,unit,米俵の数,以上を含む", "found “俵以上”, whose “以上”"),
        ("俵(玄米),俵,unit,米俵の数,括弧を含む", "found “俵(玄米)”, whose “(”"),
        (",俵,unit,米俵の数,空", "a word that can stand beside a number was expected, found nothing"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(
    checkout_copy: Checkout, row: str, problem: str
) -> None:
    """A unit that would be read as something else, or in two ways, is refused, not guessed."""
    path = checkout_copy.curated / "units.csv"
    last = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")

    with pytest.raises(TableError) as told:
        Units.of(checkout_copy)

    [line] = told.value.problems
    assert line.startswith(f"data/curated/units.csv:{last}: ")
    assert problem in line


def test_all_bad_rows_are_told_at_once(checkout_copy: Checkout) -> None:
    """Two rows, two lines."""
    path = checkout_copy.curated / "units.csv"
    edit(path, "\n円,円,unit,", "\n円,,unit,")
    edit(path, "\n社,社,unit,", "\n社,社,number,")

    with pytest.raises(TableError) as told:
        Units.of(checkout_copy)

    assert 2 == len(told.value.problems)
