"""One answer of a seat for its whole list: `thidua rounds answer`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.label import OPINIONS, called
from thidua.cli.language import Words, pick
from thidua.cli.option import LIST_ACT
from thidua.cli.refused import Against, write_refused
from thidua.cli.rules import make_round_ready
from thidua.cli.screen import say, show
from thidua.cli.seat import fitting, require_own
from thidua.cli.shell import option, verb
from thidua.cli.speech import said
from thidua.workflow.errors import Misuse, Refused, Unknown
from thidua.workflow.person import Seat, sits

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.rounds import Listed, Said

ANSWERED: Words = (
    "{seat} – {ref}: đã ghi {taken} ý kiến ({opinion}{others}){rest}.",
    "{seat} – {ref}: {taken} opinions taken ({opinion}{others}){rest}.",
)
REFUSED: Words = ("; {count} hồ sơ chưa ghi được", "; {count} were not")
OTHERS: Words = ("; riêng {count} hồ sơ khác", "; {count} otherwise")


@verb("answer", takes=LIST_ACT)
@click.argument("round_", metavar="ROUND")
@click.argument("opinion")
@option("--seat", metavar="SEAT", said=(
    "Nơi trả lời: mã đơn vị hoặc người; mặc định nơi của bạn.",
    "Whose answer: a unit's or a person's id; by default your own."))  # fmt: skip
@option("--except", "but", multiple=True, metavar="DOSSIER=OPINION:REASONS", said=(
    "Trừ hồ sơ này, ý kiến khác và lý do (ghi được nhiều lần).",
    "Except this dossier: its opinion and reasons (may be given again)."))  # fmt: skip
@option("--except-file", type=click.Path(path_type=Path), metavar="FILE", said=(
    "Tệp CSV các hồ sơ có ý kiến khác: dossier, opinion, reasons.",
    "A CSV file of the exceptions: dossier, opinion, reasons."))  # fmt: skip
@option("--all-or-nothing", is_flag=True, said=(
    "Có một hồ sơ chưa ghi được thì không ghi hồ sơ nào.",
    "If one cannot be taken, take none."))  # fmt: skip
@click.pass_obj
def answer(
    call: Call,
    *,
    round_: str,
    opinion: str,
    seat: str | None,
    but: tuple[str, ...],
    except_file: Path | None,
    all_or_nothing: bool,
) -> int:
    """Answer for a whole list."""
    apart = {**apart_of(but), **(_listed(except_file) if except_file else {})}
    make_round_ready(call, round_)
    ref, who, listed = call.write(
        lambda db: _answer(call, db, round_, opinion, seat, apart, all_or_nothing=all_or_nothing)
    )
    told = _told(call, ref, who, opinion, listed)
    show(call, told, lambda: _write(call, told, apart))
    return int(bool(listed.refused))


def apart_of(said: Sequence[str]) -> "dict[str, Said]":
    """The exceptions of an answer, by dossier."""
    found: dict[str, Said] = {}
    for each in said:
        dossier, equals, rest = each.partition("=")
        kind, _, why = rest.partition(":")
        if not equals or not dossier.strip() or not kind.strip():
            raise Misuse("not-a-pair", value=each, form="DOSSIER=OPINION:REASONS")
        found[dossier.strip()] = (kind.strip(), why.strip() or None)
    return found


def _listed(path: Path) -> "dict[str, Said]":
    from thidua.imports.sheet import read_sheet

    sheet = read_sheet(path, needed=("dossier", "opinion"), known=("reasons", "name"))
    found = {r.needed("dossier"): (r.one_of("opinion", [*OPINIONS]), r.text("reasons"))
             for r in sheet}  # fmt: skip
    sheet.stop_if_wrong()
    return found


def _answer(
    call: Call,
    db: "Connection",
    ref: str,
    opinion: str,
    said_seat: str | None,
    apart: "Mapping[str, Said]",
    *,
    all_or_nothing: bool,
) -> "tuple[str, list[str], Listed]":
    from thidua.storage import listing_rounds

    found = listing_rounds.find(db, call.tables, ref)
    call.procedure = found["procedure"]
    by = call.by(db)
    seats = listing_rounds.seats(db, call.tables, found["id"])
    seat = (
        answering(call, db, seats, said_seat)
        if said_seat
        else own_seats(call, db, by.decider, seats, ref)
    )
    listed = call.place.wf.rounds.answer(
        db, found["id"], seat, opinion, by=by, except_=dict(apart), **call.terms,
        command_id=call.command_id, all_or_nothing=all_or_nothing, now=call.now,
    )  # fmt: skip
    if listed.refused and not listed.taken:
        _raise_all(listed)
    return found["ref"], seat, listed


def answering(call: Call, db: "Connection", seats: Sequence[str], said: str) -> list[str]:
    """The seats that are meant: of a unit also those of the units in whose place it stands."""
    from thidua.storage import listing_people

    require_own(call, db, said)
    stood = listing_people.names(db, call.tables, call.today).stood(said)
    theirs = [seat for seat in seats if Seat.parse(seat).unit in stood]
    one_role = len({Seat.parse(seat).role for seat in theirs}) == 1
    return theirs if one_role else [fitting(seats, said)]


def own_seats(
    call: Call, db: "Connection", actor: str, seats: Sequence[str], ref: str
) -> list[str]:
    """The seats of the actor; several only where units have become one."""
    from thidua.storage import listing_people

    held = call.place.wf.people.held(db, actor, call.today)
    mine = [seat for seat in seats if sits(Seat.parse(seat), actor, held)]
    names = listing_people.names(db, call.tables, call.today)
    apart = {(at.role, at.unit and names.standing(at.unit)) for at in map(Seat.parse, mine)}
    if len(apart) != 1:
        code = "which-seat" if mine else "not-asked"
        raise Refused.of(code, actor=actor, round=ref)
    return mine


def _raise_all(listed: "Listed") -> None:
    """Nothing was taken: what stands in the way, each thing once."""
    reasons = {r.text("en"): r for error in listed.refused.values() for r in error.reasons}
    errors = list(listed.refused.values())
    if len(errors) == 1 or all(isinstance(error, Unknown) for error in errors):
        raise errors[0]
    raise Refused.because(reasons.values())


def _told(
    call: Call, ref: str, seats: Sequence[str], opinion: str, listed: "Listed"
) -> dict[str, Any]:
    return {**told_list(call, ref, seats, listed), "opinion": opinion}


def told_list(call: Call, ref: str, seats: Sequence[str], listed: "Listed") -> dict[str, Any]:
    """What an act over a seat's list came to, for programs."""
    from thidua.storage import listing_people

    names = call.read(lambda db: listing_people.names(db, call.tables, call.today))
    refused = [
        {"dossier": dossier, "reasons": [{"code": r.code, "text": said(call, r)}
                                         for r in error.reasons]}
        for dossier, error in listed.refused.items()
    ]  # fmt: skip
    return {
        "round": ref, "seat": ", ".join(seats),
        "seat_name": ", ".join(names.seat(seat) or seat for seat in seats),
        "taken": [done.dossier_id for done in listed.taken], "refused": refused,
    }  # fmt: skip


def write_list(call: Call, told: Mapping[str, Any], words: Words, **more: Any) -> None:
    """Say what was taken, and each reason against the rest on stderr."""
    seat, ref, taken = told["seat_name"], told["round"], len(told["taken"])
    say(call, words, seat=seat, ref=ref, taken=taken, **more)
    _write_refused(call, told)


def _write(call: Call, told: Mapping[str, Any], apart: Mapping[str, Any]) -> None:
    others, rest = (
        pick(words, call.lang, count=len(which)) if which else ""
        for words, which in ((OTHERS, apart), (REFUSED, told["refused"]))
    )
    say(
        call,
        ANSWERED,
        seat=told["seat_name"],
        ref=told["round"],
        taken=len(told["taken"]),
        opinion=called(OPINIONS, told["opinion"], call.lang),
        others=others,
        rest=rest,
    )
    _write_refused(call, told)


def _write_refused(call: Call, told: Mapping[str, Any]) -> None:
    write_refused(call, (
        Against(each["dossier"], reason["text"], reason["code"])
        for each in told["refused"] for reason in each["reasons"]
    ))  # fmt: skip
