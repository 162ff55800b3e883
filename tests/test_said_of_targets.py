"""What the targets' reports, their cards and the whole way say: each number worked out with the documents open."""

# ruff: noqa: E501
import re
from collections import Counter

import pandas as pd
import pytest
from renkei import baselines, comparison, cost_measures, costs, kpis, pace, target_changes
from renkei.comparison import compare_in_detail
from renkei.report import targets, trajectory, trajectory_points, verdicts
from renkei.report.kit import statuses
from renkei.report.kit.pieces import Figure, MainPoints, Table
from renkei.report.kit.pieces_cards import Cards
from renkei.report.kpi_cards import kpi_cards
from renkei.targets import COMPUTED_BASES
from second_comparison import second_implementation

TURNED = (
    "「誘致施策を活用した立地企業数」「生活困窮者自立支援法の任意事業に関する取組や課題等について情報共有するための"
    "会議の回数」「コンサートの参加学校数」は、2021年度の一覧の実績では届いていなかったが、最新値では満たす水準にある。"
    "「合同企業説明会・セミナー等の参加人数」は、2021年度の一覧の実績では満たす水準にあったが、最新値では届いていない。"
)


def points_of(year: int, compared: pd.DataFrame | None = None) -> dict[str, str]:
    """The main points of a year's targets: details by headline."""
    rows = compare_in_detail(year) if compared is None else compared
    cost = costs.cost_of_year(cost_measures.measures_by_project(), year)
    found = targets.main_points(rows, cost, year)
    assert isinstance(found, MainPoints)
    return {point.headline: point.detail for point in found.points}


def way_points() -> dict[str, str]:
    """Those of the whole way."""
    years = comparison.compared_years()
    compared = years.drop_duplicates("indicator_id")
    measures, cost_years = cost_measures.measures_by_project(), costs.years_with_costs()
    found = trajectory_points.main_points(
        target_changes.target_changes_in_detail(compared), years, baselines.targets_with_baselines(),
        kpis.kpi_way(compared), pace.required_pace(), costs.cost_of_year(measures, cost_years[-1]),
        cost_measures.unmeasured_share(measures, cost_years), cost_years,
    )  # fmt: skip
    assert isinstance(found, MainPoints)
    return {point.headline: point.detail for point in found.points}


#: Missed and judged of the plan's own targets; and of which years the judged values are.
DISTANCE = {
    2024: (26, 9, {"2022年(度)の基準値": 22, "年の記載のない基準値": 2, "2023年(度)の基準値": 1, "2021年(度)の実績": 1}),
    2025: (28, 11, {"2022年(度)の基準値": 23, "年の記載のない基準値": 2, "2021年(度)の実績": 2, "2023年(度)の基準値": 1}),
    2026: (26, 9, {"2022年(度)の基準値": 22, "年の記載のない基準値": 2, "2023年(度)の基準値": 1, "2021年(度)の実績": 1}),
    2027: (28, 11, {"2022年(度)の基準値": 24, "年の記載のない基準値": 2, "2023年(度)の基準値": 1, "2021年(度)の実績": 1}),
    2028: (30, 13, {"2022年(度)の基準値": 25, "年の記載のない基準値": 2, "2020年(度)の基準値": 1, "2023年(度)の基準値": 1,
                    "2021年(度)の実績": 1}),
}  # fmt: skip


@pytest.mark.parametrize("year", DISTANCE)
def test_how_far_the_targets_are(year: int) -> None:
    """By the newest value, of the plan's own targets; the app has 4,320 of 13,000, job fairs 222 of 450."""
    judged, missed, sources = DISTANCE[year]
    headline, detail = next(iter(points_of(year).items()))

    assert (
        f"ビジョンが{year}年度に求める目標に最新値で届いていないのは、比べられる{judged}指標のうち{missed}指標"
        == headline
    )
    # The second implementation has the same years and origins.
    rows = [row for row in second_implementation(year) if row["basis"] not in COMPUTED_BASES]
    by_hand = Counter(
        (row["newest_origin"], row["newest_year"]) for row in rows if row["newest_gap"] is not None
    )
    assert sorted(by_hand.values(), reverse=True) == list(sources.values())
    assert judged == sum(sources.values())
    assert missed == sum(row["newest_status"] == "not_met" for row in rows)
    assert sources == {words: int(count) for words, count in re.findall(r"([^、は]+)が(\d+)指標", detail)}
    furthest = (
        "「アプリのユーザー数」で、目標の33%(4,320人→13,000人)"
        if year == 2025
        else "「体験付き仕事説明会来場者の就業者数」で、目標の49%(222人→450人)"
    )
    assert detail.endswith(f"最も遠いのは{furthest}。")


