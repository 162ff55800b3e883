"""Japanese heads for the columns of a DataFrame, for a person who looks at one in JupyterLab."""

from __future__ import annotations

import pandas as pd

_HEADS = {
    "indicator_id": "指標ID",
    "from_indicator": "前の指標ID",
    "to_indicator": "後の指標ID",
    "plan": "ビジョン",
    "project_no": "No.",
    "project_name": "事業",
    "name": "名称",
    "pillar": "役割",
    "section": "区分",
    "kind": "種類",
    "unit": "単位",
    "direction": "望ましい向き",
    "baseline_text": "基準値(記載)",
    "baseline_value": "基準値",
    "baseline_year": "基準年",
    "target_text": "目標値(記載)",
    "target_value": "目標値",
    "final_target_value": "最終の目標値",
    "target_bound": "以上・以下",
    "target_kind": "目標の数え方",
    "target_first_year": "目標の初年度",
    "target_last_year": "目標の年度",
    "fiscal_year": "年度",
    "observed_year": "実績の年",
    "actual_text": "実績値(記載)",
    "actual_value": "実績値",
    "actual_status": "実績の判定",
    "rating": "評価",
    "is_provisional": "暫定",
    "mentions_covid": "コロナへの言及",
    "note": "実施状況等",
    "share_of_target": "目標に対する割合(%)",
    "relation": "対応",
    "is_comparable": "比較可能",
    "outcome_2021_value": "2021年度の実績値",
    "outcome_2021_text": "2021年度の実績値(記載)",
    "outcome_2021_rating": "2021年度の評価",
    "outcome_2021_year": "2021年度一覧の実績の年",
    "basis": "根拠",
    "gap": "差",
    "status": "判定",
    "target_change": "目標の変化",
    "reason": "理由",
    "amount_thousand_yen": "事業費見込額(千円)",
    "source": "文書",
    "source_line": "行",
}


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows under Japanese heads; a column without one keeps its name."""
    return frame.rename(columns=_HEADS)
