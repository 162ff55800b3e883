"""Small tables of an area that does not exist, for the tests of the analysis.

あさひ圏, A市, B町 and C村, their plans of 2030 and 2033, their projects and all numbers are made up, and
small enough to be worked by hand. A test that needs a few rows of its own gives them in place of a table.
"""

# ruff: noqa: E501
from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import StringIO

import pandas as pd
from renkei.area import Area, Municipality, Pillar, Plan
from renkei.load import Tables, tables_from

AREA = Area(
    name="あさひ圏",
    lead=Municipality("A市", "a"),
    partners=(Municipality("B町", "b"), Municipality("C村", "c")),
    all_partners="全町村",
    plans=(Plan(2030, 2032, "前のあさひ圏ビジョン", "前"), Plan(2033, 2035, "今のあさひ圏ビジョン", "今")),
    pillars=(Pillar(1, "稼ぐ"), Pillar(2, "暮らす")),
    outcome_year=2031,
    rate_indicator="達成割合",
)
ONE_PLAN = replace(AREA, plans=AREA.plans[1:])

#: Project 5 is the lead's alone; project 4 stands in no section.
PROJECTS = """
plan project_no name     pillar section summary      municipalities lead_role partner_role lead_cost partner_cost
2030 1          前の計画 1      .       前の計画進行 .              .         .            .         .
2030 2          前の創業 1      .       前の創業支援 .              .         .            .         .
2030 5          前の医療 2      .       前の医療連携 .              .         .            .         .
2033 5          医療     2      医療    医療連携     .              運営      .            全額      .
2033 1          計画     1      産業    計画進行     B町、C村       取りまとめ 参加        事務費    旅費
2033 2          創業     1      産業    創業支援     B町            窓口      相談         人件費    会場費
2033 3          観光     1      観光    観光宣伝     B町、C村       発信      案内         広告費    .
2033 4          交通     2      .       路線維持     C村            調整      運行         補助金    負担金
"""

#: Plan, project and kind are read off the ids. The plan of 2033 is not in their order, as a document may be.
INDICATORS = """
indicator_id pillar name     unit direction baseline_text baseline_value baseline_year target_text target_value target_kind target_first_year target_last_year
2030-K1      1      来訪者数 人   higher    90人          90             2029          150人       150          by_year     2032              2032
2030-K2      2      社会増減 人   higher    ▲120人        -120           2028          ▲40人       -40          by_year     2032              2032
2030-K3      2      利用回数 件   higher    -             .              .             増加        .            increase    2032              2032
2030-01-1    1      達成割合 %    higher    -             .              .             100%        100          every_year  2030              2032
2030-01-2    1      待ち時間 分   lower     50分          50             2029          30分        30           by_year     2032              2032
2030-01-3    1      事故     件   lower     6件           6              2029          4件         4            every_year  2030              2032
2030-02-1    1      欠席     人   lower     -             .              .             0人         0            every_year  2030              2032
2030-02-2    1      起業者   人   higher    -             .              .             40人        40           cumulative  2030              2032
2030-02-3    1      相談     件   higher    2件           2              2029          8件         8            every_year  2030              2032
2030-02-4    1      会議     回   higher    -             .              .             3回         3            every_year  2030              2032
2030-05-1    2      施設     .    state     -             .              .             2034年度    .            milestone   2034              2034
2030-05-2    2      健診     人   higher    -             .              .             12人        12           every_year  2030              2032
2030-05-3    2      講座     回   higher    4回           4              2029          5回         5            every_year  2030              2032
2030-05-4    2      当番     日   higher    -             .              .             7日         7            every_year  2030              2032
2033-K1      1      来訪者数 人   higher    100人         100            2032          160人       160          by_year     2035              2035
2033-K2      2      社会増減 人   higher    ▲100人        -100           2030          ▲50人       -50          by_year     2035              2035
2033-K3      2      利用回数 回   higher    0回           0              2032          30回        30           by_year     2035              2035
2033-01-1    1      達成割合 %    higher    -             .              .             100%        100          every_year  2033              2035
2033-01-2    1      待ち時間 分   lower     40分          40             2032          25分        25           by_year     2035              2035
2033-01-3    1      事故     件   lower     3件           3              2032          5件         5            every_year  2033              2035
2033-02-1    1      欠席     人   lower     -             .              .             0人         0            every_year  2033              2035
2033-02-2    1      起業者   人   higher    -             .              .             30人        30           cumulative  2033              2035
2033-02-3    1      相談     件   higher    -             .              .             24件        24           cumulative  2033              2035
2033-04-1    2      乗客     人   higher    5人           5              2034          6人         6            by_year     2034              2034
2033-03-1    1      案内     回   higher    -             .              .             9回         9            by_year     2034              2034
2033-05-1    2      施設     .    state     -             .              .             2034年度    .            milestone   2034              2034
2033-05-2    2      健診     人   higher    10人          10             2032          増加        .            increase    2035              2035
2033-05-3    2      講座     回   higher    4回           4              2032          4回         4            every_year  2033              2035
2033-05-4    2      当番     日   higher    -             .              .             7日         7            by_year     2032              2032
2033-05-5    2      窓口     .    state     -             .              .             常時        .            state       2033              2035
"""

