"""A sample of what `make damages` does: a damaged line is refused, changes nothing, or is told."""

import random
from collections.abc import Iterator

import damages
import pytest
from damages import KINDS, Damage, all_damages, damaged, lines_of, outcome
from renkei.tables import build as building
from renkei.tables.differences import Differences, Project


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """What stays the same from damage to damage is read once."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in [*damages.remember_what_stays()]:
            patch.setattr(module, name, value)
        yield


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("part", range(4))
def test_no_line_changes_a_row_without_a_word(part: int) -> None:
    """Of 300 damages to single lines, the same ones each time; `make damages` does all of them."""
    sample = random.Random(damages.SEED).sample(all_damages(), 300)[part::4]  # noqa: S311

    assert [] == [f"{of}: {said}" for of in sample if (said := outcome(of)).startswith("silent")]


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize(
    ("source", "number", "kind", "becomes"),
    [
        # Those that once changed numbers or rows and were not noticed.
        ("status_list_fy2021", 14, "blank", "refused"),
        ("vision_2024_2028", 208, "blank", "told, words"),
        ("vision_2024_2028", 462, "blank", "refused"),
        ("vision_2024_2028", 1698, "blank", "refused"),
        ("vision_2024_2028", 4090, "blank", "refused"),
        ("vision_2024_2028", 1385, "twice", "refused"),
        ("vision_2024_2028", 3637, "twice", "refused"),
        ("status_list_fy2021", 21, "swapped", "refused"),
        ("vision_2024_2028", 462, "a mark added", "refused"),
        ("status_list_fy2021", 14, "a digit changed", "told, a number or a row"),
    ],
)
def test_a_known_damage_is_not_silent(source: str, number: int, kind: str, becomes: str) -> None:
    """A lost indicator and a footnote's mark in a number are refused; another number is told."""
    assert becomes == outcome(Damage(source, number - 1, kind, damages.SEED))


@pytest.mark.usefixtures("remembered")
def test_a_change_that_is_not_told_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The damages are judged by the rows themselves, not by what tells of them."""
    changed = Damage("status_list_fy2021", 13, "a digit changed", damages.SEED)
    monkeypatch.setattr(damages, "differences", lambda *_: Differences({Project("2019", "77"): ("all",)}))

    assert "silent: 2019 No. 2" == outcome(changed)


def test_every_kind_of_damage_is_done() -> None:
    """Each of them changes some line, and no two of them do the same."""
    lines = lines_of("status_list_fy2021")
    done = [damaged(Damage("status_list_fy2021", 13, kind, damages.SEED)) for kind in KINDS]

    assert None not in done
    assert lines not in done
    assert len(KINDS) == len({tuple(of or ()) for of in done})


def test_the_documents_as_they_are_change_nothing() -> None:
    """Without a damage the tables are those that are committed."""
    read = dict(damages.contents().values())

    assert damages.tables_that_stand() == {
        name: text for name, (text, _) in building.tables_of(read, damages.CHECKOUT).items()
    }
