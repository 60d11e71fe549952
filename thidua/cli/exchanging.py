"""The exchange in a round: `thidua rounds look`, `prepare`, `confirm`, `ask-back`, and so on."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.answering import apart_of, own_seats, told_list, write_list
from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import ALL_OR_NOTHING, YES, Choice
from thidua.cli.label import ACTS, OPINIONS, called
from thidua.cli.language import Words
from thidua.cli.option import LIST_ACT
from thidua.cli.rules import make_round_ready
from thidua.cli.screen import day, moment, pairs, show, table, title
from thidua.cli.seat import fitting, require_conducting, require_own
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.command import Command
from thidua.workflow.errors import Unknown
from thidua.workflow.exchange import AnswerBack, AskBack

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.exchange import Terms
    from thidua.workflow.paper import Enclosure

SEAT = option("--seat", metavar="SEAT", said=(
    "Nơi được hỏi: mã đơn vị hoặc người; mặc định nơi của bạn.",
    "The seat: a unit's or a person's id; by default your own."))  # fmt: skip
FILES = option("--file", "files", multiple=True, type=click.Path(path_type=Path, exists=True),
               metavar="FILE", said=("Tệp kèm theo (ghi được nhiều lần).",
                                     "A file that goes with it (may be given again)."))  # fmt: skip
PREPARED: Words = (
    "{seat} – {ref}: đã ghi dự thảo cho {taken} hồ sơ ({opinion}). Chưa phải là trả lời; chờ xác"
    " nhận (`thidua rounds confirm`).",
    "{seat} – {ref}: drafted for {taken} dossiers ({opinion}). No answer yet: it has to be"
    " confirmed (`thidua rounds confirm`).",
)
CONFIRMED: Words = (
    "{seat} – {ref}: đã xác nhận trả lời cho {taken} hồ sơ.",
    "{seat} – {ref}: the answers on {taken} dossiers are confirmed.",
)
LOOKED: Words = ("{label} ({ref}): {seat}", "{label} ({ref}): {seat}")

COLUMNS = (
    Column(("Hồ sơ", "Dossier"), lambda r: r["dossier"]),
    Column(("Tên", "Name"), lambda r: r["name"], gives=True),
    Column(("Hạn", "Due"), lambda r: day(r["due_on"])),
    Column(("Tình trạng", "State"), lambda r: r["state_label"]),
    Column(("Dự thảo", "Draft"), lambda r: r["draft_label"]),
)


def enclosures(call: Call, files: Sequence[Path]) -> "tuple[Enclosure, ...]":
    """The files with their bytes kept."""
    from thidua.workflow.paper import Enclosure

    kept = (call.place.intake.document("enclosed", file) for file in files)
    return tuple(Enclosure(each.sha256, each.size, each.type, each.name) for each in kept)


def terms_of(call: Call, *, all_or_nothing: bool = False) -> "Terms":
    """The words, the paper and the instant that were said."""
    from thidua.exchange import Terms

    return Terms(**call.terms, command_id=call.command_id, all_or_nothing=all_or_nothing,
                 now=call.now)  # fmt: skip


def meant(call: Call, db: "Connection", ref: str, said: str | None) -> tuple[Any, str]:
    """The round and the seat: as said, else the one that the actor sits on."""
    from thidua.storage import listing_rounds

    found = listing_rounds.find(db, call.tables, ref)
    seats = listing_rounds.seats(db, call.tables, found["id"])
    if said is not None:
        require_own(call, db, said)
        return found, fitting(seats, said)
    return found, own_seats(call, db, call.by(db).decider, seats, ref)[0]


@verb("look", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@SEAT
@click.pass_obj
def look(call: Call, *, round_: str, seat: str | None) -> None:
    """Show a seat what it is asked, and record that it was opened."""
    make_round_ready(call, round_)
    told = call.write(lambda db: _look(call, db, round_, seat))
    show(call, told, lambda: _write_look(call, told))


def _look(call: Call, db: "Connection", ref: str, said: str | None) -> dict[str, Any]:
    from thidua.cli.rules import round_label, rules_of
    from thidua.storage import listing_exchange, listing_people

    found, seat = meant(call, db, ref, said)
    by, exchange = call.by(db), call.place.wf.exchange
    listed = exchange.look(db, found["id"], seat, by=by, terms=terms_of(call))
    if listed.refused and not listed.taken:
        raise next(iter(listed.refused.values()))
    procedure = rules_of(call, db, found["procedure"]).procedure
    names = listing_people.names(db, call.tables, call.today)
    question = procedure.rounds[found["name"]].question
    return {
        "round": found["ref"], "label": round_label(procedure, found["name"], call.lang),
        "seat": seat, "seat_name": names.seat(seat) or seat,
        "question": question.get(call.lang) or next(iter(question.values()), None),
        "dossiers": _asked_of(call, db, found["id"], seat),
        "said": [
            {**line, "by_name": names.actor(line["by"])}
            for line in listing_exchange.said_to(db, call.tables, found["id"], seat)
        ],
    }  # fmt: skip


def _asked_of(call: Call, db: "Connection", round_id: str, seat: str) -> list[dict[str, Any]]:
    from thidua.cli.standing import state_called
    from thidua.storage import listing_exchange, listing_rounds

    asks = listing_rounds.asks(db, call.tables, round_id, seat)
    told = listing_exchange.told(db, call.tables, round_id)
    drafts = listing_exchange.drafts(db, call.tables, round_id, seat)
    rows = []
    for ask in asks:
        key = ask["dossier_id"]
        state = told[key, seat].state if (key, seat) in told else "asked"
        draft = drafts.get(key)
        rows.append({
            "dossier": key, "name": ask["candidate_name"], "due_on": ask["due_on"],
            "state": state, "state_label": state_called(state, call.lang),
            "draft": draft.opinion if draft else None, "draft_note": draft.note if draft else None,
            "draft_label": called(OPINIONS, draft.opinion, call.lang) if draft else "",
        })  # fmt: skip
    return rows


def _write_look(call: Call, told: dict[str, Any]) -> None:
    title(call, LOOKED, label=told["label"], ref=told["round"], seat=told["seat_name"])
    pairs(call, [(("Câu hỏi", "Question"), told["question"])])
    table(call, told["dossiers"], COLUMNS)
    if told["said"]:
        table(call, told["said"], _talk(call.lang))


def _talk(lang: str) -> list[Column]:
    return [
        Column(("Lúc", "When"), lambda r: moment(r["at"])),
        Column(("Việc", "What"), lambda r: called(ACTS, r["act"], lang)),
        Column(("Của", "By"), lambda r: r["by_name"]),
        Column(("Hồ sơ", "Dossiers"), lambda r: len(r["dossiers"]), right=True),
        Column(("Nội dung", "Words"), lambda r: r["note"], gives=True),
        Column(("Kèm theo", "Enclosed"), lambda r: ", ".join(filter(None, r["enclosed"]))),
    ]


@verb("prepare", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("opinion")
@SEAT
@option("--except", "but", multiple=True, metavar="DOSSIER=OPINION:REASONS", said=(
    "Trừ hồ sơ này, ý kiến khác và lý do (ghi được nhiều lần).",
    "Except this dossier: its opinion and reasons (may be given again)."))  # fmt: skip
@FILES
@click.pass_obj
def prepare(
    call: Call, *, round_: str, opinion: str, seat: str | None, but: tuple[str, ...],
    files: tuple[Path, ...],
) -> int:  # fmt: skip
    """Draft a unit's answer; it counts once it is confirmed."""
    apart, enclosed = apart_of(but), enclosures(call, files)
    make_round_ready(call, round_)

    def do(db: "Connection") -> Any:
        found, whose = meant(call, db, round_, seat)
        listed = call.place.wf.exchange.prepare(
            db, found["id"], whose, opinion, by=call.by(db), except_=apart, enclosed=enclosed,
            terms=terms_of(call),
        )  # fmt: skip
        return found, whose, listed

    return _over(call, do, PREPARED, opinion=called(OPINIONS, opinion, call.lang))


