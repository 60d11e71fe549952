"""The folder a demo leaves its database, mails, documents and picture in."""

import shutil
from itertools import count
from pathlib import Path

from thidua.workflow.errors import Refused

MARK = ".thidua-demo"
"""Says that a demo made the folder, so that the next one may make it anew."""


def ready(into: Path, *, keep: bool) -> Path:
    """An empty folder for a demo: `into`, made anew, or with `keep` the next free one beside it.

    `Refused` ("demo-folder") for one that holds what no demo made.
    """
    chosen = _free(into) if keep else into
    if chosen.exists():
        _remove(chosen)
    chosen.mkdir(parents=True)
    (chosen / MARK).touch()
    return chosen


def _free(into: Path) -> Path:
    beside = (into.with_name(f"{into.name}-{n}") for n in count(2))
    return into if not into.exists() else next(path for path in beside if not path.exists())


def _remove(folder: Path) -> None:
    if folder.is_symlink() or not folder.is_dir():
        raise Refused.of("demo-folder", path=str(folder))
    if any(folder.iterdir()) and not (folder / MARK).is_file():
        raise Refused.of("demo-folder", path=str(folder))
    shutil.rmtree(folder)
