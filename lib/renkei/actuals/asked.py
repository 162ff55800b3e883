"""What a year's form asks of the offices: a row for each indicator of the plan, and what is known of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from renkei.actuals.form import PENDING_WORD, RATING_WORDS, STATUS_WORDS, FormUnit, form_unit
from renkei.checkout import Checkout
from renkei.errors import QuantityError
from renkei.fiscal_year import FiscalYear
from renkei.load import Tables
from renkei.newest import newest_values
from renkei.quantity import parse_quantity
from renkei.rated import standing_actuals
from renkei.rating_rule import Ratable, rating_by_rule
from renkei.revisions import in_force
from renkei.rounding import rounded, target_rounding, written
from renkei.tables.reported import NOTHING
from renkei.targets import indicators_of, targets_for
from renkei.typed_rows import typed_rows
from renkei.units import Units

__all__ = ["WORDS_UNIT", "asked_for", "is_pending"]

#: What stands as the unit of an indicator whose actual is said in words.
WORDS_UNIT = "言葉"
_KPI = "基本KPI"
_EVERY_YEAR = "毎年度"
_COMPUTED = {"interpolated": "直線補間", "prorated": "按分"}


@dataclass(frozen=True)
class _Indicator:
    indicator_id: str
    kind: str
    unit: str | None
    direction: str
    baseline_text: str
    target_text: str
    target_value: float | None
    target_kind: str
    target_first_year: int
    target_last_year: int


@dataclass(frozen=True)
class _Target:
    target_value: float | None
    basis: str


def asked_for(fiscal_year: int | FiscalYear, tables: Tables | None = None) -> pd.DataFrame:
    """The rows of a year's form, one per indicator of the newest plan as it is in force for that year.

    In the plan's order. The columns of `renkei.actuals.form.COLUMNS`: what an office reads, and, where it has
    reported already, what stands in `data/actuals`, so that a provisional value can be made final. `actual`
    is a number in `unit`, or words. Besides: pillar, kind, basis (`targets_for`), decimals of the published
    numbers, and is_rated_by_person, whether the office gives the rating: the rule needs a person, or a person
    gave it.

    Raises ParameterError for a year outside the plan.
    """
    year = FiscalYear.parse(fiscal_year)
    tables = in_force(year, tables)
    targets = targets_for(year, tables)
    indicators = indicators_of(tables)
    rows, of_year = typed_rows(indicators, _Indicator), typed_rows(targets, _Target)
    units = Units.of(Checkout.current())
    forms = [form_unit(row.unit, row.target_text, row.baseline_text, units) for row in rows]
    decimals = [_decimals(row, form, units) for row, form in zip(rows, forms, strict=True)]
    projects = tables["projects"]
    names = projects[projects["plan"] == tables.area.plan.first_year].set_index("project_no")["name"]
    found = pd.DataFrame(
        {
            "fiscal_year": year.starts_in,
            "indicator_id": indicators["indicator_id"],
            "project_no": indicators["project_no"],
            "project_name": indicators["project_no"].map(names).fillna(_KPI),
            "indicator_name": indicators["name"],
            "unit": [form.text or WORDS_UNIT for form in forms],
            "asked": [
                _asked(row, target, form, digits)
                for row, target, form, digits in zip(rows, of_year, forms, decimals, strict=True)
            ],
            "pillar": indicators["pillar"],
            "kind": indicators["kind"],
            "basis": targets["basis"],
            "decimals": decimals,
            "_scale": [form.scale for form in forms],
            "_is_by_person": [_is_for_person(row, year) for row in rows],
        }
    )
    newest = newest_values(year, tables)[["indicator_id", "text", "year"]]
    newest = newest.rename(columns={"text": "newest_text", "year": "newest_year"})
    return _filled_in(found.merge(newest, on="indicator_id", how="left"), standing_actuals(year, tables))


def is_pending(value: float | None, text: str, unit: str | None) -> bool:
    """Whether what an office reported says only that there is nothing to report yet: 集計中, or a dash."""
    if unit is None:
        return text in (PENDING_WORD, NOTHING)
    return value is None


def _filled_in(asked: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """The rows with what stands of them already in the columns that an office fills in."""
    columns = [
        "actual_value",
        "actual_text",
        "observed_year",
        "status",
        "rating",
        "rated_by",
        "note",
        "office",
    ]
    found = asked.merge(entries[["indicator_id", *columns]], on="indicator_id", how="left")
    value, text = found["actual_value"], found["actual_text"]
    is_by_person = (found["rated_by"] == "person").astype("bool")
    found["actual"] = (value / found["_scale"]).astype(object).where(value.notna(), text)
    found["status"] = found["status"].map(STATUS_WORDS)
    found["rating"] = found["rating"].map(RATING_WORDS).where(is_by_person)
    found["note"] = found["note"].replace(NOTHING, None)
    found["office"] = found["office"].replace(NOTHING, None)
    found["is_rated_by_person"] = found["_is_by_person"] | is_by_person
    return found.drop(columns=["actual_value", "actual_text", "rated_by", "_scale", "_is_by_person"])


def _is_for_person(row: _Indicator, year: FiscalYear) -> bool:
    """Whether the rule gives no rating of this indicator in a year, whatever its actual is."""
    terms = Ratable(
        row.kind,
        row.direction,
        row.target_value,
        row.target_kind,
        row.target_first_year,
        row.target_last_year,
    )
    return rating_by_rule(terms, None, "final", year) is None


def _decimals(row: _Indicator, form: FormUnit, units: Units) -> int:
    """The most decimals that target or baseline have in the form's unit."""
    found = [0]
    for text in (row.target_text, row.baseline_text):
        try:
            quantity = parse_quantity(text, units)
        except QuantityError:
            continue
        if quantity.value is not None and form.text:
            # 4,320人 beside 13千人 is known to the person: 4.320千人.
            finer = max(0, round(math.log10(form.scale / quantity.scale)))
            found.append(max(quantity.decimals + finer, replace(quantity, scale=form.scale).decimals))
    return max(found)


def _asked(row: _Indicator, target: _Target, form: FormUnit, decimals: int) -> str:
    """What is asked of the year in words, and on what that rests."""
    is_total = row.target_kind == "cumulative"
    from_year = f"{row.target_first_year}年度からの累計" if is_total else ""
    match target.basis:
        case "stated":
            return row.target_text if _EVERY_YEAR in row.target_text else f"{row.target_text}({_EVERY_YEAR})"
        case "due":
            return "\n".join(filter(None, (row.target_text, "この年度が期限", from_year)))
        case "carried":
            return "\n".join(
                filter(
                    None, (f"期限後({row.target_last_year}年度が期限)", f"目標 {row.target_text}", from_year)
                )
            )
        case "interpolated" | "prorated" if target.target_value is not None:
            value = rounded(target.target_value / form.scale, decimals, target_rounding(row.direction))
            how = f"{_COMPUTED[target.basis]}、{from_year}" if is_total else _COMPUTED[target.basis]
            return f"試算 {written(value, decimals)}{form.text}({how})\n目標 {row.target_text}"
        case _:
            return f"この年度に求める値なし\n目標 {row.target_text}"
