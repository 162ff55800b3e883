"""An executed notebook is the same from run to run, however its kernel cut what cells printed."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output
from renkei.batch.streams import joined_streams


def out(text: str, name: str = "stdout") -> NotebookNode:
    output: NotebookNode = new_output("stream", name=name, text=text)
    return output


FIGURE = new_output("display_data", {"text/plain": "a figure"})


@pytest.mark.parametrize(
    "cut",
    [
        [out("one\ntwo\n"), out("careful\n", "stderr")],
        [out("one\n"), out("two\n"), out("careful\n", "stderr")],
        [out("careful\n", "stderr"), out("one\n"), out("two\n")],
        [out("one\n"), out("care", "stderr"), out("two\n"), out("ful\n", "stderr")],
    ],
)
def test_what_is_printed_in_a_row_is_one_text_however_it_was_cut(cut: list[NotebookNode]) -> None:
    """What went to stderr comes after it, in one text of its own."""
    assert [out("one\ntwo\n"), out("careful\n", "stderr")] == joined_streams(cut)


def test_what_is_printed_before_a_figure_stays_before_it() -> None:
    """What comes after it stays after it, too; figures themselves stay as they are."""
    cut = [out("before\n"), FIGURE, FIGURE, out("aft"), out("er\n")]

    assert [out("before\n"), FIGURE, FIGURE, out("after\n")] == joined_streams(cut)


def test_a_cell_without_outputs_has_none() -> None:
    """Nothing is made up."""
    assert [] == joined_streams([])
