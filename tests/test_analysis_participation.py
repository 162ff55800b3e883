"""What made-up municipalities take part in, worked by hand."""

import pytest
from made_up_tables import PROJECTS, changed, head, made_up, rows_of
from pandas.testing import assert_frame_equal
from renkei.comparison import compare_in_detail
from renkei.errors import ParameterError
from renkei.participation import (
    KINDS,
    Companions,
    Participation,
    ParticipationCounts,
    companions,
    counts_of,
    joined,
    kinds_by_pillar,
    left_out,
    limited,
    of_joined,
    participation_of,
)
from renkei.typed_rows import typed_rows

COLUMNS = ("project_no", "takes_part", "is_for_all", "partners", "participation", "role", "cost_borne")


def test_a_partner_of_some() -> None:
    """B町 joins two projects of all and one of its own; 医療 is the lead's, 交通 is C村's."""
    assert [
        (5, False, False, 0, "none", None, None),
        (1, True, True, 2, "all", "参加", "旅費"),
        (2, True, False, 1, "some", "相談", "会場費"),
        (3, True, True, 2, "all", "案内", None),
        (4, False, False, 1, "none", None, None),
    ] == rows_of(participation_of("B町", made_up()), *COLUMNS)


def test_the_lead_takes_part_in_everything() -> None:
    """Also in what no partner joins, with the role and the costs of the lead."""
    assert [
        (5, True, False, 0, "some", "運営", "全額"),
        (1, True, True, 2, "all", "取りまとめ", "事務費"),
        (2, True, False, 1, "some", "窓口", "人件費"),
        (3, True, True, 2, "all", "発信", "広告費"),
        (4, True, False, 1, "some", "調整", "補助金"),
    ] == rows_of(participation_of("A市", made_up()), *COLUMNS)


def test_each_row_says_what_the_project_is() -> None:
    """Name, pillar, section if it has one, and summary; in the columns that are described."""
    taken = participation_of("C村", made_up())

    assert ["project_no", "name", "pillar", "section", "summary", "takes_part", "partners",
            "municipalities", "is_for_all", "participation", "role", "cost_borne"] == list(taken)  # fmt: skip
    rows = typed_rows(taken, Participation)
    assert Participation(4, "交通", 2, None, "路線維持", True, False, 1, "C村", "運行", "負担金") == rows[4]
    assert [(), ("B町", "C村"), ("B町",)] == [row.partner_names for row in rows[:3]]
    assert ("産業", "会場費") == (rows[2].section, typed_rows(participation_of("B町", made_up()),
                                                          Participation)[2].cost_borne)  # fmt: skip
    assert (None, None) == (rows[2].role, rows[2].cost_borne)


@pytest.mark.parametrize(
    ("municipality", "counts", "kinds"),
    [
        ("A市", ParticipationCounts(5, 5, 3, 3), {1: (2, 1, 0), 2: (0, 2, 0)}),
        ("B町", ParticipationCounts(5, 3, 3, 1), {1: (2, 1, 0), 2: (0, 0, 2)}),
        ("C村", ParticipationCounts(5, 3, 3, 1), {1: (2, 0, 1), 2: (0, 1, 1)}),
    ],
)
def test_counts_of_a_municipality(
    municipality: str, counts: ParticipationCounts, kinds: dict[int, tuple[int, ...]]
) -> None:
    """Of five projects, how many are joined; and by pillar those of all, of some, and left out."""
    taken = participation_of(municipality, made_up())

    assert counts == counts_of(taken)
    assert [(pillar, dict(zip(KINDS, numbers, strict=True))) for pillar, numbers in kinds.items()] == list(
        kinds_by_pillar(taken).items()
    )


def test_which_projects_are_selected() -> None:
    """Joined, left out, and those not of all, for B町."""
    taken = participation_of("B町", made_up())

    assert ([1, 2, 3], [5, 4], [5, 2, 4]) == tuple(
        rows["project_no"].to_list() for rows in (joined(taken), left_out(taken), limited(taken))
    )


