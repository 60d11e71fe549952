"""The journal of a dossier, told: what, when, by whom, entered by whom, on what paper."""

import textwrap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.dossiers.links import TOLD as TOLD_LINKS
from thidua.cli.dossiers.sheet import UNTIL, counted
from thidua.cli.eyes import eyes_of
from thidua.cli.label import ACTS, OPINIONS, OUTCOMES, STANDINGS, called
from thidua.cli.language import Words, pick
from thidua.cli.paper import told_paper
from thidua.cli.rules import (
    items_label,
    role_label,
    round_label,
    rules_of,
    state_label,
    trigger_label,
)
from thidua.cli.screen import day, moment, show, title
from thidua.cli.shell import verb
from thidua.cli.table import clean, screen_width
from thidua.workflow.person import ENGINE, Seat

Told = dict[str, Any]

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.seen import Seen
    from thidua.storage.listing_people import Names
    from thidua.workflow.procedure import Procedure

UNCLASSIFIED: Words = ("giải mật", "none any more")
INDENT = 24
"""Where the words begin, behind the number and the time."""

HEADING: Words = ("Nhật ký hồ sơ {dossier}: {name}", "Journal of {dossier}: {name}")
SYSTEM: Words = ("Hệ thống", "The system")
ENTERED: Words = ("nhập: {name}", "entered by {name}")
TOLD = ("at", "act", "by", "entered", "substitution", "role", "paper", "happened")
"""Parts of an event that are told as they are."""
OF_A_SEAT = ("answer", "ask_back", "cast", "inform", "look", "prepare")
"""Acts of whoever sits on the seat that they name: it tells in what capacity."""
STANDS_IN: Words = ("{name} thay {decider}", "{name} for {decider}")
HAPPENED: Words = ("diễn ra {at}", "happened {at}")
AGAIN: Words = ("mở lại đợt", "the round is opened again")
UNSENT: Words = ("chưa gửi đề nghị đến: {seats}", "not asked yet: {seats}")
QUEUE: Words = ("hàng chờ chung", "the queue")
VERSIONS: Words = ("từ bản {left} sang bản {onto}", "from {left} to {onto}")
ON_PAPER: Words = ("căn cứ: {paper}", "on paper: {paper}")


@verb("history")
@click.argument("dossier")
@click.pass_obj
def history(call: Call, *, dossier: str) -> None:
    """The journal of a dossier."""
    name, told, levels = call.read(lambda db: _told(call, db, dossier))

    def write() -> None:
        from thidua.seen import in_order

        title(call, HEADING, dossier=dossier, name=name)
        for each in in_order(told, levels):
            click.echo(_wrapped(f"{each['n'] or '':>4}  {moment(each['at'])}  ", each["text"]))
            for line in (each["who"], each["note"] and f"“{each['note']}”"):
                if line:
                    click.secho(_wrapped(" " * INDENT, line), dim=True)

    answer = {"dossier": dossier, "name": name, "events": told, "levels": levels}
    show(call, answer, write)


