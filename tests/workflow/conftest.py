"""Worlds at every state of the trial procedure, and its next version."""

from pathlib import Path
from typing import Any

import pytest

from tests.workflow.world import World, report
from thidua.definitions import load
from thidua.workflow.command import Answer, Cast, Close, Fire
from thidua.workflow.procedure import Procedure


def reach(state: str, world: World | None = None) -> World:
    """A world whose dossier has come to `state` by the shortest way."""
    world = world or World()
    for step in _STEPS[: _STATES.index(state) + 1]:
        step(world)
    assert world.state == state
    return world


def _accept(world: World) -> None:
    world.act(report(), "proposer")
    world.act(Fire("accept"))


def _convene(world: World) -> None:
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))


def _vote(world: World) -> None:
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")


_STATES = ["proposed", "appraisal", "consulted", "council", "submitted", "granted"]
_STEPS = [
    World.create,
    _accept,
    lambda world: world.act(Fire("consult"), "appraiser"),
    _convene,
    _vote,
    lambda world: world.act(Fire("grant", decision=world.sign("grant")), "minister"),
]


@pytest.fixture
def world() -> World:
    """No dossier yet."""
    return World()


@pytest.fixture(scope="session")
def at() -> Any:
    """`at("council")`: a new world whose dossier stands there."""
    return lambda state, **values: reach(state, World(**values))


@pytest.fixture(scope="session")
def newer() -> Any:
    """`newer(old, new, …)`: the trial's next version, where an officer may bring dossiers over."""
    source = (Path(__file__).parent / "trial.yaml").read_text(encoding="utf-8")

    def make(*pairs: str) -> Procedure:
        text = source.replace('version: "1"', 'version: "2"', 1)
        text = text.replace("may:\n", "may:\n  migrate: officer\n", 1)
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new)
        return load(text, "trial-2")

    return make