#: By the outcome of 2021, computed targets among them: judged and missed.
BY_OUTCOME = {2024: (23, 12), 2025: (24, 13), 2026: (23, 12), 2027: (23, 12), 2028: (22, 11)}


@pytest.mark.parametrize("year", BY_OUTCOME)
def test_what_the_outcome_alone_would_say(year: int) -> None:
    """Four verdicts turn, three to the better; and how many the outcome of 2021 judges and misses."""
    judged, missed = BY_OUTCOME[year]
    statuses = [row["status"] for row in second_implementation(year) if row["gap"] is not None]

    assert (judged, missed) == (len(statuses), statuses.count("not_met"))
    assert (
        f"{TURNED}2021年度の一覧の実績だけで見ると、試算を含めて比べられる{judged}指標のうち{missed}指標で届いていなかった。"
        == points_of(year)["2021年度の一覧の実績と最新値とで、4指標の判定が分かれる"]
    )


def test_what_is_due_and_what_is_past() -> None:
    """Of FY2025 five, of FY2026 one after these five, of FY2027 ten after six, of FY2028 the KPIs after sixteen."""
    found = {
        year: [headline for headline in points_of(year) if "期限" in headline] for year in range(2024, 2029)
    }

    assert {
        2024: [],
        2025: ["2025年度に期限を迎える目標は5件"],
        2026: ["2026年度に期限を迎える目標は1件", "期限が2026年度より前の目標は5件"],
        2027: ["2027年度に期限を迎える目標は10件", "期限が2027年度より前の目標は6件"],
        2028: ["2028年度に期限を迎える目標は4件", "期限が2028年度より前の目標は16件"],
    } == found
    assert "「家屋比準評価の導入」。" == points_of(2026)["2026年度に期限を迎える目標は1件"]


#: Of 82 so many have a computed target, and of these so many are judged: each misses a line from its own baseline.
COMPUTED = {2024: (11, 7), 2025: (10, 6), 2026: (10, 6), 2027: (4, 4)}


@pytest.mark.parametrize("year", COMPUTED)
def test_what_this_system_computed_stands_apart(year: int) -> None:
    """And what it misses is no delay."""
    targets_computed, judged = COMPUTED[year]

    assert (
        "札幌市の示した値ではないため「試算」と付し、判定は分けて数えた。"
        f"最新値と比べられる{judged}指標すべてで試算に届いていない。"
        "いずれも最新値が試算の起点とした基準値そのものであり、届いていないことは遅れを意味しない。"
        == points_of(year)[f"82指標のうち{targets_computed}指標の年度値は本システムによる試算"]
    )


def test_the_last_year_has_no_computed_target() -> None:
    """Everything that is asked of FY2028 is the plan's own."""
    assert not [headline for headline in points_of(2028) if "試算" in headline]


def test_computed_targets_that_miss_for_another_reason_are_told_apart() -> None:
    """Of two, one of which has an actual that misses, one starts at its baseline; met ones miss nothing."""
    rows = compare_in_detail(2025)
    two = rows[rows["indicator_id"].isin(["2024-K2", "2024-14-1"])].copy()
    two.loc[two["indicator_id"] == "2024-K2", "newest_origin"] = "actual"
    one, met = two[two["newest_origin"] == "baseline"], two.assign(newest_status="met")

    [mixed], [alone], [reached] = (
        [detail for headline, detail in points_of(2025, of).items() if "試算" in headline]
        for of in (two, one, met)
    )
    assert "2指標すべてで試算に届いていない。そのうち1指標は、最新値が試算の起点とした" in mixed
    assert "最新値と比べられる1指標で試算に届いていない。最新値が試算の起点とした" in alone
    assert reached.endswith("最新値と比べられる2指標では、試算を満たす水準にある。")


def test_a_year_in_which_nothing_was_missed_before_says_so() -> None:
    """Joint meetings alone: met in 2021, missed now; of one indicator nothing is a part of."""
    rows = compare_in_detail(2025)
    found = points_of(2025, rows[rows["indicator_id"] == "2024-41-4"])

    assert (
        "試算を含めて比べられる1指標では、届いていないものはなかった。"
        in found["2021年度の一覧の実績と最新値とで、1指標の判定が分かれる"]
    )
    assert "ビジョンが2025年度に求める目標に最新値で届いていないのは、比べられる1指標" in found


