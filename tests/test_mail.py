"""Drafts of e-mails: what they hold, who gets them, and what is refused."""

import email
import json
import re
import shutil
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Command, call_renkei, made_once, notebook_of, run_renkei
from renkei.checkout import CHECKOUT_VARIABLE, Checkout
from renkei.mail.body import LARGEST_BODY
from renkei.page.content import Content, content_of

EXAMPLE = ROOT / "docs" / "recipients.example.csv"
SENDER = "札幌市企画課 <renkei@city.sapporo.example>"
YEAR = ("--fiscal-year", "2025")
HEAD = "name,office,address,municipality,families\n"


def draft(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def drafts_in(folder: Path) -> dict[str, EmailMessage]:
    """The drafts of a folder by the address in their file's name."""
    return {path.stem.split("--")[1]: draft(path) for path in sorted(folder.glob("*.eml"))}


def mail(*arguments: str, output: Path, recipients: Path = EXAMPLE) -> str:
    result = call_renkei(
        "mail", *arguments, "--recipients", str(recipients), "--sender", SENDER, "--output", str(output)
    )
    assert (0, "") == (result.returncode, result.stderr)
    return result.stdout


@pytest.fixture(scope="module")
def output(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two kinds of reports, and their drafts."""
    folder = tmp_path_factory.mktemp("mail") / "reports"
    shutil.copytree(reports, folder)
    mail("targets", *YEAR, "--format", "html,pdf", output=folder)
    mail("municipality", *YEAR, output=folder)
    return folder


@pytest.fixture(scope="module")
def message(output: Path) -> EmailMessage:
    return draft(output / "fy2025/mail/targets--hanako.chitose@city.chitose.example.eml")


@pytest.fixture(scope="module")
def said(output: Path) -> Content:
    return content_of(json.loads((output / "fy2025/targets.ipynb").read_bytes()))


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


def test_a_draft_is_unsent_and_for_one_person(message: EmailMessage) -> None:
    """X-Unsent without a Date; one address; a Japanese subject with area, year and report."""
    assert "1" == message["X-Unsent"]
    assert message["Date"] is None
    assert message["Message-ID"] is None
    assert "【さっぽろ連携中枢都市圏】2025年度(令和7年度) 連携事業の目標" == message["Subject"]
    assert ["千歳 花子 <hanako.chitose@city.chitose.example>"] == [str(to) for to in message["To"].addresses]
    assert SENDER == str(message["From"])
    assert [] == [name for name in message if name in ("Cc", "Bcc")]


def test_a_draft_has_text_html_pictures_and_the_report(message: EmailMessage, output: Path) -> None:
    """Plain text and HTML are alternatives, pictures belong to the HTML, the report comes after both."""
    kinds = [part.get_content_type() for part in message.walk()]

    assert [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        *["image/png"] * 3,
        "text/html",
        "application/pdf",
    ] == kinds
    assert {"utf-8"} == {
        part.get_content_charset()
        for part in (message.get_body(("plain",)), message.get_body(("html",)))
        if part
    }
    html, pdf = message.iter_attachments()
    assert ["2025年度_連携事業の目標.html", "2025年度_連携事業の目標.pdf"] == [
        html.get_filename(),
        pdf.get_filename(),
    ]
    assert (output / "fy2025/targets.html").read_text(encoding="utf-8") == html.get_content()
    assert (output / "fy2025/targets.pdf").read_bytes() == pdf.get_content()


def test_names_of_files_are_as_rfc_2231_has_them(output: Path) -> None:
    """So that Japanese names arrive whole; programs that do not know them find one in ASCII."""
    raw = (output / "fy2025/mail/targets--hanako.chitose@city.chitose.example.eml").read_bytes()
    assert b"filename*0*=utf-8''2025%E5%B9%B4" in raw
    assert b'name="fy2025-targets.html"' in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_html_shows_only_what_it_brings(message: EmailMessage) -> None:
    """Every picture is in the message and has its text; no script, no address, no style but in the tags."""
    page = BeautifulSoup(content(message, "html"), "html.parser")
    shown = {image["src"] for image in page.find_all("img")}
    brought = {f"cid:{part['Content-ID'].strip('<>')}" for part in message.walk() if part["Content-ID"]}

    assert 3 == len(shown)
    assert shown == brought
    assert all(len(str(image["alt"])) > 40 for image in page.find_all("img"))
    assert [] == page.find_all(["script", "link", "a", "form", "iframe", "object"])
    assert "http" not in str(page)
    # What is left in the head are rules for dark mode and small screens alone.
    style = page.find("style")
    assert style
    assert re.fullmatch(r"(\s*@media [^{]+\{(\s*[^{}]+\{[^{}]*\})*\s*\})+\s*", style.get_text())
    named = [tag for tag in page.find_all(["td", "p", "h1", "h2", "h3"]) if tag.get("class")]
    assert all(tag.get("style") for tag in named)
    assert len(content(message, "html").encode()) < 100_000


def test_text_says_what_html_says(message: EmailMessage) -> None:
    """Every line of the HTML, alternative texts included, stands in the plain text, figures and all."""
    page = BeautifulSoup(content(message, "html"), "html.parser")
    text = content(message, "plain")
    lines = [line.get_text() for line in page.find_all(["p", "h1", "h2", "h3", "li"])]
    lines += [str(image["alt"]) for image in page.find_all("img")]

    def bare(said: str) -> str:
        return re.sub(r"\s", "", said)

    assert len(lines) > 40
    assert [] == [line for line in lines if bare(line) not in bare(text) and line != "さっぽろ連携中枢都市圏"]


def test_figures_come_from_one_place(message: EmailMessage, said: Content, output: Path) -> None:
    """Main points are the same in report, index and e-mail; what needs attention stands in the report."""
    report = (output / "fy2025/targets.html").read_text(encoding="utf-8")
    text = content(message, "plain")

    assert 5 == len(said.points)
    for point in said.points:
        assert f"<li><strong>{point.headline}</strong>{point.detail}</li>" in report
        assert point.headline in text
        assert point.detail in text
    assert said.headline in (output / "index.html").read_text(encoding="utf-8")
    assert [
        "2025年度に期限を迎える目標(5件)",
        "最新値が2025年度の目標に届いていない指標(11件)",
    ] == [part.title for part in said.attention]
    for part in said.attention:
        for name, detail in part.items[:5]:
            assert name in report
            assert name in text
            assert detail in text
    assert "ほか6件は添付の報告書に掲げています。" in text


def test_the_same_reports_give_the_same_drafts(output: Path) -> None:
    before = {path: path.read_bytes() for path in output.rglob("*.eml")}
    mail("targets", *YEAR, "--format", "html,pdf", output=output)
    assert before == {path: path.read_bytes() for path in output.rglob("*.eml")}


def test_each_municipality_gets_its_own_report(output: Path) -> None:
    """And nobody else's: subject, salutation and attachment are of the row's municipality."""
    found = {
        path.name: (
            str(draft(path)["Subject"]).partition("】")[2],
            [part.get_filename() for part in draft(path).iter_attachments()],
        )
        for path in (output / "fy2025/mail").glob("municipality-*.eml")
    }
    assert {
        "municipality-chitose--hanako.chitose@city.chitose.example.eml": (
            "2025年度(令和7年度) 千歳市の連携事業",
            ["2025年度_千歳市の連携事業.html"],
        ),
        "municipality-tobetsu--jiro.tobetsu@town.tobetsu.example.eml": (
            "2025年度(令和7年度) 当別町の連携事業",
            ["2025年度_当別町の連携事業.html"],
        ),
    } == found


def test_one_person_may_get_the_reports_of_several_municipalities(
    output: Path, called: Command, tmp_path: Path
) -> None:
    """But none of them twice, wherever the rows stand."""
    rows = [f"一,,a@b.example,{name},municipality\n" for name in ("千歳市", "当別町", "当別町")]
    listed = tmp_path / "recipients.csv"
    listed.write_text(HEAD + "".join(rows[:2]))
    assert "2 drafts" in mail("municipality", *YEAR, output=output, recipients=listed)
    listed.write_text(HEAD + "".join(rows))

    result = called("mail", "municipality", *YEAR, "--output", str(output), "--recipients", str(listed))

    assert 1 == result.returncode
    assert "recipients.csv:4: a@b.example gets municipality by line 3 already" in result.stderr
    listed.write_text(HEAD + rows[0])
    told = mail("municipality", *YEAR, output=output, recipients=listed)
    # Also of a municipality whose report nobody gets any more.
    assert "municipality-tobetsu--a@b.example.eml.unlisted" in told
    mail("municipality", *YEAR, output=output)


def test_only_one_municipality_can_be_asked_for(output: Path, tmp_path: Path) -> None:
    told = mail("municipality", *YEAR, "--municipality", "当別町", output=output)
    assert "1 drafts" in told
    assert "千歳市" not in told


def small_notebook(detail: str) -> str:
    return notebook_of(
        "from renkei.report.kit.pieces import Attention, points_of\n"
        f"points_of([('要点', {detail})], [Attention('注意', (('指標', '実績 3件'),))])",
        "fiscal_year = 2025",
    )


@pytest.fixture(scope="session")
def small_made(shared: Path) -> Path:
    """A project with one small family, and its report of 2025; made once."""

    def make(root: Path) -> None:
        shutil.copytree(ROOT / "data", root / "data")
        (root / "notebooks").mkdir()
        (root / "notebooks/small.ipynb").write_text(small_notebook("'12件'"))
        (root / "notebooks/reports.toml").write_text(
            '[small]\nnotebook = "small.ipynb"\ntitle = "{fiscal_year}年度 小報告"\n'
            'file = "fy{fiscal_year}/small"\nparameters.fiscal_year = { values = [2024, 2025] }\n'
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(CHECKOUT_VARIABLE, str(root))
            assert 0 == run_renkei("render", "small", *YEAR, "--format", "html").returncode

    return made_once(shared / "small-family", make)


@pytest.fixture
def small(small_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A copy of it to break, in which the report is up to date."""
    shutil.copytree(small_made, tmp_path / "project")
    monkeypatch.setenv(CHECKOUT_VARIABLE, str(tmp_path / "project"))
    return Checkout(tmp_path / "project")


def recipients(checkout: Checkout, text: str, encoding: str = "utf-8") -> list[str]:
    """Options that name a file of recipients with these rows."""
    path = checkout.root / "recipients.csv"
    path.write_bytes((HEAD + text).encode(encoding))
    return ["--recipients", str(path)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_recipients_are_read_as_excel_saves_them(small: Checkout, called: Command, encoding: str) -> None:
    """UTF-8, with byte order mark, or CP932; empty rows are passed over."""
    listed = recipients(
        small, "髙橋 はしご,恵庭市 企画課,t@eniwa.example,恵庭市,small\n,,,,\n　, ,,,\n\n", encoding
    )

    assert 0 == called("mail", "small", *YEAR, *listed).returncode

    [message] = drafts_in(small.reports / "fy2025/mail").values()
    assert "髙橋 はしご <t@eniwa.example>" == str(message["To"])
    assert "恵庭市 企画課\r\n髙橋 はしご 様" in content(message, "plain")


def test_a_draft_of_someone_no_longer_listed_is_set_aside(
    small: Checkout, called: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by name, kept as it was, and under a name by which nobody sends it by hand; no preview stays."""
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    rows = "".join(f"{name},,{name}@b.example,,small\n" for name in ("ichi", "o'ni#", "san"))
    folder = small.reports / "fy2025/mail"
    called("mail", "small", *YEAR, *recipients(small, rows), "--preview")
    by_hand = folder / "small--o%27ni%23@b.example.eml"
    by_hand.write_bytes(by_hand.read_bytes() + b"written by hand\r\n")
    before = {path.name: path.read_bytes() for path in folder.glob("*.eml")}

    result = called("mail", "small", *YEAR, *recipients(small, "san,,san@b.example,,small\n"))

    assert 0 == result.returncode
    assert [
        "ichi@b.example: not in this list of recipients; the draft is set aside, as "
        "small--ichi@b.example.eml.unlisted",
        "o'ni#@b.example: not in this list of recipients; the draft is set aside, as "
        "small--o%27ni%23@b.example.eml.unlisted",
    ] == [line for line in result.stdout.splitlines() if "set aside" in line]
    assert before == {path.name.removesuffix(".unlisted"): path.read_bytes() for path in folder.glob("*@*")}
    assert ["san@b.example"] == list(drafts_in(folder))
    assert ["small--san@b.example.html"] == [path.name for path in (folder / "preview").iterdir()]
    again = called("mail", "small", *YEAR, *recipients(small, "san,,san@b.example,,small\n"))
    assert "set aside" not in again.stdout
    # What was set aside before is not written over by another draft, and the same is there once.
    for _ in range(2):
        called("mail", "small", *YEAR, *recipients(small, rows))
        called("mail", "small", *YEAR, *recipients(small, "san,,san@b.example,,small\n"))
    assert before[by_hand.name] == by_hand.with_name(f"{by_hand.name}.unlisted").read_bytes()
    assert {f"{by_hand.name}.unlisted-2", "small--ichi@b.example.eml.unlisted"} == {
        path.name for path in folder.glob("*unlisted*")
    } - {f"{by_hand.name}.unlisted"}


def test_drafts_for_other_municipalities_stay(small: Checkout, called: Command) -> None:
    """Where only one is asked for."""
    both = recipients(small, "一,,a@b.example,千歳市,small\n二,,c@d.example,恵庭市,small\n")
    called("mail", "small", *YEAR, *both)
    called("mail", "small", *YEAR, *both, "--municipality", "恵庭市")

    assert ["a@b.example", "c@d.example"] == list(drafts_in(small.reports / "fy2025/mail"))


GOOD = "一,,a@b.example,,small\n"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            '一,,"a@b.example\r\nBcc: c@d.example",,small\n',
            r"csv:3: address: one line of plain text was expected",
        ),
        ('"一\nBcc: c@d.example",,a@b.example,,small\n', r"csv:3: name: one line of plain text was expected"),
        (
            "一,,a@b.example;一@d.example,,small\n",
            r"csv:2: address: addresses in ASCII .* found “一@d.example”",
        ),
        ("一,,a@b.example;A@b.example,,small\n", r"csv:2: address, cc, bcc: each address once .* 2 times"),
        (
            "一,,企画課 <a@b.example>,,small\n",
            r"csv:2: address: addresses .* found “企画課”, “<a@b.example>”",
        ),
        ("一,,市:a@b.example;,,small\n", r"csv:2: address: addresses .* found “市:a@b.example”"),
        *(
            (f"一,,{bad},,small\n", r"csv:2: address: addresses in ASCII .* were expected")
            for bad in ("<t@x.example>", "@x.example", "t@x.example.", "a@b@c", "t@[", "t@x..example", "t")
        ),
        ("一,,a@b.example,small\n二,\n", r"csv:2: 5 cells .*found 4.*\n.*csv:3: 5 cells .*found 2"),
        ("一,,a＠b.example,,small\n", r"csv:2: address: addresses in ASCII .* were expected"),
        ("一,,,,small\n", r"csv:2: address: addresses in ASCII .* found “”"),
        (",,a@b.example,,small\n", r"csv:2: name: whom to write to was expected"),
        ("一,,a@b.example,函館市,small\n", r"csv:2: municipality: one of 札幌市、.*found “函館市”"),
        ("一,,a@b.example,,smal\n", r"csv:2: families: some of small .* found “smal”"),
        ("一,,a@b.example,,\n", r"csv:2: families: some of small"),
        (GOOD + "二,,A@b.example,,small\n", r"csv:3: A@b.example gets small by line 2 already"),
        ("一,,a@b.example,small\n", r"csv:2: 5 cells were expected, found 4"),
    ],
)
def test_bad_rows_are_refused_and_nothing_is_written(
    small: Checkout, called: Command, rows: str, message: str
) -> None:
    result = called("mail", "small", *YEAR, *recipients(small, rows))

    assert 1 == result.returncode
    assert re.search(message, result.stderr), result.stderr
    assert not (small.reports / "fy2025/mail").exists()


def no_file(checkout: Checkout) -> list[str]:
    return ["--recipients", str(checkout.root / "none.csv")]


def older_than_data(checkout: Checkout) -> list[str]:
    with (checkout.tables / "costs.csv").open("a") as file:
        file.write("\n")
    return recipients(checkout, GOOD)


def older_than_notebook(checkout: Checkout) -> list[str]:
    (checkout.notebooks / "small.ipynb").write_text(small_notebook("'13件'"))
    return recipients(checkout, GOOD)


def missing(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--fiscal-year", "2024"]


def missing_pdf(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--format", "html,pdf"]


def too_large(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--size-limit", "0.01"]


def nobody(checkout: Checkout) -> list[str]:
    return recipients(checkout, "")


def sender_with_line_break(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--sender", "市\nBcc: c@d.example <a@b.example>"]


def unknown_municipality(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--municipality", "函館市"]


def no_folder(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--output", str(checkout.root / "elsewhere")]


def two_years(checkout: Checkout) -> list[str]:
    return [*recipients(checkout, GOOD), "--fiscal-year", "2024-2025"]


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (no_file, r"none\.csv: a list of recipients was expected there"),
        (older_than_data, r"run 'renkei render' .*\n.*fy2025/small: older than its data"),
        (older_than_notebook, r"fy2025/small: older than its data, code or notebook"),
        (missing, r"fy2024/small: missing as html"),
        (missing_pdf, r"fy2025/small: missing as pdf"),
        (too_large, r"a@b\.example: a message of at most 10,000 bytes was expected, found"),
        (nobody, r"recipients of small were expected, found none"),
        (sender_with_line_break, r"--sender or RENKEI_MAIL_SENDER: one name and address"),
        (unknown_municipality, r"the municipalities are .*found “函館市”"),
        (no_folder, r"elsewhere: a folder of reports was expected"),
        (two_years, r"one fiscal year was expected, found “2024-2025”"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    small: Checkout, called: Command, case: Callable[[Checkout], list[str]], message: str
) -> None:
    result = called("mail", "small", *YEAR, *case(small))

    assert 1 == result.returncode
    assert re.search(message, result.stderr), result.stderr
    assert not (small.reports / "fy2025/mail").exists()
    assert not (small.reports / "fy2024").exists()
    assert not (small.root / "elsewhere").exists()


def test_a_body_that_mail_programs_would_cut_off_is_refused(
    small: Checkout, called: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gmail shows some 102 KB; here less is allowed, so that a small report is too long."""
    assert LARGEST_BODY <= 102_000
    monkeypatch.setattr("renkei.mail.body.LARGEST_BODY", 5_000)

    result = called("mail", "small", *YEAR, *recipients(small, GOOD))

    assert 1 == result.returncode
    assert re.search(r"a body of at most 5,000 bytes was expected, found \d+,\d{3}; shorten", result.stderr)
    assert not (small.reports / "fy2025/mail").exists()


def test_a_year_is_asked_for_where_reports_have_one(small: Checkout, called: Command) -> None:
    result = called("mail", "small", *recipients(small, GOOD))
    assert (1, True) == (result.returncode, "small needs --fiscal-year, one of 2024, 2025" in result.stderr)


def test_a_preview_opens_in_the_browser(
    small: Checkout, called: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first message as a page of its own, with its headers and without anything left to load."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)

    assert 0 == called("mail", "small", *YEAR, *recipients(small, GOOD), "--preview").returncode

    page = small.reports / "fy2025/mail/preview/small--a@b.example.html"
    assert [page.as_uri()] == opened
    text = BeautifulSoup(page.read_bytes(), "html.parser").get_text()
    assert "To: 一 <a@b.example>" in text
    assert "2025年度_小報告.html" in text
    assert "cid:" not in page.read_text(encoding="utf-8")
