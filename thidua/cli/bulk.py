"""One act on one or many dossiers: what it will hit and why some will not, then what it came to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from thidua.cli.call import Call
from thidua.cli.choice import Choice
from thidua.cli.eyes import without_results
from thidua.cli.language import LANGUAGES, Words, pick
from thidua.cli.moved import MORE, SHOWN, Dues, dues_of, moved_since, tell_moving
from thidua.cli.refused import Against, of_dossiers, write_refused
from thidua.cli.rules import make_ready, rules_of, state_label
from thidua.cli.screen import agreed, progress, say, show, table
from thidua.cli.speech import said
from thidua.cli.table import Column
from thidua.redated import Redated
from thidua.workflow.errors import (
    CommandReused,
    Misuse,
    Reason,
    Refused,
    Stale,
    ThiduaError,
    Unknown,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.change import Done
    from thidua.workflow.command import Command

Making = Callable[["Connection", str], "Command"]
"""The command for a dossier."""

After = Callable[[], Mapping[str, Any]]


class Along(Protocol):
    """What is done along with an act, in its transaction; an error undoes everything."""

    def beside(self, db: "Connection", dossier: str) -> None:
        """When the act on a dossier is done."""

    def finished(self) -> None:
        """When it is done for all."""


DOING: Words = ("Đang thực hiện", "Working")
ASKED: Words = (
    "Thực hiện với {count} hồ sơ? (y: có, n: không)",
    "Do this to {count} dossiers?",
)
SUMMARY: Words = (
    "Đã thực hiện {done} hồ sơ; {refused} hồ sơ chưa được.",
    "Done for {done} dossiers; {refused} were not.",
)
PLANNED: Words = (
    "Sẽ thực hiện {done} hồ sơ; {refused} hồ sơ chưa được.",
    "Would be done for {done} dossiers; {refused} would not.",
)
OPENED: Words = ("mở hồ sơ liên kết {dossier}", "opened the linked dossier {dossier}")
AGAIN: Words = ("đã thực hiện từ trước", "done before")
DONE_IT: Words = ("đã thực hiện", "done")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act on one dossier came to, or would come to."""

    dossier: str
    row: Mapping[str, Any]
    done: "Done | None" = None
    error: ThiduaError | None = None
    before: str = ""
    after: str = ""
    hidden: bool = False
    moved: tuple[Redated, ...] | None = None
    """The dues that moved with it; None where nobody asked for them."""

    def answer(self, call: Call) -> dict[str, Any]:
        """The outcome for programs."""
        d, reasons = self.done, self.error.reasons if self.error else ()
        return {
            "dossier": self.dossier, "name": self.row.get("candidate_name"),
            "done": d is not None, **self.where(),
            "event": d.n if d else None, "repeated": d.repeated if d else False,
            **({} if d is None or d.started is None else {"started": d.started}),
            **({} if self.moved is None else {"dues": [_timed(each) for each in self.moved]}),
            "reasons": [
                {"code": r.code, "text": self.said(call, r), "fields": r.fields} for r in reasons
            ],
        }  # fmt: skip

    def where(self) -> dict[str, Any]:
        """State and version after it, as far as they are announced."""
        if self.hidden:
            return {"state": None, "version": None}
        told = self.done
        return {"state": told.state if told else self.row.get("state"),
                "version": told.version if told else self.row.get("version")}  # fmt: skip

    def linked(self, call: Call) -> str:
        """The linked dossier that it opened, in words."""
        started = self.done.started if self.done is not None else None
        return pick(OPENED, call.lang, dossier=started) if started is not None else ""

    def said(self, call: Call, reason: Reason, lang: str | None = None) -> str:
        """A reason against it, as its procedure words it."""
        return said(call, reason, self.row.get("procedure"), lang)


COLUMNS = (
    Column(("Hồ sơ", "Dossier"), lambda o: o.dossier),
    Column(("Tên", "Name"), lambda o: o.row.get("candidate_name"), gives=True),
    Column(("Từ", "From"), lambda o: o.before),
    Column(("Đến", "To"), lambda o: o.after),
)