@verb("confirm", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("ids", nargs=-1, metavar="[DOSSIER]...")
@SEAT
@ALL_OR_NOTHING
@click.pass_obj
def confirm(
    call: Call, *, round_: str, ids: tuple[str, ...], seat: str | None, all_or_nothing: bool
) -> int:
    """Give a unit's drafts as its answers."""
    make_round_ready(call, round_)

    def do(db: "Connection") -> Any:
        found, whose = _headed(call, db, round_, seat)
        terms = terms_of(call, all_or_nothing=all_or_nothing)
        listed = call.place.wf.exchange.confirm(
            db, found["id"], whose, by=call.by(db), only=ids or None, terms=terms
        )
        return found, whose, listed

    return _over(call, do, CONFIRMED)


def _headed(call: Call, db: "Connection", ref: str, said: str | None) -> tuple[Any, str]:
    """The seat whose answers the actor confirms: that of the unit he holds a role in."""
    from thidua.storage import listing_rounds
    from thidua.workflow.person import Seat

    found = listing_rounds.find(db, call.tables, ref)
    seats = listing_rounds.seats(db, call.tables, found["id"])
    if said is None:
        held = call.place.wf.people.held(db, call.by(db).decider, call.today)
        units = {each.unit for each in held if each.unit}
        mine = [seat for seat in seats if Seat.parse(seat).unit in units]
        if len(mine) == 1:
            return found, mine[0]
    return meant(call, db, ref, said)


def _over(call: Call, do: "Callable[[Connection], Any]", words: Words, **more: Any) -> int:
    found, seat, listed = call.write(do)
    told = told_list(call, found["ref"], [seat], listed)
    show(call, told, lambda: write_list(call, told, words, **more))
    return int(bool(listed.refused))


def asked_dossiers(
    call: Call, ref: str, said: str | None, ids: Sequence[str], *, own: bool = False,
    act: str | None = None,
) -> tuple[Any, str | None, list[str]]:  # fmt: skip
    """The round, the seat that is meant, and its dossiers, some or all.

    `act` is the right by which it is conducted; `Refused` without it.
    """
    from thidua.storage import listing_rounds

    def find(db: "Connection") -> tuple[Any, str | None, list[str]]:
        seat: str | None
        if own:
            found, seat = meant(call, db, ref, said)
        else:
            found = listing_rounds.find(db, call.tables, ref)
            if act is not None:
                require_conducting(call, db, found, act)
            seats = listing_rounds.seats(db, call.tables, found["id"])
            seat = fitting(seats, said) if said is not None else None
        listed = call.place.wf.rounds.asked(db, found["id"], seat)
        strange = sorted(set(ids) - set(listed))
        if strange:
            raise Unknown("not-on-list", dossier=", ".join(strange), seat=seat or found["ref"])
        return found, seat, sorted(set(ids)) or listed

    return call.read(find)


@verb("ask-back", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("ids", nargs=-1, metavar="[DOSSIER]...")
@SEAT
@FILES
@YES
@ALL_OR_NOTHING
@click.pass_obj
def ask_back(
    call: Call, *, round_: str, ids: tuple[str, ...], seat: str | None, files: tuple[Path, ...],
    yes: bool, all_or_nothing: bool,
) -> int:  # fmt: skip
    """Ask the office something before answering."""
    found, whose, listed = asked_dossiers(call, round_, seat, ids, own=True)
    command = AskBack(found["id"], whose, enclosures(call, files), **call.terms)
    return _carry(call, listed, command, yes=yes, all_or_nothing=all_or_nothing)


@verb("answer-back", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("seat")
@click.argument("ids", nargs=-1, metavar="[DOSSIER]...")
@FILES
@YES
@ALL_OR_NOTHING
@click.pass_obj
def answer_back(
    call: Call, *, round_: str, seat: str, ids: tuple[str, ...], files: tuple[Path, ...],
    yes: bool, all_or_nothing: bool,
) -> int:  # fmt: skip
    """Answer what a unit has asked back."""
    found, whose, listed = asked_dossiers(call, round_, seat, ids, act="answer_back")
    questions = partial(
        call.place.wf.exchange.questions, round_id=found["id"], seat=str(whose),
        command_id=call.command_id,
    )  # fmt: skip
    waiting = set(call.read(questions))
    command = AnswerBack(found["id"], str(whose), enclosures(call, files), **call.terms)
    chosen = [key for key in listed if key in waiting or ids] or listed
    return _carry(call, chosen, command, yes=yes, all_or_nothing=all_or_nothing)


def _carry(
    call: Call, ids: Sequence[str], command: Command, *, yes: bool, all_or_nothing: bool
) -> int:
    choice = Choice(ids=tuple(ids), yes=yes, all_or_nothing=all_or_nothing)
    return carry_out(call, choice, lambda _db, _dossier: command)
