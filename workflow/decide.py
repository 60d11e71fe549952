"""The decision: from what is, what is asked and by whom, to what changes or why not."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from thidua.workflow import command as c
from thidua.workflow import erasure as e
from thidua.workflow import exchange as x
from thidua.workflow.acts import (
    agenda,
    anew,
    asking_back,
    casting,
    consult,
    counting,
    create,
    desk,
    ends,
    erasing,
    expire,
    extend,
    fire,
    informing,
    judging,
    migrate,
    papers,
    pause,
    preparing,
    promise,
    recusal,
    remeet,
    reproject,
    roster,
    secret,
    transfer,
    waive,
)
from thidua.workflow.acts.move import advance
from thidua.workflow.acts.papers import private_candidate, private_fields
from thidua.workflow.change import Change, Done
from thidua.workflow.draft import Draft
from thidua.workflow.errors import CommandReused, Misuse, Refused, Stale, reason
from thidua.workflow.journal import Sealed
from thidua.workflow.journal import seal as seal_entries
from thidua.workflow.paper import Paper, signed_later
from thidua.workflow.person import By
from thidua.workflow.rights import acted
from thidua.workflow.view import Prior, Rules, View

Handler = Callable[[Draft, Any], None]

HANDLERS: dict[type[c.Command], Handler] = {
    c.Create: create.create,
    c.Fire: fire.fire,
    c.Answer: consult.answer,
    c.Reply: consult.reply,
    x.Look: preparing.look,
    x.Prepare: preparing.prepare,
    x.AskBack: asking_back.ask_back,
    x.AnswerBack: asking_back.answer_back,
    x.Inform: informing.inform,
    x.Include: roster.include,
    x.Request: roster.request,
    x.Excuse: roster.excuse,
    x.CancelRound: anew.cancel_round,
    x.Reopen: anew.reopen,
    c.Contact: promise.contact,
    c.Promise: promise.promise,
    c.Extend: extend.extend,
    c.Cast: casting.cast,
    c.Close: counting.close,
    c.VoidBallot: secret.void,
    c.Settle: judging.settle,
    c.BreakTie: judging.break_tie,
    c.PutOff: agenda.put_off,
    c.PutTo: agenda.put_to,
    c.Attach: papers.attach,
    c.Correct: papers.correct,
    c.Return: pause.send_back,
    c.Supplement: pause.supplement,
    c.Hold: pause.hold,
    c.Release: pause.release,
    c.Assign: desk.assign,
    c.Recuse: recusal.recuse,
    c.Waive: waive.waive,
    c.Redeem: waive.redeem,
    c.Transfer: transfer.transfer,
    c.Recall: ends.recall,
    c.Withdraw: ends.withdraw,
    c.Revoke: ends.revoke,
    c.Expire: expire.expire,
    c.Reproject: reproject.reproject,
    c.Migrate: migrate.migrate,
    c.Remeet: remeet.remeet,
    e.Redact: erasing.redact,
    e.RefuseErasure: erasing.refuse_erasure,
}


def decide(
    rules: Rules,
    view: View,
    command: c.Command,
    by: By,
    now: datetime,
    *,
    command_id: str | None = None,
    expect: int | None = None,
) -> Change:
    """What `command` by `by` at the UTC instant `now` changes, all it causes included.

    Raises `Refused` with every reason, `Unknown` for a name that does not exist, `Stale` when
    `expect` is not the dossier's version, `CommandReused` when `command_id` did something else.
    A repeated command changes nothing and gives the first result.
    """
    if type(command) not in HANDLERS:
        raise Misuse("not-a-command", found=type(command).__name__)
    draft = Draft(rules, view, command, by, now)
    if view.prior is not None:
        return _again(view, view.prior, command, by)
    if expect is not None and expect != view.dossier.version:
        state = None if draft.is_shut else view.dossier.state
        raise Stale(expected=expect, version=view.dossier.version, state=state)
    _check_words(command)
    _check_time(draft)
    HANDLERS[type(command)](draft, command)
    draft.stop_if_refused()
    acted(draft)
    advance(draft)
    draft.stop_if_refused()
    return draft.finish(command_id)


_NOT_KEPT = re.compile("[\0\ud800-\udfff]")
"""PostgreSQL keeps no NUL, and half a surrogate pair has no bytes to commit to."""


def _check_words(command: c.Command) -> None:
    words = _words(command)
    words["name"] = getattr(command, "name", None)
    if command.ground is not None:
        words["signer"] = command.ground.signer
    wrong = [name for name, text in words.items() if text is not None and not _is_text(text)]
    if wrong:
        raise Refused.because(reason("text-unreadable", name=name) for name in wrong)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and _NOT_KEPT.search(value) is None


def _check_time(draft: Draft) -> None:
    happened = draft.command.happened_at
    if happened is not None:
        draft.rules.calendar.legal_date(happened)
        if happened > draft.now:
            draft.refuse("happened-later", happened=draft.local(happened))
    if draft.command.ground is not None:
        _check_proofs(draft, draft.command.ground)


def _check_proofs(draft: Draft, paper: Paper) -> None:
    if (later := signed_later(paper.signed_on, draft.today)) is not None:
        draft.reasons.append(later)
    if paper.postmark_on is not None and paper.postmark_on > draft.today:
        draft.refuse("proof-later", at=paper.postmark_on.isoformat())
    for at in (paper.stamped_at, paper.portal_at):
        if at is not None and at > draft.now:
            draft.refuse("proof-later", at=draft.local(at))


_NAMED: dict[type[c.Command], str] = {
    c.Close: "close_round",
    x.AskBack: "ask_back",
    x.AnswerBack: "answer_back",
    x.CancelRound: "cancel_round",
    e.RefuseErasure: "refuse_erasure",
}

ACTS: dict[type[c.Command], str] = {
    **{kind: kind.__name__.lower() for kind in HANDLERS},
    **_NAMED,
}

_TOLD = ("trigger", "seat", "span", "opinion", "kind", "sha256", "task", "way", "award",
         "condition", "decision", "meeting", "done", "outcome", "onto", "drafted", "submission",
         "basis", "starts",
)  # fmt: skip
"""Parts of commands that events name as the command does."""


def _again(view: View, prior: Prior, command: c.Command, by: By) -> Change:
    body = prior.body
    same = body["act"] == ACTS[type(command)] and body["by"] == by.decider
    same = same and body.get("entered") == (by.actor if by.for_ is not None else None)
    same = same and all(_is_same(body, *each) for each in _told(command).items())
    words = _words(command)
    if "box" in body:
        words.pop("choice", None)  # a secret vote tells nobody whether it was the same
    if not same or not all(_same_words(prior, *each) for each in words.items()):
        raise CommandReused(n=prior.n, act=body["act"], by=body["by"])
    state, version, count = body["ends"]
    done = Done(
        view.dossier.id, prior.n, state, version, count, repeated=True, started=body.get("starts")
    )  # fmt: skip
    return Change(done, view.dossier)


def _is_same(body: Mapping[str, Any], name: str, asked: Any) -> bool:
    """Whether an event says of itself what is asked; a round is named by its id too."""
    return asked == body.get(name, asked) or (name == "round" and asked == body.get("round_id"))


def _told(command: c.Command) -> dict[str, Any]:
    asked = {name: getattr(command, name, None) for name in _TOLD}
    asked["joins" if isinstance(command, c.Fire) else "round"] = getattr(command, "round", None)
    if isinstance(command, c.Extend | c.Waive | c.Promise):
        asked["until"] = command.until_on.isoformat()
    if isinstance(command, c.Return):
        asked["items"] = list(command.items)
    if isinstance(command, c.Create | c.Correct | c.Supplement):
        asked["fields"] = sorted(command.fields)
    if isinstance(command, e.Redact | e.RefuseErasure):
        asked["parts"] = sorted(set(command.parts))
    if isinstance(command, x.Prepare):
        asked.pop("opinion")
    asked["enclosed"] = [[e.sha256, e.size, e.type] for e in getattr(command, "enclosed", ())]
    if isinstance(command, c.Migrate):
        asked["states"] = dict(command.states)
    return {name: value for name, value in asked.items() if value is not None}


_TELLING = (c.Create, c.Correct, c.Supplement)
"""A tuple: a union of types is built anew each time it is asked about."""


_SPOKEN = {
    kind: tuple(each.name for each in fields(kind) if each.name in ("note", "choice", "spoke_to"))
    for kind in HANDLERS
}


def _words(command: c.Command) -> dict[str, str | None]:
    words = {name: getattr(command, name) for name in _SPOKEN[type(command)]}
    if isinstance(command, _TELLING):
        words |= private_fields(command.fields)
        candidate = getattr(command, "candidate", None)
        words |= {} if candidate is None else private_candidate(candidate)
    if isinstance(command, x.Prepare):
        words["opinion"] = command.opinion
    for number, file in enumerate(getattr(command, "enclosed", ()), 1):
        words[f"enclosed.{number}"] = file.name
    return words


def _same_words(prior: Prior, name: str, value: str | None) -> bool:
    """Whether a private value is the one given then; what was erased since can't be compared."""
    erased = name in prior.body["commit"] and name not in prior.private
    return erased or prior.private.get(name) == value


def seal(view: View, change: Change, salts: Iterator[str]) -> tuple[Sealed, ...]:
    """The journal's bytes of a change: the events that follow the view's last one."""
    dossier = view.dossier
    return seal_entries(dossier.id, dossier.count, dossier.head, change.entries, salts)
