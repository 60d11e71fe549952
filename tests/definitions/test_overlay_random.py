"""Overlays by the thousand: none changes what it does not name, none does more than be refused."""

import copy
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.definitions.check import check
from thidua.definitions.loaded import Loaded
from thidua.definitions.overlay import laid, read_overlay
from thidua.definitions.overlay.pattern import TOP, Each, Keys
from thidua.definitions.overlay.written import written
from thidua.definitions.reader import MAX_LINE, read
from thidua.workflow.errors import DefinitionError

NAME = "ministers-certificate@2018.1"
MINISTER = (Path(__file__).parent / "minister.yaml").read_text(encoding="utf-8")
BASE = read(MINISTER, NAME)
HEAD = f'format: 1\nextends: {NAME}\nversion: "2018.1+stp.1"\n'


def made(text: str) -> Loaded:
    return laid(read_overlay(read(text, "stp.yaml"), lambda _: BASE))


def refused(text: str) -> list[str]:
    try:
        reasons = check(made(text)).errors
    except DefinitionError as error:
        reasons = error.reasons
    assert {reason.fields["file"] for reason in reasons} <= {"stp.yaml"}
    return [reason.text("vi") for reason in reasons]


# Random overlays. The oracle flattens both files by itself and compares leaf by leaf.


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text of a file by the way to it; steps by their trigger, a right by its long form."""
    if path == ("transitions",):
        for step in value:
            yield from leaves(step, (*path, step["trigger"]))
    elif len(path) == 2 and path[0] == "may" and not isinstance(value, dict) and value != "nobody":
        yield (*path, "by"), str(value)
    elif isinstance(value, dict) and value:
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    else:
        yield path, str(value)


_BASE = BASE.data
_STEPS = {step["trigger"]: step for step in _BASE["transitions"]}
_PLAIN = st.text(
    st.characters(categories=["L", "N", "P"], include_characters=" \u00a0"), max_size=20
).map(lambda text: unicodedata.normalize("NFC", text))
_TEXT = _PLAIN.filter(lambda text: text.strip() not in ("", "none"))
_DAYS = st.integers(1, 99).map(lambda n: f"{n} working days")
_FRACTION = st.integers(2, 9).map(lambda n: f"{n - 1}/{n}")
_ROLE = st.sampled_from(sorted(_BASE["roles"]))
_GROUND = st.sampled_from(sorted(_BASE["grounds"]))
_ROLES = st.lists(_ROLE, min_size=1, unique=True)
_ACTS = sorted(set(_BASE["may"]) - {"waive", "withdraw"})
_DUES = sorted(
    name for name, state in _BASE["states"].items() if isinstance(state.get("due"), dict)
)
_MANNED = sorted(name for name, step in _STEPS.items() if step["by"] != "engine")


def _under(*path: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(path), value)


_POINTS = st.one_of(
    st.tuples(st.sampled_from([(p, n, lang) for p in ("states", "roles", "fields", "documents")
                               for n in _BASE[p] for lang in ("vi", "en")]), _TEXT),
    st.tuples(st.sampled_from([("states", n, "due", "in") for n in _DUES]), _DAYS),
    st.tuples(st.sampled_from([("states", n, "due", "ground") for n in _DUES]), _GROUND),
    st.tuples(st.sampled_from([("transitions", n, "by") for n in _MANNED]), _ROLE),
    st.tuples(st.sampled_from([("transitions", n, "vi") for n in _STEPS]), _TEXT),
    st.tuples(st.sampled_from([("may", act) for act in _ACTS]), _ROLES),
    st.tuples(st.sampled_from([("grounds", n, "text") for n in _BASE["grounds"]]), _TEXT),
    _under("rounds", "vote", "quorum", "at_least", value=_FRACTION),
    _under("rounds", "vote", "pass", "more_than", value=_FRACTION),
    _under("rounds", "opinions", "due", "in", value=_DAYS),
    _under("spans", "processing", "in", value=_DAYS),
    _under("ladders", "desk", "remind", value=st.just(["on the day"])),
    _under("in_force", "to", value=st.just("2030-12-31")),
    _under("messages", "decided", value=st.just({"to": "officer", "template": "result"})),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(_POINTS, max_size=12, unique_by=lambda point: point[0]))
def test_overlay_never_changes_what_it_does_not_name(points: list[tuple[Any, ...]]) -> None:
    data: dict[str, Any] = {"format": "1", "extends": NAME, "version": "2018.1+x"}
    for path, value in points:
        place = data
        for key in path[:-1]:
            place = place.setdefault(key, {})
        place[path[-1]] = value

    result = made(written(data)).tree.data

    before, after = dict(leaves(_BASE)), dict(leaves(result))
    own = {("version",), *(path for path, _ in points), *(_long(path) for path, _ in points)}
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    strange = {p for p in changed if p[0] != "laid_over" and not any(p[: len(o)] == o for o in own)}
    assert strange == set()
    for path, value in points:
        found = {p: text for p, text in after.items() if p[: len(path)] == path}
        assert str(value) in found.values() or isinstance(value, dict)


def _long(path: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*path, "by") if path[0] == "may" else path


def test_overlay_leaves_its_base_alone() -> None:
    tree = read(MINISTER, NAME)
    before = copy.deepcopy(tree.data)

    laid(read_overlay(read(HEAD + "may: {extend: [officer, head]}\n", "f"), lambda _: tree))

    assert tree.data == before


_VALUES = st.recursive(
    _PLAIN,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(_TEXT.map(str.strip), inner, min_size=1, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(_TEXT.map(str.strip), _VALUES, min_size=1, max_size=5))
def test_written_values_read_back(data: dict[str, Any]) -> None:
    text = written(data)

    assert read(text, "f").data == data


@pytest.mark.parametrize("unit", ["chữ ", "\\ ", "  ", '"', "\u00a0"])
def test_very_long_text_reads_back(unit: str) -> None:
    data = {"text": unit * MAX_LINE}

    assert read(written(data), "f").data == data


_WORDS = st.sampled_from(
    ["none", "nobody", "engine", "officer", "yes", "2/3", "5 working days", "vi", "by", "due", "in",
     "ground", "pass", "vote", "proposed", "accept", "extend", "waive", "decided", "office",
     "asked", "remind", "text", *_BASE, "x", ""]
)  # fmt: skip
_ANY = st.recursive(
    _WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=12,
)


def _places(pattern: Any, path: tuple[str, ...], base: Any) -> Iterator[tuple[str, ...]]:
    """Every place that an overlay of this base may name, and one that it may not."""
    yield path
    if isinstance(pattern, Each):
        names = [each["trigger"] for each in base] if isinstance(base, list) else [*(base or {})]
        for name in [*names[:3], "fresh"]:
            inside = base.get(name) if isinstance(base, dict) else {}
            yield from _places(pattern.apart.get(name, pattern.of), (*path, name), inside)
    elif isinstance(pattern, Keys):
        for key, inner in pattern.known.items():
            inside = base.get(key) if isinstance(base, dict) else {}
            yield from _places(inner, (*path, key), inside)


_PLACES = [place for place in _places(TOP, (), _BASE) if place]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_PLACES), _ANY), min_size=1, max_size=3))
def test_no_overlay_does_more_than_be_refused(points: list[tuple[Any, ...]]) -> None:
    data: dict[str, Any] = {"format": "1", "extends": NAME, "version": "2018.1+x"}
    for path, value in points:
        place: Any = data
        for key in path[:-1]:
            place = place.setdefault(key, {}) if isinstance(place, dict) else {}
        if isinstance(place, dict):
            place[path[-1]] = value

    assert all(refused(written(data)))
