"""Each figure is good at its least size."""

import re

import pytest

SAFE = ["kills-cli", "kills-run", "races-sqlite", "tamper"]
PROCEDURES = ["reader-fuzz", "loader-fuzz", "payloads", "checks", "mass"]
CLOCK = ["arithmetic", "simulation", "ticker-kills-sqlite"]
SERVED = ["kills-postgresql", "races-postgresql", "rollback"]
EVIDENCE = [
    "anchor",
    "bandit",
    "erasure-sqlite",
    "verifier",
    "forgeries",
    "failpoints-sqlite",
    "faults-sqlite",
    "model",
]
COUNCIL = ["council-races-sqlite", "secrecy", "matrix", "sixty-three-sqlite"]
LINE = r"{name} \w+=.+ target=\S+ n=\d+ seed=\d+ (OK|SHORT)"


@pytest.mark.slow
@pytest.mark.parametrize("name", SAFE)
def test_figure_holds(measured, name):
    code, line = measured(name, broken=False)

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
@pytest.mark.parametrize("name", CLOCK)
def test_figure_of_the_clock_holds(measured, name):
    code, line = measured(name, broken=False, topic="clock")

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
@pytest.mark.parametrize("name", EVIDENCE)
def test_figure_of_evidence_holds(measured, name):
    code, line = measured(name, broken=False, topic="evidence")

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
@pytest.mark.parametrize("name", PROCEDURES)
def test_figure_of_procedures_holds(measured, name):
    code, line = measured(name, broken=False, topic="procedures")

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
@pytest.mark.postgres
def test_figure_of_the_clock_holds_on_postgresql(measured):
    code, line = measured("ticker-kills-postgresql", broken=False, topic="clock")

    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("name", SERVED)
def test_figure_holds_on_postgresql(measured, name):
    code, line = measured(name, broken=False)

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
def test_ratio_is_told(measured):
    """How fast it is here says nothing at this size; that every life came to its end does."""
    _, line = measured("ratio-sqlite", broken=False)

    assert re.fullmatch(LINE.format(name="ratio-sqlite"), line)
    assert " unfinished=0 target=>=0.50/0 " in line


@pytest.mark.slow
@pytest.mark.postgres
def test_ratio_on_postgresql_has_no_target(measured):
    code, line = measured("ratio-postgresql", broken=False)

    assert re.fullmatch(LINE.format(name="ratio-postgresql"), line)
    assert " unfinished=0 target=none/0 " in line
    assert code == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", COUNCIL)
def test_figure_of_the_council_holds(measured, name):
    code, line = measured(name, broken=False, topic="council")

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
@pytest.mark.postgres
def test_figure_of_the_council_holds_on_postgresql(measured):
    code, line = measured("council-races-postgresql", broken=False, topic="council")

    assert re.fullmatch(LINE.format(name="council-races-postgresql"), line)
    assert (code, line.split()[-1]) == (0, "OK"), line
