"""`renkei check`: are the tables what the documents say, and do they add up?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from renkei.checkout import Checkout
from renkei.crosswalk import Pair, crosswalk_problems
from renkei.documents.sources import sources_on_record
from renkei.errors import RenkeiError, TableError, capped
from renkei.load import Tables, tables_of
from renkei.outcomes import outcomes_of, years_with_outcomes
from renkei.quick_loading import without_iri_grammar
from renkei.rated import outdated_ratings
from renkei.ratings import Rate, achievement_rate, own_rate
from renkei.revisions import in_force
from renkei.tables.build import moved_quotes, tables_from_documents
from renkei.tables.schema import resource, resources, yearly_resources, years_there
from renkei.typed_rows import typed_rows

#: The files whose rows name a plan or a pillar.
_FILES_OF_AREA = {
    "data/tables/projects.csv": "projects",
    "data/tables/indicators.csv": "indicators",
    "data/tables/costs.csv": "costs",
    "data/tables/footnotes.csv": "footnotes",
    "data/curated/sections.csv": "sections",
}
_PRINTED_COUNTS = re.compile(r"達成済み\(見込含む\)(\d+)/評価可能(\d+)")


@dataclass(frozen=True)
class _Printing:
    """An outcome that is an achievement rate, with the note that may say how it was counted."""

    indicator_id: str
    fiscal_year: int
    actual_value: float | None
    note: str


@dataclass(frozen=True)
class _Rated:
    """A rating by rule of what stands, and what the rule gives now."""

    fiscal_year: int
    indicator_id: str
    source_line: int
    rating: str
    rating_by_rule: str | None


def check(checkout: Checkout) -> list[str]:
    """What was checked, in words; raises TableError with every problem found.

    The tables and curated files against their schema; the tables against the documents,
    to the byte; keys; the totals that the documents print; and the crosswalk.
    """
    problems = list(_schema_problems(checkout))
    tables = tables_of(checkout)
    if not problems:
        problems += _build_problems(checkout)
        problems += _area_problems(tables)
        years = {source.id: source.fiscal_year for source in sources_on_record(checkout).values()}
        problems += _key_problems(tables, years)
        problems += _printed_total_problems(tables)
        problems += crosswalk_problems(tables)
        problems += _rating_problems(tables)
    if problems:
        raise TableError(f"{len(problems)} problem(s) were found:", capped(problems))
    rows = {name: len(tables[name]) for name in resources(checkout)}
    return [
        *(f"{name}: {count} rows agree with the schema" for name, count in rows.items()),
        "the tables are, byte for byte, what the documents and curated files give",
        "every plan and pillar is one of the area's",
        "every key leads somewhere, and every indicator that a list reports on has an outcome in it",
        "every indicator of the last two plans as first published is in the crosswalk, and comparable pairs "
        "share their unit",
        *(
            f"FY{year}: {rate.achieved} achieved of {rate.evaluable} that could be judged "
            f"= {rate.rate} %, as printed"
            for year, rate in _printed_rates(tables)
        ),
        *(
            ["every rating by rule of what offices reported is what the rule gives"]
            if len(tables["actuals"])
            else []
        ),
        *moved_quotes(checkout),
    ]


def _schema_problems(checkout: Checkout) -> Iterator[str]:
    # Imported here, since it takes a second that no other command needs.
    without_iri_grammar()
    from frictionless import Package
    from frictionless import Resource as FrictionlessResource

    package = Package(str(checkout.schema))
    for entry in package.custom["yearly"]:
        for year in years_there(yearly_resources(checkout)[entry["name"]]):
            own = {"name": f"{entry['name']}_fy{year}", "path": entry["path"].format(fiscal_year=year)}
            package.add_resource(
                FrictionlessResource.from_descriptor({**entry, **own}, basepath=package.basepath)
            )
    report = package.validate()
    for error in report.errors:
        yield f"data/datapackage.json: {error.note}"
    for task in report.tasks:
        path = checkout.relative(checkout.schema.parent / task.place)
        for error in task.errors:
            row = getattr(error, "row_number", None)
            yield f"{path}{f':{row}' if row else ''}: {error.message}"


def _build_problems(checkout: Checkout) -> Iterator[str]:
    try:
        built = tables_from_documents(checkout)
    except RenkeiError as error:
        yield str(error)
        return
    for name, (text, _) in built.items():
        table = resource(checkout, name)
        found, expected = table.path.read_bytes(), text.encode("utf-8")
        if found != expected:
            yield f"{checkout.relative(table.path)}{_first_difference(found, expected)}"


def _first_difference(found: bytes, expected: bytes) -> str:
    pairs = zip([*found.split(b"\n"), None], [*expected.split(b"\n"), None], strict=False)
    line, old, new = next((line, old, new) for line, (old, new) in enumerate(pairs, start=1) if old != new)
    if old is not None and new is not None and old.rstrip(b"\r") == new:
        problem = "the line ends as on Windows (CRLF), where LF alone was expected; "
    else:
        problem = (
            "the line is not what the documents give; the tables are never edited: correct data/curated and "
        )
    return f":{line}: {problem}run 'renkei build'"


def _area_problems(tables: Tables) -> Iterator[str]:
    """Rows of a plan or pillar that the area does not have, and indicators whose id tells another plan."""
    known = {
        "plan": [plan.first_year for plan in tables.area.plans],
        "pillar": [pillar.number for pillar in tables.area.pillars],
    }
    for path, name in _FILES_OF_AREA.items():
        for column in known.keys() & set(tables[name].columns):
            numbers = ", ".join(map(str, known[column]))
            for row, number in enumerate(tables[name][column], start=2):
                if number not in known[column]:
                    yield (
                        f"{path}:{row}: a {column} of data/area.toml, one of {numbers}, was expected, "
                        f"found {number}"
                    )
    indicators = tables["indicators"]
    for indicator_id, plan in zip(indicators["indicator_id"], indicators["plan"], strict=True):
        if not indicator_id.startswith(f"{plan}-"):
            yield f"data/tables/indicators.csv: {indicator_id} was expected to be of its plan, found {plan}"
    yield from _pair_problems(tables)


def _pair_problems(tables: Tables) -> Iterator[str]:
    """Rows of the crosswalk that do not lead from one plan to the next."""
    following = dict(itertools.pairwise(plan.first_year for plan in tables.area.plans))
    indicators = tables["indicators"]
    plan_of = dict(zip(indicators["indicator_id"], indicators["plan"], strict=True))
    for row, pair in enumerate(typed_rows(tables["crosswalk"], Pair), start=2):
        before, after = plan_of.get(pair.from_indicator), plan_of.get(pair.to_indicator)
        leads_on = before is None or before in following
        comes_from = after is None or after in following.values()
        is_next = before is None or after is None or following.get(before) == after
        if not (leads_on and comes_from and is_next):
            yield (
                f"data/curated/crosswalk.csv:{row}: an indicator of one plan, and one of the next, was "
                f"expected, found {' and '.join(filter(None, (pair.from_indicator, pair.to_indicator)))}"
            )


def _key_problems(tables: Tables, reported_years: Mapping[str, int | None]) -> Iterator[str]:
    """Keys that lead nowhere; `reported_years` has the year that each document reports, by its id."""
    projects, indicators, outcomes = (tables[name] for name in ("projects", "indicators", "outcomes"))
    known = set(zip(projects["plan"], projects["project_no"], strict=True))
    of_projects = indicators[indicators["kind"] == "project"]
    used = set(zip(of_projects["plan"], of_projects["project_no"], strict=True))
    for plan, number in sorted(used - known):
        yield f"data/tables/indicators.csv: project No. {number} of plan {plan} is not in projects.csv"
    for plan, number in sorted(known - used):
        yield f"data/tables/projects.csv: project No. {number} of plan {plan} has no indicator"
    costs = tables["costs"]
    for plan, number in sorted(set(zip(costs["plan"], costs["project_no"], strict=True)) - known):
        yield f"data/tables/costs.csv: project No. {number} of plan {plan} is not in projects.csv"
    for year in sorted(set(outcomes["fiscal_year"])):
        rows = outcomes[outcomes["fiscal_year"] == year]
        plans = [plan.first_year for plan in tables.area.plans if plan.first_year <= year <= plan.last_year]
        if not plans:
            yield f"data/tables/outcomes.csv: FY{year} is a year of no plan in data/area.toml"
        standing = in_force(int(year), tables)["indicators"]
        expected = set(standing.loc[standing["plan"].isin(plans), "indicator_id"])
        expected -= _not_listed(tables, year, reported_years)
        for indicator_id in sorted(expected - set(rows["indicator_id"])):
            yield f"data/tables/outcomes.csv: {indicator_id} has no outcome in FY{year}"


def _not_listed(tables: Tables, year: int, reported_years: Mapping[str, int | None]) -> set[str]:
    """The indicators that a year's list need not have: new ones of later documents, and those gone."""
    own = [source for source, reported in reported_years.items() if reported == year]
    if not own:
        # What offices report comes in bit by bit.
        return set(tables["indicators"]["indicator_id"])
    later = [*reported_years][max([*reported_years].index(source) for source in own) + 1 :]
    indicators, conflicts = tables["indicators"], tables["conflicts"]
    new = indicators.loc[indicators["source"].isin(later), "indicator_id"]
    gone = conflicts.loc[conflicts["source"].isin(own) & (conflicts["field"] == "listed"), "concerns"]
    return {*new, *gone}


