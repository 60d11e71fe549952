"""`thidua meetings show`: a meeting with who is there, its cases, what changed, its papers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import closed_to, open_to, require_office
from thidua.cli.label import CHANGES, OUTCOMES, SITTINGS, STATUSES, called
from thidua.cli.language import Words, pick
from thidua.cli.paper import told_paper
from thidua.cli.rules import rules_of, state_label
from thidua.cli.screen import day, pairs, show, table, title
from thidua.cli.shell import verb
from thidua.cli.sitting import presence_of
from thidua.cli.table import Column
from thidua.cli.tied import say_tied, tied
from thidua.cli.unusual import put_first, unusual_column
from thidua.collation import name_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

AWAY: Words = ("bạn đã tránh", "you stepped back")
STEPPED_BACK = "stepped-back"
ONE: Words = ("{title} ({id})", "{title} ({id})")
WHO: Words = ("Thành viên: {present}/{members} có mặt", "Members: {present} of {members} there")
CASES: Words = ("Hồ sơ: {count}", "Dossiers: {count}")
ALSO: Words = ("Trình Hội đồng biết, không bỏ phiếu", "Shown to the council without a vote")
CHANGED: Words = ("Thay đổi chương trình", "Changes of the agenda")
PAPERS: Words = ("Văn bản của phiên họp", "Documents of the meeting")
COUNTED: dict[str, Words] = {"count": ("Biên bản kiểm phiếu", "Minutes of the count")}


@verb("show")
@click.argument("meeting")
@click.pass_obj
def show_(call: Call, *, meeting: str) -> None:
    """One meeting."""
    answer = call.read(lambda db: _one(call, db, meeting))

    def write() -> None:
        title(call, ONE, title=answer["title"], id=answer["id"])
        pairs(call, _facts(call, answer))
        members = answer["members"]
        present = sum(m["presence"] == "present" for m in members)
        title(call, WHO, present=present, members=len(members))
        table(call, members, _members(call))
        title(call, CASES, count=len(answer["cases"]))
        table(call, answer["cases"], _cases(call))
        say_tied(call, answer["tied"])
        for words, rows, columns in (
            (ALSO, answer["also_shown"], _shown()),
            (CHANGED, answer["changes"], _changes(call)),
            (PAPERS, answer["documents"], _papers(call.lang)),
        ):
            if rows:
                title(call, words)
                table(call, rows, columns)

    show(call, answer, write)


def _one(call: Call, db: "Connection", key: str) -> dict[str, Any]:
    from thidua.storage import listing_people, listing_registers

    require_office(call, db)
    found, away = dict(listing_registers.meeting(db, call.tables, key)), closed_to(call, db)
    found["cases"] = [_hidden(c) if c["dossier_id"] in away else c for c in found["cases"]]
    put_first(call, db, found["cases"], key="dossier_id")
    ballots = {
        case["round_id"]: (rules_of(call, db, case["procedure"]).procedure, case["name"])
        for case in found["cases"]
    }
    wf, names = call.place.wf, listing_people.names(db, call.tables, call.today)
    posts = _posts(call, db, found)
    seats = wf.meetings.seats(db, key) | found["attendance"].keys()
    members = [
        {"seat": seat, "name": names.seat(seat) or seat, "post": posts.get(seat, ""),
         "presence": found["attendance"].get(seat)}
        for seat in seats
    ]  # fmt: skip
    facts, chair = found.pop("facts"), found["presides"]
    led = [fact for fact in facts if fact["act"] == "preside"]
    return {
        **found,
        "tied": tied(call, db, ballots),
        "presides_name": names.actor(chair) if chair else None,
        "authority": _authority(led[-1]) if led else None,
        "members": sorted(members, key=lambda m: (_RANK.get(m["post"], 9), name_key(m["name"]))),
        "changes": [
            _change(fact, names)
            for fact in facts
            if fact["act"] == "case" and fact["dossier"] not in away
        ],
        "also_shown": _also(call, db, found),
    }


def _hidden(case: Mapping[str, Any]) -> dict[str, Any]:
    """That a case is on the agenda, to who stepped back from it: not what came of it."""
    return {**case, "state": None, "outcome": STEPPED_BACK, "counts": {}}


def _authority(fact: Mapping[str, Any]) -> dict[str, Any] | None:
    """The paper by which a deputy presides, with its signer."""
    if "paper" not in fact:
        return None
    signer = fact["private"].get("paper.signer")
    return {**fact["paper"], **({"signer": signer} if signer else {})}


_RANK = {"chair": 0, "deputy": 1, "secretary": 2}


def _posts(call: Call, db: "Connection", found: Mapping[str, Any]) -> dict[str, str]:
    from datetime import date

    if found["council"] is None:
        return {}
    on = date.fromisoformat(found["held_on"])
    return call.place.wf.councils.roll(db, found["council"], on)


def _change(fact: Mapping[str, Any], names: Any) -> dict[str, Any]:
    return {
        "dossier": fact["dossier"], "change": fact["change"], "to": fact["to"], "at": fact["at"],
        "by": fact["by"], "by_name": names.actor(fact["by"]), "note": fact["private"].get("note"),
    }  # fmt: skip


def _also(call: Call, db: "Connection", found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Dossiers of the meeting's campaigns in an end that the procedure shows to the council."""
    from thidua.storage import listing

    rows: list[dict[str, Any]] = []
    for procedure, campaign in sorted({(c["procedure"], c["campaign"] or "")
                                       for c in found["cases"]}):  # fmt: skip
        rules = rules_of(call, db, procedure).procedure
        ends = [state for rule in rules.rounds.values() for state in rule.also_shows]
        if ends and campaign:
            wanted = listing.Wanted(states=ends, procedures=[procedure], campaign=campaign)
            rows += [
                {"dossier": r["id"], "name": r["candidate_name"], "state": r["state"],
                 "state_label": state_label(rules, r["state"], call.lang)}
                for r in open_to(call, db, listing.dossiers(db, call.tables, wanted), "id")
            ]  # fmt: skip
    return rows


