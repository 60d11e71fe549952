"""Each figure sees the fault that is planted for it."""

import pytest


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["kills-cli", "kills-run", "races-sqlite", "tamper", "ratio-sqlite"]
)
def test_fault_is_seen(measured, name):
    code, line = measured(name, broken=True)

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.parametrize("name", ["arithmetic", "simulation", "ticker-kills-sqlite"])
def test_fault_of_the_clock_is_seen(measured, name):
    code, line = measured(name, broken=True, topic="clock")

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.postgres
def test_fault_of_the_clock_is_seen_on_postgresql(measured):
    code, line = measured("ticker-kills-postgresql", broken=True, topic="clock")

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.parametrize("name", ["reader-fuzz", "loader-fuzz", "payloads", "checks", "mass"])
def test_fault_of_procedures_is_seen(measured, name):
    code, line = measured(name, broken=True, topic="procedures")

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "bandit",
        "audit",
        "wheel",
        "sbom",
        "erasure-sqlite",
        "anchor",
        "verifier",
        "forgeries",
        "failpoints-sqlite",
        "faults-sqlite",
        "model",
        "kills-sqlite",
        "kills-server",
        "power-loss",
        "operators-sqlite",
    ],
)
def test_fault_of_evidence_is_seen(measured, name):
    code, line = measured(name, broken=True, topic="evidence")

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.postgres
def test_fault_of_evidence_is_seen_on_postgresql(measured):
    code, line = measured("operators-postgresql", broken=True, topic="evidence")

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize(
    "name", ["kills-postgresql", "races-postgresql", "rollback", "ratio-postgresql"]
)
def test_fault_is_seen_on_postgresql(measured, name):
    code, line = measured(name, broken=True)

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["council-races-sqlite", "secrecy", "matrix", "sixty-three-sqlite"]
)
def test_fault_of_the_council_is_seen(measured, name):
    code, line = measured(name, broken=True, topic="council")

    assert (code, line.split()[-1]) == (1, "SHORT"), line


@pytest.mark.slow
@pytest.mark.postgres
def test_fault_of_the_council_is_seen_on_postgresql(measured):
    code, line = measured("council-races-postgresql", broken=True, topic="council")

    assert (code, line.split()[-1]) == (1, "SHORT"), line
