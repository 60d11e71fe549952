"""Whether a dossier comes inside a window of its procedure."""

from datetime import date

from thidua.workflow.draft import Draft
from thidua.workflow.dues import day_in
from thidua.workflow.errors import Reason, reason
from thidua.workflow.window import WindowRule, window_on


def outside(draft: Draft, rule: WindowRule) -> list[Reason]:
    """Why the dossier comes too early or too late; nothing when it comes in the window."""
    named = {"window": dict(rule.label)}
    start = day_in(draft.dossier.fields, rule.start)
    if start is None:
        label = dict(draft.procedure.fields[rule.start].label)
        return [reason("window-undated", **named, field=rule.start, label=label)]
    window = window_on(rule, draft.rules.calendar, start)
    counted = came_on(draft, rule)
    days = {"opens": window.opens_on.isoformat(), "closes": window.closes_on.isoformat(),
            "came": counted.isoformat()}  # fmt: skip
    if counted < window.opens_on:
        return [reason("window-not-open", **named, **days)]
    return [reason("window-closed", **named, **days)] if counted > window.closes_on else []


def came_on(draft: Draft, rule: WindowRule) -> date:
    """The day that counts: by postmark, else by receipt, else today."""
    dossier = draft.dossier
    posted = dossier.posted_on if rule.counts_by == "postmark" else None
    received = dossier.received_on if rule.counts_by != "today" else None
    return posted or received or draft.today
