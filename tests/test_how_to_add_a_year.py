"""README's “How to add a year”, followed to the letter with a made-up list of FY2022."""

import re

from conftest import ROOT, call_renkei, run_renkei
from made_up_fy2022 import ID, add_fy2022
from page_text import page_text
from renkei.checkout import Checkout
from renkei.data_hash import data_hash
from renkei.load import tables_of
from renkei.newest import newest_values
from renkei.outcomes import outcomes_of
from renkei.ratings import Rate, achievement_rate, counted, ratings_by_measure

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.split("\n## How to add a year\n")[1].split("\n## ")[0]
#: What README's last command makes is many pages and alike: these of them are read.
SOME_OF_ALL = (
    ("render", "targets", "--fiscal-year", "2025", "--format", "html"),
    ("render", "trajectory", "--format", "html"),
)


def page(checkout: Checkout, file: str) -> str:
    return page_text((checkout.reports / f"{file}.html").read_text(encoding="utf-8"))


def row_of(text: str, *beginnings: str) -> list[str]:
    """The cells of the one row of a page's tables that begins so, without what stands small in them."""
    [row] = [line for line in text.splitlines() if line.startswith("| " + " | ".join(beginnings))]
    return [cell.split(" / ")[0].strip() for cell in row.strip("| ").split("|")]


def bytes_of(checkout: Checkout) -> dict[str, bytes]:
    """The page and the notebook on FY2021's outcomes, but for the hash of all data, which they tell."""
    paths = [checkout.reports / "fy2021" / f"outcomes.{suffix}" for suffix in ("html", "ipynb")]
    all_data = data_hash(checkout.root / "data").encode()
    assert all(all_data in path.read_bytes() for path in paths)
    return {path.name: path.read_bytes().replace(all_data, b"") for path in paths}


def test_a_second_list_of_a_plan(checkout_copy: Checkout) -> None:
    """Built, checked and rendered as the README says; numbers worked by hand; FY2021 stays."""
    assert 0 == run_renkei("render", "outcomes").returncode
    before = bytes_of(checkout_copy)

    add_fy2022(checkout_copy, SECTION)
    commands = [command.split() for command in re.findall(r"`renkei ([a-z ]+)`", SECTION)]
    assert [["build"], ["check"], ["render", "outcomes"], ["render"]] == commands
    told = ""
    for command in (*commands[:-1], *SOME_OF_ALL):
        result = (run_renkei if "render" in command else call_renkei)(*command)
        assert (0, "") == (result.returncode, result.stderr), command
        told += result.stdout

    assert "FY2022: 43 achieved of 58 that could be judged = 74.14 %, as printed" in told
    assert before == bytes_of(checkout_copy)
    _outcomes_are_right(checkout_copy)
    _outcomes_report_is_right(page(checkout_copy, "fy2022/outcomes"))
    _both_years_are_shown(checkout_copy)


def _outcomes_are_right(checkout: Checkout) -> None:
    tables = tables_of(checkout)
    assert Rate(achieved=43, evaluable=58) == achievement_rate(2022, tables)
    # No. 6, 7 and 8 ask for amounts: of 32 amounts 20 + 2 - 1 are met, of 26 deeds 22 as in FY2021.
    assert [("deed", Rate(22, 26)), ("amount", Rate(21, 32))] == [
        (part.measure, part.rate) for part in ratings_by_measure(counted(outcomes_of(2022, tables)))
    ]
    assert [80, 80] == list(tables["outcomes"]["fiscal_year"].value_counts())
    newest = newest_values(2024, tables).set_index("indicator_id")
    for name, value in (("2024-38-1", 260), ("2024-41-1", 900)):
        row = newest.loc[name]
        assert (value, 2022, "outcome_before", ID) == (
            row["value"],
            row["year"],
            row["origin"],
            row["source"],
        )
    # The plan's own baseline of FY2022 knows better than the list of that year.
    assert "baseline" == newest.loc["2024-K2", "origin"]


def _outcomes_report_is_right(text: str) -> None:
    assert "- **達成割合は74.14%(58指標のうち43指標)**" in text
    assert "2022年度 連携事業実施状況等一覧【架空】" in text
    # Both lists' rates stand in one line; nothing else is of the list of the year before.
    before, _, rates = text.partition("## 達成割合の推移")
    rates, _, rest = rates.partition("## 達成できなかった指標とその状況")
    others = before + rest.partition("## 出典と作成条件")[0]
    assert "【暫定版】" not in others
    assert "2021年度 連携事業実施状況等一覧" not in others
    assert "2021年度は72.41%(前のビジョン、暫定値を含む)、2022年度は74.14%" in rates
    assert "記載に疑義のある箇所として記録したものはない。" in text
    # 55 of 60 talks are 91.67 %. Line 23 of the FY2021 list is 24 here: a mark stands below the first legend.
    assert ["商談会の商談件数", "92%", "55件", "60件 (毎年度)"] == row_of(text, "商談会の商談件数", "92%")
    assert "24" == row_of(text, "No. 8 販路拡大に向けた支援 / 商談会の商談件数")[-1]


def _both_years_are_shown(checkout: Checkout) -> None:
    targets, trajectory = page(checkout, "fy2025/targets"), page(checkout, "trajectory")
    assert "最新値は、2021年度、2022年度の一覧の実績" in targets
    years = "| 2021年度実績 | 2022年度実績 |"
    assert (1, 1) == (targets.count(years), trajectory.count(years))
    open_data = "札幌市ICT活用プラットフォーム(DATA-SMART CITY SAPPORO)で公開しているデータセット数"
    assert ["件", "229", "260", "260", "－", "255"] == row_of(trajectory, f"No. 38 / {open_data}")[1:7]
    of_targets = row_of(targets, f"No. 38 オープンデータプラットフォームの共同利用 / {open_data}")
    assert ["件", "229", "260", "－", "255", "255"] == of_targets[1:7]
    assert "2022年度 連携事業実施状況等一覧【架空】" in targets
