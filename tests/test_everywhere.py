"""What the project needs of a machine: Python and the wheels of the lock, on Linux, macOS and Windows."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, git
from renkei.batch.families import families
from renkei.batch.kernels.starting import can_fork
from renkei.checkout import Checkout

CODE = ROOT / "lib" / "renkei"
#: Where kernels are forked, which is done on Linux alone (`can_fork`).
FORKING = {"batch/kernels/fork_server.py", "batch/kernels/provisioner.py"}
#: What asks first whether the system has it.
ASKING = {"batch/kernels/care.py", "scratch.py", "system_errors.py"}
#: Modules and names of modules that Windows or macOS lacks.
MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "syslog", "winreg", "msvcrt"}
NAMES = {
    *("fork", "setsid", "killpg", "getuid", "geteuid", "getpgid", "mkfifo", "symlink", "symlink_to", "chown"),
    *("AF_UNIX", "send_fds", "recv_fds", "SIGKILL", "SIGCHLD", "SIGALRM", "SIGHUP", "set_wakeup_fd", "chmod"),
    *("O_NOFOLLOW", "sched_setaffinity", "tzset", "uname", "sysconf"),
}
#: What opens something else than a text.
NO_TEXTS = {"Image", "pikepdf", "webbrowser"}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of every module of the package, with the module's path."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(CODE).as_posix(), node


def imported(node: ast.AST) -> set[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return {name.name for name in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()


def test_what_only_some_systems_have_is_used_where_kernels_are_forked() -> None:
    """No module or name that Windows lacks stands anywhere else."""
    found = [
        (path, name)
        for path, node in nodes()
        for name in (imported(node) & MODULES)
        | ({node.attr} & NAMES if isinstance(node, ast.Attribute) else set())
    ]

    assert FORKING | ASKING == {path for path, _ in found}


def test_the_kernel_server_is_loaded_only_where_it_is_used() -> None:
    """No module imports it when it is imported itself."""
    for path in CODE.rglob("*.py"):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            assert "renkei.batch.kernels.fork_server" not in imported(statement), path


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_fork_nothing(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """There, each kernel and worker is a new process."""
    monkeypatch.setattr(sys, "platform", platform)

    assert not can_fork()


def test_text_is_read_and_written_alike_on_all_systems() -> None:
    """Files are opened with their encoding; they are written as bytes, so that line ends stay."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            owner = getattr(getattr(node.func, "value", None), "id", "")
            given = ast.unparse(node)
            is_method = isinstance(node.func, ast.Attribute)
            assert not (name == "write_text" and is_method), (path, given)
            has_mode = not node.args or isinstance(node.args[0], ast.Constant)
            if name == "read_text" or (name == "open" and owner not in NO_TEXTS and has_mode):
                assert "encoding=" in given or re.search(r"\.open\('[arw]b'\)", given), (path, given)


