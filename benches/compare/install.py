"""Puts in place what is compared: segkit from this tree, the peers from PyPI. Of hyperfine it only says
whether it is there."""

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from data import ROOT

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def hyperfine() -> None:
    if shutil.which("hyperfine") is None:
        sys.exit("compare: hyperfine is not on the path; Debian has it: apt-get install hyperfine")


def segkit() -> Path:
    """Builds this tree's binary and tells where it is."""
    print("building segkit", file=sys.stderr)
    subprocess.run(["cargo", "build", "--quiet", "--release", "--locked"], cwd=ROOT, check=True)
    metadata = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--locked"]
    told = subprocess.run(metadata, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return Path(json.loads(told)["target_directory"]) / "release" / "segkit"


def peers(work: Path) -> Path:
    """A virtual environment with the peers; its Python."""
    folder = work / "venv"
    python = folder / "bin" / "python"
    installed = folder / "installed.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return python
    print("installing the peers from PyPI", file=sys.stderr)
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(REQUIREMENTS)], check=True)
    installed.write_text(wanted, encoding="utf-8")
    return python