def test_tables_of_what_is_missed_and_met() -> None:
    """Of FY2025 the plan's eleven and six computed ones missed, seventeen met: as their heads count them."""
    compared = compare_in_detail(2025)
    missed, met = verdicts.missed_table(compared), verdicts.met_table(compared)

    assert isinstance(missed, Table)
    assert isinstance(met, Table)
    assert [("ビジョンが定めた目標(11件)", 11), ("本システムによる試算(6件)", 6)] == [
        (group.head, len(group.rows)) for group in missed.groups
    ]
    assert [("ビジョンが定めた目標(17件)", 17)] == [(group.head, len(group.rows)) for group in met.groups]
    assert ("最新値が届いていない目標(遠い順)(17件)", "最新値が既に満たす目標(17件)") == (
        missed.caption,
        met.caption,
    )
    status = verdicts.status_table(compared, 2025)
    assert isinstance(status, Table)
    # By the newest value and by the outcome: met, missed, computed missed, unknown, unlike, in words, not asked.
    assert [[17, 11], [11, 9], [6, 4], [22, 13], [0, 19], [20, 20], [6, 6]] == [
        [row[1].number, row[2].number] for row in status.groups[0].rows
    ]
    assert 82 == sum(row[1].number or 0 for row in status.groups[0].rows)


@pytest.mark.parametrize(("year", "shared", "below"), [(2024, 32, 15), (2025, 33, 16), (2028, 29, 12)])
def test_the_chart_counts_what_has_a_share(year: int, shared: int, below: int) -> None:
    """All that is judged but 社会増減, whose numbers are negative; thirteen stand just at their targets."""
    found = verdicts.newest_chart(compare_in_detail(year), year)

    assert isinstance(found, Figure)
    assert (
        f"割合を求められる{shared}指標のうち{below}指標で、最新値が{year}年度の目標{'' if year == 2028 else '(試算を含む)'}に届いていない"
        == found.title
    )
    assert found.measure.endswith("。目標とちょうど同じ13件は省いた")
    assert shared - 13 == len(found.numbers.rows)


def test_what_the_newest_values_are_is_explained() -> None:
    """Of FY2026: 32 judged, of which 27 by baselines of 2022; five are past."""
    text = verdicts.newest_explained(compare_in_detail(2026)).summary

    assert "判定した32指標では、2022年(度)の基準値が27指標、年の記載のない基準値が2指標、" in text
    assert text.endswith(
        "期限がこの年度より前の5指標は、この年度には求められていないため判定せず、数えない。"
    )
    assert "期限" not in verdicts.newest_explained(compare_in_detail(2025)).summary


def test_the_cards_of_the_kpis() -> None:
    """Of FY2028: newest value with its year, the plan's own target, and whether it is met."""
    found = kpi_cards(compare_in_detail(2028), 2028)

    assert isinstance(found, Cards)
    assert [
        ("28.9兆円", "2020年の基準値", "30.7兆円", "2028年", "▼ 届いていない"),
        ("30,273千人", "2022年度の基準値", "35,000千人", "2028年度", "▼ 届いていない"),
        ("151,149人/日", "2022年度の基準値", "191,851人/日", "2028年度", "▼ 届いていない"),
        ("▲2,588人", "2022年の基準値", "▲650人", "2028年", "▼ 届いていない"),
    ] == [
        (
            card.value.words,
            card.value_note,
            card.target.words,
            card.target_note,
            card.verdict and card.verdict.text,
        )
        for card in found.cards
    ]
    # 17,750千人 of FY2020, 30,273 of FY2022, 35,000 of FY2028; 社会増減's start is given for reference only.
    assert [[2020, 2028], [2020, 2022, 2028], [2020, 2022, 2028], [2022, 2028]] == [
        [point.year for point in card.way] for card in found.cards
    ]


def test_a_card_of_a_year_between_has_no_verdict() -> None:
    """Of FY2025, on the way that starts at the newest value: half of it from FY2022 to FY2028."""
    found = kpi_cards(compare_in_detail(2025), 2025)

    assert isinstance(found, Cards)
    assert [None] * 4 == [card.verdict for card in found.cards]
    # 30,273 + 4,727 / 2 is 32,636.5, and no less may be asked; 151,149 + 40,702 / 2; -2,588 + 969.
    assert [32_637, 171_500, -1_619] == [card.way[-2].value.number for card in found.cards[1:]]
    assert ["computed"] * 4 == [card.target.mark for card in found.cards]


