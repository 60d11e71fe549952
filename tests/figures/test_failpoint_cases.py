"""The figures `failpoints-…` leave no act out."""

from importlib import import_module
from pathlib import Path

import pytest

from thidua.workflow.decide import HANDLERS

ROOT = Path(__file__).parents[2]


def test_every_act_is_a_use_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who adds an act adds to `figures/evidence/crash_cases.py` how it is done there."""
    monkeypatch.syspath_prepend(str(ROOT))
    registers = import_module("figures.evidence.crash_registers")
    cases = [case for chain in registers.chains() for case in chain]

    assert {case.kind for case in cases if case.kind is not None} == set(HANDLERS)
    assert len({case.name for case in cases}) == len(cases)
