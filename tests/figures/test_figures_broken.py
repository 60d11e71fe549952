"""Each figure sees the fault that is planted for it, in a line of the form that all have.

Of two figures that differ by their database alone, one: the fault and the eye for it are the same.
"""

import re

import pytest

LINE = r"{name} \w+=.+ target=\S+ n=[1-9]\d* seed=\d+ SHORT"
NAMES = {
    "core": ["kills-cli", "kills-run", "races-sqlite", "tamper", "ratio-sqlite"],
    "clock": ["arithmetic", "simulation", "ticker-kills-sqlite"],
    "procedures": ["reader-fuzz", "loader-fuzz", "payloads", "checks", "mass"],
    "evidence": [
        "bandit",
        "audit",
        "wheel",
        "sbom",
        "erasure-sqlite",
        "erasure-sealed-sqlite",
        "anchor",
        "verifier",
        "forgeries",
        "export-bytes",
        "failpoints-sqlite",
        "faults-sqlite",
        "faults-server",
        "model",
        "mutation",
        "kills-sqlite",
        "kills-server",
        "power-loss",
        "operators-sqlite",
        "backup-sqlite",
        "migration-kills",
        "replay",
    ],
    "council": [
        "council-races-sqlite",
        "secrecy",
        "matrix",
        "matrix-typed",
        "readers",
        "sixty-three-sqlite",
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize(("topic", "name"), [(t, name) for t in NAMES for name in NAMES[t]])
def test_fault_is_seen(measured, topic, name):
    code, line = measured(name, broken=True, topic=topic)

    assert code == 1
    assert re.fullmatch(LINE.format(name=name), line), line


@pytest.mark.slow
@pytest.mark.postgres
def test_fault_is_seen_on_postgresql(measured):
    code, line = measured("rollback", broken=True)

    assert code == 1
    assert re.fullmatch(LINE.format(name="rollback"), line), line