def carry_out(
    call: Call,
    choice: Choice,
    make: Making,
    *,
    after: After | None = None,
    along: Along | None = None,
    dues: bool = False,
) -> int:
    """Do it to the dossiers chosen, all in one transaction; the exit code.

    `along` goes with each; `after` is done when that is committed, and what it gives is added to
    the answer. With `dues` each due that moves is told, old and new, before and after.

    A single dossier that refuses is an error. Of several each is told; those that refuse do not
    stop the others, unless asked. Nobody is asked where all refuse: that alone is told.
    """
    if choice.single is not None:
        make_ready(call, [choice.single])
        outcome = call.write(
            lambda db: _one(call, db, choice.single or "", make, along=along, dues=dues)
        )
        more = after() if after is not None else {}
        show(call, {**outcome.answer(call), **more}, lambda: _tell_one(call, outcome))
        return 0
    ids = call.read(lambda db: choice.listed(call, db))
    make_ready(call, ids)
    how: dict[str, Any] = {"along": along, "dues": dues}
    if not choice.yes and not call.dry and len(ids) > 1:
        planned = call.place.rehearse(lambda db: several(call, db, ids, make, **how))
        if all(each.error is not None for each in planned):
            show(call, answer(call, planned), lambda: tell(call, planned, planned=True))
            return 1
        if not _agreed(call, planned):
            return 0
    outcomes = call.write(
        lambda db: several(call, db, ids, make, all_or_nothing=choice.all_or_nothing, **how)
    )
    more = after() if after is not None else {}
    show(call, {**answer(call, outcomes), **more},
         lambda: tell(call, outcomes, planned=call.dry))  # fmt: skip
    return int(any(each.error is not None for each in outcomes))


def _agreed(call: Call, planned: Sequence[Outcome]) -> bool:
    """Show what will be done and what will not, and ask; `Misuse` when nobody can answer."""
    if not call.as_json:
        tell(call, planned, planned=True)
    able = sum(each.error is None for each in planned)
    return agreed(call, ASKED, Misuse("say-yes", count=able), count=able)


def several(
    call: Call,
    db: "Connection",
    ids: Sequence[str],
    make: Making,
    *,
    all_or_nothing: bool = False,
    along: Along | None = None,
    dues: bool = False,
) -> list[Outcome]:
    """Act on each dossier, ascending, in the caller's transaction."""
    from thidua.storage import listing

    rows = listing.dossiers(db, call.tables, listing.Wanted(ids=ids))
    by_id = {row["id"]: row for row in rows}
    before = dues_of(call, db, by_id) if dues else {}
    outcomes: list[Outcome] = []
    with progress(call, ids, DOING) as each_id:
        for dossier in each_id:
            outcomes.append(_tried(call, db, dossier, make, by_id.get(dossier, {})))
            if along is not None and outcomes[-1].done is not None:
                along.beside(db, dossier)
    if along is not None and ids:
        along.finished()
    outcomes = _announced(call, db, outcomes)
    if dues:
        outcomes = _retimed(call, db, before, outcomes)
    wrong = [each for each in outcomes if each.error is not None]
    if wrong and all_or_nothing:
        if not call.as_json:
            raise Refused.because(of_dossiers(call, _against(call, wrong)))
        raise Refused.because(_of_dossier(call, e, r) for e in wrong for r in _reasons(e))
    return outcomes


def _reasons(outcome: Outcome) -> tuple[Reason, ...]:
    return outcome.error.reasons if outcome.error is not None else ()


def _of_dossier(call: Call, outcome: Outcome, reason: Reason) -> Reason:
    why = {lang: outcome.said(call, reason, lang) for lang in LANGUAGES}
    return Reason("of-dossier", {"dossier": outcome.dossier, "why": why, "because": reason.code})


def _one(
    call: Call, db: "Connection", dossier: str, make: Making, *, along: Along | None, dues: bool
) -> Outcome:  # fmt: skip
    from thidua.storage import listing

    rows = listing.dossiers(db, call.tables, listing.Wanted(ids=[dossier]))
    call.procedure = rows[0]["procedure"] if rows else None
    before = dues_of(call, db, [dossier]) if dues else {}
    done = _act(call, db, dossier, make)
    if along is not None:
        along.beside(db, dossier)
        along.finished()
    row = rows[0] if rows else {}
    outcomes = [Outcome(dossier, row, done, None, *_moved(call, db, row, done))]
    if dues:
        outcomes = _retimed(call, db, before, outcomes)
    return _announced(call, db, outcomes)[0]


