"""The part of docs/analysts.ja.md that is made from the code: functions and the columns of what they give.

python tests/analysts_page.py     writes that part anew
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from renkei.baselines import targets_with_baselines
from renkei.checkout import Checkout
from renkei.comparison import compare, compare_in_detail
from renkei.costs import costs_by_project
from renkei.load import load_table
from renkei.newest import newest_values
from renkei.outcomes import outcomes_of
from renkei.pace import required_pace
from renkei.participation import participation_of
from renkei.tables.schema import column_of
from renkei.target_changes import target_changes_in_detail
from renkei.targets import targets_for

#: Each function, an example of a call, and what it gives in a few words.
FUNCTIONS: dict[Callable[..., Any], tuple[Callable[[], pd.DataFrame], str]] = {
    load_table: (
        lambda: load_table("indicators"),
        "`data/tables/` 又は `data/curated/` の表を一つ。`projects`、`indicators`、`outcomes`、`costs`、"
        "`crosswalk`、`corrections`、`doubts` など。下は `indicators` の列。",
    ),
    targets_for: (lambda: targets_for(2025), "第2期ビジョンがその年度に求める値。指標ごとに一行。"),
    newest_values: (lambda: newest_values(2025), "その年度の末までに分かっている最も新しい値。"),
    compare: (
        lambda: compare(2025),
        "年度の目標と、2021年度の実績、最新値、その年度の実績を並べ、差、割合、判定を加えたもの。",
    ),
    compare_in_detail: (
        lambda: compare_in_detail(2025),
        "`compare` に、指標と事業の名前、基準値、記載の文言などを加えたもの。"
        "第2期ビジョンの全ての年度を縦につないだものが `compared_years()`。",
    ),
    outcomes_of: (lambda: outcomes_of(2021), "その年度の実績と評価。指標ごとに一行。"),
    targets_with_baselines: (
        targets_with_baselines,
        "数値の目標と基準値のある指標と、基準値を超えて求める分。",
    ),
    target_changes_in_detail: (
        lambda: target_changes_in_detail(compare_in_detail(2025)),
        "前のビジョンの目標と第2期ビジョンの目標の対応と変化。`compare_in_detail` の結果を渡す。",
    ),
    required_pace: (required_pace, "最終の目標に届いていない指標に必要な1年当たりの改善と、実際の改善。"),
    costs_by_project: (costs_by_project, "事業ごとの事業費見込額。年度ごとに一列。"),
    participation_of: (
        lambda: participation_of("千歳市"),
        "市町村の名を渡すと、第2期ビジョンの事業ごとに、参加するか、役割、費用負担。",
    ),
}
#: Functions whose columns are those of another one and more.
FURTHER: dict[Callable[..., Any], Callable[..., Any]] = {
    compare_in_detail: compare,
    target_changes_in_detail: compare_in_detail,
}
_TYPES = {"integer": "整数", "number": "数", "string": "文字", "boolean": "真偽", "array": "並び"}
_UNITS = {
    "the row's unit": "行の単位",
    "the indicator's unit": "行の単位",
    "the row's unit a year": "行の単位、1年当たり",
    "fiscal year": "年度",
    "year": "年又は年度",
    "1,000 yen": "千円",
    "projects": "事業",
    "indicators": "指標",
    "municipalities": "市町村",
    "line": "元の文書の行番号",
}


def section(function: Callable[..., Any]) -> str:
    """What the page says of a function: its module and parameters, what it gives, and a row per column."""
    call, said = FUNCTIONS[function]
    frame, base = call(), FURTHER.get(function)
    known = list(FUNCTIONS[base][0]()) if base else []
    further = f"下のほかに、`{base.__name__}` の列がある。" if base else ""
    parameters = [name for name in inspect.signature(function).parameters if name != "tables"]
    rows = "\n".join(_row(frame[column]) for column in frame if column not in known)
    table = f"| 列 | 見出し | 値 |\n| --- | --- | --- |\n{rows}\n"
    head = f"### {function.__name__}({', '.join(parameters)})"
    return f"{head}\n\n`{function.__module__}`。{said}{further}\n\n{table}"


def _row(column: pd.Series) -> str:
    field = column_of(Checkout.current(), str(column.name))
    assert field, column
    # In another table a column of this name has other codes.
    codes = "、".join(
        f"`{code}` {words}"
        for code, words in field.labels.items()
        if field.name not in ("kind", "status") or code in set(column)
    )
    unit = _UNITS.get(field.unit, field.unit)
    kind = _TYPES[field.type] + (f"({unit})" if unit else "")
    return f"| {field.name} | {field.title} | {codes or kind} |"


def renewed(page: str) -> str:
    """The page with that part as the code has it now."""
    head = "## 関数と列\n\n"
    return page.partition(head)[0] + head + "\n".join(map(section, FUNCTIONS))


if __name__ == "__main__":
    path = Path(__file__).parents[1] / "docs" / "analysts.ja.md"
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
