"""payloads: what runs something, in every place of a procedure and an overlay; nothing runs."""

import multiprocessing
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.procedures.fuzz import SHARES, SUBJECT
from figures.procedures.mutation import branches
from figures.procedures.payload import payloads
from thidua.definitions import loader, reader
from thidua.definitions.check import check
from thidua.definitions.condition import expressed
from thidua.definitions.drawing.mermaid import mermaid
from thidua.definitions.loaded import Loaded
from thidua.definitions.overlay import laid, read_overlay
from thidua.definitions.overlay.rebase import moved
from thidua.definitions.tree import Tree
from thidua.workflow.errors import DefinitionError, Refused

DEEDS = frozenset({
    "compile", "exec", "import", "os.exec", "os.fork", "os.forkpty", "os.mkdir", "os.posix_spawn",
    "os.remove", "os.rename", "os.rmdir", "os.spawn", "os.system", "pickle.find_class", "pty.spawn",
    "shutil.rmtree", "socket.connect", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen",
    "urllib.Request", "ctypes.dlopen",
})  # fmt: skip
"""What the interpreter reports of something that is run or reached."""

OVERLAY = SUBJECT.with_name("subject-overlay.yaml")

Place = tuple[tuple[Any, ...], bool]
"""The way to a value in the file, and whether its key is meant instead."""

Case = tuple[str, str, Place]
"""A payload, the name of a file, and the place there."""


def subjects() -> dict[str, Tree]:
    """The files that payloads are put into, read, by name."""
    return {path.name: reader.read(path.read_bytes(), "f") for path in (SUBJECT, OVERLAY)}


def places(tree: Tree) -> list[Place]:
    """Every text of the file: values, and the keys before them."""
    return list(_places(tree.data, ()))


def _places(data: Any, way: tuple[Any, ...]) -> Iterator[Place]:
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        if isinstance(data, dict):
            yield (*way, key), True
        if isinstance(data[key], str):
            yield (*way, key), False
        else:
            yield from _places(data[key], (*way, key))


def _cases() -> list[Case]:
    every = [(name, place) for name, tree in subjects().items() for place in places(tree)]
    return [(payload, name, place) for payload in payloads() for name, place in every]


WHOLE, QUICK, SEED = len(_cases()), 12_000, 23


def measure(size: int, _chance: random.Random, progress: Progress) -> Outcome:
    """So many payloads at places, each run those that come after the last one's, in an order that
    never changes: at full size each payload was in each place once.

    `ran` are cases in which anything was run, imported, opened to be written, reached or made;
    `escaped` those that ended in another error than a refusal.
    """
    cases = _cases()
    random.Random(SEED).shuffle(cases)  # noqa: S311 -- draws cases, keeps no secret
    chosen = cases[progress.turn * QUICK :][:size]
    shares = [(chosen[first::SHARES], first, progress) for first in range(SHARES)]
    with multiprocessing.get_context("fork").Pool(SHARES) as pool:
        count = sum(pool.starmap(_share, shares), Counter[str]())
    return Outcome(len(chosen), {name: count[name] for name in ("ran", "escaped")})


def _share(cases: list[Case], first: int, progress: Progress) -> Counter[str]:
    trees = subjects()
    for name, tree in trees.items():
        _whole(name, tree, trees[SUBJECT.name])
    os.environ["PYTHONBREAKPOINT"] = "0"  # a payload that is run must not wait for anybody
    watch, count = _Watch.begun(), Counter[str]()
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number, (payload, name, place) in enumerate(cases):
            tree = replace(trees[name], data=_with(trees[name].data, payload, place))
            watch.seen.clear()
            watch.on = True
            count["escaped"] += not _safe(name, tree, trees[SUBJECT.name])
            watch.on = False
            count["ran"] += bool(watch.seen) or bool(os.listdir(folder))  # noqa: PTH208 -- twice as fast
            if watch.seen:
                print(f"ran: {payload!r} at {name} {place}: {watch.seen[:3]}", file=sys.stderr)
            if first == 0:
                progress(number * SHARES, len(cases) * SHARES)
        os.chdir(before)
    return count


def _with(data: Any, payload: str, place: Place) -> Any:
    """The values with the payload at a place; what is not on the way is shared."""
    (first, *rest), is_key = place
    if rest:
        inside = _with(data[first], payload, (tuple(rest), is_key))
        return _changed(data, first, first, inside)
    return (
        _changed(data, first, payload, data[first])
        if is_key
        else _changed(data, first, first, payload)
    )


def _changed(data: Any, key: Any, name: Any, value: Any) -> Any:
    if isinstance(data, list):
        return [value if n == key else each for n, each in enumerate(data)]
    return {name if k == key else k: value if k == key else each for k, each in data.items()}


def _safe(name: str, tree: Tree, base: Tree) -> bool:
    try:
        _whole(name, tree, base)
    except (DefinitionError, Refused):
        return True
    except Exception as error:
        print(f"escaped: {type(error).__name__}: {error}", file=sys.stderr)
        return False
    return True


def _whole(name: str, tree: Tree, base: Tree) -> None:
    """What is done to a file: typed or laid over its base, proved, drawn, its conditions read."""
    loaded = loader.typed(tree) if name == SUBJECT.name else _over(tree, base)
    found = check(loaded)
    for reason in (*found.errors, *found.warnings):
        reason.text("vi")
    if not found.errors:
        mermaid(loaded.procedure, "vi")
        expressed(loaded.procedure)


def _over(tree: Tree, base: Tree) -> Loaded:
    """The overlay laid over its base, after it was carried to a newer one with another title."""
    overlay = read_overlay(tree, lambda _: base, answers=True)
    newer = {**base.data, "title": {**base.data["title"], "vi": "Mọi mục mới"}}
    moved(overlay, replace(base, data=newer), "every@2", None)
    return laid(overlay)


class _Watch:
    """Listens to what the interpreter reports; a listener can be put down, not taken away."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []

    @classmethod
    def begun(cls) -> "_Watch":
        watch = cls()
        sys.addaudithook(watch)
        return watch

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and bool(int(arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR))
        if writes or event in DEEDS:
            self.seen.append(event)


def obliging() -> AbstractContextManager[object]:
    """Plant a loader that works out every text that Python understands."""
    typed = loader.typed

    def evaluated(tree: Tree) -> Any:
        for parent, key in list(branches(tree.data)):
            for text in (key, parent[key]):
                try:
                    eval(str(text), {"urgent": False})  # noqa: S307 -- the fault that is planted
                except BaseException:  # noqa: S112 -- whatever it raises, it has run
                    continue
        return typed(tree)

    return replaced(loader, "typed", evaluated)
