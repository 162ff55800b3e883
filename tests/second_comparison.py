"""The comparison once more, from its description: plain loops over the files, no pandas, none of its code."""

import csv
from pathlib import Path
from typing import Any

from conftest import ROOT


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def second_implementation(year: int) -> list[dict[str, Any]]:
    """`compare`, written once more from its description: plain loops over the files, no pandas."""
    indicators = {row["indicator_id"]: row for row in read(ROOT / "data/tables/indicators.csv")}
    outcomes = {row["indicator_id"]: row for row in read(ROOT / "data/tables/outcomes.csv")}
    pairs = {row["to_indicator"]: row for row in read(ROOT / "data/curated/crosswalk.csv")}
    rows = []
    for indicator_id, new in indicators.items():
        if new["plan"] != "2024":
            continue
        pair = pairs[indicator_id]
        old = indicators.get(pair["from_indicator"])
        outcome = outcomes.get(pair["from_indicator"], {}).get("actual_value", "")
        target, basis = asked(new, year)
        row: dict[str, Any] = {"indicator_id": indicator_id, "target_value": target, "basis": basis}
        row["target_change"] = change(old, new, pair["relation"])
        by_outcome = judged(new, target, basis, outcome)
        if old and pair["is_comparable"] == "false" and by_outcome[0] in ("met", "not_met", "no_outcome"):
            by_outcome = ("not_comparable", None, None)
        row["status"], row["gap"], row["share_of_target"] = by_outcome
        value, of, origin = newest_of(new, outcomes, pair, year)
        row |= {"newest_value": float(value) if value else None, "newest_year": of, "newest_origin": origin}
        row["newest_status"], row["newest_gap"], row["newest_share"] = judged(new, target, basis, value)
        rows.append(row)
    return rows


def judged(
    new: dict[str, str], target: float | None, basis: str, value: str
) -> tuple[str, float | None, float | None]:
    """Status, gap and share in % of a value against a target."""
    if basis in ("none", "carried"):
        return "no_target", None, None
    if target is None:
        return "state", None, None
    if value == "":
        return "no_outcome", None, None
    reached = float(value)
    if new["direction"] == "lower":
        share = 100 * target / reached if reached > 0 and target > 0 else None
        return "met" if reached <= target else "not_met", reached - target, share
    share = 100 * reached / target if reached >= 0 and target > 0 else None
    return "met" if reached >= target else "not_met", target - reached, share


def newest_of(
    new: dict[str, str], outcomes: dict[str, dict[str, str]], pair: dict[str, str], year: int
) -> tuple[str, int | None, str | None]:
    """Value, year and origin of what is known newest, of a list of candidates from oldest entry to newest.

    The tables hold the outcomes of FY2021 alone, so that no indicator of the newest plan has one of its own.
    """
    candidates = []
    old = outcomes.get(pair["from_indicator"])
    if old is not None and pair["is_comparable"] == "true" and old["observed_year"]:
        candidates.append(
            (int(old["observed_year"]), old["is_provisional"] == "false", "outcome_2021", old, "actual")
        )
    candidates.append((int(new["baseline_year"] or 2023), True, "baseline", new, "baseline"))
    best = None
    for candidate in candidates:
        of, is_final, _, row, prefix = candidate
        says = row[f"{prefix}_value"] or (new["unit"] == "" and row[f"{prefix}_text"] != "-")
        if says and of <= year and (best is None or (of, is_final) >= best[:2]):
            best = candidate
    if best is None:
        return "", None, None
    named = {"actual": "observed_year", "baseline": "baseline_year"}[best[4]]
    return best[3][f"{best[4]}_value"], int(best[3][named]) if best[3][named] else None, best[2]


def asked(new: dict[str, str], year: int) -> tuple[float | None, str]:
    target = float(new["target_value"]) if new["target_value"] else None
    due, kind = int(new["target_last_year"]), new["target_kind"]
    if year > due:
        return target, "carried"
    if kind == "every_year" or kind == "state":
        return target, "stated"
    if year == due:
        return target, "due"
    if kind == "cumulative" and target is not None:
        shares = list(range(int(new["target_first_year"]), due + 1))
        return target / len(shares) * len([share for share in shares if share <= year]), "prorated"
    if kind == "by_year" and target is not None and new["baseline_year"]:
        level, step = float(new["baseline_value"]), 0.0
        step = (target - level) / (due - int(new["baseline_year"]))
        for _ in range(int(new["baseline_year"]), year):
            level += step
        return level, "interpolated"
    return None, "none"


def change(old: dict[str, str] | None, new: dict[str, str], relation: str) -> str:
    if old is None or relation == "replaced":
        return "added"
    before, after = old["target_value"], new["target_value"]
    if before and not after:
        return "softened"
    if after and not before:
        return "hardened"
    if not before:
        return "kept"
    if old["unit"] != new["unit"] or [old["target_kind"], new["target_kind"]].count("cumulative") == 1:
        return "added"
    more = float(after) - float(before)
    if new["direction"] == "lower":
        more = -more
    return "raised" if more > 0 else "lowered" if more < 0 else "kept"