CROSSWALK = """
from_indicator to_indicator relation  is_comparable reason
2030-K1        2033-K1      same      true          同じ
2030-K2        2033-K2      same      true          同じ
2030-K3        2033-K3      redefined false         範囲が別
2030-01-1      2033-01-1    same      true          同じ
2030-01-2      2033-01-2    same      true          同じ
2030-01-3      2033-01-3    same      true          同じ
2030-02-1      2033-02-1    same      true          同じ
2030-02-2      2033-02-2    same      true          同じ
2030-02-3      2033-02-3    redefined false         数え方が別
2030-02-4      .            ended     false         終了
2030-05-1      2033-05-1    same      true          同じ
2030-05-2      2033-05-2    redefined false         範囲が別
2030-05-3      2033-05-3    redefined true          名称が別
2030-05-4      2033-05-4    same      true          同じ
.              2033-03-1    new       false         新規
.              2033-04-1    new       false         新規
.              2033-05-5    new       false         新規
"""

#: 来訪者数 is of the year before; 当番 was still being counted; 会議 is said in words.
OUTCOMES = """
indicator_id fiscal_year observed_year actual_text actual_value rating is_provisional mentions_covid note
2030-K1      2031        2030          70人        70           -      false          true           前年度の値
2030-K2      2031        2031          ▲90人       -90          -      false          false          実施
2030-K3      2031        2031          11件        11           -      false          false          実施
2030-01-1    2031        2031          50%         50           ×      false          false          実施
2030-01-2    2031        2031          32分        32           ○      true           false          速報
2030-01-3    2031        2031          0件         0            ◎      false          false          実施
2030-02-1    2031        2031          3人         3            △      false          true           延期
2030-02-2    2031        2031          20人        20           ×      false          false          実施
2030-02-3    2031        2031          16件        16           ◎      false          false          実施
2030-02-4    2031        2031          開催        .            ◎      false          false          実施
2030-05-1    2031        .             準備中      .            -      false          false          実施
2030-05-2    2031        2031          9人         9            △      false          true           縮小
2030-05-3    2031        2031          0回         0            ×      false          true           中止
2030-05-4    2031        .             集計中      .            -      true           false          実施
"""

#: In 1,000 yen. 観光 has no amount, but a remark; 交通 has no row at all; none is given for 2035.
COSTS = """
plan project_no fiscal_year amount_thousand_yen note
2030 1          2031        999                 .
2033 5          2033        60000               .
2033 5          2034        120000              .
2033 5          2035        .                   .
2033 1          2033        10000               .
2033 1          2034        .                   未定
2033 1          2035        .                   .
2033 2          2033        30000               .
2033 2          2034        80000               .
2033 2          2035        .                   .
2033 3          2033        .                   金額なし
2033 3          2034        .                   .
2033 3          2035        .                   .
"""

FRAMES = {
    "projects": PROJECTS,
    "indicators": INDICATORS,
    "crosswalk": CROSSWALK,
    "outcomes": OUTCOMES,
    "costs": COSTS,
}


def made_up(area: Area = AREA, /, **rows: str) -> Tables:
    """The tables above, but for those whose rows are given; nothing but a head gives an empty one."""
    frames = {name: frame_of(text) for name, text in (FRAMES | rows).items()}
    if "source_line" not in frames["outcomes"]:
        frames["outcomes"]["source_line"] = range(1, len(frames["outcomes"]) + 1)
    return tables_from(area, frames | {"indicators": _with_what_ids_say(frames["indicators"])})


def frame_of(text: str) -> pd.DataFrame:
    """A frame of lines of words, the first line the columns; “.” stands for a missing cell."""
    return _parsed(text).copy()


@cache
def _parsed(text: str) -> pd.DataFrame:
    return pd.read_csv(StringIO(text), sep=r"\s+", na_values=["."], keep_default_na=False)


def without(text: str, *beginnings: str) -> str:
    """The lines of a table but for those that begin so."""
    return "".join(f"{line}\n" for line in text.strip().splitlines() if not line.startswith(beginnings))


def only(text: str, *beginnings: str) -> str:
    """The head of a table and the lines that begin so."""
    first, *lines = text.strip().splitlines()
    return "".join(f"{line}\n" for line in [first, *lines] if line == first or line.startswith(beginnings))


def changed(text: str, row: str, **cells: object) -> str:
    """The table with other cells in the one row that begins so."""
    first, *lines = [line.split() for line in text.strip().splitlines()]
    [found] = [line for line in lines if " ".join(line).startswith(f"{row} ")]
    for column, cell in cells.items():
        found[first.index(column)] = str(cell)
    return "".join(f"{' '.join(line)}\n" for line in [first, *lines])


def head(text: str) -> str:
    """A table without rows."""
    return only(text)


def column_of(frame: pd.DataFrame, column: str) -> dict[str, object]:
    """A column's values by the rows' indicators, None where one is missing."""
    return dict(zip(frame["indicator_id"], _plain(frame[column]), strict=True))


def rows_of(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The rows as tuples of the values of these columns, None where one is missing."""
    return list(zip(*(_plain(frame[column]) for column in columns), strict=True))


def _plain(column: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in column.tolist()]


def _with_what_ids_say(indicators: pd.DataFrame) -> pd.DataFrame:
    """Plan, project and kind, as 2033-01-2 and 2033-K1 have them; and a line for each row."""
    ids = indicators["indicator_id"].astype("str")
    return indicators.assign(
        plan=ids.str[:4],
        project_no=pd.to_numeric(ids.str[5:7], errors="coerce"),
        kind=ids.str[5:6].map(lambda letter: "kpi" if letter == "K" else "project"),
        source_line=range(1, len(ids) + 1),
    ).astype({"plan": "int64"})
