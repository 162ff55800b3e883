"""Known vulnerabilities of the packages in requirements.lock; `make audit`.

    python tests/audit.py FOLDER       with pip-audit, in an environment of its own in this folder

Ends with 0 if none is known, 1 if some are, and 2 if that could not be found out, without a network for one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NONE, SOME, UNKNOWN = range(3)


def judged(told: str) -> tuple[int, list[str]]:
    """The exit status, and what to tell, of pip-audit's JSON; who was not looked up is not taken for well."""
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return UNKNOWN, ["the audit was not made: an answer of pip-audit was expected, found none"]
    found = [
        f"{package['name']} {package['version']}: {known['id']}, mended in "
        f"{', '.join(known['fix_versions']) or 'no version yet'}"
        for package in packages
        for known in package.get("vulns", ())
    ]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if unknown:
        found.append(
            f"{len(unknown)} of {len(packages)} packages could not be looked up, {unknown[0]} first of them; "
            "is the network there, and does it reach the package index's own service?"
        )
        return UNKNOWN, found
    return (SOME, found) if found else (NONE, [f"{len(packages)} packages: no vulnerability is known"])


def audit(folder: Path) -> tuple[int, list[str]]:
    """The same of requirements.lock, by the newest pip-audit in an environment in this folder."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv = [sys.executable, "-m", "uv"]
    for step in (
        [*uv, "venv", "--quiet", "--allow-existing", str(folder)],
        [
            *uv,
            "pip",
            "install",
            "--quiet",
            "--system-certs",
            "--upgrade",
            "--python",
            str(python),
            "pip-audit",
        ],
    ):
        if (done := subprocess.run(step, capture_output=True, text=True, check=False)).returncode:
            return UNKNOWN, [_not_made("pip-audit could not be installed", done.stderr)]
    done = subprocess.run(
        [str(python), "-m", "pip_audit", "--requirement", str(ROOT / "requirements.lock"), "--require-hashes",
         "--disable-pip", "--progress-spinner", "off", "--format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not done.stdout.strip():
        return UNKNOWN, [_not_made("pip-audit ended without an answer", done.stderr)]
    return judged(done.stdout)


def _not_made(what: str, told: str) -> str:
    last = (told.strip().splitlines() or ["no reason given"])[-1].strip()
    return f"the audit was not made: {what}; is the network there? ({last})"


def main() -> None:
    """Tell what is known, and end with the status that says so."""
    status, lines = audit(Path(sys.argv[1]))
    print("\n".join(lines))
    sys.exit(status)


if __name__ == "__main__":
    main()
