"""The twelve municipalities of the Sapporo renkei area, in the order the documents list them."""

from __future__ import annotations

LEAD = "札幌市"
PARTNERS = (
    "小樽市",
    "岩見沢市",
    "江別市",
    "千歳市",
    "恵庭市",
    "北広島市",
    "石狩市",
    "当別町",
    "新篠津村",
    "南幌町",
    "長沼町",
)
#: How the documents say that every partner takes part.
ALL_PARTNERS = "全市町村"


def written_out(published: str) -> str:
    """The partners that a cell names, joined by 、 with 全市町村 written out.

    Raises ValueError for a name that is no partner, or one said twice.
    """
    if published == ALL_PARTNERS:
        return "、".join(PARTNERS)
    names = published.split("、")
    strangers = [name for name in names if name not in PARTNERS]
    if strangers or len(set(names)) != len(names):
        raise ValueError(f"each of {'、'.join(PARTNERS)} at most once was expected, found “{published}”")
    return published
