"""Plays of shipped procedures and of small ones, under behaviour that a test states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from thidua.definitions import load, load_file, shipped
from thidua.simulation.behaviour import Behaviour, Often, assumed
from thidua.simulation.measures import Outcome
from thidua.simulation.play import Play, begins_on
from thidua.simulation.rules import rules_for
from thidua.workflow.procedure import Procedure

CALM = {"hold": Often(), "withdraw": Often(), "extend": Often(), "recuse": Fraction(0)}
TRIAL = Path(__file__).parents[1].joinpath("workflow", "trial.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def trial() -> Callable[..., Procedure]:
    """`trial(old, new, …)`: the small procedure, with texts replaced."""

    def make(*pairs: str) -> Procedure:
        text = TRIAL
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new)
        return load(text, "trial")

    return make


@pytest.fixture(scope="session")
def play() -> Callable[..., Outcome]:
    """`play("name or procedure", dossiers, seed=…, from_on=…, **changes of the behaviour)`.

    Nothing out of the ordinary happens unless the changes say so.
    """

    def make(
        what: str | Procedure, dossiers: int = 40, *, seed: int = 7, from_on: date | None = None,
        behaviour: Behaviour | None = None, **changes: Any,
    ) -> Outcome:  # fmt: skip
        procedure = load_file(shipped()[what]) if isinstance(what, str) else what
        rules = rules_for(procedure)
        said = replace(behaviour or assumed(), **{**CALM, **changes})
        return Play(rules, said, dossiers, seed, from_on or begins_on(rules)).run()

    return make
