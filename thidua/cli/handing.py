"""A desk handed over: `thidua people hand-over`."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.choice import ALL_OR_NOTHING, YES
from thidua.cli.language import Words, pick
from thidua.cli.option import DAY, LIST_ACT
from thidua.cli.refused import Against, write_refused
from thidua.cli.rules import role_label, stored
from thidua.cli.screen import agreed, day, say, show, warn
from thidua.cli.shell import option, verb
from thidua.cli.speech import said
from thidua.cli.table import clean
from thidua.workflow.errors import Misuse, Refused
from thidua.workflow.paper import Paper

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.handover import HandedOver
    from thidua.storage.listing_people import Names
    from thidua.workflow.person import Held

DONE: Words = (
    "{leaver} bàn giao cho {to}: {taken} việc của {dossiers} hồ sơ; {roles} vai trò hết ngày {on}.",
    "{leaver} hands over to {to}: {taken} tasks of {dossiers} dossiers, {roles} roles end on {on}.",
)
ROLES: Words = ("Vai trò kết thúc: {roles}", "Roles that end: {roles}")
VACANT: Words = (
    "Từ hôm sau không còn ai giữ: {roles}. Hãy ghi người mới bằng `thidua roles import`.",
    "Nobody holds from the day after: {roles}. Enter somebody by `thidua roles import`.",
)
PERSONAL: Words = (
    "Hỏi đích danh, không bàn giao được: {seats}",
    "Asked in person, and so not handed over: {seats}",
)
OUTSIDE: Words = ("{where}: {text}", "{where}: {text}")
ENDED: Words = ("Kết thúc {count} việc ủy quyền.", "{count} substitutions end.")
ASKED: Words = ("Bàn giao như trên? (y: có, n: không)", "Hand over like this?")


@verb("hand-over", takes=LIST_ACT)
@click.argument("leaver")
@click.argument("to")
@option("--last", "last_on", type=DAY, metavar="DATE", said=(
    "Ngày làm việc cuối; mặc định hôm nay.", "The last day; today by default."))  # fmt: skip
@option("--with-roles", is_flag=True, said=(
    "Người nhận giữ luôn các vai trò, từ hôm sau.",
    "The other takes over the roles too, from the day after."))  # fmt: skip
@YES
@ALL_OR_NOTHING
@click.pass_obj
def hand_over(
    call: Call,
    *,
    leaver: str,
    to: str,
    last_on: date | None,
    with_roles: bool,
    yes: bool,
    all_or_nothing: bool,
) -> int:
    """Hand a whole desk over."""
    paper = call.paper
    if paper is None:
        raise Refused.of("ground-missing", decider=leaver)

    def carry_out(db: "Connection") -> dict[str, Any]:
        return _told(call, db, (leaver, to, call.on(last_on)), ground=paper,
                     with_roles=with_roles, all_or_nothing=all_or_nothing)  # fmt: skip

    if not yes and not call.dry and not _agreed(call, call.place.rehearse(carry_out)):
        return 0
    told = call.write(carry_out)
    show(call, told, lambda: _write(call, told))
    return int(bool(told["refused"]))


def _agreed(call: Call, planned: dict[str, Any]) -> bool:
    if not call.as_json:
        _write(call, planned)
    return agreed(call, ASKED, Misuse("say-yes", count=len(planned["dossiers"])))


def _told(
    call: Call, db: "Connection", who: tuple[str, str, date], *, ground: Paper, with_roles: bool,
    all_or_nothing: bool,
) -> dict[str, Any]:  # fmt: skip
    from thidua.storage import listing_people

    leaver, to, last_on = who
    call.check_known(db, to)
    done: HandedOver = call.place.wf.handover.carry_out(
        db, leaver, to, last_on, by=call.by(db), ground=ground, with_roles=with_roles,
        note=call.note, command_id=call.command_id, all_or_nothing=all_or_nothing, now=call.now,
    )  # fmt: skip
    names = listing_people.names(db, call.tables, call.today)
    titles = _titles(call, db)
    seats = {seat for _, _, seat in done.personal}
    return {
        "leaver": leaver, "leaver_name": names.actor(leaver), "to": to, "to_name": names.actor(to),
        "last_on": last_on.isoformat(), "taken": len(done.tasks.taken),
        "dossiers": sorted({each.dossier_id for each in done.tasks.taken}),
        "refused": [
            {"dossier": dossier, "reasons": [{"code": r.code, "text": said(call, r)}
                                             for r in error.reasons]}
            for dossier, error in done.tasks.refused.items()
        ],
        "roles": [_role(each, names, titles) for each in done.roles],
        "vacant": [_role(each, names, titles) for each in done.vacant],
        "substitutions": list(done.substitutions),
        "personal": [{"dossier": d, "task": n, "seat": seat} for d, n, seat in done.personal],
        "personal_seats": sorted(seats),
        "warnings": [{"dossier": dossier, "code": why.code, "text": said(call, why),
                      "fields": why.fields} for dossier, why in done.outside],
    }  # fmt: skip


def _titles(call: Call, db: "Connection") -> dict[str, str]:
    """What the roles of the stored procedures are called; the first one's word counts."""
    procedures = [rules.procedure for rules in stored(call, db)]
    return {role: role_label(each, role, call.lang) for each in reversed(procedures)
            for role in each.roles}  # fmt: skip


def _role(held: "Held", names: "Names", titles: dict[str, str]) -> dict[str, Any]:
    unit = names.unit(held.unit) if held.unit else None
    title = titles.get(held.role, held.role)
    return {"role": held.role, "title": title, "unit": held.unit, "unit_name": unit}


def _called(roles: list[dict[str, Any]]) -> str:
    told = (r["title"] + (f" ({r['unit_name']})" if r["unit_name"] else "") for r in roles)
    return ", ".join(told)


def _write(call: Call, told: dict[str, Any]) -> None:
    counts = {"dossiers": len(told["dossiers"]), "roles": len(told["roles"])}
    say(call, DONE, leaver=told["leaver_name"], to=told["to_name"], taken=told["taken"],
        on=day(told["last_on"]), **counts)  # fmt: skip
    if told["roles"]:
        say(call, ROLES, roles=_called(told["roles"]))
    if told["substitutions"]:
        say(call, ENDED, count=len(told["substitutions"]))
    if told["vacant"]:
        click.secho(clean(pick(VACANT, call.lang, roles=_called(told["vacant"]))), fg="yellow")
    if told["personal_seats"]:
        say(call, PERSONAL, seats=", ".join(told["personal_seats"]))
    for text in dict.fromkeys(each["text"] for each in told["warnings"]):
        where = ", ".join(each["dossier"] for each in told["warnings"] if each["text"] == text)
        warn(call, OUTSIDE, where=where, text=text)
    write_refused(call, (
        Against(each["dossier"], reason["text"], reason["code"])
        for each in told["refused"] for reason in each["reasons"]
    ))  # fmt: skip
