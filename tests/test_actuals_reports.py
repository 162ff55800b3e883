"""Reports with made-up actuals, half a year and then three years, in page, PDF and workbook."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import in_process
import made_up_actuals as made_up
import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, made_once
from page_text import page_text
from read_back import demand_in_html, demand_in_pdf, demand_in_workbook
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.outcomes import outcomes_of
from renkei.page.content import Content
from renkei.page.html import html_page
from renkei.page.pdf import pdf_of
from renkei.page.xlsx import workbook_of
from renkei.rated import contradicted_ratings
from renkei.ratings import unjudged_by_reason
from renkei.report import kpis
from renkei.report.kit.piece_json import to_json
from renkei.report.ratings import ratings_chart
from renkei.report.year_change import change_point, change_table
from renkei.report.year_words import coverage_words
from renkei.year_change import year_changes
from renkei.year_rates import coverage_of, rates_by_year

HALF = (made_up.half_of_fy2024,)
THREE = (made_up.all_of_fy2024, made_up.all_of_fy2025, made_up.few_of_fy2026)


@pytest.fixture(scope="session")
def scenarios(shared: Path) -> Callable[[str], Checkout]:
    """Copies of the project with made-up actuals, each built once: half of FY2024, or three years."""

    def make(years: tuple[Callable[[Checkout], None], ...]) -> Callable[[Path], None]:
        def fill(folder: Path) -> None:
            for name in ("data", "notebooks"):
                shutil.copytree(ROOT / name, folder / name)
            made_up.with_actuals(Checkout(folder), *years)

        return fill

    def scenario(name: str) -> Checkout:
        return Checkout(made_once(shared / f"actuals-{name}", make(HALF if name == "half" else THREE)))

    return scenario


@pytest.fixture
def half(scenarios: Callable[[str], Checkout], monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """Half of FY2024 is in, all of it provisional."""
    return _enter(scenarios("half"), monkeypatch)


@pytest.fixture
def three(scenarios: Callable[[str], Checkout], monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """FY2024 final and one value corrected, FY2025 in but for ten final values, FY2026 just begun."""
    return _enter(scenarios("three"), monkeypatch)


def _enter(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(checkout.root))
    return checkout


@cache
def _content(root: Path, family: str, parameters: str) -> Content:
    return in_process.content(family, f"{parameters}  # in {root}")


def content(checkout: Checkout, family: str, fiscal_year: int | None = None) -> Content:
    """What the report of a family says in a scenario; each made once."""
    parameters = "" if fiscal_year is None else f"fiscal_year = {fiscal_year}; municipality = '千歳市'"
    return _content(checkout.root, family, parameters)


def text(checkout: Checkout, family: str, fiscal_year: int | None = None) -> str:
    """The page as text."""
    return page_text(html_page(content(checkout, family, fiscal_year)))


def heads(checkout: Checkout, family: str, fiscal_year: int | None = None) -> str:
    """Its main points."""
    return "\n".join(f"{of.headline}。{of.detail}" for of in content(checkout, family, fiscal_year).points)


def pieces(of: Content) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(to_json(piece))) for piece in of.pieces]


def test_a_half_filled_rate_says_how_much_of_it_is_in(half: Checkout) -> None:
    """In headline, lead, table and chart: 36 of the 77 that are counted, all provisional."""
    coverage = coverage_of(outcomes_of(2024))
    assert (77, 36, 36, 41) == (coverage.counted, coverage.reported, coverage.provisional, coverage.missing)
    said = text(half, "outcomes", 2024)
    part = "77指標のうち36指標が報告済み、すべて暫定"

    assert f"達成割合は76.67%(30指標のうち23指標。{part})" in heads(half, "outcomes", 2024)
    assert "報告済みの36指標では、達成割合は、量で測る目標で60.00%" in heads(half, "outcomes", 2024)
    assert f"評価指標の達成状況をまとめたもの({part})。" in said
    assert "| 未報告 | 41 | 対象外 |" in said
    assert "title: 報告済みの36指標では、達成割合が最も低いのは役割1の72.73%(11指標のうち8指標)" in said
    assert 4 <= said.count(part)
    assert "| 30.7 / 2028年 | 集計中 | ・2024年度の状況(架空) |" in said
    assert "| 35,000 / 2028年度 | 30,900 / 暫定 | ・2024年度の状況(架空) |" in said
    assert "2024年度は76.67%(77指標のうち36指標が報告済み、暫定値を含む)" in text(half, "trajectory")


@pytest.mark.parametrize(
    ("scenario", "year"), [("half", 2024), ("three", 2024), ("three", 2025), ("three", 2026)]
)
def test_nothing_is_said_of_a_list_where_offices_reported(
    scenario: str, year: int, request: pytest.FixtureRequest
) -> None:
    """Nor of what stands in a list alone: expected values, COVID-19, a blue ground."""
    page = text(request.getfixturevalue(scenario), "outcomes", year)
    before, _, rest = page.partition("## 達成割合の推移")
    said = before + rest.partition("## 達成できなかった")[2].partition("## 文書の疑義と訂正")[0]

    for word in ("一覧", "年度末の見込み", "コロナ", "青い網掛け", "元の文書の行番号"):
        assert word not in said, word
    assert "報告の記載" in said and "報告の記録(data/actuals)の行番号" in said


def test_a_year_that_is_in_for_good_says_nothing_of_what_is_open(three: Checkout) -> None:
    """46 of 60 in FY2024; no value of it may still change."""
    said = heads(three, "outcomes", 2024)

    assert "達成割合は76.67%(60指標のうち46指標)。" in said
    assert "報告済み" not in said and "暫定" not in said
    assert "2024年度の実績報告【確定値】" in text(three, "outcomes", 2024)


def test_a_year_with_a_few_provisional_values_says_how_many(three: Checkout) -> None:
    """Ten of FY2025."""
    assert "達成割合は90.77%(65指標のうち59指標。77指標のうち10指標は暫定)" in heads(three, "outcomes", 2025)


def test_a_year_of_which_nothing_can_be_judged_has_no_rate(three: Checkout) -> None:
    """Three indicators of FY2026 are in, and none of them is counted to the end."""
    said = text(three, "outcomes", 2026)

    assert (
        "評価できた指標がまだないため、達成割合は求められない(77指標のうち3指標が報告済み、すべて集計中)"
        in said
    )
    assert "- **評価できなかった指標は3件(基本KPIを除く)** 実績が未集計のもの3件。" in said
    assert 2 == said.splitlines().count("評価できた指標はない。")
    assert "(0件)" not in said and "実績値は暫定値を含む" not in said
    assert "前年度からの変化" not in said
    assert "| 2026年度 | 第2期ビジョン | － | 0 | 0 | 3 | 77 | 報告中 |" in said


def test_a_free_text_of_an_office_arrives_as_the_text_it_is(three: Checkout) -> None:
    """No quantity, and no markup."""
    report = content(three, "outcomes", 2024)
    page = BeautifulSoup(html_page(report), "html.parser")

    cells = [cell for cell in page.find_all("td") if made_up.FREE_TEXT in cell.get_text()]
    assert 20 <= len(cells)
    assert not any(cell.find("b") for cell in cells)


def test_a_contradiction_between_a_person_and_the_rule_is_shown(three: Checkout) -> None:
    """With both ratings; the person's is counted, and marked wherever it stands."""
    [found] = contradicted_ratings(2024).to_dict("records")
    assert (made_up.CONTRADICTED, "○", "×") == tuple(
        found[name] for name in ("indicator_id", "rating", "rating_by_rule")
    )
    said = text(three, "outcomes", 2024)

    assert "## 規則と異なる評価" in said
    assert (
        "| 圏域内から商談会に参加する企業数 | 8 | 社 | 10 / 毎年度 | 9 | 確定 "
        "| {rating expected: ○ 達成見込} | {rating missed: × 達成不可} |" in said
    )
    assert "{rating expected: ○ 達成見込} / 担当者の評価" in said
    assert "規則と異なる評価" not in text(three, "outcomes", 2025)


