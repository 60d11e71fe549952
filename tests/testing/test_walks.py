"""Every shipped procedure is walked: each step, each end, and who could take what."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

import thidua.workflow.acts.fire
from thidua.definitions import load_file, shipped
from thidua.sqlite import sqlite_engine
from thidua.testing import Office, walk
from thidua.testing.trial import Trial

SMALL = """format: 1
procedure: leave
version: "1"
title: {en: "Leave"}
languages: [en]
calendar: vn-civil-service
awards: {LEAVE: {en: "Leave"}}
grounds: {house: {text: "House rule", from: 2026-01-01, certainty: read}}
roles: {staff: {en: "Staff", for: own unit}, boss: {en: "Boss", never_also: [staff]}}
states:
  asked: {en: "Asked", due: {in: 3 working days, from: entry, ground: house, then: assent}}
  looked_at: {en: "Looked at", due: none}
  granted: {en: "Granted", final: yes, outcome: awarded}
  refused: {en: "Refused", final: yes, outcome: declined}
  dropped: {en: "Dropped", final: yes, outcome: withdrawn}
initial: asked
transitions:
  - {trigger: assent, en: "Assent", source: asked, dest: granted, by: engine}
  - {trigger: look, en: "Look", source: asked, dest: looked_at, by: boss}
  - {trigger: put_back, en: "Put back", source: looked_at, dest: asked, by: boss}
  - {trigger: refuse, en: "Refuse", source: looked_at, dest: refused, by: boss, note: required}
may: {create: staff, attach: staff, supplement: nobody, reply: nobody, assign: nobody,
      return: nobody, hold: boss, release: boss, extend: nobody, recall: nobody, correct: boss,
      waive: nobody, withdraw: {by: staff, dest: dropped}, revoke: nobody, enter_for: nobody,
      recuse: nobody, submit: nobody, meet: nobody, draft: nobody, number: nobody}
"""


FACTS = {"title_year_1": "2015", "title_year_2": "2016", "title_year_3": "2017", "wide_use": "yes"}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_way_of_a_shipped_procedure(name: str, terms: dict[str, Any]) -> None:
    walks = walk(shipped()[name], loops=1, pauses=True, **terms)
    procedure = load_file(shipped()[name])

    assert (dict(walks.untaken), set(walks.unreached)) == ({}, set())
    for step in procedure.transitions:
        if step.by != "engine":
            assert walks.who(step.trigger) == {step.by}
    assert {each.outcome for each in walks} >= {"awarded", "withdrawn"}
    told = {message.event for message in procedure.messages}
    assert [str(w) for w in walks if w.end in told and not w.steps[-1].letters] == []


def test_bounds_hold_circles() -> None:
    once, twice = (walk(SMALL, loops=loops, pauses=False) for loops in (0, 1))

    assert [str(each) for each in once] == [
        "asked –look→ looked_at –refuse→ refused",
        "asked –look→ looked_at –withdraw→ dropped",
        "asked –assent→ granted",
        "asked –withdraw→ dropped",
    ]
    assert dict(once.untaken) == {}
    assert len(twice) == 8


def test_walk_that_is_too_long_says_so() -> None:
    with pytest.raises(AssertionError, match="lower `loops`"):
        walk(SMALL, loops=30, most=50)


def test_step_that_facts_do_not_allow_is_told_with_its_reasons() -> None:
    never = """conditions: [{expr: "award == 'X'"}]"""
    only = SMALL.replace("dest: looked_at, by: boss", f"dest: looked_at, by: boss, {never}")

    walks = walk(only)

    assert {"look from asked", "refuse from looked_at"} <= set(walks.untaken)
    assert "award" in " ".join(walks.untaken["look from asked"])
    assert walks.unreached == {"refused"}


def test_step_that_everybody_can_take_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: nobody's role is asked for any more."""
    monkeypatch.setattr(thidua.workflow.acts.fire, "require_role", lambda draft, roles: None)

    with pytest.raises(AssertionError, match="could look in asked"):
        walk(SMALL)


def test_step_that_is_offered_to_few_and_taken_by_all_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another: what people are told is right, and the act does not look."""
    monkeypatch.setattr(Trial, "might", lambda *_: {"look": frozenset({"boss"})})
    monkeypatch.setattr(thidua.workflow.acts.fire, "require_role", lambda draft, roles: None)

    with pytest.raises(AssertionError, match="staff could look in asked"):
        walk(SMALL)


def test_pause_that_stops_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(draft: Any, transition: Any) -> None:
        thidua.workflow.acts.fire.require_role(draft, (transition.by,))

    monkeypatch.setattr("thidua.workflow.actions.check", check)

    with pytest.raises(AssertionError, match="look could be taken while paused in asked"):
        walk(SMALL)


def test_office_stands_still_until_its_clock_is_moved(tmp_path: Path) -> None:
    file = tmp_path / "leave.yaml"
    file.write_text(SMALL, encoding="utf-8")

    with Office(file) as office:
        dossier = office.propose()
        before = office.state(dossier)
        with office.undone():
            office.clock.move(days=9)
            office.pass_until(office.clock.at)
            passed = office.state(dossier)
        office.pass_until(office.clock.at)

        assert (before, passed, office.state(dossier)) == ("asked", "granted", "asked")
        assert office.who(dossier)["look"] == {"boss"}


def test_secret_ballot_by_electronic_means_is_walked() -> None:
    text = shipped()["sector-emulation-title"].read_text(encoding="utf-8")
    text = text.replace("ways: [paper, written]", "ways: [electronic]")

    walks = walk(text, loops=0, pauses=False, members=3, fields=FACTS)

    assert {"not_passed", "closed"} <= walks.ends
    assert walks.who("cast:vote") == {"member"}


def test_walk_leaves_a_lent_database_as_it_was(database_url: str) -> None:
    lite = database_url.startswith("sqlite")
    engine = sqlite_engine(database_url) if lite else create_engine(database_url)

    walks = walk(SMALL, engine=engine)

    with engine.connect() as db:
        assert engine.dialect.has_table(db, "td_dossier") is False
    assert walks.ends == {"granted", "refused", "dropped"}
    engine.dispose()
