"""The rows of one plan's tables: as first published, what revisions added, and what each of them changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from renkei.area import Plan
from renkei.tables.curated import Curated
from renkei.tables.revision_rows import REVISED, added_rows, revision_rows
from renkei.tables.tidy import Row, Tidy
from renkei.tables.versions import Version


def rows_of_versions(versions: Sequence[Version], curated: Curated, plan: Plan) -> dict[str, list[Row]]:
    """Rows of every table; those that a revision added stand behind those of the plan as first published.

    What a revision changed or ended stands in `revisions.csv` alone.
    """
    targets: dict[str, set[str]] = {}
    for version in versions:
        for of in version.plan.indicators:
            targets.setdefault(of.indicator_id, set()).add(of.said["target"].text)
    retargeted = {indicator_id for indicator_id, texts in targets.items() if len(texts) > 1}
    tidy = [Tidy(version.plan, curated, plan, retargeted) for version in versions]
    of_versions: list[dict[str, list[Row]]] = [
        {"projects": [*of.projects()], "indicators": [*of.indicators()], "costs": [*of.costs()]}
        for of in tidy
    ]
    rows = {name: list(of_versions[0][name]) for name in REVISED}
    revisions: list[Row] = []
    for (before, after), version in zip(pairwise(of_versions), versions[1:], strict=True):
        revisions += revision_rows(plan.first_year, before, after, version)
        for name, added in added_rows(before, after).items():
            rows[name] += added
    return {
        **rows,
        "outcomes": [row for of in tidy for row in of.outcomes()],
        "footnotes": [*tidy[0].footnotes()],
        "revisions": revisions,
    }