def test_what_changed_since_the_year_before_is_told(three: Checkout) -> None:
    """Against the target of the year; a computed one apart, revisions with both reports."""
    said = text(three, "outcomes", 2025)

    headline = (
        "前年度までの値と比べ、ビジョンが定めた2025年度の目標を満たす水準になったのは17指標、"
        "届かなくなったのは6指標"
    )
    assert headline in heads(three, "outcomes", 2025)
    assert headline in heads(three, "targets", 2025)
    assert (
        "2024年度と2025年度のどちらでも評価された61指標では、評価が上がったものが14件、下がったものが6件。"
        in said
    )
    assert "== 試算に届かなくなったもの(1件) ==" in said
    assert "| コンサートの参加学校数 | 23 | 校 | 244 / 毎年度 | 244 / 2024年度の実績 | 195 / 確定 |" in said
    assert (
        "| 2024年度 | 件 | 7 / 確定 / × 達成不可 / 2025年7月1日 | 9 / 確定 / ◎ 達成済み / 2025年10月1日 |"
        in said
    )
    assert "| 2024年度 | 名 | 2,500 / 暫定 / △ 達成不可見込 / 2025年4月30日 | 5,100 / 確定 /" in said
    assert "暫定値がそのまま確定したものは40件。" in said


def test_a_first_year_names_what_is_known_for_the_first_time(half: Checkout) -> None:
    """Against the plan's baselines; no rating of the year before is there to be compared."""
    said = text(half, "outcomes", 2024)

    assert "2024年度の値が分かったのは39指標で、うち14指標は値が初めて分かった。" in said
    assert "table: 初めて値が分かった指標(14件)" in said
    assert "| 8 / 毎年度 | 11 / 2022年度 / 基準値 | 7 / 暫定 |" in said
    assert "どちらでも評価された" not in said


