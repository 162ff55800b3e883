import unicodedata
from decimal import Decimal

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from renkei.checkout import Checkout
from renkei.errors import QuantityError
from renkei.quantity import parse_quantity
from renkei.units import Units

KNOWN = Units.of(Checkout(ROOT))
#: Units that stand behind a number; 年 behind one can be the number's year.
UNITS = sorted(unit for unit in KNOWN.names if unit != "年")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("27兆9千億円 (2015年)", "27900000000000", "円"),
        ("28 兆９千億円（2020 年）", "28900000000000", "円"),
        ("29兆2,720億325百万円", "29272325000000", "円"),
        ("5,020百万円（2027年度）", "5020000000", "円"),
        ("64,000千円（毎年度）以上", "64000000", "円"),
        ("1,000万円（毎年度）", "10000000", "円"),
        ("37,076千人 (2017年度)", "37076000", "人"),
        ("13千人（2025年度）", "13000", "人"),
        ("25.1万人 (2017年度)", "251000", "人"),
        ("2,500名 (毎年度)", "2500", "人"),
        ("▲2,588 人（2022 年）", "-2588", "人"),
        ("189,932人/日 (2017年度)", "189932", "人/日"),
        ("72.41%", "72.41", "%"),
        ("100％（毎年度）", "100", "%"),
        ("70％(毎年度）", "70", "%"),
        ("年１回（2022年度）", "1", "回"),
        ("1回/年 (2017年度)", "1", "回"),
        ("235校/年度", "235", "校"),
        ("各1回/年度 (2017年度)", "1", "回"),
        ("13大学 (2023年度まで)", "13", "大学"),
        ("152（2017年度）", "152", ""),
        ("0", "0", ""),
        ("5.2㎡/人（2022年度）", "5.2", "㎡/人"),
        ("5 m2", "5", "㎡"),
        ("1,200ｔ－ＣＯ２", "1200", "t-CO2"),
        ("13.5万トン", "135000", "t"),
        ("1千kWh", "1000", "kWh"),
        ("850g/人・日 (毎年度)", "850", "g/人・日"),
        ("1.8人/台", "1.8", "人/台"),
        ("25万TEU", "250000", "TEU"),
        ("年12ヶ所", "12", "箇所"),
        ("2倍以上", "2", "倍"),
        ("▲3.5℃", "-3.5", "℃"),
        ("30名", "30", "人"),
    ],
)
def test_numbers_come_in_base_units(text: str, value: str, unit: str) -> None:
    """兆 億 万 千 百 multiply, 名 is 人, ％ is %, ▲ is minus, and a count per year is a count."""
    quantity = parse_quantity(text)

    assert (Decimal(value), unit) == (quantity.value, quantity.unit)


def test_bounds_estimates_and_provisional_values_are_told_apart() -> None:
    """以上 and 以下 bound a value, 約 and （推定） estimate it, (集計中) keeps it open."""
    assert "at_least" == parse_quantity("１人以上").bound
    assert "at_most" == parse_quantity("5名以下").bound
    assert "at_least" == parse_quantity("64,000千円（毎年度）以上").bound
    assert parse_quantity("19万人（推定）").is_estimate
    assert parse_quantity("約1.5億円").is_estimate
    assert parse_quantity("124校以上 (集計中)").is_provisional
    assert not parse_quantity("124校以上").is_provisional


def test_a_value_not_yet_counted_is_missing_and_provisional() -> None:
    """未集計 gives no number, but says that one will come."""
    quantity = parse_quantity("未集計")

    assert (None, True) == (quantity.value, quantity.is_provisional)


@pytest.mark.parametrize("dash", ["-", "ー", "－", "―", "−"])
def test_every_dash_means_none(dash: str) -> None:
    """The documents use four kinds of dash for the same thing."""
    quantity = parse_quantity(dash)

    assert quantity.is_missing
    assert (None, None, None) == (quantity.value, quantity.state, quantity.year)


