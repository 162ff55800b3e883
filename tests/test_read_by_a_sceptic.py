"""Sentences that a careful reader did not believe, and what they say now."""

# ruff: noqa: E501
import pytest
from renkei import comparison, kpis, outcomes, pace, rate_counts, target_changes
from renkei.comparison import compare_in_detail
from renkei.priorities import priorities
from renkei.report import (
    brief,
    changes,
    kpi_way,
    municipality,
    municipality_points,
    shares,
    targets,
    trajectory_points,
    verdicts,
)
from renkei.report import kpis as kpi_report
from renkei.report import outcomes as outcome_report
from renkei.report import pace as pace_report
from renkei.report.kit import statuses
from renkei.report.kit.pieces import Figure, MainPoints, Piece, Table, Title
from renkei.report.kit.pieces_cards import Cards
from renkei.report.kpi_cards import kpi_cards
from renkei.targets import targets_for

YEARS = range(2024, 2029)
COMPUTED_YEARS = (2024, 2025, 2026, 2027)


def table_of(piece: Piece) -> Table:
    """The piece, which is a table."""
    assert isinstance(piece, Table)
    return piece


def test_113_a_year_is_enough_for_114_by_rounding_alone_and_it_is_said() -> None:
    """Job fairs: 222 - 109 seen in a year, (450 - 222) / 2 needed; so two of eight fall short, six do not."""
    required = pace.required_pace()
    assert ((222 - 109) / 1, (450 - 222) / 2) == (113, 114)

    headline, detail = trajectory_points._pace(required)[0]
    assert (
        "最新値が目標に届いていない17指標のうち、速さを比べられる8指標では、2指標の改善が必要な速さに足りない"
        == headline
    )
    assert detail.startswith(
        "足りないのは「プログラム等への参加者数」「20~29歳人口における道外への社会増減数」(起点の実績は参考記載)。"
        "残る6指標は、必要な速さに達した(うち1指標は、四捨五入して1.0倍となるもの)。"
    )
    chart = pace_report.pace_chart(required)
    assert isinstance(chart, Figure)
    assert "速さを比べられる8指標のうち2指標で、改善が必要な速さに足りない" == chart.title
    assert "1.0倍(113人/114人)" in chart.alt


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2025, "2件は最新値で目標に届いておらず、3件は最新値では判定できない。"),
        (2026, "「家屋比準評価の導入」は、最新値では判定できない。"),
        (2027, "2件は最新値で目標に届いておらず、8件は最新値では判定できない。"),
        (2028, "「圏域内民営事業所売上」ほか3件は、最新値で目標に届いていない。"),
    ],
)  # fmt: skip
def test_a_brief_tells_missed_targets_from_those_that_cannot_be_judged(year: int, said: str) -> None:
    """229 of 255 data sets are known not to be enough; a system to be built is not judged by a number."""
    compared = compare_in_detail(year)
    first = priorities(compared)[0]

    assert "due_open" == first.kind
    assert said == brief._said(first, year, has_due=True)[1]


def test_a_brief_says_that_the_earlier_outcome_is_partly_expected() -> None:
    """285 were expected for March, 85 had come by December."""
    fell = next(of for of in priorities(compare_in_detail(2024), 5) if of.kind == "fell")

    assert (
        "「合同企業説明会・セミナー等の参加人数」は、2021年度の一覧の実績(年度末の見込みを含む)では目標を満たす水準にあったが、"
        "最新値では届いていない。"
    ) == brief._said(fell, 2024, has_due=False)[1]


@pytest.mark.parametrize("year", YEARS)
def test_cards_say_what_a_computed_target_is_where_there_is_one(year: int) -> None:
    """The word 試算 is explained where it stands first; in the last year nothing is computed."""
    cards = kpi_cards(compare_in_detail(year), year)
    assert isinstance(cards, Cards)
    remark = "(「試算」は札幌市の示した値ではない)" if year in COMPUTED_YEARS else ""

    assert f"基本KPIの最新値と{year}年度の目標{remark}" == cards.title


@pytest.mark.parametrize("year", YEARS)
def test_cards_say_calendar_years_where_the_plan_does(year: int) -> None:
    """30兆7千億円(2028年) is of a calendar year, 35,000千人(2028年度) of a fiscal one."""
    cards = kpi_cards(compare_in_detail(year), year)
    assert isinstance(cards, Cards)
    computed = "の試算" if year in COMPUTED_YEARS else ""

    assert [
        f"{year}年{computed}",
        f"{year}年度{computed}",
        f"{year}年度{computed}",
        f"{year}年{computed}",
    ] == [card.target_note for card in cards.cards]


@pytest.mark.parametrize(
    ("year", "finding"),
    [
        (2025, "割合を求められる33指標のうち16指標で、最新値が2025年度の目標(試算を含む)に届いていない"),
        (2028, "割合を求められる29指標のうち12指標で、最新値が2028年度の目標に届いていない"),
    ],
)
def test_the_chart_of_shares_says_that_it_has_computed_targets(year: int, finding: str) -> None:
    """The headline above counts the plan's own targets alone, this chart all."""
    chart = verdicts.newest_chart(compare_in_detail(year), year)
    assert isinstance(chart, Figure)

    assert finding == chart.title
    assert finding.partition("最新値が")[2].partition("に届いて")[0] in chart.measure