def test_what_is_reached_on_the_whole_way() -> None:
    """17 of 30 of FY2028's targets, 16 of 32 at the baseline: 13 just so, three below."""
    found = way_points()

    assert (
        "2021年度の一覧の実績では、比べられる22指標のうち11指標であった。比べた最新値は、2022年(度)の基準値が25指標、"
        "年の記載のない基準値が2指標、2020年(度)の基準値が1指標、2023年(度)の基準値が1指標、"
        f"2021年(度)の実績が1指標である。{TURNED}"
        == found["2028年度の目標を最新値が既に満たすのは、比べられる30指標のうち17指標"]
    )
    assert (
        "目標が基準値と同じものが13件、基準値を下回るものが3件。基準値より高い水準を求めるものは16件。"
        == found["数値の目標と基準値のある32指標のうち16指標が、基準値の時点で既に目標の水準にある"]
    )


def test_what_the_whole_way_says_of_before_and_of_changes() -> None:
    """観光 5.6 % below, 札幌駅 1.0 % above; 8 raised, 21 kept, 3 lowered, and what cannot be compared."""
    found = way_points()

    before = found["「観光入込客数」の目標は、新型コロナウイルス感染症の流行前の水準を下回る"]
    assert "「圏域内民営事業所売上」の2028年の目標は、2015年の水準を10.0%上回る。" in before
    assert "「観光入込客数」の2028年度の目標は、2017年度の水準を5.6%下回る。" in before
    assert before.endswith("の2028年度の目標は、2017年度の水準を1.0%上回る。")
    assert 3 == before.count("。")
    assert (
        "文言から数値へ変わったものが1件、範囲や定義が変わり、大小を比べられないものが11件、廃止されたものが36件、"
        "新設されたものが38件。"
        == found["前のビジョンと定義が同じ目標のうち、引上げ8件、据置き21件、引下げ3件"]
    )


def test_what_the_whole_way_says_of_pace() -> None:
    """Of 17 open ones eight can be compared; プログラム and 社会増減 are slower, two became worse."""
    detail = way_points()[
        "最新値が目標に届いていない17指標のうち、速さを比べられる8指標では、2指標の改善が必要な速さに足りない"
    ]

    assert "。残る6指標は、必要な速さに達した(うち1指標は、四捨五入して1.0倍となるもの)。" in detail
    assert detail.endswith(
        "このほか「本ビジョンに掲げる各連携事業の評価指標の達成割合」「合同企業説明会・セミナー等の参加人数」は、改善していない。"
    )


def test_the_chart_of_all_years_counts_what_is_missed() -> None:
    """9 in FY2024, 13 in FY2028; and each year's numbers make 82."""
    found = trajectory.statuses_chart(comparison.compared_years())

    assert isinstance(found, Figure)
    assert "ビジョンが定めた目標に最新値で届いていないのは、2024年度は9件、2028年度は13件" == found.title
    # Met, missed, computed met and missed, unknown, unlike, in words, not asked.
    assert {
        "2024年度": [17, 9, 0, 7, 20, 0, 19, 10],
        "2025年度": [17, 11, 0, 6, 22, 0, 20, 6],
        "2026年度": [17, 9, 0, 6, 20, 0, 20, 10],
        "2027年度": [17, 11, 0, 4, 23, 0, 20, 7],
        "2028年度": [17, 13, 0, 0, 16, 0, 19, 17],
    } == {name.words: [cell.number for cell in cells] for name, *cells in found.numbers.rows}
    for name, *cells in found.numbers.rows:
        counted = Counter(
            ("computed_" if row["basis"] in COMPUTED_BASES and row["newest_gap"] is not None else "")
            + row["newest_status"]
            for row in second_implementation(int(name.words[:4]))
        )
        assert [counted[kind] for kind in statuses.STATUSES] == [cell.number for cell in cells]


def test_the_table_of_baselines_has_a_part_for_each_kind() -> None:
    """Three, thirteen and sixteen."""
    found = trajectory.baselines_table(baselines.targets_with_baselines())

    assert isinstance(found, Table)
    assert [("目標が基準値を下回る(3件)", 3), ("目標が基準値と同じ(13件)", 13),
            ("目標が基準値より高い水準を求める(16件)", 16)] == [
        (group.head, len(group.rows)) for group in found.groups
    ]  # fmt: skip
    assert "基準値と目標値(32指標)" == found.caption