def _rating_problems(tables: Tables) -> Iterator[str]:
    """Ratings by rule that the rule does not give any more, since the plan was revised."""
    for row in typed_rows(outdated_ratings(tables), _Rated):
        where = f"data/actuals/fy{row.fiscal_year}.csv:{row.source_line}: {row.indicator_id}"
        if row.rating_by_rule is None:
            yield (
                f"{where}: a rating by a person was expected, since the target is in words now, found "
                f"{row.rating} by rule; import what the office rated, with 'renkei actuals import'"
            )
        else:
            yield (
                f"{where}: the rating by rule, {row.rating_by_rule}, was expected, found {row.rating}; run "
                f"'renkei actuals rate --fiscal-year {row.fiscal_year}'"
            )


def _printed_total_problems(tables: Tables) -> Iterator[str]:
    """Counting the ratings must give the counts and the rate that the document prints of itself."""
    for outcome, printed, rate in _printed_rate_rows(tables):
        if printed != rate or Decimal(str(outcome.actual_value)) != rate.rate:
            yield (
                f"data/tables/outcomes.csv: {outcome.indicator_id} prints {printed.achieved} of "
                f"{printed.evaluable} = {outcome.actual_value} %, counting the ratings gives "
                f"{rate.achieved} of {rate.evaluable} = {rate.rate} %"
            )


def _printed_rates(tables: Tables) -> Iterator[tuple[int, Rate]]:
    for outcome, _, rate in _printed_rate_rows(tables):
        yield outcome.fiscal_year, rate


def _printed_rate_rows(tables: Tables) -> Iterator[tuple[_Printing, Rate, Rate]]:
    """Outcomes that print an achievement rate, the counts they print, and the rate recomputed."""
    for year in years_with_outcomes(tables):
        for outcome in typed_rows(own_rate(outcomes_of(year, tables), tables), _Printing):
            if match := _PRINTED_COUNTS.search(outcome.note):
                printed = Rate(achieved=int(match[1]), evaluable=int(match[2]))
                yield outcome, printed, achievement_rate(year, tables)