def test_targets_show_the_years_own_actual_beside_the_newest_value(half: Checkout) -> None:
    """In a column of its own, with whether it may still change; KPI cards and verdicts say the origin."""
    said = text(half, "targets", 2024)

    assert "| 2024年度実績 | 2024年度の目標 |" in said
    assert "{value: **30,900千人** 2024年度の実績(暫定)}" in said
    assert "| 28.9 / 2020年 | 集計中 | 28.9 / 2020年 / 基準値 |" in said
    assert re.search(r"No\. 14 [^|]*丘珠空港年間利用者数 \|[^|]*\|[^|]*\|[^|]*\| 50 / 暫定 \|", said)
    assert "2024年(度)の実績が" in said and "(暫定)" in heads(half, "targets", 2024)
    later = text(half, "targets", 2025)
    assert "| その後の実績 | 2025年度の目標 |" in later
    assert "2025年度実績 |" not in later
    assert "前年度までの値と比べ" not in later


def test_a_report_cites_the_years_that_it_shows_and_no_later_ones(three: Checkout) -> None:
    """Nor shows anything of them."""
    said = text(three, "targets", 2024)
    assert "「2024年度 連携事業の実績報告」" in said and "| 2024年度 連携事業の実績報告 | 確定値 |" in said
    assert "2025年度 連携事業の実績報告" not in said and "2025年度の実績" not in said
    assert "2025年度 連携事業の実績報告" not in text(three, "outcomes", 2021)
    trajectory = text(three, "trajectory")
    assert all(f"| {year}年度 連携事業の実績報告 |" in trajectory for year in (2024, 2025))


def test_the_plan_is_cited_beside_what_offices_reported(half: Checkout) -> None:
    """Whose names, baselines and targets stand there, and whose doubts and corrections are told."""
    said = text(half, "outcomes", 2024)
    reports = "さっぽろ連携中枢都市圏「2024年度 連携事業の実績報告」"
    plan = "札幌市「第2期さっぽろ連携中枢都市圏ビジョン Ⅵ 連携協約に基づき推進する具体的取組」"
    cited = [line for line in said.split("## 出典")[0].splitlines() if line.startswith("source: 出典：")]
    rates = [line for line in cited if reports in line and plan not in line]

    assert 2 == len(rates) and all("2021年度 連携事業実施状況等一覧" in line for line in rates)
    assert f"source: 出典：{plan}、{reports}" in cited
    assert "table: 文書の記載に疑義のある箇所(12件)" in said
    assert "table: 誤字・読み取り誤りを訂正した箇所(8件)" in said
    assert "「－」は、ビジョン又は報告に値の記載がないもの" in said
    assert "データの時点：\n2024年度から2028年度まで【確定版】、2024年度の実績報告【暫定値を含む】" in said


def test_a_year_that_is_not_all_in_does_not_claim_to_be(half: Checkout) -> None:
    """Its last table has what was reported, with the indicator that the rate does not count."""
    said = text(half, "outcomes", 2024)

    assert "## 報告済みの事業・指標" in said and "全事業・全指標" not in said
    assert "table: 報告済みの事業・指標(29事業、37指標)" in said
    assert "note: 達成割合そのものである指標を含む。" in said
    assert "報告のあった基本KPIは、4件のうち2件に実績値がある" in said


def test_a_year_says_what_is_provisional_and_what_is_still_counted(half: Checkout) -> None:
    """Each with its number; all of them in one word; and neither of what is known for good."""
    found = outcomes_of(2024)
    counting = found["indicator_id"].isin(["2024-02-1", "2024-13-1"])
    some = found.assign(
        actual_text=found["actual_text"].mask(counting, "集計中"),
        actual_value=found["actual_value"].mask(counting),
    )

    assert "77指標のうち36指標が報告済み、うち34指標は暫定、2指標は集計中" == coverage_words(some)
    assert "77指標のうち1指標が報告済み、暫定" == coverage_words(found[found["indicator_id"] == "2024-02-1"])
    assert "77指標のうち2指標が報告済み、すべて集計中" == coverage_words(some[counting])
    reasons = unjudged_by_reason(some[counting].assign(rating="-"))
    assert {"pending": 2} == {reason: len(rows) for reason, rows in reasons.items()}
    kept = found.assign(is_provisional=False)
    assert "77指標のうち36指標が報告済み" == coverage_words(kept)


