"""The checker of histories sees each kind of anomaly."""

import pytest

from figures.evidence.history import Told, anomalies


def event(n, version, command=None, act="correct"):
    return {"n": n, "act": act, "command": command, "ends": ["proposed", version, n]}


def win(key, n, version, read=None, kind="correct"):
    return Told(kind, key, read, 0.0, (n, version, n))


HELD = [event(1, 1), event(2, 2, "a"), event(3, 3, "b")]
FIRST, SECOND = win("a", 2, 2, read=1, kind="count"), win("b", 3, 3, read=2, kind="count")


def seen(bodies, *told, counted=0):
    return {name for name, n in anomalies(bodies, told, counted).items() if n}


def test_sound_history():
    again = Told("count", "a", 1, 0.0, (2, 2, 2), repeated=True)
    stale = Told("count", "c", 2, 0.0, error="Stale")

    assert seen(HELD, [FIRST, SECOND], [again, stale], counted=2) == set()


@pytest.mark.parametrize(
    ("bodies", "told", "counted", "names"),
    [
        (HELD, [[FIRST, SECOND]], 1, {"lost"}),
        (HELD[:2], [[FIRST, SECOND]], 2, {"lost", "double"}),
        (HELD, [[FIRST, SECOND._replace(read=1)]], 2, {"lost", "double"}),
        (HELD, [[FIRST]], 1, {"double"}),
        ([*HELD[:2], event(3, 2, "b")], [[FIRST, win("b", 3, 2)]], 1, {"lost"}),
        (HELD, [[SECOND], [FIRST._replace(error="")], [SECOND]], 3, {"double"}),
        (HELD, [[SECOND, FIRST]], 2, {"lost"}),
        (HELD, [[FIRST, SECOND, Told("fire", "x", None, 0.0, error="Busy")]], 2, {"locked"}),
        (HELD, [[FIRST, SECOND, Told("fire", "x", None, 0.0, error="KeyError()")]], 2, {"untyped"}),
        (
            [event(1, 1), event(2, 2, "a", "hold"), event(3, 3, "b", "hold")],
            [[win("a", 2, 2), win("b", 3, 3)]], 0, {"double"},
        ),
    ],
    ids=["overwritten", "gone", "two-on-one-version", "nobodys", "same-version", "won-twice",
         "backwards", "busy", "untyped", "held-twice"],
)  # fmt: skip
def test_anomaly_is_seen(bodies, told, counted, names):
    assert seen(bodies, *told, counted=counted) == names
