"""What a ballot came to: the counts, the ranking of its groups, and the roll where it is seen."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import eyes_of, open_to, require
from thidua.cli.label import CHOICES, KINDS, OUTCOMES, STATUSES, WAYS, called
from thidua.cli.language import Words, pick
from thidua.cli.outcome import results, words_of
from thidua.cli.rules import round_label, rules_of, state_label
from thidua.cli.screen import say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.unusual import put_first, unusual_column
from thidua.logged import unshown
from thidua.workflow.ruling import rule_words
from thidua.workflow.sight import What, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure

HEADING: Words = ("{label} ({ref})", "{label} ({ref})")
ROLL: Words = ("Phiếu của từng thành viên", "The roll")
RULE: Words = ("{text}", "{text}")
NEXT: Words = ("{dossier}: {text}", "{dossier}: {text}")
NOT_YET: Words = ("đã bỏ phiếu", "has voted")
VOID: Words = ("không tính (đã tránh)", "void: stepped back")
NO_ROLL: Words = (
    "Ai bỏ phiếu thế nào chỉ hiện với vai trò được xem.",
    "Who voted how is shown only to roles that may see it.",
)
SECRET: Words = (
    "Ai đã bỏ phiếu: xem `thidua rounds status {ref}`.",
    "Who has voted: see `thidua rounds status {ref}`.",
)
RANKED: Words = ("Đã xếp thứ tự {count} hồ sơ:", "Ranked {count} dossiers:")


def settle(call: Call, round_id: str) -> list[dict[str, Any]]:
    """Rank what is counted, in a transaction of its own; what each dossier came to."""
    if call.dry:
        return []
    wf = call.place.wf
    done = call.write(lambda db: wf.rounds.settle(db, round_id, now=call.now))
    if not done:
        return []
    return call.read(lambda db: _ranked(call, db, [each.dossier_id for each in done]))


def _ranked(call: Call, db: "Connection", ids: Sequence[str]) -> list[dict[str, Any]]:
    from thidua.storage import listing

    return [
        {"dossier": r["id"], "name": r["candidate_name"], "state": r["state"],
         "state_label": state_label(rules_of(call, db, r["procedure"]).procedure, r["state"],
                                    call.lang)}
        for r in listing.dossiers(db, call.tables, listing.Wanted(ids=ids))
    ]  # fmt: skip


def decided(call: Call, ranked: Sequence[Mapping[str, Any]]) -> None:
    """Show a ranking; nothing when there was none."""
    if not ranked:
        return
    say(call, RANKED, count=len(ranked))
    table(call, ranked, (
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier"]),
        Column(("Tên", "Name"), lambda r: r["name"], gives=True),
        Column(("Trạng thái", "State"), lambda r: r["state_label"]),
    ))  # fmt: skip


@verb("show")
@click.argument("round_", metavar="ROUND")
@option("--roll", is_flag=True, said=(
    "Cả phiếu của từng thành viên, nếu bạn được xem.",
    "The roll as well, where you may see it."))  # fmt: skip
@click.pass_obj
def show_(call: Call, *, round_: str, roll: bool) -> None:
    """What a ballot came to."""
    answer = call.read(lambda db: _result(call, db, round_))

    def write() -> None:
        title(call, HEADING, label=answer["round"]["label"], ref=answer["round"]["ref"])
        for sentence in answer["rule"]:
            say(call, RULE, text=sentence)
        table(call, answer["dossiers"], _columns(call, answer["dossiers"]))
        for told in answer["results"]:
            if told["next"] is not None:
                say(call, NEXT, dossier=told["dossier"], text=words_of(told, call.lang))
        if answer["secret"] and roll:
            say(call, SECRET, ref=answer["round"]["ref"])
        elif answer["roll"] is None and not answer["secret"]:
            say(call, NO_ROLL)
        if roll and answer["roll"]:
            title(call, ROLL)
            table(call, answer["roll"], _roll_columns(call))

    show(call, answer, write)


def _result(call: Call, db: "Connection", ref: str) -> dict[str, Any]:
    from thidua.storage import listing_people, listing_rounds

    found = listing_rounds.find(db, call.tables, ref)
    procedure = rules_of(call, db, found["procedure"]).procedure
    lines = open_to(call, db, listing_rounds.lines(db, call.tables, found["id"]))
    if not lines:
        raise unshown("not-yours-to-see", eyes_of(call, db), found["id"])
    names = listing_people.names(db, call.tables, call.today)
    eyes = require(call, db, procedure, What("tally", found["name"]))
    seen = may_see(procedure, What("roll", found["name"]), eyes)
    people = {line["dossier_id"]: line["candidate_name"] for line in lines}
    roll = [
        {**vote, "candidate_name": people[vote["dossier_id"]],
         "seat_name": names.seat(vote["seat"]) or vote["seat"]}
        for vote in listing_rounds.votes(db, call.tables, found["id"])
        if vote["dossier_id"] in people
    ]  # fmt: skip
    label = round_label(procedure, found["name"], call.lang)
    verdicts = listing_rounds.verdicts(db, call.tables, found["id"])
    dossiers = _ordered(procedure, found, lines)
    put_first(call, db, dossiers, key="dossier_id")
    return {"round": {**found, "label": label},
            "rule": rule_words(procedure.rounds[found["name"]], call.lang),
            "dossiers": [
                {**line, "verdict": verdicts.get(line["dossier_id"])}
                for line in sorted(dossiers, key=lambda d: d["group"])
            ],
            "results": results(call, db, found["id"], people),
            "secret": procedure.rounds[found["name"]].secret,
            "roll": roll if seen else None}  # fmt: skip


def _ordered(
    procedure: "Procedure", found: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Most votes first; each with its group, where seats are given by group."""
    seats = procedure.rounds[found["name"]].seats
    per = seats.per if seats is not None else ()
    told = [
        {**line, "group": [{**line["fields"], "kind": line["candidate_kind"]}.get(n, "")
                           for n in per]}
        for line in lines
    ]  # fmt: skip
    return sorted(told, key=lambda d: (-d["counts"].get("votes_for", 0), d["dossier_id"]))


