"""A revision of the vision that does not exist, for tests: the real one with edited lines, and as changes.

It says of itself in its title that it is made up. Both ways say the same; what follows from it is worked by
hand in the tests.
"""

# ruff: noqa: E501
from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from renkei.checkout import Checkout
from renkei.documents.sources import corrected_lines, document, sources_on_record
from renkei.tables.curated import Curated

PLAN = "vision_2024_2028"
ID = "vision_2024_2028_revised"
FROM = 2026

#: What stands in the vision, and what the made-up edition has in its place.
EDITS = {
    # Costs of No. 1 for the years that the vision leaves open.
    "5,726 5,629 － － －": "5,726 5,629 5,800 5,900 (調整中)",
    # 2,583 came in FY2022: 5,000 were missed, 2,500 are met.
    "事業の参加者数 2,583名（2022年度） 5,000名（毎年度）": "事業の参加者数 2,583名（2022年度） 2,500名（毎年度）",
    # 70 % were reached in FY2022: 70 % were met, 75 % are missed.
    "事業参加者の正社員就職率 70%（2022年度） 70％(毎年度）": "事業参加者の正社員就職率 70%（2022年度） 75％(毎年度）",
    "移住イベントの出展等 １回（2022年度） １回（毎年度）": "移住イベントの開催等 １回（2022年度） １回（毎年度）",
}
NAME = "空き家の活用(架空)"
#: The form of No. 55, made into that of a project that is added.
NEW_PROJECT = {
    "No. 55": "No. 56",
    "固定資産の評価に係る家屋比準評価の導入": "空き家の活用（架空）",
    "固定資産評価のための家屋比準評価の導入に係る連携を実施する。": "空き家の活用に取り組む（架空）。",
    "家屋比準評価の導入に向けた調査・調整": "相談会の開催",
    "家屋課税マスタ、評価計算書等の提供": "相談会への協力",
    "－ 30,610 － － －": "－ － 1,200 1,200 1,200",
    "家屋比準評価の導入 ー 2026年度": "相談会の参加者数 ー 30人（毎年度）",
}
#: The same as a table of changes.
CHANGES = (
    "2024-01,cost_2026,－,\"5,800\",3,費用が決まったため(架空)",
    "2024-01,cost_2027,－,\"5,900\",3,費用が決まったため(架空)",
    "2024-01,cost_2028,－,(調整中),3,費用を調整しているため(架空)",
    "2024-03-1,target,\"5,000名（毎年度）\",\"2,500名（毎年度）\",4,会場が小さくなったため(架空)",
    "2024-41-5,target,70％（毎年度）,75％（毎年度）,9,就職が進んだため(架空)",
    "2024-43-1,name,移住イベントの出展等,移住イベントの開催等,10,自ら開くようになったため(架空)",
    "2024-54,ended,職員交流,,12,他の事業に含めたため(架空)",
    "2024-56,added,,空き家の活用（架空）,13,新たに始めるため(架空)",
    "2024-56,summary,,空き家の活用に取り組む（架空）。,13,新たに始めるため(架空)",
    "2024-56,municipalities,,江別市、千歳市、恵庭市、北広島市、石狩市,13,新たに始めるため(架空)",
    "2024-56,lead_role,,相談会の開催,13,新たに始めるため(架空)",
    "2024-56,partner_role,,相談会への協力,13,新たに始めるため(架空)",
    "2024-56,lead_cost,,事業実施に必要な費用を負担,13,新たに始めるため(架空)",
    "2024-56,partner_cost,,協定書に基づく負担金を負担,13,新たに始めるため(架空)",
    "2024-56,cost_2026,,\"1,200\",13,新たに始めるため(架空)",
    "2024-56,cost_2027,,\"1,200\",13,新たに始めるため(架空)",
    "2024-56,cost_2028,,\"1,200\",13,新たに始めるため(架空)",
    "2024-56-1,added,,相談会の参加者数,13,新たに始めるため(架空)",
    "2024-56-1,target,,30人（毎年度）,13,新たに始めるため(架空)",
)  # fmt: skip
#: What people decide of the whole document: a name that is another, and a project that is not there any more.
DECIDED = (
    f"{ID},2024-43-1,name,移住イベントの出展等,移住イベントの開催等,{ID},架空",
    f"{ID},2024-54,listed,職員交流,,{ID},架空",
)


def add_document(checkout: Checkout, readme: str, decided: Sequence[str] = DECIDED) -> None:
    """Put the whole made-up edition on record, and what people decide of it."""
    source = sources_on_record(checkout)[PLAN]
    lines = corrected_lines(source, document(checkout, source), Curated.read(checkout).corrections)
    text = "\n".join(line.text for line in lines)
    for old, new in EDITS.items():
        assert 1 == text.count(old), (old, text.count(old))
        text = text.replace(old, new)
    before, form = text.split("No. 54 連携事業名")
    _, last = form.split("No. 55 連携事業名")
    new_form = f"No. 55 連携事業名{last}"
    for old, new in NEW_PROJECT.items():
        assert 1 == new_form.count(old), (old, new_form.count(old))
        new_form = new_form.replace(old, new)
    text = f"{before}No. 55 連携事業名{last}\n{new_form}"
    _record(checkout, readme, "txt", "vision", text)
    _append(checkout, "conflicts", decided)
    _append(checkout, "indicator_counts", [f"{ID},2024-56,1,架空"])


def add_changes(checkout: Checkout, readme: str, changes: Sequence[str] = CHANGES) -> None:
    """Put the made-up table of changes on record."""
    text = "\n".join(["concerns,field,before,after,page,reason", *changes, ""])
    _record(checkout, readme, "csv", "changes", text)


def _record(checkout: Checkout, readme: str, suffix: str, reader: str, text: str) -> None:
    """The file and its block in sources.toml, as the README shows it; and the new project's section."""
    path = checkout.sources / f"{ID}.{suffix}"
    path.write_text(text, encoding="utf-8")
    [block] = re.findall(r"^   ```toml\n(.*?)^   ```$", readme, re.MULTILINE | re.DOTALL)
    block = block.replace("…", hashlib.sha256(path.read_bytes()).hexdigest()).replace("改定", "改定【架空】")
    for old, new in (("revised.csv", f"revised.{suffix}"), ('"changes"', f'"{reader}"')):
        assert 1 == block.count(old), (old, block)
        block = block.replace(old, new)
    assert f'id = "{ID}"' in block and f"in_force_from = {FROM}" in block
    with (checkout.sources / "sources.toml").open("a", encoding="utf-8") as record:
        record.write(f"\n{block}")
    _append(checkout, "sections", [f"2024,56,{NAME},3,,その他圏域マネジメント能力の強化に関する連携,架空"])


def _append(checkout: Checkout, name: str, rows: Sequence[str]) -> None:
    with (checkout.curated / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)
