"""A list of FY2022 that does not exist, for tests: that of FY2021 as corrected, with made-up cells in it.

It says of itself, above each of its tables, that it is made up. What follows from it is worked by hand here.
"""

from __future__ import annotations

import hashlib
import re
import tomllib

from renkei.checkout import Checkout
from renkei.documents.sources import corrected_lines, document, sources_on_record
from renkei.tables.curated import Curated

ID = "status_list_fy2022"
MADE_UP = "※この一覧は試験のために作った架空のもの"

#: By line of the FY2021 list: what stands there, and what the made-up list has in its place.
CELLS = {
    11: ("17,750千人 (2020年度)", "22,000千人 (2021年度)"),
    # Of 58 that could be judged 42 were achieved; two more are and one is not any more: 43, 74.1379… %.
    12: ("72.41%\t×\t・達成済み(見込含む)42/評価可能58", "74.14%\t×\t・達成済み（見込含む）43/評価可能58"),
    20: ("0回\t×\t・新型コロナウイルス感染拡大に伴い中止", "2回\t◎\t・説明会を2回開催(架空)"),
    21: ("623千円\t×", "8,100千円\t◎"),
    23: ("68件\t◎", "55件\t△"),
    # Goes on as 2024-38-1, which has no baseline: 255 are asked of FY2025.
    87: ("229件", "260件"),
    # Goes on as 2024-41-1, which has no baseline: 1,150 are asked of every year.
    97: ("1,500人", "900人"),
}


def add_fy2022(checkout: Checkout, readme: str) -> None:
    """Put the made-up list on record as the README says, with the block that stands there."""
    source = sources_on_record(checkout)["status_list_fy2021"]
    lines = corrected_lines(source, document(checkout, source), Curated.read(checkout).corrections)
    text = "\n".join(_line(line.number, line.text) for line in lines)
    path = checkout.sources / f"{ID}.txt"
    path.write_text(text, encoding="utf-8")
    [block] = re.findall(r"^   ```toml\n(.*?)^   ```$", readme, re.MULTILINE | re.DOTALL)
    block = block.replace("…", hashlib.sha256(path.read_bytes()).hexdigest())
    assert (ID, path.name) == tuple(tomllib.loads(block)["source"][0][key] for key in ("id", "file"))
    with (checkout.sources / "sources.toml").open("a", encoding="utf-8") as record:
        record.write(f"\n{block.replace('一覧', '一覧【架空】')}")


def _line(number: int, text: str) -> str:
    text = text.removesuffix("\r")
    if number in CELLS:
        old, new = (cell.replace("(見込含む)", "（見込含む）") for cell in CELLS[number])
        assert 1 == text.count(old), (number, text)
        return text.replace(old, new)
    if text.startswith("## "):
        return text.replace("2021年度", "2022年度").replace("【暫定版】", "【架空】")
    return f"{text}\n{MADE_UP}" if text.startswith(("&lt;評価凡例", "<評価凡例")) else text