@pytest.mark.parametrize(
    ("text", "year", "every_year", "until"),
    [
        ("R4", 2022, False, False),
        ("令和4年度", 2022, False, False),
        ("H29", 2017, False, False),
        ("2022年4月まで", 2022, False, True),
        ("2030年度まで", 2030, False, True),
        ("毎年度", None, True, False),
        ("2022年度までの毎年度", 2022, True, True),
        ("毎年度（2022年度）", 2022, True, False),
        ("5,790人（2027年度まで）", 2027, False, True),
        ("120名 (2022年度までの毎年度)", 2022, True, True),
    ],
)
def test_years_and_repetition_are_read(text: str, year: int | None, every_year: bool, until: bool) -> None:
    """The year may stand alone or beside a number, with 毎年度 and まで."""
    quantity = parse_quantity(text)

    assert (year, every_year, until) == (quantity.year, quantity.is_every_year, quantity.is_until)


@pytest.mark.parametrize("state", sorted(KNOWN.states))
def test_states_are_kept_as_words(state: str) -> None:
    """常時 and its like are no numbers, with or without a year."""
    assert state == parse_quantity(f"{state}（2022年度）").state


def test_a_word_that_asks_for_more_is_an_increase() -> None:
    """現状値からの増加 is a state with a direction; the other words have none."""
    assert ["現状値からの増加"] == [
        state for state in sorted(KNOWN.states) if parse_quantity(state).is_increase
    ]


def test_the_unit_is_kept_as_it_was_written() -> None:
    """名 is told as 名 though the tables know it as 人; ㎡ is told as ㎡, though reading makes m2 of it."""
    assert ["名", "㎡", "㎡", "トン"] == [
        parse_quantity(text).written_unit for text in ("30名", "5㎡", "5m2", "5トン")
    ]


def test_other_units_can_be_given() -> None:
    """A unit that only these units have is read, one that they lack is refused."""
    units = Units({"俵": "俵"})

    assert (Decimal(3), "俵") == (parse_quantity("3俵", units).value, parse_quantity("3俵", units).unit)
    with pytest.raises(QuantityError, match=r"data/curated/units\.csv"):
        parse_quantity("3人", units)
    with pytest.raises(QuantityError, match="was expected"):
        parse_quantity("3俵")


def test_the_years_name_does_not_hide_what_is_counted() -> None:
    """年１回以上の会議の開催（毎年度）is one meeting a year or more."""
    quantity = parse_quantity("年１回以上の会議の開催（毎年度）")

    assert (Decimal(1), "回") == (quantity.value, quantity.unit)
    assert quantity.bound == "at_least"
    assert quantity.is_every_year


@pytest.mark.parametrize(
    "text",
    [
        "男性80.73年 女性87.88年",
        "10人 20人",
        "10 20人",
        "3人5社",
        "10～20人",
        "100％（2027度）",
        "5ツル",
        "5m 2",
        "5m 2人",
        "5m220人",
        "10t-CO 2",
        "5m2 3㎡",
        "5割",
        "3回目",
        "千円",
        "1,23人",
        "3万50,000円",
        "2千15百円",
        "1.5万3千人",
        "9千億3兆円",
        "5人（2020年）（2021年）",
        "5人（札幌市）",
        "5人（",
        "未満",
        "年",
        "",
    ],
)
def test_what_is_not_one_quantity_is_refused(text: str) -> None:
    """Two quantities, an unknown unit or word, or a number out of order are never guessed."""
    with pytest.raises(QuantityError, match="was expected"):
        parse_quantity(text)


@st.composite
def numerals(draw: st.DrawFn) -> tuple[str, Decimal]:
    """A number below 10^16, written with some of 兆 億 万, a 千 or 百 within, and commas or not."""
    total, text = Decimal(0), ""
    large = [("兆", 10**12), ("億", 10**8), ("万", 10**4)]
    chosen = draw(st.sets(st.integers(0, 2)))
    for unit, size in [large[position] for position in sorted(chosen)]:
        small, factor = draw(st.sampled_from([("", 1), ("千", 1_000), ("百", 100)]))
        count = draw(st.integers(1, 9 if small else 9_999))
        text += f"{draw(_written(count))}{small}{unit}"
        total += Decimal(count) * factor * size
    rest = draw(st.integers(0, 9_999))
    if rest or not text:
        text += draw(_written(rest))
        total += rest
    return text, total