def test_before_any_kpi_is_reported_nobody_says_that_there_is_none(half: Checkout) -> None:
    """Nor that one of one has a value; and without any change there is no empty table."""
    found = outcomes_of(2024)
    alone = found[found["indicator_id"] == "2024-02-1"]
    changes = year_changes(2024)
    alone_changed = changes[changes["indicator_id"] == "2024-02-1"]
    told = change_table(alone_changed, 2024)

    assert "報告のあった基本KPIはまだない。" == kpis.outcome_chart(alone, 2024).summary
    assert kpis.outcome_table(alone) is None
    assert "報告のあった基本KPIは、1件に実績値がある" == kpis.outcome_finding(
        found[found["indicator_id"] == "2024-K2"], 2024
    )
    assert "報告のあった評価指標はまだない。" == ratings_chart(found[found["kind"] == "kpi"]).summary
    assert told is not None
    assert "目標又は試算への到達が変わったもの及び評価が上がり、又は下がったものはない。" == told.summary
    assert ("2024年度の値が分かったのは1指標で、値が初めて分かった", "") == change_point(alone_changed, 2024)


def test_a_target_that_falls_due_stands_beside_the_years_own_value(three: Checkout) -> None:
    """On which its verdict rests; the chart of newest values says of which year they are, and how settled."""
    said = text(three, "targets", 2025)

    assert (
        "| シティプロモート活動を通じてつながりができた企業等の数 | 47 "
        "| 札幌市東京事務所を活用した首都圏PR等の促進 | 社 | － | 6,632 / 暫定 | 5,527 / 2025年度 "
        "| {status met: ● 満たす水準} |" in said
    )
    assert "| プログラム等への参加者数 | 80% | 120名(2025年度、暫定) | 150名 |" in said
    assert "text #333333: 80%(120名(暫定)→150名)" in said
    assert "text #333333: 80%(195校→244校)" in said


def test_the_rates_are_a_line_over_the_years_with_their_bases(three: Checkout) -> None:
    """Those of the plan before are another list's; what may still change is hollow."""
    assert [2021, 2024, 2025, 2026] == rates_by_year()["fiscal_year"].tolist()
    said = text(three, "trajectory")

    assert "title: 達成割合は、2024年度は76.67%、2025年度は90.77%(暫定値を含む)" in said
    chart, _, table = said.partition("title: 達成割合は、2024年度")[2].partition("table: 年度ごとの達成割合")
    assert "2026年度 連携事業の実績報告" not in chart and "2026年度 連携事業の実績報告" in table
    assert "| 評価できた指標 | 記載・報告のある指標 | 計画の指標 | 状態 |" in table
    chart = chart.partition("summary:")[0]
    for label in ("72.41%", "42/58", "75/75", "46/60", "59/65", "77/77"):
        assert f": {label}\n" in chart, label
    marks = re.findall(r"mark round #(\w+)( #\w+)?: (\S+) (\S+)", chart)
    assert [("ffffff", " #767676", "0.0", "72.4"), ("0017c1", "", "50.0", "76.7"),
            ("ffffff", " #0017c1", "100.0", "90.8")] == marks  # fmt: skip
    assert 1 == len(re.findall(r"line #0017c1 dashed: ", chart))


def test_with_one_year_alone_there_is_no_line() -> None:
    """Before any actuals are in: neither part, chart nor table."""
    for family in ("outcomes", "trajectory"):
        chapters = in_process.content(family).chapters
        assert "達成割合の推移" not in chapters
        assert "前年度からの変化" not in chapters and "規則と異なる評価" not in chapters


@pytest.mark.parametrize(
    ("family", "year"), [("outcomes", 2025), ("targets", 2025), ("municipality", 2025), ("trajectory", None)]
)
def test_page_pdf_and_workbook_say_the_same(three: Checkout, family: str, year: int | None) -> None:
    """Every value and word of the pieces arrives, in order."""
    report = content(three, family, year)
    said = pieces(report)

    demand_in_html(html_page(report), said)
    demand_in_workbook(workbook_of(report), said)
    if family == "outcomes":
        demand_in_pdf(pdf_of(report), said)


def test_the_brief_stays_one_sheet_and_marks_what_may_change(half: Checkout) -> None:
    """With actuals, too."""
    report = content(half, "brief", 2024)

    assert 1 == len(pypdf.PdfReader(io.BytesIO(pdf_of(report))).pages)
    assert "| 0回(暫定) | 1回 |" in page_text(html_page(report))
