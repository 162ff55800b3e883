"""The pages in a real browser without a network: Debian's Chromium, headless."""

import shutil
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PATIENCE, ROOT, needs_chromium, run_renkei
from playwright.sync_api import Browser

pytestmark = needs_chromium

PAGES = (
    "fy2021/outcomes.html",
    "fy2026/targets.html",
    "fy2026/municipality-nanporo.html",
    "trajectory.html",
    "index.html",
)


#: 640 is what a window of 1280 pixels has at 200 % zoom.
WIDTHS = (1280, 640, 390, 320)


@pytest.mark.parametrize("file", PAGES)
def test_pages_open_offline_with_an_empty_console(browser: Browser, reports: Path, file: str) -> None:
    """No console message, no request but for the file, pictures drawn, nothing wider than the window."""
    context = browser.new_context(offline=True, viewport={"width": WIDTHS[0], "height": 900})
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))

    page.goto((reports / file).as_uri())

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert width == page.evaluate("innerWidth")
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.inner_text("h1")
    assert [] == messages
    assert [(reports / file).as_uri()] == [url for url in requests if not url.startswith("data:")]
    context.close()


@pytest.mark.parametrize("file", PAGES)
def test_pages_have_no_serious_barrier(browser: Browser, reports: Path, file: str) -> None:
    """axe-core finds nothing serious or critical, folded parts open, on a wide and on a narrow screen."""
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    page.goto((reports / file).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")

    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found += [(width, violation) for violation in Axe().run(page).response["violations"]]
    page.close()

    assert [] == [
        (width, violation["id"], violation["nodes"][0]["html"][:200])
        for width, violation in found
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="module")
def preview(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An e-mail with the targets of 2026, as a page."""
    output = tmp_path_factory.mktemp("preview") / "reports"
    shutil.copytree(reports, output)
    command = ["mail", "targets", "--fiscal-year", "2026", "--preview", "--output", str(output)]
    example = str(ROOT / "docs/recipients.example.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER", "true")
        assert 0 == run_renkei(*command, "--recipients", example).returncode
    return next((output / "fy2026/mail/preview").glob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [600, 360])
def test_e_mails_read_well(
    browser: Browser, preview: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Nothing wider than the window, every picture there, and good contrast, in dark mode too."""
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(preview.as_uri())

    violations = Axe().run(page).response["violations"]

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert [] == [
        (violation["id"], violation["nodes"][0]["html"])
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]
    # The rules for dark mode come through the inlining.
    ground = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert {"light": "rgb(255, 255, 255)", "dark": "rgb(38, 38, 38)"}[scheme] == ground
    context.close()
