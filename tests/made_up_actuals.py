"""Actuals of FY2024 to FY2026 that do not exist, for tests: what made-up offices report of real indicators.

Every office's name and every note says that it is made up (架空). A number is a multiple of its target, by
turns of `_MULTIPLES` in the plan's order.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from renkei.checkout import Checkout
from renkei.fiscal_year import FiscalYear
from renkei.load import tables_of
from renkei.quantity import parse_quantity
from renkei.rating_rule import Ratable, rating_by_rule
from renkei.revisions import in_force
from renkei.tables.build import build
from renkei.tables.reported import reported_table
from renkei.typed_rows import typed_rows

MADE_UP = "架空"
#: Of the target as it is in force for the year, in FY2024, FY2025 and FY2026.
_MULTIPLES = {
    2024: ("1.1", "0.9", "1", "0.5"),
    2025: ("1.2", "1.1", "0.8", "1"),
    2026: ("1", "1.2", "0.9", "1.1"),
}
#: A text that is no quantity, as an office may write it where a target is words.
FREE_TEXT = "12市町村で実施(うち2市町村は<b>書面</b>、2024年度下期に1回)"
#: Of the KPIs: no turns, since their targets are far off.
KPIS = {"2024-K2": ("30,900千人", 30900000), "2024-K3": ("155,000人/日", 155000)}
#: Nine of ten firms in FY2024: missed by the rule, expected to be met by its office.
CONTRADICTED = "2024-08-1"

#: A row as the import writes it, without its head.
Row = dict[str, object]


def half_of_fy2024(checkout: Checkout) -> None:
    """The first half of the plan's indicators, all provisional; one rated by a person against the rule."""
    rows = list(_rows(checkout, 2024, "provisional", "2025-04-30"))
    _write(checkout, 2024, rows[: len(rows) // 2])


def all_of_fy2024(checkout: Checkout) -> None:
    """Every indicator of FY2024 final, half of them provisional before; then one value is corrected."""
    first = list(_rows(checkout, 2024, "provisional", "2025-04-30"))
    final = list(_rows(checkout, 2024, "final", "2025-07-01"))
    by_id = {row["indicator_id"]: row for row in final}
    by_id["2024-03-1"].update(actual_text="5,100名", actual_value=5100, rating="◎")
    corrected = {**by_id["2024-05-1"], "actual_text": "9件", "actual_value": 9, "rating": "◎"}
    corrected.update(entered_on="2025-10-01", note=f"集計の誤りを訂正({MADE_UP})")
    _write(checkout, 2024, [*first[: len(first) // 2], *final, corrected])


def all_of_fy2025(checkout: Checkout) -> None:
    """Every indicator of FY2025, final but for the last ten."""
    rows = list(_rows(checkout, 2025, "final", "2026-07-01"))
    last = list(_rows(checkout, 2025, "provisional", "2026-04-30"))[-10:]
    _write(checkout, 2025, [*rows[:-10], *last])


def few_of_fy2026(checkout: Checkout) -> None:
    """Eight rows: the year has just begun to come in, and none of it can be judged."""
    rows = list(_rows(checkout, 2025, "provisional", "2027-04-10"))[:8]
    pending = [{**row, "actual_text": "未集計", "actual_value": "", "observed_year": ""} for row in rows]
    _write(checkout, 2026, [{**row, "rating": "-", "rated_by": "rule"} for row in pending])


def all_of_year(checkout: Checkout, fiscal_year: int, given: Mapping[str, Row]) -> None:
    """Every indicator of a year final, some with other cells."""
    rows = _rows(checkout, fiscal_year, "final", f"{fiscal_year + 1}-07-01")
    _write(checkout, fiscal_year, [{**row, **given.get(str(row["indicator_id"]), {})} for row in rows])


def with_actuals(checkout: Checkout, *years: Callable[[Checkout], None]) -> None:
    """Write these years into a copy of the project, and build it."""
    for write in years:
        write(checkout)
    build(checkout)


def _rows(checkout: Checkout, fiscal_year: int, status: str, entered_on: str) -> Iterator[Row]:
    plan = in_force(fiscal_year, tables_of(checkout))["indicators"]
    plan = plan[plan["plan"] == 2024]
    turn = 0
    for of, (_, indicator) in zip(typed_rows(plan, Ratable), plan.iterrows(), strict=True):
        indicator_id, text, value = str(indicator["indicator_id"]), FREE_TEXT, None
        if indicator_id in KPIS:
            text, value = KPIS[indicator_id][0], Decimal(KPIS[indicator_id][1])
        elif of.kind == "kpi":
            text = "集計中"
        elif of.target_value is not None:
            text, value = _multiple(str(indicator["target_text"]), _MULTIPLES[fiscal_year][turn % 4])
            turn += 1
        by_rule = rating_by_rule(of, None if value is None else float(value), status, FiscalYear(fiscal_year))
        is_contradicted = indicator_id == CONTRADICTED and fiscal_year == 2024
        by_person = "○" if status == "provisional" or is_contradicted else "◎"
        yield {
            "indicator_id": indicator_id,
            "observed_year": "" if value is None and indicator["unit"] == indicator["unit"] else fiscal_year,
            "actual_text": text,
            "actual_value": "" if value is None else value,
            "status": status,
            "rating": by_person if by_rule is None or is_contradicted else by_rule,
            "rated_by": "person" if by_rule is None or is_contradicted else "rule",
            "note": f"・{fiscal_year}年度の状況({MADE_UP})",
            "office": f"第{indicator['pillar']}担当課({MADE_UP})",
            "entered_on": entered_on,
            "file": f"{MADE_UP}.xlsx",
        }


def _multiple(target: str, of_it: str) -> tuple[str, Decimal]:
    """So many times the target, as a document writes it, and its value; whole where the target is whole."""
    asked = parse_quantity(target)
    assert asked.value is not None
    number = (asked.value / asked.scale * Decimal(of_it)).quantize(Decimal(1))
    return f"{number:,}{asked.written_scale}{asked.written_unit}", number * asked.scale


def _write(checkout: Checkout, fiscal_year: int, rows: Iterable[Row]) -> None:
    checkout.actuals.mkdir(exist_ok=True)
    with (checkout.actuals / f"fy{fiscal_year}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reported_table(checkout).columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
