"""A checkout of an area that does not exist, for tests: nothing of the real one's data is in it.

Its documents and `area.toml` are in `tests/made_up_area/`; what people would have judged of them stands
here. Schema and units are the project's own, and so are the notebooks but for what their prose says.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from conftest import ROOT
from renkei.checkout import Checkout
from renkei.tables.schema import resources

MADE_UP = ROOT / "tests" / "made_up_area"

#: The lines of sources.toml, by document.
_SOURCES = {
    "list": """
[[source]]
id = "list"
file = "list.txt"
title = "架空連携中枢都市圏 2029年度 連携事業実施状況等一覧【暫定版】"
publisher = "架空市"
status = "provisional"
period = "2029年度"
plan = 2028
reader = "status_list"
fiscal_year = 2029
sha256 = "{sha256}"
""",
    "plan": """
[[source]]
id = "plan"
file = "plan.txt"
title = "第2期架空連携中枢都市圏ビジョン Ⅵ 連携協約に基づき推進する具体的取組"
publisher = "架空市"
status = "final"
period = "2031年度から2033年度まで"
plan = 2031
reader = "vision"
sha256 = "{sha256}"
""",
}

#: Rows of the curated files, by document.
_JUDGED = {
    "list": {
        "sections": [
            "2028,1,連携事業の企画と効果検証,1,,,架空",
            "2028,2,創業の促進,1,,,架空",
            "2028,3,移動図書館の共同運行,2,,,架空",
        ],
        "indicator_counts": [
            "list,2028-K,1,架空",
            "list,2028-01,1,架空",
            "list,2028-02,2,架空",
            "list,2028-03,1,架空",
        ],
        "target_kinds": [
            "2028-K1,by_year,higher,架空",
            "2028-02-2,by_year,higher,架空",
        ],
    },
    "plan": {
        "sections": [
            "2031,1,連携事業の企画と効果検証,1,,産業の振興,架空",
            "2031,2,創業の促進,1,,創業支援,架空",
            "2031,3,移動図書館の共同運行,2,,学びと文化,架空",
        ],
        "indicator_counts": [
            "plan,2031-K,2,架空",
            "plan,2031-01,1,架空",
            "plan,2031-02,2,架空",
            "plan,2031-03,1,架空",
        ],
        "target_kinds": [
            "2031-K1,by_year,higher,架空",
            "2031-K2,by_year,higher,架空",
            "2031-02-2,by_year,higher,架空",
        ],
    },
}
_CROSSWALK = [
    "2028-K1,2031-K1,same,true,架空",
    ",2031-K2,new,false,架空",
    "2028-01-1,2031-01-1,same,true,架空",
    "2028-02-1,2031-02-1,same,true,架空",
    "2028-02-2,2031-02-2,redefined,false,架空",
    "2028-03-1,2031-03-1,same,true,架空",
]

#: What the notebooks' prose, and the defaults of their parameters, say of the real area.
_PROSE = {"札幌市": "架空市", "千歳市": "例示町", "2021": "2029", "2024": "2031"}


def lay_out(root: Path, *documents: str) -> Checkout:
    """A checkout below `root` of the made-up area with these of its documents, “list” and “plan”.

    With one of them, its plan is the area's only one.
    """
    checkout = Checkout(root)
    for folder in (checkout.sources, checkout.curated, checkout.actuals, checkout.tables):
        folder.mkdir(parents=True)
    checkout.notebooks.mkdir()
    for path in [*(ROOT / "notebooks").glob("*.ipynb"), ROOT / "notebooks" / "reports.toml"]:
        text = path.read_text(encoding="utf-8")
        for real, made_up in _PROSE.items():
            text = text.replace(real, made_up)
        (checkout.notebooks / path.name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "data" / "datapackage.json", checkout.schema)
    checkout.area.write_text(_area(documents), encoding="utf-8")
    record = ""
    for name in documents:
        content = (MADE_UP / f"{name}.txt").read_bytes()
        (checkout.sources / f"{name}.txt").write_bytes(content)
        record += _SOURCES[name].format(sha256=hashlib.sha256(content).hexdigest())
    (checkout.sources / "sources.toml").write_text(record, encoding="utf-8")
    for name, table in resources(checkout).items():
        if table.path.parent in (checkout.curated, checkout.actuals):
            rows = [row for document in documents for row in _JUDGED[document].get(name, [])]
            rows += _CROSSWALK if name == "crosswalk" and len(documents) > 1 else []
            table.path.write_text("\n".join([",".join(table.columns), *rows, ""]), encoding="utf-8")
    shutil.copy(ROOT / "data" / "curated" / "units.csv", checkout.curated)
    return checkout


def _area(documents: tuple[str, ...]) -> str:
    text = (MADE_UP / "area.toml").read_text(encoding="utf-8")
    head, first, second = text.split("[[plans]]\n")
    second, *pillars = second.split("[[pillars]]\n")
    plans = [plan for name, plan in (("list", first), ("plan", second)) if name in documents]
    return "[[pillars]]\n".join(["[[plans]]\n".join([head, *plans]), *pillars])


def add_list(checkout: Checkout, fiscal_year: int, *edits: tuple[str, str]) -> Path:
    """Put the list of another year beside the made-up area's first one: the same, but for these edits.

    It is marked as made up, as the first one is, and goes behind it on the record.
    """
    text = (
        (MADE_UP / "list.txt").read_text(encoding="utf-8").replace("2029年度 連携", f"{fiscal_year}年度 連携")
    )
    for old, new in edits:
        assert 1 == text.count(old), f"{old!r} stands {text.count(old)} times in the made-up list"
        text = text.replace(old, new)
    name = f"list_fy{fiscal_year}"
    path = checkout.sources / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    record = _SOURCES["list"].replace('"list', f'"{name}').replace("2029", str(fiscal_year))
    with (checkout.sources / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(record.format(sha256=hashlib.sha256(path.read_bytes()).hexdigest()))
    return path
