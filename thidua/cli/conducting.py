"""An officer conducts a round: asks for more, includes, excuses, cancels, asks again."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import Along, carry_out
from thidua.cli.call import Call
from thidua.cli.choice import ALL_OR_NOTHING, YES, Choice
from thidua.cli.exchanging import FILES, asked_dossiers, enclosures
from thidua.cli.eyes import eyes_of
from thidua.cli.language import Words
from thidua.cli.option import LIST_ACT
from thidua.cli.screen import say
from thidua.cli.shell import option, verb
from thidua.collation import word_key
from thidua.workflow.command import Close, Command
from thidua.workflow.errors import Refused
from thidua.workflow.exchange import CancelRound, Excuse, Include, Reopen, Request
from thidua.workflow.sight import What, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

ONE_SEAT = option("--seat", metavar="SEAT", said=(
    "Chỉ nơi này: mã đơn vị hoặc người.",
    "Only this seat: a unit's or a person's id."))  # fmt: skip
IDS = click.argument("ids", nargs=-1, metavar="[DOSSIER]...")
ROUND = click.argument("round_", metavar="ROUND")
SILENT: Words = (
    "{count} nơi chưa trả lời sẽ được ghi là không trả lời: {names}.",
    "{count} that have not answered will be recorded as silent: {names}.",
)
TOLD: Words = (
    "Báo cho {count} nơi, kèm lý do đã ghi: {names}.",
    "Told with the reason given ({count}): {names}.",
)
UNTOLD: Words = (
    "Không báo cho nơi nào: chưa nơi nào được gửi đề nghị.",
    "Nobody is told: no request has gone out.",
)
UNSENT: Words = (
    "{count} nơi chưa được gửi đề nghị (thư chưa gửi đi) sẽ được ghi như vậy: {names}.",
    "{count} to which no request has gone out yet will be recorded as not asked: {names}.",
)


@dataclass(slots=True)
class Telling:
    """Who is told by the acts it goes along with: said once, before they are agreed to."""

    call: Call
    matter: str
    db: "Connection | None" = None
    dossiers: set[str] = field(default_factory=set)
    shown: bool = False

    def beside(self, db: "Connection", dossier: str) -> None:
        """Keep about which dossiers somebody is told."""
        self.db = db
        self.dossiers.add(dossier)

    def finished(self) -> None:
        """Say who, once; nothing where every act was refused."""
        from thidua.storage import listing_people, listing_rounds

        if self.db is None or self.shown or self.call.as_json:
            return
        self.shown = True
        tables = self.call.tables
        seats = listing_rounds.notified(self.db, tables, self.matter, self.dossiers)
        known = listing_people.names(self.db, tables, self.call.today)
        names = sorted((known.seat(seat) or seat for seat in seats), key=word_key)
        say(self.call, TOLD if names else UNTOLD, count=len(names), names="; ".join(names))


def _carry(
    call: Call, ids: list[str], command: Command, along: Along | None = None, **how: Any
) -> int:
    choice = Choice(ids=tuple(ids), **how)
    return carry_out(call, choice, lambda _db, _dossier: command, along=along)


@verb("request", takes=LIST_ACT)
@ROUND
@IDS
@ONE_SEAT
@FILES
@YES
@ALL_OR_NOTHING
@click.pass_obj
def request(
    call: Call, /, *, round_: str, ids: tuple[str, ...], seat: str | None, files: tuple[Path, ...],
    **how: Any,
) -> int:  # fmt: skip
    """Put a question, or a wish for information, to one unit or to all that have not answered."""
    found, whose, listed = asked_dossiers(call, round_, seat, ids, act="ask")
    command = Request(found["id"], whose, enclosures(call, files), **call.terms)
    return _carry(call, listed, command, **how)


@verb("include", takes=LIST_ACT)
@ROUND
@click.argument("seat")
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def include(call: Call, /, *, round_: str, seat: str, ids: tuple[str, ...], **how: Any) -> int:
    """Ask one more unit in a running round."""
    found, _, listed = asked_dossiers(call, round_, None, ids)
    whole = call.read(lambda db: _seat(call, db, found, seat))
    return _carry(call, listed, Include(found["id"], whole, **call.terms), **how)


def _seat(call: Call, db: "Connection", found: Any, said: str) -> str:
    """A unit's or a person's id is enough where one of the asked roles is held there."""
    from thidua.cli.rules import rules_of

    exchange = call.place.wf.exchange
    rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
    roles = dict.fromkeys(ask.role for ask in rule.asks)
    may_be = [said, *(f"{role}{mark}{said}" for role in roles for mark in "@:")]
    held = [seat for seat in may_be if exchange.is_held(db, seat, now=call.now)]
    if not held:
        raise Refused.of("nobody-sits", seat=said)
    if len(held) > 1:
        raise Refused.of("which-seat", actor=said, round=found["name"])
    return held[0]


@verb("excuse", takes=LIST_ACT)
@ROUND
@click.argument("seat")
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def excuse(call: Call, /, *, round_: str, seat: str, ids: tuple[str, ...], **how: Any) -> int:
    """Not ask a unit any more, or not hold its silence against it."""
    found, whose, listed = asked_dossiers(call, round_, seat, ids, act="ask")
    command = Excuse(found["id"], str(whose), **call.terms)
    return _carry(call, listed, command, Telling(call, f"excused:{found['id']}"), **how)


@verb("cancel", takes=LIST_ACT)
@ROUND
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def cancel(call: Call, /, *, round_: str, ids: tuple[str, ...], **how: Any) -> int:
    """Cancel a round that was opened wrongly."""
    found, _, listed = asked_dossiers(call, round_, None, ids)
    command = CancelRound(found["id"], **call.terms)
    return _carry(call, listed, command, Telling(call, f"cancelled:{found['id']}"), **how)


@verb("reopen", takes=LIST_ACT)
@ROUND
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def reopen(call: Call, /, *, round_: str, ids: tuple[str, ...], **how: Any) -> int:
    """Ask again: all after a cancelled round, else only what is still open."""
    found, _, listed = asked_dossiers(call, round_, None, ids)
    return _carry(call, listed, Reopen(found["name"], **call.terms), **how)


@verb("close", takes=LIST_ACT)
@ROUND
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def close(call: Call, /, *, round_: str, ids: tuple[str, ...], **how: Any) -> int:
    """End a consultation or a posting by hand."""
    found, running = call.read(lambda db: _running(call, db, round_, ids))
    if not call.terms["note"]:
        raise Refused.of("note-missing", trigger="close_round")
    mute = call.read(lambda db: _unanswered(call, db, found, running))
    for words, names in zip((SILENT, UNSENT), mute, strict=False):
        if names and not call.as_json:
            say(call, words, count=len(names), names="; ".join(names))
    return _carry(call, running, Close(found["name"], **call.terms), **how)


def _running(
    call: Call, db: "Connection", ref: str, ids: tuple[str, ...]
) -> tuple[Any, list[str]]:  # fmt: skip
    """The round, and its dossiers for which it runs, some or all; a ballot is closed elsewhere."""
    from thidua.cli.rules import rules_of
    from thidua.storage import listing_exchange, listing_rounds

    found = listing_rounds.find(db, call.tables, ref)
    rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
    if rule.kind == "ballot":
        raise Refused.of("not-that-kind", round=ref, kind="consultation")
    lines = listing_rounds.lines(db, call.tables, found["id"])
    done = listing_exchange.done_by(db, call.tables, found["id"], call.command_id)
    running = done or [line["dossier_id"] for line in lines if line["closed_n"] is None]
    if not running or set(ids) - set(running):
        raise Refused.of("round-closed", round=ref)
    return found, sorted(set(ids)) or running


def _unanswered(
    call: Call, db: "Connection", found: Any, dossiers: list[str]
) -> tuple[list[str], ...]:
    """What those are called that will be silent, and those not yet asked, for who may know."""
    from thidua.cli.rules import rules_of
    from thidua.storage import listing_people, listing_rounds

    procedure = rules_of(call, db, found["procedure"]).procedure
    if not may_see(procedure, What("asked", found["name"]), eyes_of(call, db)):
        return ()
    names = listing_people.names(db, call.tables, call.today)
    both = listing_rounds.unanswered(db, call.tables, found["id"], dossiers)
    return tuple([names.seat(seat) or seat for seat in seats] for seats in both)
