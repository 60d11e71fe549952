"""The first wake-up of a task: of its ladder, at once where its due is over as it begins."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from thidua.workflow.due import Span
from thidua.workflow.dues import clocked
from thidua.workflow.procedure import DueRule

RULE = DueRule(Span(2, "working days"), "rule", before="vote.meeting", ladder="asked")
MEETS_ON = date(2018, 6, 29)
"""A Friday: two whole working days before it is the 26th, which ends at 17:00 UTC."""
OVER_AT = datetime(2018, 6, 26, 17, tzinfo=UTC)


@pytest.mark.parametrize(("now", "at_once"), [
    (OVER_AT - timedelta(microseconds=1), False),
    (OVER_AT, True),
    (OVER_AT + timedelta(days=3), True),
])  # fmt: skip
def test_a_due_that_is_over_is_told_at_once(
    at: Any,
    now: datetime,
    at_once: bool,  # noqa: FBT001 -- a case's value
) -> None:
    world = at("consulted")
    ask = world.open("ask")[0]

    found = clocked(
        ask, RULE, procedure=world.procedure, calendar=world.rules.calendar, now=now,
        dossier=world.dossier, meets_on=MEETS_ON,
    )  # fmt: skip

    assert (found.due_on, found.due_at, found.ladder) == (date(2018, 6, 26), OVER_AT, "asked")
    assert found.wake_at == (now if at_once else None)


def test_without_a_ladder_nobody_is_told_and_without_a_meeting_there_is_no_due(at: Any) -> None:
    world = at("consulted")
    ask = world.open("ask")[0]._replace(due_on=None, due_at=None, ladder=None, wake_at=None)
    terms = {"procedure": world.procedure, "calendar": world.rules.calendar, "now": OVER_AT,
             "dossier": world.dossier}  # fmt: skip

    silent = clocked(ask, replace(RULE, ladder=None), meets_on=MEETS_ON, **terms)

    assert (silent.due_at, silent.wake_at) == (OVER_AT, None)
    assert clocked(ask, RULE, **terms) == ask._replace(ladder="asked")
    assert clocked(ask, None, meets_on=MEETS_ON, **terms) is ask
