"""JupyterLab as an analyst uses it: open a notebook, change the year, run all, export."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT, git, needs_chromium, run_renkei
from playwright.sync_api import Browser, Page, Response, expect
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.git.settings import tell_git
from test_own_cells import ANALYSTS, CELLS, PLOTS, TABLES

from notebooks import write

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A copy of the project for all tests here."""
    root = tmp_path_factory.mktemp("lab") / "project"
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHECKOUT_VARIABLE, str(root))
        yield Checkout(root)


@pytest.fixture(scope="module")
def lab(project: Checkout) -> Iterator[str]:
    """The address of a JupyterLab on the project, as `make lab` starts it; git knows the project."""
    root, settings = project.root, project.root.with_name("settings")
    shutil.copytree(ROOT / "lib/renkei/batch/kernels/lab_settings", settings / "overrides.d")
    git("init", "--quiet", at=root)
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, root)
    assert tell_git(project)
    git("add", "--all", at=root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
         "--IdentityProvider.token=test", f"--LabApp.app_settings_dir={settings}", *flags_of_make()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=root,
        env={
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(root.with_name("config")),
            "JUPYTER_CONFIG_PATH": str(ROOT / "lib/renkei/git/jupyter"),
        },
    )  # fmt: skip
    try:
        while not answers(f"{address}/api?token=test"):
            assert server.poll() is None, "JupyterLab ended before it answered"
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def flags_of_make() -> list[str]:
    """What `make lab` says to JupyterLab of folder and first page."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlab:")[2].partition("\n\n")[0]
    return re.findall(r"--(?:Server|Lab)App\.[^\s\"]+", recipe)


def answers(address: str) -> bool:
    """Whether a server is there already."""
    try:
        urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310
    except OSError:
        return False
    return True


def run_all(page: Page) -> None:
    """Run all cells, wait for the last, and demand that none ends with an error or a warning."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # All cells are marked as waiting at once; from when the first is done, no mark means no cell waits.
    expect(
        page.locator(".jp-Notebook .jp-InputPrompt").filter(has_text=re.compile(r"\[\d")).first
    ).to_have_text("[1]:", timeout=1000 * PATIENCE)
    page.wait_for_function(
        "![...document.querySelectorAll('.jp-InputPrompt')].some(part => part.textContent.includes('*'))",
        timeout=1000 * PATIENCE,
    )
    assert 0 == page.locator("[data-mime-type='application/vnd.jupyter.error']").count()
    assert 0 == page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count()


def test_lab_opens_on_the_project_and_runs_an_analysts_own_cells(
    browser: Browser, lab: str, project: Checkout
) -> None:
    """The start page beside the project's folders, no question on news; ten cells of an analyst show all."""
    write(project.notebooks / "own.ipynb", ANALYSTS["renkei"])
    page = browser.new_page(viewport={"width": 1400, "height": 12_000})
    page.goto(f"{lab}/?token=test")
    expect(page.get_by_role("heading", name="はじめに")).to_be_visible(timeout=1000 * PATIENCE)
    expect(page.get_by_text("Renkei | Idle")).to_be_visible(timeout=1000 * PATIENCE)
    folders = page.locator(".jp-DirListing-itemText")
    expect(folders.filter(has_text=re.compile("^data$"))).to_be_visible()
    expect(folders.filter(has_text=re.compile("^notebooks$"))).to_be_visible()
    run_all(page)
    assert 0 == page.get_by_text("official Jupyter news").count()

    page.goto(f"{lab}/lab/tree/notebooks/own.ipynb?token=test")
    expect(page.locator(".jp-CodeCell:visible .cm-content").first).to_contain_text(
        CELLS[0].split("\n")[0], timeout=1000 * PATIENCE
    )
    expect(page.get_by_text("Renkei | Idle")).to_be_visible(timeout=1000 * PATIENCE)
    run_all(page)
    drawn = page.locator(".jp-OutputArea:visible [data-mime-type='image/svg+xml']")
    tables = page.locator(".jp-OutputArea:visible .renkei .table > table:visible")
    assert (PLOTS, TABLES) == (drawn.count(), tables.count())
    # As in the report, whatever JupyterLab says of tables.
    align = "cell => getComputedStyle(cell).textAlign"
    assert "left" == tables.first.locator("tbody th").first.evaluate(align)
    page.close()


def is_saved(response: Response) -> bool:
    """Whether an answer of the server is that a notebook was saved."""
    return "PUT" == response.request.method and "/api/contents/notebooks/targets.ipynb" in response.url


def test_an_analyst_changes_the_year_runs_all_and_exports(
    browser: Browser, lab: str, project: Checkout, tmp_path: Path
) -> None:
    """Run All ends without an error, and the export menu's page is the one that renkei render makes."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(1000 * PATIENCE)
    # A workspace of its own: nothing that another test opened is open.
    page.goto(f"{lab}/lab/workspaces/second/tree/notebooks/targets.ipynb?token=test")
    first = page.locator(".jp-Notebook .jp-CodeCell .cm-content").first
    expect(first).to_contain_text("fiscal_year = 2024", timeout=1000 * PATIENCE)

    # Cells that are run before there is a kernel are passed over.
    expect(page.get_by_text("Renkei | Idle")).to_be_visible(timeout=1000 * PATIENCE)
    first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("fiscal_year = 2026")
    run_all(page)

    # Outputs look as in the report, whatever rules JupyterLab has for them.
    looks = (
        "part => { const style = getComputedStyle(part); return [style.backgroundColor, style.textAlign] }"
    )
    assert ["rgb(232, 241, 254)", "start"] == page.locator(".renkei .points").first.evaluate(looks)
    assert ["rgba(0, 0, 0, 0)", "left"] == page.locator(".renkei tbody th[scope=row]").first.evaluate(looks)
    assert "rgb(255, 255, 255)" == page.locator(".renkei").first.evaluate(looks)[0]

    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").hover()
    with (
        page.expect_popup() as popup,
        page.context.expect_event("download", timeout=1000 * PATIENCE) as download,
    ):
        page.locator(".lm-Menu-itemLabel", has_text="Renkei_html").click()
    assert popup.value is not None
    exported = Path(download.value.path()).read_text(encoding="utf-8")

    # For git, what was run and saved differs in the edited line, and in nothing when that is as before.
    for year, change in ((2026, "1\t1\tnotebooks/targets.ipynb\n"), (2024, "")):
        first.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(f"fiscal_year = {year}")
        with page.expect_response(is_saved) as saved:
            page.keyboard.press("Control+s")
        assert 200 == saved.value.status
        assert '"outputs": [\n    {' in (project.notebooks / "targets.ipynb").read_text(encoding="utf-8")
        assert change == git("diff", "--numstat", at=project.root)
    told = git("status", "--porcelain", "--", "notebooks", at=project.root).splitlines()
    assert [] == [line for line in told if line.startswith("AM")]
    page.close()

    rendered = run_renkei("render", "targets", "--fiscal-year", "2026", "--format", "html",
                          "--output", str(tmp_path / "out"))  # fmt: skip
    assert 0 == rendered.returncode
    assert "2026年度(令和8年度) 連携事業の目標" in exported
    assert (tmp_path / "out/fy2026/targets.html").read_text(encoding="utf-8") == exported
