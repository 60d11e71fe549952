"""A change that breaks what always holds is named before it is written, whatever made it."""

from itertools import count

import pytest

from tests.workflow.world import MONDAY, report
from thidua.workflow.command import Cast, Close, Fire, Hold, Release, Withdraw
from thidua.workflow.decide import decide, seal
from thidua.workflow.invariants import broken
from thidua.workflow.person import By


def made(world, command, by="officer"):
    view = world.view(command, By(by))
    change = decide(world.rules, view, command, By(by), world.now)
    return view, change, seal(view, change, (f"{i:064x}" for i in count(1)))


def changed(change, **values):
    return change._replace(dossier=change.dossier._replace(**values))


def first_task(change, name, **values):
    first, *rest = getattr(change, name)
    return change._replace(**{name: [first._replace(**values), *rest]})


def first_line(change, **counts):
    first, *rest = change.lines_changed
    line = first._replace(counts={**first.counts, **counts})
    return change._replace(lines_changed=[line, *rest])


FAULTS = {
    "an event more than there is": ("count", lambda c: changed(c, count=c.dossier.count + 1)),
    "a state of no procedure": ("state", lambda c: changed(c, state="nowhere")),
    "another procedure": ("state", lambda c: changed(c, procedure="ff")),
    "a step that raises nothing": ("version", lambda c: changed(c, version=c.dossier.version - 1)),
    "two versions at once": ("version", lambda c: changed(c, version=c.dossier.version + 1)),
    "an end without its event": ("task", lambda c: first_task(c, "tasks_changed", closed_n=None)),
    "an end that rings": ("task", lambda c: first_task(c, "tasks_changed", wake_at=MONDAY)),
    "a day without its instant": ("task", lambda c: first_task(c, "tasks_opened", due_at=None)),
    "a running task that ended": ("task", lambda c: first_task(c, "tasks_opened", closed_n=3)),
    "a pause that rings": ("task", lambda c: first_task(c, "tasks_opened", status="paused")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_step_that_breaks_a_rule(at, fault):
    world = at("proposed")
    world.act(report(), "proposer")
    view, change, sealed = made(world, Fire("accept"))
    rule, plant = FAULTS[fault]

    assert broken(world.rules, view, change, sealed) is None
    assert broken(world.rules, view, plant(change), sealed) == rule


def test_events_that_do_not_follow(at):
    world = at("appraisal")
    view, change, sealed = made(world, Hold(note="đơn"))

    assert broken(world.rules, view, change, [sealed[0]._replace(n=1)]) == "count"


def test_a_task_that_stays_paused(at):
    world = at("consulted")
    world.act(Hold(note="đơn"))
    view, change, sealed = made(world, Release())
    _, *rest = change.tasks_changed

    assert broken(world.rules, view, change, sealed) is None
    assert broken(world.rules, view, change._replace(tasks_changed=rest), sealed) == "pause"


def test_a_task_that_outlives_the_dossier(at):
    world = at("consulted")
    view, change, sealed = made(world, Withdraw(), "proposer")
    _, *rest = change.tasks_changed

    assert broken(world.rules, view, change, sealed) is None
    assert broken(world.rules, view, change._replace(tasks_changed=rest), sealed) == "final"


def test_a_task_that_outlives_its_round(at):
    world = at("consulted")
    view, change, sealed = made(world, Close("opinions"))
    _, *rest = change.tasks_changed

    assert broken(world.rules, view, change._replace(tasks_changed=rest), sealed) == "round"


def test_a_tally_that_does_not_add_up(at):
    world = at("council")
    for n in range(5):
        world.act(Cast("vote", "for"), f"m{n}")
    view, change, sealed = made(world, Close("vote"), "teller")

    assert broken(world.rules, view, change, sealed) is None
    assert broken(world.rules, view, first_line(change, votes_for=6), sealed) == "tally"
