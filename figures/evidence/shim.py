"""A library in C that is built as a figure begins, to be preloaded into another program."""

import shutil
import subprocess
from pathlib import Path

from figures.database import Unavailable


def built(name: str, folder: Path) -> Path:
    """The library of `name.c` beside this file, built into a folder; `Unavailable` without gcc."""
    if shutil.which("gcc") is None:
        raise Unavailable(f"no gcc to build {name}.c with: apt-get install gcc")
    library = folder / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    words = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"]
    subprocess.run(words, check=True)  # noqa: S603 -- words of our own
    return library