def _written(number: int) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{number}", f"{number:,}"])


@given(
    numerals(),
    st.sampled_from(["", *UNITS]),
    st.booleans(),
    st.sampled_from(["", "以上", "以下"]),
    st.sampled_from(["", "（推定）", "(集計中)"]),
    st.sampled_from(
        ["", "（2024年度）", "(R6)", "（令和6年度まで）", "（毎年度）", "(2026年度までの毎年度)"]
    ),
    st.booleans(),
)
def test_any_quantity_written_out_reads_back_as_itself(
    numeral: tuple[str, Decimal],
    unit: str,
    is_negative: bool,
    bound: str,
    mark: str,
    time: str,
    is_wide: bool,
) -> None:
    """Value, unit, bound and marks survive any of the documents' ways of writing them."""
    digits, value = numeral
    text = f"{'▲' if is_negative else ''}{digits}{unit}{bound}{mark}{time}"
    if is_wide:
        text = text.translate({ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789,%/-()R"})
        assert unicodedata.normalize("NFKC", text) != text

    quantity = parse_quantity(text)

    assert (-value if is_negative else value) == quantity.value
    assert (KNOWN.names[unit] if unit else "") == quantity.unit
    assert {"": "exact", "以上": "at_least", "以下": "at_most"}[bound] == quantity.bound
    assert (mark == "（推定）", mark == "(集計中)") == (quantity.is_estimate, quantity.is_provisional)
    assert ("毎年度" in time, "まで" in time) == (quantity.is_every_year, quantity.is_until)
    assert (None if time in ("", "（毎年度）") else 2026 if "2026" in time else 2024) == quantity.year


@given(
    numerals(),
    st.sampled_from(UNITS),
    st.sampled_from(["", " ", "、", "・", "/", "~", "から", "(2024年度)", "以上"]),
    numerals(),
    st.sampled_from(UNITS),
)
def test_two_quantities_in_one_text_are_always_refused(
    first: tuple[str, Decimal], unit: str, between: str, second: tuple[str, Decimal], other: str
) -> None:
    """However they are joined, two numbers with a unit each are two quantities."""
    with pytest.raises(QuantityError):
        parse_quantity(f"{first[0]}{unit}{between}{second[0]}{other}")


@given(numerals(), st.sampled_from(UNITS), st.sampled_from([" ", "、", "\u3000", "\n"]), numerals())
def test_a_number_after_a_unit_is_never_taken_into_it(
    first: tuple[str, Decimal], unit: str, between: str, second: tuple[str, Decimal]
) -> None:
    """5m 2 is not 5 ㎡: a digit of the unit's own stands right behind its letters."""
    with pytest.raises(QuantityError):
        parse_quantity(f"{first[0]}{unit}{between}{second[0]}")


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("159人", "1"),
        # A whole number is counted to the last one, however round it is.
        ("7,000人", "1"),
        ("▲650人(2028年)", "1"),
        ("72.22%", "0.01"),
        # A zero that is written out is a digit.
        ("159.0人", "0.1"),
        ("12.3千人", "100"),
        ("50万人(推定)", "10000"),
        ("5,020百万円", "1000000"),
        ("27兆9千億円", "100000000000"),
        ("0人", "1"),
    ],
)
def test_the_last_written_digit_tells_how_finely_a_number_is_counted(text: str, step: str) -> None:
    """In the base unit, with the scale that the text is written in."""
    assert Decimal(step) == parse_quantity(text).step


@pytest.mark.parametrize("text", ["-", "常時", "未集計"])
def test_what_is_no_number_has_no_step(text: str) -> None:
    """A dash, a state and what was not counted yet."""
    assert parse_quantity(text).step is None