def test_who_else_takes_part_in_what_not_all_take_part_in() -> None:
    """B町 does 創業 with the lead alone; the lead does 医療 alone, and 交通 with C村."""
    tables = made_up()

    assert [Companions((2,), (), ("C村",))] == companions("B町", participation_of("B町", tables), tables)
    assert [
        Companions((5,), (), ("B町", "C村")),
        Companions((2,), ("B町",), ("C村",)),
        Companions((4,), ("C村",), ("B町",)),
    ] == companions("A市", participation_of("A市", tables), tables)


def test_projects_with_the_same_partners_stand_together() -> None:
    """交通 is B町's as well now: No. 2 and 4 in one row."""
    tables = made_up(projects=changed(PROJECTS, "2033 4", municipalities="B町"))

    assert [Companions((2, 4), (), ("C村",))] == companions("B町", participation_of("B町", tables), tables)


def test_the_indicators_of_the_projects_that_are_joined() -> None:
    """KPIs belong to no project; those of 交通 and 医療 are not B町's; rows are numbered anew."""
    compared = compare_in_detail(2034, made_up())
    found = of_joined(compared, participation_of("B町", made_up()))

    assert ["2033-01-1", "2033-01-2", "2033-01-3", "2033-02-1", "2033-02-2", "2033-02-3",
            "2033-03-1"] == found["indicator_id"].to_list()  # fmt: skip
    assert list(range(7)) == found.index.to_list()
    assert list(compared) == list(found)


def test_a_partner_that_takes_part_in_nothing() -> None:
    """C村 joins none of five projects: no role, no cost, no indicator."""
    tables = made_up(projects=PROJECTS.replace("B町、C村", "B町").replace(" C村", " B町"))
    taken = participation_of("C村", tables)

    assert ParticipationCounts(5, 0, 5, 0) == counts_of(taken)
    assert {1: {"all": 0, "some": 0, "none": 3}, 2: {"all": 0, "some": 0, "none": 2}} == kinds_by_pillar(
        taken
    )
    assert (0, 5, 5) == (len(joined(taken)), len(left_out(taken)), len(limited(taken)))
    assert taken[["role", "cost_borne"]].isna().all(axis=None)
    compared = compare_in_detail(2034, tables)
    assert_frame_equal(compared.head(0), of_joined(compared, taken), check_index_type=False)


@pytest.mark.parametrize("municipality", ["A市", "C村"])
def test_a_plan_without_projects_has_nobody_taking_part(municipality: str) -> None:
    """Every selection and count works on no rows; truths and numbers stay what they are."""
    tables = made_up(projects=head(PROJECTS))
    taken = participation_of(municipality, tables)

    assert ParticipationCounts(0, 0, 0, 0) == counts_of(taken)
    assert {} == kinds_by_pillar(taken)
    assert (0, 0, 0) == (len(joined(taken)), len(left_out(taken)), len(limited(taken)))
    assert 0 == len(of_joined(compare_in_detail(2034, tables), taken))
    some = participation_of(municipality, made_up())
    assert (
        some.dtypes[["takes_part", "partners", "is_for_all"]].to_dict()
        == taken.dtypes[["takes_part", "partners", "is_for_all"]].to_dict()
    )


def test_a_name_that_is_no_municipalitys_is_refused() -> None:
    """The message names those that there are, the lead first, and the one that was asked for."""
    with pytest.raises(ParameterError) as error:
        participation_of("D市", made_up())

    assert "the municipalities are A市、B町、C村; found “D市”" == str(error.value)


def test_part_of_a_name_is_another_name() -> None:
    """A partner is known by its whole name: BB町 is not B町."""
    taken = participation_of("B町", made_up(projects=changed(PROJECTS, "2033 2", municipalities="BB町")))

    assert ParticipationCounts(5, 2, 3, 0) == counts_of(taken)
