"""What is particular to an area: its municipalities, plans and pillars, from `data/area.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from renkei.checkout import Checkout
from renkei.errors import TableError
from renkei.fiscal_year import FiscalYear


@dataclass(frozen=True)
class Municipality:
    """A municipality: its name, and its romanised name in the names of files."""

    name: str
    romaji: str


@dataclass(frozen=True)
class Issuer:
    """Who issues the reports and whom readers ask; an example until the user has put in their own."""

    name: str
    contact: str
    is_example: bool = False


@dataclass(frozen=True)
class Plan:
    """A plan (ビジョン), named by its first fiscal year, with its title and a shorter one."""

    first_year: int
    last_year: int
    title: str
    short_title: str

    @property
    def fiscal_years(self) -> tuple[FiscalYear, ...]:
        """The fiscal years of the plan, first to last."""
        return tuple(FiscalYear(year) for year in range(self.first_year, self.last_year + 1))


@dataclass(frozen=True)
class Pillar:
    """A role (役割) that the plans give to the area, and the parts that a plan divides it into.

    `garbled_parts` are headings of parts as a document has them that cannot be read for certain.
    """

    number: int
    name: str
    parts: tuple[str, ...] = ()
    garbled_parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """An area of joint projects; partners in the documents' order, plans oldest first.

    `outcome_year` is the fiscal year whose outcomes the targets of the newest plan are held against;
    `rate_indicator` names the indicator that is the achievement rate itself, empty where none is; `issuer`
    stands on the first page of each report.
    """

    name: str
    lead: Municipality
    partners: tuple[Municipality, ...]
    all_partners: str
    plans: tuple[Plan, ...]
    pillars: tuple[Pillar, ...]
    outcome_year: int
    rate_indicator: str = ""
    issuer: Issuer | None = None

    @classmethod
    def current(cls) -> Area:
        """The area of the current checkout; see `of`."""
        return cls.of(Checkout.current())

    @classmethod
    def of(cls, checkout: Checkout) -> Area:
        """The area that `data/area.toml` of a checkout describes.

        Raises TableError, naming the key, for a file that is missing or does not read as expected.
        """
        path = checkout.area
        try:
            changed = path.stat().st_mtime_ns
        except OSError as error:
            raise TableError(
                f"{checkout.relative(path)}: the file is missing; it names municipalities, plans and pillars"
            ) from error
        return _read(path, checkout.relative(path), changed)

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The lead, then its partners."""
        return (self.lead, *self.partners)

    @property
    def partner_names(self) -> tuple[str, ...]:
        """The partners' names."""
        return tuple(partner.name for partner in self.partners)

    @property
    def plan(self) -> Plan:
        """The newest plan, whose targets the reports are about."""
        return self.plans[-1]

    @property
    def plan_before(self) -> Plan | None:
        """The plan that the newest one followed; None for the first of all."""
        return self.plans[-2] if len(self.plans) > 1 else None

    def plan_of(self, first_year: int) -> Plan:
        """The plan of that name; a TableError names those that there are."""
        for plan in self.plans:
            if plan.first_year == first_year:
                return plan
        known = ", ".join(str(plan.first_year) for plan in self.plans)
        raise TableError(f"data/area.toml has the plans {known}, none of {first_year}; add it there")

    def written_out(self, published: str) -> str:
        """The partners that a cell names, joined by 、 with the word for all of them written out.

        Raises ValueError for a name that is no partner, or one said twice.
        """
        if published == self.all_partners:
            return "、".join(self.partner_names)
        names = published.split("、")
        strangers = [name for name in names if name not in self.partner_names]
        if strangers or len(set(names)) != len(names):
            raise ValueError(
                f"each of {'、'.join(self.partner_names)} at most once was expected, found “{published}”"
            )
        return published


@cache
def _read(path: Path, shown_path: str, changed: int) -> Area:
    # Imported here: a command that needs no area starts without it.
    import msgspec

    try:
        area = msgspec.toml.decode(path.read_bytes(), type=Area)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise TableError(
            f"{shown_path}: name, lead, partners, all_partners, plans, pillars and outcome_year were "
            f"expected, found: {error}"
        ) from error
    _demand_sound(area, shown_path)
    return area


def _demand_sound(area: Area, shown_path: str) -> None:
    problems = []
    names = [municipality.name for municipality in area.municipalities]
    romaji = [municipality.romaji for municipality in area.municipalities]
    for what, values in (("name", names), ("romanised name", romaji)):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            problems.append(f"each {what} of a municipality once, found {', '.join(twice)} more than once")
    problems += [
        f"romanised names of small letters a to z, found “{name}”"
        for name in romaji
        if not (name.isascii() and name.isalpha() and name.islower())
    ]
    if not area.plans:
        problems.append("at least one plan, found none")
    last = 0
    for plan in area.plans:
        if not last < plan.first_year <= plan.last_year:
            problems.append(
                f"plans oldest first, none of a year of another, found {plan.first_year} to {plan.last_year}"
            )
        last = plan.last_year
    numbers = [pillar.number for pillar in area.pillars]
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append(f"pillars 1, 2, 3 …, found {', '.join(map(str, numbers)) or 'none'}")
    if problems:
        raise TableError(f"{shown_path}: there was expected", tuple(problems))
