"""Who has not answered in a round, gathered for the official letter that presses them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from thidua.lookup import Lookup, role_title
from thidua.notifiers.headers import NAME_CAP, clean
from thidua.notifiers.item import in_language
from thidua.notifiers.official import Dunning, Missing
from thidua.notifiers.render import Office
from thidua.storage import listing_rounds
from thidua.storage.listing_rounds import Answered
from thidua.workflow.due import remaining
from thidua.workflow.errors import Refused
from thidua.workflow.person import Seat
from thidua.workflow.view import Rules
from thidua.workflow.wording import say

VI = "vi"
"""Official letters are written in the language of the office."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on the letter beside what it is about: who writes, symbol, place, capacity."""

    office: Office
    symbol: str | None = None
    place: str | None = None
    capacity: str | None = None


def dunning(look: Lookup, round_ref: str, head: Head) -> Dunning:
    """The letter's content about all seats of a round that have not answered, in Vietnamese.

    `Unknown` for a round that there is not, `Refused` ("nobody-missing") when all have answered.
    """
    db, t = look.db, look.tables
    found = listing_rounds.find(db, t, round_ref)
    rules = look.rules(found["procedure"])
    rule = rules.procedure.rounds[found["name"]]
    missing = [each for each in listing_rounds.answered(db, t, found["id"]) if each.missing]
    if not missing:
        raise Refused.of("nobody-missing", round=found["ref"])
    dues = {each.due_on for each in missing}
    ballot = rule.kind == "ballot"
    return Dunning(
        office=head.office,
        on=look.today,
        opened_on=_opened(look, found["opened_at"]),
        round_title=_line(in_language(rule.label, VI)),
        procedure_title=_line(in_language(rules.procedure.title, VI)),
        doing=say("task-vote" if ballot else "task-ask", {}, VI),
        who="thành viên Hội đồng" if ballot else "đơn vị",
        dossiers=_dossiers(db, look, found["id"]),
        units=tuple(sorted((_missing(look, rules, each) for each in missing), key=_by_name)),
        due_on=_day(dues.pop()) if len(dues) == 1 else None,
        silence=rule.silence,
        symbol=head.symbol,
        place=head.place,
        capacity=head.capacity,
    )


def _missing(look: Lookup, rules: Rules, one: Answered) -> Missing:
    due_on = _day(one.due_on)
    left = None if due_on is None else remaining(rules.calendar, look.today, due_on)
    return Missing(_name(look, rules, one.seat), one.missing, due_on, left, _day(one.promised_on))


def _name(look: Lookup, rules: Rules, seat: str) -> str:
    at = Seat.parse(seat)
    if at.unit:
        return _line(look.answering(at.unit))
    reached = look.reached(seat) if at.person else ()
    return _line(reached[0].name if reached else in_language(role_title(rules, at), VI))


def _by_name(unit: Missing) -> tuple[object, ...]:
    from thidua.collation import word_key

    return word_key(unit.name), unit.name


def _dossiers(db: Connection, look: Lookup, round_id: str) -> int:
    task = look.tables.task.c
    waiting = task.status.in_(("open", "paused")) & task.kind.in_(("ask", "vote"))
    query = select(func.count(task.dossier_id.distinct()))
    return int(db.execute(query.where(task.round_id == round_id, waiting)).scalar_one())


def _opened(look: Lookup, at: str) -> date:
    from thidua.storage.rows import moment

    return look.shelf.today(moment(at))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _line(text: str) -> str:
    return clean(text, cap=NAME_CAP)