def _columns(call: Call, dossiers: Sequence[Mapping[str, Any]]) -> list[Column]:
    lang = call.lang

    def counted(name: str) -> Any:
        return lambda d: d["counts"].get(name, "")

    def where_any(name: str) -> Any:
        """Nothing, and so no column, where no dossier has such a vote."""
        some = any(d["counts"].get(name) for d in dossiers)
        return counted(name) if some else lambda _: ""

    return [
        Column(("Nhóm", "Group"), lambda d: " ".join(called(KINDS, g, lang) for g in d["group"])),
        Column(("Hồ sơ", "Dossier"), lambda d: d["dossier_id"]),
        Column(("Tên", "Name"), lambda d: d["candidate_name"], gives=True),
        Column(("Đồng ý", "For"), counted("votes_for"), right=True),
        Column(("Không", "Against"), counted("votes_against"), right=True),
        Column(("Ý kiến khác", "Abstained"), where_any("abstained"), right=True),
        Column(("Không hợp lệ", "Invalid"), where_any("invalid"), right=True),
        Column(("Tổng số", "Entitled"), counted("entitled"), right=True),
        Column(("Kết quả", "Result"), lambda d: called(OUTCOMES, d["outcome"], lang)
               or called(STATUSES, "open", lang)),
        unusual_column(lang),
    ]  # fmt: skip


def _roll_columns(call: Call) -> list[Column]:
    lang = call.lang
    return [
        Column(("Hồ sơ", "Dossier"), lambda v: v["dossier_id"]),
        Column(("Tên", "Name"), lambda v: v["candidate_name"], gives=True),
        Column(("Thành viên", "Member"), lambda v: v["seat_name"], gives=True),
        Column(("Phiếu", "Vote"), lambda v: _vote(v, lang)),
        Column(("Hình thức", "Way"), lambda v: called(WAYS, v["way"], lang)),
    ]


def _vote(vote: Mapping[str, Any], lang: str) -> str:
    """How a member voted: not before the close, and not where the vote is void."""
    if vote["void"]:
        return pick(VOID, lang)
    return called(CHOICES, vote["choice"], lang) or pick(NOT_YET, lang)
