"""Forked kernels: as new as any other, told of and ended as any other, and never left behind."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from conftest import PATIENCE, notebook_of
from jupyter_client.manager import KernelManager
from renkei.batch.families import Report
from renkei.batch.kernels.provisioner import ForkedKernel
from renkei.batch.kernels.starting import (
    FORK_SERVER_VARIABLE,
    KERNEL_VARIABLE,
    PRELOADED,
    ForkServer,
    can_fork,
)
from renkei.batch.one import make
from renkei.checkout import Checkout

pytestmark = pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux only")


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    """A kernel server for all tests here, as JupyterLab keeps one."""
    server = ForkServer(PRELOADED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FORK_SERVER_VARIABLE, server.address)
        yield
    server.close()


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[tuple[KernelManager, Any]]:
    """A running kernel “Renkei”, as JupyterLab starts it, and a client of it."""
    manager = KernelManager(kernel_name="renkei", transport="ipc", ip=str(tmp_path / "kernel"))
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client: Any, code: str) -> tuple[str, list[dict[str, Any]]]:
    """The status of the reply, and the contents of all outputs."""
    outputs: list[dict[str, Any]] = []
    reply = client.execute_interactive(
        code, timeout=PATIENCE, output_hook=lambda message: outputs.append(message["content"])
    )
    return reply["content"]["status"], [
        output for output in outputs if {"text", "data", "ename"} & set(output)
    ]


def test_a_kernel_is_forked_with_its_imports_done(kernel: tuple[KernelManager, Any]) -> None:
    """Pandas is there at once; folder, arguments and parent are those of a kernel of its own."""
    manager, client = kernel
    assert manager.provisioner is not None
    assert isinstance(manager.provisioner.process, ForkedKernel)  # type: ignore[attr-defined]

    status, outputs = run(
        client,
        "import sys, os, gc; print('pandas' in sys.modules, os.getcwd(), sys.argv[0], gc.isenabled(), "
        "os.environ['JPY_PARENT_PID'] == str(os.getppid()), os.getpid() == os.getpgid(0))",
    )

    assert "ok" == status
    assert f"True {Path(manager.ip).parent} ipykernel_launcher True True True\n" == outputs[0]["text"]


def test_dataframes_show_japanese_heads(kernel: tuple[KernelManager, Any]) -> None:
    """An analyst reads 単位 where the table says unit; the table itself keeps its names."""
    _, outputs = run(kernel[1], "import pandas\nframe = pandas.DataFrame({'unit': ['人']})\nframe")

    assert '<th scope="col">単位</th>' in outputs[0]["data"]["text/html"]
    assert "unit" in outputs[0]["data"]["text/plain"]


def test_a_series_is_shown_as_a_table(kernel: tuple[KernelManager, Any]) -> None:
    """With the words for its codes, as a DataFrame is."""
    _, outputs = run(kernel[1], "import pandas\npandas.Series(['met'], name='newest_status').value_counts()")

    assert '<th scope="row">満たす</th>' in outputs[0]["data"]["text/html"]


SHOWN = {
    "a call of pyplot": "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('推移');",
    "a call of pandas": "import pandas\npandas.Series([1, 3]).plot(title='推移');",
    "the magic of Jupyter": "%matplotlib inline\nfrom matplotlib import pyplot\npyplot.plot([1])\n"
    "pyplot.title('推移');",
    "plt.show": "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.title('推移')\nplt.show()",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_plots_are_shown_in_the_projects_font(kernel: tuple[KernelManager, Any], code: str) -> None:
    """As SVG whose text is text, in the project's font and colours; its title is said."""
    status, outputs = run(kernel[1], code)
    [drawn] = [output["data"] for output in outputs if "image/svg+xml" in output.get("data", {})]

    assert "ok" == status
    assert [] == [output for output in outputs if output.get("name") == "stderr"]
    assert re.search(r'font-family="IPAexGothic[^>]*>(?s:.*)<text [^>]*>推移</text>', drawn["image/svg+xml"])
    assert "stroke: #0017c1" in drawn["image/svg+xml"]
    assert "図。推移" == drawn["text/plain"]


def test_a_plot_is_drawn_as_an_analyst_asks(kernel: tuple[KernelManager, Any]) -> None:
    """A huge one as dots; in other formats and on other backends where they are asked for."""
    plot = "import matplotlib.pyplot as plt\nplt.scatter(range(20_000), range(20_000));"
    _, huge = run(kernel[1], plot)
    _, asked = run(kernel[1], "%config InlineBackend.figure_formats = ['png']\nplt.plot([1]);")

    assert [{"image/png", "text/plain"}] * 2 == [set(outputs[-1]["data"]) for outputs in (huge, asked)]


def test_a_plot_that_is_not_shown_is_told_with_its_cell(kernel: tuple[KernelManager, Any]) -> None:
    """Once, on stderr; a closed plot, and one that an error left open, are not told."""
    run(kernel[1], "import matplotlib.pyplot as plt\nplt.switch_backend('agg')")
    _, made = run(kernel[1], "figure = plt.figure()")
    _, after = run(kernel[1], "1;")
    _, closed = run(kernel[1], "plt.close(plt.figure())")

    assert "stderr" == made[0]["name"]
    assert made[0]["text"].startswith("renkei: warning: In [2]: a plot was made and not shown")
    assert [] == after == closed


def test_a_batch_tells_of_plots_that_were_not_shown(tmp_path: Path) -> None:
    """The report is made, and its warning names the cell."""
    made = make(
        report_of(tmp_path, "import matplotlib.pyplot as plt\nplt.switch_backend('agg')\nplt.plot([1]);"),
        ["html"],
    )

    assert "" == made.error
    assert ["In [1]: a plot was made and not shown"] == [of.split(",")[0] for of in made.warnings]


