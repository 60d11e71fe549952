"""A ground can stand wherever the language has a number, and what rests on it is known there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from thidua.definitions import shipped
from thidua.definitions.check import check
from thidua.definitions.check.name import uses
from thidua.definitions.loader import parse
from thidua.definitions.phrase import Phrases
from thidua.definitions.schema import ProcedureShape
from thidua.definitions.schema.shape import Shape
from thidua.workflow.due import Fixed
from thidua.workflow.procedure import DueRule, Procedure

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
EVERYWHERE = (
    ("tie: fails\n", "tie: fails\n    rounds: {at_most: 2, then: fails, ground: rule}\n"),
    (
        "silence: continue\n",
        "silence: continue\n"
        "    ask_back: {answer: clerk, clock: runs, due: {in: 1 month, ground: rule}}\n",
    ),
    (
        "  return: clerk\n",
        "  return: {by: clerk, due: {in: 1 month, ground: rule, ladder: steps}}\n",
    ),
    ("  urgent:  {", '  day: {vi: "Ngày", en: "Day", type: date, needed: always}\n  urgent:  {'),
    (
        "spans:\n",
        'windows:\n  season: {vi: "Mùa", en: "Season", from: day, opens: 1 May, closes: 1 June,\n'
        "    rolls: no, ground: rule}\nspans:\n",
    ),
    (
        "{in: 5 working days, from: opening, ",
        "{in: 5 working days, from: receipt, receipt_unknown: 2 working days after sending,\n"
        "      receipt_ground: rule, ",
    ),
    ("transit: 1 working day}", "transit: 1 working day, ground: rule}"),
    (
        "host.has_budget]",
        'host.has_budget, season.open, {expr: "day > 2019-12-31", ground: rule}]',
    ),
    (
        "ask: {role: unit, units: {same: cluster}}",
        'ask: {role: unit, units: {same: cluster}, if: {expr: "day > 2020-01-01", ground: rule}}',
    ),
)
"""What makes of the toy a file with a ground in every place."""


def everywhere() -> str:
    text = TOY
    for old, new in EVERYWHERE:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def shapes(annotation: Any, path: tuple[str, ...]) -> Iterator[tuple[type[Shape], tuple[str, ...]]]:
    """The shapes that a type stands for; "*" for the names of a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation, path
    inside = (*path, "*") if getattr(annotation, "__origin__", None) is dict else path
    for each in get_args(annotation):
        yield from shapes(each, inside)


