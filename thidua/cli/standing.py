"""How a round stands: who has answered in time or late, who has not, and what is left."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.due import days_left, pressing, told_left
from thidua.cli.eyes import closed_to, eyes_of
from thidua.cli.label import ASKS, OPINIONS, called
from thidua.cli.language import Words
from thidua.cli.rules import role_label, round_label, rules_of
from thidua.cli.screen import day, moment, pairs, say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.tied import say_tied, tied
from thidua.collation import word_key
from thidua.logged import unshown
from thidua.workflow.person import Seat
from thidua.workflow.sight import What, is_own, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names
    from thidua.storage.listing_rounds import Answered
    from thidua.workflow.ask_told import Told
    from thidua.workflow.procedure import Procedure
    from thidua.workflow.sight import Eyes

HEADING: Words = ("{label} ({ref})", "{label} ({ref})")
SEATS: Words = (
    "{seats} nơi được hỏi: {in_time} đúng hạn, {late} quá hạn, {missing} chưa trả lời,"
    " {never} không trả lời.",
    "{seats} asked: {in_time} in time, {late} late, {missing} still to answer, {never} never.",
)
MEMBERS: Words = (
    "{seats} thành viên: {in_time} đã bỏ phiếu, {missing} chưa, {never} không bỏ phiếu riêng.",
    "{seats} members: {in_time} have voted, {missing} have not, {never} cast no vote of their own.",
)
UNSENT: Words = (
    "{unsent} nơi chưa được gửi đề nghị khi đợt kết thúc. Gia hạn (`thidua rounds extend`) để hỏi"
    " lại.",
    "{unsent} had not been asked when the round closed. Extend it (`thidua rounds extend`) to ask"
    " them.",
)
AFTER: Words = (
    "{after_close} nơi gửi đúng hạn, nhận sau khi kết thúc đợt.",
    "{after_close} in time, received after the close.",
)
STEPPED: Words = (
    "{recused} người từ chối tham gia (vẫn được ghi trong danh sách).",
    "{recused} stepped back (they stay on the list).",
)
WORST = ("missing", "unsent", "never", "late", "in_time", "excused")
"""A seat with many dossiers is counted where it is worst."""


@verb("status")
@click.argument("round_", metavar="ROUND")
@option("--missing", is_flag=True, said=("Chỉ nơi chưa trả lời.", "Only who has not answered."))
@click.pass_obj
def status(call: Call, *, round_: str, missing: bool) -> None:
    """Who has answered and who has not."""
    answer = call.read(lambda db: _status(call, db, round_))
    seats = [s for s in answer["seats"] if s["missing"] or not missing]
    show(call, {**answer, "seats": seats}, lambda: _write(call, answer, seats))


def _write(call: Call, answer: Mapping[str, Any], seats: list[dict[str, Any]]) -> None:
    r = answer["round"]
    title(call, HEADING, label=r["label"], ref=r["ref"])
    pairs(call, [
        (("Câu hỏi", "Question"), r["question"]),
        (("Mở lúc", "Opened"), moment(r["opened_at"])),
        (("Phiên họp", "Meeting"), r["meeting"]),
        (("Hồ sơ", "Dossiers"), r["dossiers"]),
        (("Hồ sơ chưa xong", "Running"), r["running"]),
    ])  # fmt: skip
    say(call, MEMBERS if r["kind"] == "ballot" else SEATS, **answer["totals"])
    if answer["totals"]["after_close"]:
        say(call, AFTER, **answer["totals"])
    if answer["totals"]["unsent"]:
        say(call, UNSENT, **answer["totals"])
    if answer["totals"]["recused"]:
        say(call, STEPPED, **answer["totals"])
    say_tied(call, answer["tied"])
    table(call, seats, _columns(call, unsent=bool(answer["totals"]["unsent"])))


def _columns(call: Call, *, unsent: bool) -> list[Column]:
    lang = call.lang

    def number(name: str) -> Any:
        return lambda s: s[name] or ""

    return [
        Column(("Nơi được hỏi", "Asked"), lambda s: s["name"], gives=True, ends=True),
        Column(("Hồ sơ", "Dossiers"), lambda s: s["asked"], right=True),
        Column(("Đúng hạn", "In time"), number("in_time"), right=True),
        Column(("Quá hạn", "Late"), number("late"), right=True),
        Column(("Chưa", "Missing"), number("missing"), right=True, style=_missing),
        Column(("Không", "Never"), number("never"), right=True),
        *([Column(("Chưa gửi", "Not asked"), number("unsent"), right=True)] if unsent else ()),
        Column(("Hạn", "Due"), lambda s: day(s["due_on"]), style=pressing),
        Column(("", ""), lambda s: told_left(s["days_left"], lang), style=pressing),
        Column(("Hẹn trả lời", "Promised"), lambda s: day(s["promised_on"]), style=_broken(call)),
        Column(("Tình trạng", "State"), lambda s: _states(s["states"], lang), gives=True),
        Column(("Liên hệ", "Contacts"), lambda s: len(s["contacts"]) or "", right=True),
        Column(("Trả lời", "Answered"), lambda s: moment(s["answered_at"])[:10]),
        Column(("Ý kiến", "Opinions"), lambda s: _opinions(s["opinions"], lang), gives=True),
        Column(("Điện thoại", "Phone"), lambda s: s["phone"] if s["missing"] else ""),
    ]


def _broken(call: Call) -> Any:
    """A promise that was not kept stands out."""
    today = call.today.isoformat()
    return lambda seat: {"fg": "red"} if (seat["promised_on"] or today) < today else {}


def state_called(state: str, lang: str) -> str:
    """What the state of an ask is called."""
    return called(ASKS, state, lang)


def _states(counts: Mapping[str, int], lang: str) -> str:
    """Where a seat's asks stand; how many of each only where they differ."""
    if len(counts) == 1:
        return state_called(next(iter(counts)), lang)
    return ", ".join(f"{state_called(state, lang)} {n}" for state, n in counts.items())