def test_autoreload_is_on_in_jupyterlab(kernel: tuple[KernelManager, Any], tmp_path: Path) -> None:
    """An edited module shows in the next run."""
    module = tmp_path / "edited.py"
    module.write_text("VALUE = 1\n")
    run(kernel[1], "import sys; sys.path.insert(0, '.'); import edited")
    module.write_text("VALUE = 'two, now'\n")

    _, outputs = run(kernel[1], "print(edited.VALUE)")

    assert "two, now\n" == outputs[0]["text"]


def test_a_kernel_can_be_interrupted_and_goes_on(kernel: tuple[KernelManager, Any]) -> None:
    """KeyboardInterrupt ends the cell, not the kernel."""
    manager, client = kernel
    # Else what comes close behind the error may be aborted with it, or not: a matter of moments.
    client.execute("import time; print('begun', flush=True); time.sleep(3600)", stop_on_error=False)
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    manager.interrupt_kernel()

    assert "KeyboardInterrupt" == client.get_shell_msg(timeout=PATIENCE)["content"]["ename"]
    assert "ok" == run(client, "1 + 1")[0]


def test_the_end_of_a_kernel_is_noticed(kernel: tuple[KernelManager, Any]) -> None:
    """One that ends itself is no longer alive, and its return code is known."""
    manager, client = kernel
    client.execute("import os; os._exit(7)")
    assert manager.provisioner is not None
    process = manager.provisioner.process  # type: ignore[attr-defined]

    assert 7 == process.wait(timeout=PATIENCE)
    assert not manager.is_alive()


def test_random_numbers_differ_between_kernels(tmp_path: Path) -> None:
    """Forking copies the state of a generator; each kernel gets a new one."""
    report = report_of(tmp_path, "import numpy, random\nprint(numpy.random.rand(), random.random())")
    first, second = (make(report, ["html"]) for _ in range(2))

    assert "" == first.error == second.error
    assert first.files["html"] != second.files["html"]


DIRTY = """
import os, sys, warnings, matplotlib, pandas
from renkei.report.kit import palette
clean = [
    "left_over" not in globals(), matplotlib.rcParams["font.size"] != 99, os.getcwd() != "/",
    "LEFT_OVER" not in os.environ, pandas.get_option("display.max_rows") != 7,
    not hasattr(palette, "left_over"), "left_over" not in sys.modules, sys.getrecursionlimit() != 12345,
]
assert all(clean), clean
left_over = palette.left_over = 1
matplotlib.rcParams["font.size"] = 99
os.environ["LEFT_OVER"] = "1"
pandas.set_option("display.max_rows", 7)
sys.modules["left_over"] = palette
sys.setrecursionlimit(12345)
os.chdir("/")
"""


def test_nothing_goes_from_one_report_to_the_next(tmp_path: Path) -> None:
    """A variable, a setting, a changed folder, environment or module of one kernel is not in the next."""
    report = report_of(tmp_path, DIRTY)

    assert ["", ""] == [make(report, ["html"]).error for _ in range(2)]


def test_forked_and_ordinary_kernels_write_the_same(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notebook and page are the same to the byte, also where a kernel is reached by ports, as on Windows."""
    from renkei.batch.families import families

    report = families(checkout)["municipality"].report({"fiscal_year": 2026, "municipality": "江別市"})
    forked = make(report, ["html"])
    monkeypatch.setenv(KERNEL_VARIABLE, "ordinary")
    monkeypatch.setattr("renkei.batch.one._connection", lambda folder: {})
    ordinary = make(report, ["html"])

    assert "" == forked.error == ordinary.error
    assert forked.files == ordinary.files


def test_a_killed_client_leaves_no_kernel_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever started a kernel is killed without a word: kernel and server end by themselves."""
    script = (
        "from jupyter_client.manager import KernelManager\n"
        "from renkei.batch.kernels.starting import PRELOADED, start_own_server\n"
        "start_own_server(PRELOADED)\n"
        f"manager = KernelManager(kernel_name='renkei', transport='ipc', ip={str(tmp_path / 'kernel')!r})\n"
        "manager.start_kernel()\n"
        "print(manager.provisioner.pid, flush=True)\n"
        "input()\n"
    )
    monkeypatch.delenv(FORK_SERVER_VARIABLE)
    client = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert client.stdout is not None
    kernel = psutil.Process(int(client.stdout.readline()))
    server = kernel.parent()
    assert server is not None
    client.send_signal(signal.SIGKILL)
    client.communicate()

    assert [] == psutil.wait_procs([kernel, server], timeout=PATIENCE)[1]


def test_a_server_that_cannot_import_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report fails with a message, not with a wait without end."""
    server = ForkServer(["no_such_module"])
    monkeypatch.setenv(FORK_SERVER_VARIABLE, server.address)
    made = make(report_of(tmp_path, "1 + 1"), ["html"])
    server.close()

    assert "the process that forks kernels has ended" in made.error


def report_of(folder: Path, code: str) -> Report:
    """A report of one heading and this code."""
    path = folder / "test.ipynb"
    path.write_text(notebook_of(code), encoding="utf-8")
    return Report("test", path, "test", {}, "test")


@pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux only")
def test_a_fork_server_that_has_ended_is_told_at_once(tmp_path: Path) -> None:
    """A package that does not import ends the server; who asks for a kernel is not kept waiting."""
    server = ForkServer(["renkei.no_such_module"])
    try:
        server.wait()
        with pytest.raises(RuntimeError, match="the process that forks kernels has ended"):
            ForkedKernel(server.address, [], {}, str(tmp_path), None)
    finally:
        server.close()