def _facts(call: Call, answer: Mapping[str, Any]) -> list[tuple[Words, object]]:
    authority = answer["authority"]
    return [
        (("Ngày họp", "Date"), day(answer["held_on"])),
        (("Trạng thái", "Status"), called(SITTINGS, answer["status"], call.lang)),
        (("Hội đồng", "Council"), answer["council"]),
        (("Chủ trì", "Presides"), answer["presides_name"]),
        (("Ủy quyền", "Authority"), told_paper(authority, call.lang) if authority else None),
    ]


def _members(call: Call) -> tuple[Column, ...]:
    from thidua.cli.label import POSTS

    return (
        Column(("Thành viên", "Member"), lambda m: m["name"], gives=True),
        Column(("Chức danh", "Post"), lambda m: called(POSTS, m["post"] or None, call.lang)),
        Column(("Điểm danh", "Attendance"), lambda m: presence_of(m["presence"], call.lang)),
    )


def _cases(call: Call) -> tuple[Column, ...]:
    return (
        Column(("Hồ sơ", "Dossier"), lambda c: c["dossier_id"]),
        Column(("Tên", "Name"), lambda c: c["candidate_name"], gives=True),
        Column(("Kết quả", "Result"), lambda c: _came_to(c["outcome"], call.lang)),
        unusual_column(call.lang),
    )  # fmt: skip


def _came_to(outcome: str | None, lang: str) -> str:
    if outcome == STEPPED_BACK:
        return pick(AWAY, lang)
    return called(OUTCOMES, outcome, lang) or called(STATUSES, "open", lang)


def _shown() -> tuple[Column, ...]:
    return (
        Column(("Hồ sơ", "Dossier"), lambda c: c["dossier"]),
        Column(("Tên", "Name"), lambda c: c["name"], gives=True),
        Column(("Trạng thái", "State"), lambda c: c["state_label"]),
    )


def _changes(call: Call) -> tuple[Column, ...]:
    return (
        Column(("Hồ sơ", "Dossier"), lambda c: c["dossier"]),
        Column(("Việc", "What"), lambda c: called(CHANGES, c["change"], call.lang)),
        Column(("Sang phiên", "To"), lambda c: c["to"]),
        Column(("Ai", "Who"), lambda c: c["by_name"], gives=True),
        Column(("Lý do", "Why"), lambda c: c["note"], gives=True),
    )


def _papers(lang: str) -> tuple[Column, ...]:
    return (
        Column(("Loại", "Kind"), lambda d: called(COUNTED, d["kind"], lang)),
        Column(("Lần", "Version"), lambda d: d["version"], right=True),
        Column(("Tệp", "File"), lambda d: d["name"], gives=True),
    )
