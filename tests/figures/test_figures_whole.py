"""A figure of each topic is good at its least size; `.ci/run` judges a tenth of every figure."""

import re

import pytest

LINE = r"{name} \w+=.+ target=\S+ n=\d+ seed=\d+ (OK|SHORT)"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("clock", "arithmetic"),
        ("procedures", "reader-fuzz"),
        ("evidence", "verifier"),
        ("council", "secrecy"),
        pytest.param("core", "races-postgresql", marks=pytest.mark.postgres),
    ],
)
def test_figure_holds(measured, topic, name):
    code, line = measured(name, broken=False, topic=topic)

    assert re.fullmatch(LINE.format(name=name), line)
    assert (code, line.split()[-1]) == (0, "OK"), line


@pytest.mark.slow
def test_ratio_is_told(measured):
    """How fast it is here says nothing at this size; that every life came to its end does."""
    _, line = measured("ratio-sqlite", broken=False)

    assert re.fullmatch(LINE.format(name="ratio-sqlite"), line)
    assert " unfinished=0 target=>=0.50/0 " in line