def _retimed(
    call: Call, db: "Connection", before: Dues, outcomes: Sequence[Outcome]
) -> list[Outcome]:
    """The outcomes with the dues that have moved since."""
    procedures = {each.dossier: each.row["procedure"] for each in outcomes if each.row}
    moved = moved_since(call, db, before, procedures)
    return [replace(each, moved=tuple(moved.get(each.dossier, ()))) for each in outcomes]


def _timed(due: Redated) -> dict[str, Any]:
    return {name: value for name, value in asdict(due).items()
            if name not in ("dossier", "procedure")}  # fmt: skip


def _tried(
    call: Call, db: "Connection", dossier: str, make: Making, row: Mapping[str, Any]
) -> Outcome:
    try:
        done = _act(call, db, dossier, make)
    except (Refused, Unknown, Stale, CommandReused) as error:
        return Outcome(dossier, row, None, error, _moved(call, db, row, None)[0])
    return Outcome(dossier, row, done, None, *_moved(call, db, row, done))


def _announced(call: Call, db: "Connection", outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes without where a dossier stands, when that is not announced."""
    known = [each for each in outcomes if each.row]
    befores = without_results(call, db, (each.row for each in known))
    afters = without_results(call, db, ({**each.row, **each.where()} for each in known))
    shut = {
        before["id"]
        for before, after in zip(befores, afters, strict=True)
        if None in (before["state"], after["state"])
    }
    return [
        replace(each, before="", after="", hidden=True) if each.dossier in shut else each
        for each in outcomes
    ]


def _act(call: Call, db: "Connection", dossier: str, make: Making) -> "Done":
    return call.place.wf.act(
        db, dossier, make(db, dossier), by=call.by(db), command_id=call.command_id,
        expect=call.given.get("expect"), now=call.now,
    )  # fmt: skip


def _moved(
    call: Call, db: "Connection", row: Mapping[str, Any], done: "Done | None"
) -> tuple[str, str]:
    """What the states before and after are called."""
    if not row:
        return "", done.state if done else ""
    procedure = rules_of(call, db, row["procedure"]).procedure
    before = state_label(procedure, row["state"], call.lang)
    return before, state_label(procedure, done.state, call.lang) if done else ""


def answer(call: Call, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The outcomes for programs."""
    refused = sum(each.error is not None for each in outcomes)
    told = [each.answer(call) for each in outcomes]
    return {"done": len(outcomes) - refused, "refused": refused, "dossiers": told}


def _tell_one(call: Call, outcome: Outcome) -> None:
    name = outcome.row.get("candidate_name", "")
    moved = f"{outcome.before} → {outcome.after}" if outcome.after != outcome.before else (
        outcome.after)  # fmt: skip
    again = pick(AGAIN, call.lang) if outcome.done and outcome.done.repeated else ""
    linked = outcome.linked(call)
    notes = [part for part in (name, moved, linked, again) if part] or [pick(DONE_IT, call.lang)]
    say(call, ("{dossier}: {told}", "{dossier}: {told}"), dossier=outcome.dossier,
        told="; ".join(notes))  # fmt: skip
    if outcome.moved:
        tell_moving(call, outcome.moved, most=None)


def tell(call: Call, outcomes: Sequence[Outcome], *, planned: bool = False) -> None:
    """Show the outcomes: what was done as a table, why the rest was not on stderr."""
    done = [each for each in outcomes if each.error is None]
    moved = [due for each in outcomes for due in each.moved or ()]
    if moved:
        tell_moving(call, moved, most=SHOWN if planned else None)
    elif done:
        shown = done[:SHOWN] if planned else done
        linking = any(each.linked(call) for each in shown)
        opened = Column(("Hồ sơ liên kết", "Linked dossier"), lambda o: o.done.started)
        table(call, shown, (*COLUMNS, opened) if linking else COLUMNS)
        if done[len(shown) :]:
            say(call, MORE, count=len(done) - len(shown))
    write_refused(call, _against(call, outcomes))
    counts = {"done": len(done), "refused": len(outcomes) - len(done)}
    say(call, PLANNED if planned else SUMMARY, **counts)


def _against(call: Call, outcomes: Iterable[Outcome]) -> list[Against]:
    return [
        Against(_who(each), each.said(call, reason), reason.code)
        for each in outcomes
        for reason in _reasons(each)
    ]


def _who(outcome: Outcome) -> str:
    return " ".join(filter(None, (outcome.dossier, outcome.row.get("candidate_name"))))
