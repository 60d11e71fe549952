"""The phone-and-paper list: what no mail can do, by whom it concerns and by matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from thidua.letters import both
from thidua.lookup import Lookup, role_title
from thidua.notifiers.render import Text
from thidua.storage.notices import Key, Told
from thidua.workflow.person import Seat

Way = Literal["phone", "letter", "paper"]
"""A call, a draft official letter, or whichever there is an address for."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One matter to be brought to one seat by hand.

    `seat` is whom it concerns, with name and telephone as of today; `by` the seat that a ladder
    charges with it, None when the seat simply has no mailbox. An official letter is one line for
    its whole round: `seat` is who writes it, `seats` all that have not answered, ascending.
    `note` is what the office asks more of the seat.
    `dossiers` are ids with their candidates; `due_on` is the earliest due; `notices` are what
    `Reminders.done` settles, `contacts` the dossiers and seats it is about.
    """

    seat: str
    name: Text
    phone: str | None
    way: Way
    by: str | None
    matter: str
    matter_title: Text
    task_title: Text | None
    note: str | None
    dossiers: tuple[tuple[str, str], ...]
    due_on: date | None
    since_at: datetime
    notices: tuple[Key, ...]
    seats: tuple[str, ...]
    contacts: tuple[tuple[str, str], ...]


def lines(look: Lookup, told: Iterable[Told]) -> tuple[PaperLine, ...]:
    """The list of these notices: the earliest due first, what has none last."""
    groups: dict[tuple[str, str, bool], list[Told]] = {}
    for each in told:
        # One letter names every seat of the round that has not answered.
        letter = _kind(each) == "letter"
        whom = each.seat if letter else _whom(each)
        groups.setdefault((whom, each.matter, letter), []).append(each)
    made = [_line(look, whom, group) for (whom, *_), group in groups.items()]
    return tuple(sorted(made, key=lambda line: (line.due_on or date.max, line.seat, line.matter)))


def _kind(told: Told) -> str:
    """ "phone" or "letter" where a ladder asks for that."""
    kind = told.context.get("rung", {}).get("kind")
    return str(kind) if kind in ("phone", "letter") else ""


def _whom(told: Told) -> str:
    """Whom it concerns: of a call that a ladder asks for, the seat that was asked."""
    return str(told.context["asked"]) if _kind(told) else told.seat


def _line(look: Lookup, whom: str, group: list[Told]) -> PaperLine:
    latest = max(group, key=lambda each: each.raised_at)
    name, phone = _reached(look, whom, latest)
    contacts = sorted({(each.dossier_id, _whom(each)) for each in group})
    dues = [date.fromisoformat(on) for each in group if (on := each.context.get("due_on"))]
    said = latest.context
    title, note = said.get("task_title"), None
    if latest.template == "exchange":
        title = both(f"exchange-{said['kind']}")
        if said["kind"] == "request":  # other words are not everybody's who makes calls
            note = " / ".join(dict.fromkeys(each.context["note"] for each in group))
    return PaperLine(
        seat=whom,
        name=name,
        phone=phone,
        way=_way(latest, phone),
        by=latest.seat if latest.seat != whom else None,
        matter=latest.matter,
        matter_title=said.get("matter_title") or said["procedure"],
        task_title=title,
        note=note,
        dossiers=tuple({e.dossier_id: str(e.context["candidate"]) for e in group}.items()),
        due_on=min(dues, default=None),
        since_at=min(each.raised_at for each in group),
        notices=tuple(each.key for each in group),
        seats=tuple(sorted({seat for _, seat in contacts})),
        contacts=tuple(contacts),
    )


def _way(told: Told, phone: str | None) -> Way:
    if kind := _kind(told):
        return "letter" if kind == "letter" else "phone"
    return "phone" if phone else "paper"


def _reached(look: Lookup, whom: str, told: Told) -> tuple[Text, str | None]:
    reached, seat = look.reached(whom), Seat.parse(whom)
    phone = next((one.phone for one in reached if one.phone), None)
    if seat.unit:
        return look.unit(seat.unit), phone
    if seat.person is None:
        return role_title(look.rules(told.context["procedure_hash"]), seat), phone
    return (reached[0].name if reached else seat.person), phone
