"""The twelve municipalities of the Sapporo renkei area, in the order the documents list them."""

from __future__ import annotations

LEAD = "札幌市"

#: Every municipality, the lead first, and its name in the names of files.
ROMAJI = {
    LEAD: "sapporo",
    "小樽市": "otaru",
    "岩見沢市": "iwamizawa",
    "江別市": "ebetsu",
    "千歳市": "chitose",
    "恵庭市": "eniwa",
    "北広島市": "kitahiroshima",
    "石狩市": "ishikari",
    "当別町": "tobetsu",
    "新篠津村": "shinshinotsu",
    "南幌町": "nanporo",
    "長沼町": "naganuma",
}
PARTNERS = tuple(name for name in ROMAJI if name != LEAD)
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
