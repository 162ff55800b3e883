"""What the reports tell of doubts, contradictions and targets below their baseline."""

from dataclasses import replace

from conftest import edit
from renkei.baselines import targets_with_baselines
from renkei.checkout import Checkout
from renkei.contradictions import contradictions
from renkei.documents.sources import sources_on_record
from renkei.load import load_table
from renkei.report.doubts import corrections_table, doubts_table
from renkei.report.kit.pieces import Piece, Table
from renkei.report.kit.pieces_text import paragraph
from renkei.report.trajectory import baselines_table, contradictions_table


def table_of(piece: Piece) -> Table:
    assert isinstance(piece, Table)
    return piece


def test_doubtful_forecasts_stand_before_the_other_doubts_of_a_list() -> None:
    """Under a head of their own, each with its line; with one document its title is not repeated."""
    [listed, _] = sources_on_record(Checkout.current()).values()
    doubts = table_of(doubts_table(load_table("doubts"), [listed]))
    forecasts, readings = doubts.groups

    assert "年度末の見込みを、年度途中の記載から確かめられないもの(4件)" == forecasts.head
    assert f"記載の内容に疑義のあるもの({len(readings.rows)}件)" == readings.head
    assert ["26行", "66行", "93行", "101行"] == [row[0].text for row in forecasts.rows]
    assert f"文書の記載に疑義のある箇所({4 + len(readings.rows)}件)" == doubts.caption


def test_the_doubts_of_two_documents_are_told_apart() -> None:
    """Line 211 is the vision's: each document's doubts stand under its title."""
    sources = [*sources_on_record(Checkout.current()).values()]
    groups = table_of(doubts_table(load_table("doubts"), sources)).groups

    assert [sources[0].title, sources[0].title, sources[1].title] == [
        group.head.partition("　")[2] for group in groups
    ]
    assert "211行" in [row[0].text for row in groups[2].rows]


def test_a_document_without_doubts_or_corrections_has_a_sentence_in_place_of_a_table() -> None:
    """Another document's rows are none of its own."""
    [listed, _] = sources_on_record(Checkout.current()).values()
    other = replace(listed, id="another_list")

    assert paragraph("記載に疑義のある箇所として記録したものはない。") == doubts_table(
        load_table("doubts"), [other]
    )
    assert paragraph("誤字・読み取り誤りとして訂正した箇所はない。") == corrections_table(
        load_table("corrections"), [other]
    )


def test_a_doubt_names_the_line_in_which_its_text_stands(checkout_copy: Checkout) -> None:
    """Also where the row names none, and where a line was inserted above it."""
    edit(checkout_copy.curated / "doubts.csv", "status_list_fy2021,65,", "status_list_fy2021,,")
    path = checkout_copy.sources / "status_list_fy2021.txt"
    path.write_bytes(b"\n" + path.read_bytes())
    [listed, _] = sources_on_record(checkout_copy).values()

    forecasts, readings = table_of(doubts_table(load_table("doubts"), [listed])).groups
    corrections = table_of(corrections_table(load_table("corrections"), [listed])).groups[0]

    assert ["27行", "67行", "94行", "102行"] == [row[0].text for row in forecasts.rows]
    assert ["66行"] == [row[0].text for row in readings.rows if row[1].text == "DIVERCITY"]
    assert "11行" == corrections.rows[0][0].text


def test_each_contradiction_says_what_does_not_fit() -> None:
    """Three kinds, of the list alone, whose title stands below; the ratings are the published ones."""
    found = table_of(contradictions_table(contradictions()))
    said = [row[2].text for group in found.groups for row in group.rows]

    assert "評価と目標・実績の記載の食い違い(3件)" == found.caption
    assert [
        "評価は「×」であるが、達成割合そのものを示す指標であり、評価可能な指標の数に含まれていない",
        "目標は「2022年度まで」、評価は「×」",
        "目標は「1回(毎年度)」、実績は「毎年度」、評価は「◎」",
    ] == said
    assert "2021年度" in found.source
    assert "第2期" not in found.source


def test_targets_below_their_baseline_are_told_as_no_error() -> None:
    """11 to 8, 70,046 to 64,000 and 2 to 1, the first of the three groups, with its count."""
    below = table_of(baselines_table(targets_with_baselines())).groups[0]

    assert "目標が基準値を下回る(3件)" == below.head
    assert [(11, 8), (70_046, 64_000), (2, 1)] == [(row[3].number, row[4].number) for row in below.rows]