def grounded(shape: type[Shape], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every place in the language where the name of a ground stands."""
    for name, field in shape.model_fields.items():
        here = (*path, field.alias or name)
        if here[-1].endswith("ground") and "required" not in str(field.annotation):
            yield here
        for inner, there in shapes(field.annotation, here):
            yield from grounded(inner, there)


def test_what_rests_on_a_ground_is_known_in_every_place_of_the_language() -> None:
    loaded = parse(everywhere(), "toy.yaml")

    named = {path for kind, _, path in uses(loaded) if kind == "ground"}
    sections = {"states", "rounds", "spans", "windows"}
    known = {(p[0], "*", *p[2:]) if p[0] in sections else p for p in named}
    known = {tuple(step for step in path if isinstance(step, str)) for path in known}
    assert known == set(grounded(ProcedureShape))
    assert len(known) > 9


def test_ground_of_how_often_is_voted_is_used_and_asked_about() -> None:
    limit = "rounds: {at_most: 2, then: fails, ground: office}"
    text = TOY.replace("tie: fails\n", f"tie: fails\n    {limit}\n")
    text = text.replace("roles:\n", '  office: {text: "Giả định", certainty: assumed}\nroles:\n')

    found = check(parse(text, "toy.yaml"))

    assert found.errors == ()
    assert [r.fields["uses"] for r in found.warnings if r.code == "ground-assumed"] == [
        "rounds.voting.rounds"
    ]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('{expr: "cluster == \'A\'"}', []),
        ('{expr: "votes >= 5"}', ["number-without-ground"]),
        ('{expr: "today > 2020-06-30"}', ["number-without-ground"]),
        ('{expr: "votes >= 5", ground: rule}', []),
        ('{expr: "cluster == \'A\' %s", name: spaces}' % (" " * 600), []),
        ('{expr: "votes >= 5", ground: rules}', ["no-such-ground"]),
        ('{expr: "votes >= 5", name: five, ground: rule}, {expr: "votes >= 5", name: five}',
         ["number-without-ground", "expr-twice"]),
    ],
)  # fmt: skip
def test_number_in_a_condition_rests_on_a_ground(condition: str, found: list[str]) -> None:
    text = TOY.replace("host.has_budget]", f"{condition}]")
    text = text.replace(
        "  urgent:  {", '  votes: {vi: "Số", en: "No.", type: number}\n  urgent:  {'
    )

    assert [reason.code for reason in check(parse(text, "toy.yaml")).errors] == found


def test_numbers_of_the_end_of_a_round_rest_on_a_ground_of_their_own() -> None:
    share = "close: {when: {share: 2/3}, by: clerk, ground: office}"
    text = TOY.replace("close: {when: all_answered, at_due: yes, transit: 1 working day}", share)
    start = text.index("    due: {in: 5 working days")
    text = text[:start] + "    due: none\n" + text[text.index("    close: {when", start) :]
    text = text.replace("from: entry, ground: rule", "from: entry, ground: rule, ladder: steps")
    text = text.replace("roles:\n", '  office: {text: "Giả định", certainty: assumed}\nroles:\n')
    loaded = parse(text, "toy.yaml")

    found = check(loaded)
    assert found.errors == ()
    (told,) = (r for r in found.warnings if r.code == "ground-assumed")
    assert told.fields["uses"] == "rounds.asking.close"
    said = [*Phrases(loaded.procedure, "vi").close(loaded.procedure.rounds["asking"].close)]
    assert "(giả\u00a0định)" in said[0]


def test_condition_on_an_assumed_ground_is_told_by_its_step_and_marked_in_the_picture() -> None:
    text = TOY.replace("host.has_budget]", '{expr: "today > 2020-06-30", ground: office}]')
    text = text.replace("roles:\n", '  office: {text: "Giả định", certainty: assumed}\nroles:\n')
    loaded = parse(text, "toy.yaml")

    (told,) = (r for r in check(loaded).warnings if r.code == "ground-assumed")
    assert told.fields["uses"] == "transitions.ask.conditions"
    said = Phrases(loaded.procedure, "vi").conditions(loaded.procedure.transitions[0])
    assert said.endswith("“today > 2020-06-30” (giả\u00a0định)")


@pytest.mark.parametrize("certainty", ["read", "analogy", "assumed"])
def test_ground_of_any_certainty_says_from_when(certainty: str) -> None:
    dated = "from: 2020-01-01, to: 2020-12-31, certainty: read"

    found = check(parse(TOY.replace(dated, f"certainty: {certainty}"), "toy.yaml"))

    assert found.ok
    codes = {reason.code for reason in found.warnings}
    assert codes - {"ground-assumed"} == {"ground-undated"}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_numbers_say_from_when_and_nothing_doubtful_is_law(name: str) -> None:
    loaded = parse(shipped()[name].read_bytes(), name)
    procedure = loaded.procedure

    found = check(loaded)
    assert [(r.code, r.fields) for r in found.warnings if r.code != "ground-assumed"] == []
    dues = [due for due in every_due(procedure) if isinstance(due.span, Fixed)]
    doubtful = {due.ground for due in dues} | {each.ground for each in procedure.windows.values()}
    for rule in procedure.rounds.values():
        if rule.quorum is not None and "written" in rule.ways:
            doubtful.add(str(rule.quorum_ground))
    # No text says whether a day of the year moves, nor whether who votes in writing is present.
    assert doubtful <= set(procedure.assumed)


def every_due(procedure: Procedure) -> Iterator[DueRule]:
    for part in (procedure.states, procedure.rounds, procedure.spans):
        yield from (each.due for each in part.values() if each.due is not None)


@pytest.mark.parametrize(
    ("dates", "count"),
    [
        ("from: 2020-01-01, to: 2020-12-31", 0),
        ("from: 2015-01-01", 0),
        ("from: 2015-01-01, to: 2015-12-31", 1),
        ("from: 2015-01-01, to: 2020-12-30", 1),
        ("from: 2020-01-02, to: 2020-12-31", 1),
    ],
)
def test_ground_holds_while_the_procedure_is_in_force(dates: str, count: int) -> None:
    text = TOY.replace("from: 2020-01-01, to: 2020-12-31, certainty", f"{dates}, certainty", 1)

    codes = [reason.code for reason in check(parse(text, "toy.yaml")).warnings]

    assert codes.count("ground-not-in-force") == count


def test_ground_with_an_end_lapses_before_a_procedure_without_one() -> None:
    text = TOY.replace(
        "in_force: {from: 2020-01-01, to: 2020-12-31}", "in_force: {from: 2020-01-01}"
    )

    (told,) = (r for r in check(parse(text, "toy.yaml")).warnings if r.code != "ground-assumed")
    assert told.fields["in_force"] == "2020-01-01 – …"


def test_ground_assumed_is_a_warning_with_its_uses() -> None:
    found = check(parse(TOY.replace("certainty: read", "certainty: assumed"), "toy.yaml"))

    assert found.ok
    (reason,) = found.warnings
    assert (reason.code, reason.fields["line"]) == ("ground-assumed", 10)
    assert "spans.whole" in str(reason.fields["uses"])