def _missing(seat: Mapping[str, Any]) -> dict[str, Any]:
    return {"bold": True} if seat["missing"] else {}


def _opinions(counts: Mapping[str, int] | None, lang: str) -> str:
    return ", ".join(f"{called(OPINIONS, kind, lang)} {n}" for kind, n in (counts or {}).items())


def _status(call: Call, db: "Connection", ref: str) -> dict[str, Any]:
    from thidua.storage import listing_exchange, listing_people, listing_rounds

    found, away = listing_rounds.find(db, call.tables, ref), closed_to(call, db)
    told_asks = listing_exchange.told(db, call.tables, found["id"])
    procedure = rules_of(call, db, found["procedure"]).procedure
    rule = procedure.rounds[found["name"]]
    names = listing_people.names(db, call.tables, call.today)
    eyes = tuple(each.under(procedure) for each in eyes_of(call, db))
    told_asks = {(dossier, seat): told for (dossier, seat), told in told_asks.items()
                 if dossier not in away or is_own(seat, eyes)}  # fmt: skip
    seats = [
        {**_seat(call, db, found, one, names, eyes, procedure), **_story(told_asks, one)}
        for one in _answered(call, db, found["id"], away, eyes)
    ]
    if not may_see(procedure, What("asked", found["name"]), eyes):
        name = found["name"]
        seats = [s for s in seats if may_see(procedure, What("asked", name, s["seat"]), eyes)]
        found = {**found, "dossiers": None, "running": None}
        if not seats:
            raise unshown("not-yours-to-see", eyes, found["id"])
    seats.sort(key=lambda s: (not s["missing"], word_key(s["name"]), s["seat"]))
    label = round_label(procedure, found["name"], call.lang)
    told = {"label": label, "kind": rule.kind, "procedure_name": procedure.name,
            "question": rule.question.get(call.lang)}  # fmt: skip
    away_by_rule = tied(call, db, {found["id"]: (procedure, found["name"])})
    return {"round": {**found, **told}, "totals": _totals(seats), "seats": seats,
            "tied": away_by_rule}  # fmt: skip


def _answered(
    call: Call, db: "Connection", round_id: str, away: Collection[str], eyes: "tuple[Eyes, ...]"
) -> "list[Answered]":
    """How the seats stand: of a dossier that one stepped back from only one's own."""
    from thidua.storage import listing_rounds

    whole = listing_rounds.answered(db, call.tables, round_id)
    if not away:
        return whole
    seen = listing_rounds.answered(db, call.tables, round_id, without=away)
    return [*(s for s in whole if is_own(s.seat, eyes)), *(s for s in seen
                                                          if not is_own(s.seat, eyes))]  # fmt: skip


def _seat(
    call: Call,
    db: "Connection",
    found: Mapping[str, Any],
    one: "Answered",
    names: "Names",
    eyes: "tuple[Eyes, ...]",
    procedure: "Procedure",
) -> dict[str, Any]:
    seen = may_see(procedure, What("opinion", found["name"], one.seat), eyes)
    role = role_label(procedure, Seat.parse(one.seat).role, call.lang)
    return {
        **asdict(one),
        "opinions": one.opinions if seen else None,
        "name": names.seat(one.seat) or role,
        "days_left": days_left(call, db, found["procedure"], one.due_on),
        **names.reach(one.seat),
    }


def _story(told: "Mapping[tuple[str, str], Told]", one: "Answered") -> dict[str, Any]:
    """Where a seat's asks stand, and each attempt to reach it: one for all its dossiers.

    Of a vote only that its member stepped back.
    """
    asks = [ask for (_, of), ask in told.items() if of == one.seat]
    states = Counter(ask.state for ask in asks)
    if one.recused and not asks:
        states["recused"] = one.recused
    contacts = {(step.at, step.way, step.by) for ask in asks for step in ask.contacts}
    named = [dict(zip(("at", "way", "by"), each, strict=True)) for each in sorted(contacts)]
    return {"states": dict(states.most_common()), "contacts": named}


def _totals(seats: list[dict[str, Any]]) -> dict[str, int]:
    totals = dict.fromkeys(WORST, 0)
    for seat in seats:
        worst = next((name for name in WORST if seat[name]), None)
        if worst is not None:
            totals[worst] += 1
    after = sum(seat["after_close"] > 0 for seat in seats)
    recused = sum(seat["recused"] > 0 for seat in seats)
    return {"seats": len(seats), **totals, "after_close": after, "recused": recused}
