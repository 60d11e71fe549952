"""Dues that fit inside the spans over them."""

import math
from collections.abc import Iterator

from thidua.definitions.check.graph import Edges, backwards, edges, reached
from thidua.definitions.loaded import Loaded
from thidua.workflow.due import Fixed, Span
from thidua.workflow.errors import Reason
from thidua.workflow.procedure import DueRule, Procedure, RoundRule, SpanRule

_CALENDAR_DAYS = {"calendar days": 1, "months": 30, "years": 365}


def working_days(span: Span, *, most: bool) -> int:
    """A time allowed as working days, five in seven; rounded up for `most`, else down.

    Days off are left out, a month is 30 days and a year 365: an estimate, for comparing units.
    """
    if span.unit == "working days":
        return span.count
    days = span.count * _CALENDAR_DAYS[span.unit] * 5 / 7
    return math.ceil(days) if most else math.floor(days)


def spans(loaded: Loaded) -> Iterator[Reason]:
    """Spans that never end, and spans shorter than the dues under them, one after the other.

    The dues of a state are its own, or the longest of the rounds it opens where that is longer:
    a round's time, with what a receipt or the post may take. They are added up along the longest
    way from the span's trigger to its end on which each state is passed once; of states that lead
    in a circle all count. Pauses stop a span with its dues, so they are left out, and so are
    extensions and second ballots. A fixed date, and a time counted from a field, is no length.
    """
    for name, rule in loaded.procedure.spans.items():
        there = _between(loaded.procedure, rule)
        if not there:
            path = ("spans", name, "to")
            yield loaded.tree.reason(
                "span-without-end", path, span=name, trigger=rule.start, state=rule.end
            )
            continue
        span = rule.due.span
        if isinstance(span, Fixed) or rule.due.field is not None:
            continue
        needed, allowed = _longest(loaded.procedure, rule, there), working_days(span, most=False)
        if needed > allowed:
            yield loaded.tree.reason(
                "span-too-short", ("spans", name, "in"), span=name, needed=needed, allowed=allowed
            )


def _between(procedure: Procedure, rule: SpanRule) -> frozenset[str]:
    """The states on the ways from the span's trigger to its end, without the end."""
    ways = {name: there if name != rule.end else frozenset() for name, there in
            edges(procedure).items()}  # fmt: skip
    after = reached(_starts(procedure, rule), ways)
    before = reached([rule.end], backwards(ways))
    return after & before


def _longest(procedure: Procedure, rule: SpanRule, there: frozenset[str]) -> int:
    ways = {name: edges(procedure)[name] & there for name in there if name != rule.end}
    ways[rule.end] = frozenset()
    circles = _circles(ways)
    weight = {
        circle: sum(_time(procedure, name) for name in circle if name != rule.end)
        for circle in set(circles.values())
    }
    best: dict[frozenset[str], int] = {}
    for circle in _inside_out(ways, circles):
        onward = {circles[there] for name in circle for there in ways[name]} - {circle}
        best[circle] = weight[circle] + max((best[each] for each in onward), default=0)
    starts = _starts(procedure, rule)
    return max((best[circles[name]] for name in starts if name in circles), default=0)


def _starts(procedure: Procedure, rule: SpanRule) -> list[str]:
    """The states in which the span begins."""
    if rule.start == "create":
        return [procedure.initial]
    return [step.dest for step in procedure.transitions if step.trigger == rule.start]


def _circles(ways: Edges) -> dict[str, frozenset[str]]:
    """For each state those that it leads to and that lead back to it, itself among them."""
    back = backwards(ways)
    after = {name: reached([name], ways) for name in ways}
    before = {name: reached([name], back) for name in ways}
    return {name: after[name] & before[name] for name in ways}


def _inside_out(ways: Edges, circles: dict[str, frozenset[str]]) -> list[frozenset[str]]:
    """The circles, each after all that it leads to: it leads to more states than they do."""
    sizes = {circle: len(reached(sorted(circle), ways)) for circle in set(circles.values())}
    return sorted(sizes, key=lambda circle: (sizes[circle], sorted(circle)))


def _time(procedure: Procedure, state: str) -> int:
    declared = procedure.states[state]
    rounds = [_round_time(procedure.rounds[name]) for name in declared.opens]
    return max([_due_time(declared.due), *rounds])


def _round_time(rule: RoundRule) -> int:
    post = rule.close.transit
    return _due_time(rule.due) + (working_days(post, most=True) if post is not None else 0)


def _due_time(due: DueRule | None) -> int:
    if due is None or isinstance(due.span, Fixed) or due.field is not None:
        return 0
    unknown = due.receipt_unknown
    return working_days(due.span, most=True) + (
        working_days(unknown, most=True) if unknown is not None else 0
    )