def test_files_have_names_that_every_system_takes(checkout: Checkout) -> None:
    """Small letters, digits and hyphens, and nothing that Windows keeps for itself."""
    for family in families(checkout).values():
        for report in family.reports():
            assert re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", report.file)
            assert not re.search(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(/|$)", report.file)


def test_no_line_end_of_a_document_or_table_is_changed_by_git() -> None:
    """Their bytes are what they are known by; Git for Windows would change them."""
    told = git("check-attr", "text", *git("ls-files", "data").split()).splitlines()

    assert len(told) > 10
    assert [] == [line for line in told if not line.endswith(": text: unset")]


def test_a_checkout_on_windows_has_the_same_bytes(tmp_path: Path) -> None:
    """Git for Windows, which by itself makes CRLF of LF, leaves every file of this project as it is."""
    git("clone", "--quiet", "--config", "core.autocrlf=true", str(ROOT), str(tmp_path / "clone"))
    told = git("ls-files", "--eol", at=tmp_path / "clone").splitlines()

    assert len(told) > 100
    assert [] == [line for line in told if "crlf" in line or "mixed" in line]


def test_the_set_up_asks_for_rights_only_where_python_has_no_venv() -> None:
    """No installer of the system's packages stands anywhere else, and no sudo but in what people are told."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    venv = re.search(r"^venv-there:\n(\t.*\n)+", makefile, re.MULTILINE)

    assert venv and "sudo" in venv[0]
    others = makefile.replace(venv[0], "")
    assert not re.search(r"\b(apt|apt-get|dnf|yum|brew|sudo|su|pango|weasyprint)\b", others, re.IGNORECASE)


@pytest.mark.parametrize(
    ("user", "has_venv", "has_apt", "asks_apt", "status"),
    [
        ("0", True, True, False, 0),
        ("0", False, True, True, 0),
        ("0", False, False, False, 2),
        ("1000", False, True, False, 2),
    ],
)
@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_where_python_has_no_venv_root_gets_it_and_others_are_told(
    tmp_path: Path, user: str, has_venv: bool, has_apt: bool, asks_apt: bool, status: int
) -> None:
    """As root by apt-get alone, where there is one; anybody else reads the one command."""
    commands = {
        "id": f"echo {user}",
        # Two questions: how old it is, and whether it has venv; then what its package is called.
        "python3": f'case "$2" in *ensurepip*) exit {int(not has_venv)};; *print*) echo python-venv;; esac',
    } | ({"apt-get": 'echo "$@" >> asked'} if has_apt else {})
    for name, script in commands.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    make = [str(shutil.which("make")), "-f", str(ROOT / "Makefile"), "venv-there", "SHELL=/bin/sh"]
    done = subprocess.run(
        make, cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    asked = tmp_path / "asked"

    assert status == done.returncode, done.stderr
    assert ("sudo apt-get install python3-venv" in done.stderr) == (status != 0)
    assert asks_apt == asked.exists()
    assert not asks_apt or "python-venv" in asked.read_text(encoding="utf-8")


def test_no_module_looks_for_a_library_of_the_system() -> None:
    """The C library itself is there in any case."""
    for path, node in nodes():
        if isinstance(node, ast.Call):
            given = ast.unparse(node)
            assert not re.search(r"find_library|LoadLibrary", given), (path, given)
            assert "CDLL" not in given or "ctypes.CDLL(None)" in given, (path, given)


#: Makes a report in all formats, and tells which libraries came from neither Python nor a package.
_LOADED = """
import _bz2, _ctypes, _hashlib, _lzma, _sqlite3, _ssl, _uuid, pathlib, pyexpat, sys, sysconfig, zlib
from contextlib import suppress
with suppress(ImportError):
    import curses, readline

def loaded():
    lines = pathlib.Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return {line.split()[-1] for line in lines if ".so" in line}

python = loaded()
sys.path.insert(0, "tests")
import renkei.batch.worker
renkei.batch.worker.prepare()
from everything import everything
from renkei.page.content import Content
from renkei.page.views import FORMATS, view_as
from renkei.report.kit.figures import canvas
for ending in FORMATS:
    view_as(ending)(Content(everything("text")))
with canvas(1, 1) as figure:
    figure.savefig("/dev/null", format="svg")
own = {sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")}
for path in sorted(loaded() - python):
    if not any(path.startswith(folder) for folder in own):
        print(path.rpartition("/")[2].partition(".so")[0])
"""
#: What every wheel for Linux may expect of a system (PEP 600).
EXPECTED = {
    *("libc", "libdl", "libgcc_s", "libm", "libpthread"),
    *("libresolv", "librt", "libstdc++", "libutil", "libz"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of a process")
def test_reports_are_made_with_what_comes_in_wheels() -> None:
    """No library for fonts, drawings or pages is the system's."""
    run = [sys.executable, "-c", _LOADED]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    assert [] == sorted(set(done.stdout.split()) - EXPECTED)


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_readme_says_how_to_set_up_without_make(readme: str) -> None:
    """The same lines for Windows and for the others, with the lock and its hashes."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    of_others = re.search(r"    python3 (-m venv .*?renkei reports\n)", text, re.DOTALL)
    of_windows = re.search(r"    py (-m venv .*?renkei reports\n)", text, re.DOTALL)

    assert of_others and of_windows
    assert of_others[1].replace("/bin/", "\\Scripts\\") == of_windows[1]
    assert "--require-hashes -r requirements.lock" in of_others[1]
