"""Which reports a command asks for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from renkei.batch.families import Family, Report
from renkei.errors import FiscalYearError, ParameterError
from renkei.fiscal_year import FiscalYear
from renkei.page.views import FORMATS

#: Of what years are written: also full-width and in Japanese, but not as a mark of a footnote.
_YEARS = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ年度令和平成昭和元,\- 　]+")


def selected_reports(
    families: Mapping[str, Family],
    names: Sequence[str],
    fiscal_years: Sequence[FiscalYear] | None,
    municipality: str | None = None,
    everything: bool = False,
) -> list[Report]:
    """The reports of the named families, of the default ones without a name, as far as asked for.

    With a municipality and no name, the families that offer municipalities. A year or
    municipality that a named family does not offer is a ParameterError; without names,
    families that do not offer the year are passed over, but at least one must.
    """
    _demand_municipality(families, municipality)
    for name in names:
        if name not in families:
            near = difflib.get_close_matches(name, families, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise ParameterError(f"the report families are {', '.join(families)}; found “{name}”{hint}")
    chosen = [
        family
        for family in families.values()
        if (family.name in names if names else everything or family.is_default or municipality)
        and (municipality is None or "municipality" in family.offers)
    ]
    if names and len(chosen) < len(set(names)):
        raise ParameterError(f"--municipality goes with {', '.join(_with_municipalities(families))}")
    years = None if fiscal_years is None else {year.starts_in for year in fiscal_years}
    reports: list[Report] = []
    for family in chosen:
        offered = set(family.offers.get("fiscal_year", ()))
        if names and years is not None and not years <= offered:
            refused = ", ".join(str(year) for year in sorted(years - offered))
            raise ParameterError(
                f"{family.name} offers fiscal year {', '.join(map(str, sorted(offered))) or 'none'}, "
                f"found {refused}"
            )
        reports += [
            report
            for report in family.reports()
            if (years is None or report.parameters.get("fiscal_year") in years)
            and (municipality is None or report.parameters["municipality"] == municipality)
        ]
    if not reports:
        offers = "; ".join(
            f"{family.name}: {', '.join(map(str, family.offers.get('fiscal_year', ('no year',))))}"
            for family in chosen
        )
        raise ParameterError(
            f"no report family offers the fiscal year that was asked for; they offer {offers}"
        )
    return reports


def _with_municipalities(families: Mapping[str, Family]) -> list[str]:
    return [name for name, family in families.items() if "municipality" in family.offers]


def _demand_municipality(families: Mapping[str, Family], municipality: str | None) -> None:
    """Raise ParameterError, naming those that there are, for a municipality that no family offers."""
    known = [
        value for name in _with_municipalities(families) for value in families[name].offers["municipality"]
    ]
    if municipality is not None and municipality not in known:
        raise ParameterError(
            f"the municipalities are {'、'.join(map(str, dict.fromkeys(known)))}; found “{municipality}”"
        )


def fiscal_years_in(text: str) -> list[FiscalYear]:
    """The years of “2025”, “2025-2027” or “2025,2027”; a ParameterError for anything else."""
    years: list[FiscalYear] = []
    if not _YEARS.fullmatch(text):
        raise ParameterError(f"--fiscal-year takes 2025, 2025-2027 or 2025,2027, found “{text}”")
    for part in text.split(","):
        first, separator, last = part.strip().partition("-")
        try:
            start = FiscalYear.parse(first)
            end = FiscalYear.parse(last) if separator else start
        except FiscalYearError as error:
            raise ParameterError(f"--fiscal-year takes 2025, 2025-2027 or 2025,2027: {error}") from error
        if end < start:
            raise ParameterError(f"--fiscal-year takes the earlier year first, found “{part}”")
        years += [FiscalYear(year) for year in range(start.starts_in, end.starts_in + 1)]
    return years


def one_fiscal_year(text: str) -> FiscalYear:
    """The one year that a command is about, such as 2025; a ParameterError for several, or none."""
    years = fiscal_years_in(text)
    if len(years) > 1:
        raise ParameterError(f"one fiscal year was expected, found “{text}”")
    return years[0]


def formats_in(text: str) -> tuple[str, ...]:
    """The formats of “html”, “pdf”, “xlsx” or several; a ParameterError for anything else."""
    formats = tuple(dict.fromkeys(part.strip() for part in re.split(",", text)))
    if not formats or not set(formats) <= set(FORMATS):
        raise ParameterError(
            f"--format takes {', '.join(FORMATS)}, or several such as html,pdf, found “{text}”"
        )
    return formats