@pytest.mark.parametrize("year", YEARS)
def test_what_is_computed_is_explained_only_where_something_is(year: int) -> None:
    """In the last year there is no 試算, and no note on it."""
    compared = compare_in_detail(year)
    chart = verdicts.status_chart(compared, year)
    assert isinstance(chart, Figure)
    notes = [
        chart.measure,
        table_of(kpi_report.target_table(compared, year)).note,
        table_of(targets.full_table(compared, year)).note,
    ]

    assert [year in COMPUTED_YEARS] * 3 == ["試算" in note for note in notes]


def test_a_running_total_is_spread_over_the_years_until_it_is_due() -> None:
    """3,500 until FY2027 are 875 a year: four years from the plan's first, not the five of the plan."""
    of_year = {
        year: targets_for(year).set_index("indicator_id")["target_value"]["2024-08-2"]
        for year in (2024, 2025, 2026)
    }

    assert {2024: 875, 2025: 1750, 2026: 2625} == of_year
    assert (
        "按分は累計の目標を計画の初年度から期限の年度までの各年度に等しく割り振った値。"
        in statuses.computed_note()
    )


@pytest.mark.parametrize("year", YEARS)
def test_a_municipality_says_that_its_counts_are_of_its_projects(year: int) -> None:
    """Without the KPIs: 26 and 9 in FY2028, where the report on all targets has 30 and 13."""
    compared = compare_in_detail(year)
    joined = compared[compared["project_no"].notna()]
    headline, _ = municipality_points._verdict_point(joined, year)
    whole, _ = verdicts.distance_point(compared, year)

    assert headline.startswith(f"参加する事業について、ビジョンが{year}年度に求める目標に")
    if year == 2028:
        assert (
            headline.endswith("比べられる26指標のうち9指標"),
            whole.endswith("比べられる30指標のうち13指標"),
        ) == (True, True)
    due = municipality_points._due_point(joined, year)[0]
    assert due == "" or due.startswith(f"参加する事業で{year}年度に期限を迎える目標は")


def test_a_municipality_names_the_list_among_what_it_is_from() -> None:
    """It shows outcomes of 2021 and where the list names it, so the date of data has both documents."""
    compared = compare_in_detail(2025)
    own, whole = municipality.title("千歳市", compared, 2025), targets.title(compared, 2025)
    assert isinstance(own, Title)
    assert isinstance(whole, Title)

    assert whole.imprint == own.imprint
    assert "2021年度" in own.summary


def test_counts_behind_a_rate_have_no_counter_that_the_list_does_not_use() -> None:
    """9 of 21 people, not 9 of 21 件."""
    said = shares.small_denominators(rate_counts.small_denominators(2021)).summary

    assert "の42.9%は、分母21、分子9の割合である" in said
    assert "21件" not in said
    assert said.endswith("分母が30に満たない割合は、分子が1増減するだけで大きく動く。")


def test_an_expected_value_is_not_said_to_have_been_achieved() -> None:
    """Of the four far above their targets one is rated ○, and one counts a meeting that was still to be held."""
    points = outcome_report.main_points(outcomes.outcomes_of(2021), 2021)
    assert isinstance(points, MainPoints)

    assert "実績(年度末の見込みを含む)が目標の2倍以上の指標は4件" == points.points[-1].headline


def test_a_new_target_stands_in_the_unit_that_its_indicator_has_everywhere() -> None:
    """13千人 with a baseline of 4,320人 is 13,000人; 150名 with one of 108人 is 人."""
    compared = comparison.compared_years().drop_duplicates("indicator_id")
    table = table_of(changes.dropped_table(target_changes.target_changes_in_detail(compared)))
    found = {row[0].text: (row[3].text, row[4].number) for group in table.groups for row in group.rows}

    assert ("人", 13000) == found["アプリのユーザー数"]
    assert ("人", 150) == found["連携中枢市町村の企業へ就職する支援対象者数"]


def test_the_whole_way_says_of_which_years_its_newest_values_are() -> None:
    """Mostly the plan's own baselines of FY2022: so are the verdicts on FY2028."""
    years = comparison.compared_years()
    detail = trajectory_points._last_year(years)[0][1]

    assert (
        "比べた最新値は、2022年(度)の基準値が25指標、年の記載のない基準値が2指標、2020年(度)の基準値が1指標、"
        in detail
    )


def test_the_chart_of_the_way_says_what_is_for_reference_only() -> None:
    """▲3,252人 of 2019 was before the area was formed."""
    way = kpis.kpi_way(comparison.compared_years().drop_duplicates("indicator_id"))
    chart = kpi_way.way_chart(way)
    assert isinstance(chart, Figure)

    assert "実績値▲3,252人 (2019年)(参考)" in chart.alt
    assert 1 == chart.alt.count("(参考)")