def _wrapped(start: str, text: str) -> str:
    """The text behind its start, its lines one below the other on a terminal."""
    most = screen_width()
    if most is None or most <= 2 * INDENT:
        return start + clean(text)
    return textwrap.fill(
        clean(text), most, initial_indent=start, subsequent_indent=" " * INDENT,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _told(call: Call, db: "Connection", dossier: str) -> tuple[str, list[Told], list[Told]]:
    from thidua.storage import listing_people

    found = call.place.wf.seen.by_eyes(db, dossier, eyes_of(call, db))
    names = listing_people.names(db, call.tables, call.today)
    tell = telling(call, db, found, names, call.lang)
    return found.dossier["candidate_name"], [*map(tell, found.events)], [*map(tell, found.levels)]


def telling(
    call: Call, db: "Connection", found: "Seen", names: "Names", lang: str
) -> Callable[[Mapping[str, Any]], Told]:
    """Tells each event in the words of the procedure version that the dossier was under then."""
    moves = [(event["n"], event["body"]) for event in found.events if "onto" in event["body"]]
    hashes = {body[key] for _, body in moves for key in ("left", "onto")}
    versions = {each: rules_of(call, db, each).procedure for each in hashes}
    labels = {each: procedure.version for each, procedure in versions.items()}

    def tell(event: Mapping[str, Any]) -> Told:
        was = next((versions[body["left"]] for n, body in moves if event["n"] < n), found.procedure)
        return Teller(was, names, lang, labels).told(event)

    return tell


class Teller:
    """Tells an event, as far as it is there to be seen."""

    def __init__(
        self, procedure: "Procedure", names: "Names", lang: str, versions: Mapping[str, str]
    ) -> None:
        self.procedure, self.names, self.lang, self.versions = procedure, names, lang, versions

    def told(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """The event: its number, instant, act, who, and what it says in words."""
        body, said = event["body"], event["private"]
        kept = {k: body[k] for k in (*TOLD, "opinion", "level", "matter") if k in body}
        return {
            "n": event["n"], "hash": event["hash"], **kept,
            "text": self._text(body, said), "who": self._who(body, said),
            "note": said.get("note") or _erased(body, "note"),
        }  # fmt: skip

    def _text(self, body: Mapping[str, Any], said: Mapping[str, str]) -> str:
        act = body["act"]
        parts = [called(ACTS, act, self.lang)]
        if act == "fire":
            parts = [trigger_label(self.procedure, body["trigger"], self.lang)]
        about = self._about(body, said)
        parts += [f": {about}"] if about else []
        ends = (self._opinion(body), self._to(body))
        text = "".join([*parts, *(f" {part}" for part in ends if part)])
        return "; ".join([text, *(pick(TOLD_LINKS[key], self.lang, dossier=body[key])
                                  for key in TOLD_LINKS if key in body)])  # fmt: skip

    def _about(self, body: Mapping[str, Any], said: Mapping[str, str]) -> str:
        if body["act"] == "attach":
            kind = items_label(self.procedure, [body["kind"]], self.lang)
            name = f"({said['name']})" if "name" in said else _erased(body, "name")
            return " ".join(filter(None, (kind, name)))
        if body["act"] in ("return", "supplement", "correct"):
            return items_label(self.procedure, body.get("items") or body["fields"], self.lang)
        if body["act"] == "assign":
            return f"#{body['task']}{self._given(body)}"
        if body["act"] == "classify":
            return self._level(body)
        if "onto" in body:
            left, onto = (self.versions[body[key]] for key in ("left", "onto"))
            return pick(VERSIONS, self.lang, left=left, onto=onto)
        where = [what] if (what := self._matter(body)) else []
        seats = [body["seat"]] if "seat" in body else body.get("seats", [])
        return ", ".join([*where, *map(self._seat, seats)])

    def _given(self, body: Mapping[str, Any]) -> str:
        """To whom a task went, where that is there to be seen."""
        held = {n: holder for n, _, _, holder, *_ in body.get("tasks", ())}
        if body["task"] not in held:
            return ""
        holder = held[body["task"]]
        return f" → {self.names.actor(holder) if holder else pick(QUEUE, self.lang)}"

    def _level(self, body: Mapping[str, Any]) -> str:
        from thidua.definitions.levels import load_levels

        known, level = load_levels(), body["level"]
        word = known[level][self.lang] if level in known else level
        return f"{word or pick(UNCLASSIFIED, self.lang)} ({body['matter']})"

    def _matter(self, body: Mapping[str, Any]) -> str:
        """The round, span or state that an act was about."""
        if "round" in body:
            return round_label(self.procedure, body["round"], self.lang)
        if "span" in body:
            span = self.procedure.spans.get(body["span"])
            end = span.end if span is not None else body["span"]
            return pick(UNTIL, self.lang, state=state_label(self.procedure, end, self.lang))
        return state_label(self.procedure, body["state"], self.lang) if "state" in body else ""

    def _seat(self, seat: str) -> str:
        role = seat.partition("@")[0].partition(":")[0]
        return self.names.seat(seat) or role_label(self.procedure, role, self.lang)

    def _opinion(self, body: Mapping[str, Any]) -> str:
        if body["act"] == "answer" and "opinion" in body:
            kind = called(OPINIONS, body["opinion"], self.lang)
            return f"– {kind} ({called(STANDINGS, body['standing'], self.lang)})"
        if body["act"] in ("close_round", "settle"):
            lines = body.get("lines") or [[None, body.get("outcome"), {}]]
            _, outcome, counts, *_ = lines[0]
            votes = f" ({counted(counts, self.lang)})" if counts else ""
            return f"– {called(OUTCOMES, outcome, self.lang)}{votes}{self._unsent(body)}"
        if body["act"] in ("extend", "promise"):
            again = f" ({pick(AGAIN, self.lang)})" if body["act"] == "extend" else ""
            return f"→ {day(body['until'])}{again if 'lines' in body else ''}"
        return str(body.get("condition", ""))

    def _unsent(self, body: Mapping[str, Any]) -> str:
        seats = ", ".join(map(self._seat, body.get("unsent", ())))
        return f"; {pick(UNSENT, self.lang, seats=seats)}" if seats else ""

    def _to(self, body: Mapping[str, Any]) -> str:
        return f"→ {state_label(self.procedure, body['to'], self.lang)}" if "to" in body else ""

    def _capacity(self, body: Mapping[str, Any], name: str) -> str:
        """The role that was used, or that of the seat; a unit's account bears its name already."""
        role, seat = body.get("role"), body.get("seat")
        if role is None and seat is not None and body["act"] in OF_A_SEAT:
            role = Seat.parse(seat).role
        label = "" if role is None else role_label(self.procedure, role, self.lang)
        return f" ({label})" if label and ("role" in body or not name.startswith(label)) else ""

    def _who(self, body: Mapping[str, Any], said: Mapping[str, str]) -> str:
        by = body["by"]
        name = pick(SYSTEM, self.lang) if by == ENGINE else self.names.actor(by)
        role = self._capacity(body, name)
        parts = [name + role]
        if "substitution" in body:
            substitute = self.names.actor(body["entered"])
            parts = [pick(STANDS_IN, self.lang, name=substitute, decider=name) + role]
        elif "entered" in body:
            parts.append(pick(ENTERED, self.lang, name=self.names.actor(body["entered"])))
        if "happened" in body:
            parts.append(pick(HAPPENED, self.lang, at=moment(body["happened"])))
        if "paper" in body or "paper.signer" in said:
            paper = {**body.get("paper", {}), "signer": said.get("paper.signer")}
            parts.append(pick(ON_PAPER, self.lang, paper=told_paper(paper, self.lang)))
        return "; ".join(parts)


def _erased(body: Mapping[str, Any], name: str) -> str | None:
    """What stands in the place of a value that the event promised and that is gone."""
    from thidua.storage.erasing import ERASED

    return ERASED if name in body.get("commit", ()) else None
