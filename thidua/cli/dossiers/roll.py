"""The list of dossiers, by name, or counted by state."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.choice import Choice, filtered
from thidua.cli.due import days_left, pressing, told_left
from thidua.cli.eyes import references, without_results
from thidua.cli.label import KINDS, PAUSES, called
from thidua.cli.language import Words
from thidua.cli.rules import award_label, rules_of, shown_state
from thidua.cli.screen import day, say, show, table
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.unusual import put_first, unusual_column
from thidua.collation import folded, name_key, word_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names

COUNT: Words = ("{count} hồ sơ", "{count} dossiers")


@verb("list")
@filtered
@option("--find", metavar="TEXT", said=(
    "Tên có chứa chữ này; không cần gõ dấu.",
    "Names that hold this text, marks left out."))  # fmt: skip
@option("--exceptions", "unusual", is_flag=True, said=(
    "Hồ sơ có ý kiến không đồng ý, lưu ý đứng đầu.",
    "Those with disagreements and the like first."))  # fmt: skip
@option("--count", is_flag=True, said=(
    "Chỉ đếm theo trạng thái.", "Count by state only."))  # fmt: skip
@click.pass_obj
def list_(call: Call, /, *, find: str | None, unusual: bool, count: bool, **choice: Any) -> None:
    """Dossiers by name."""
    if count:
        _count(call, Choice(**choice))
        return
    rows = call.read(lambda db: _rows(call, db, Choice(**choice)))
    if find is not None:
        open_ = (row for row in rows if not row["closed"])
        rows = [row for row in open_ if folded(find) in folded(row["candidate_name"])]
    rows.sort(key=_order)
    if unusual:
        call.read(lambda db: put_first(call, db, rows))

    def write() -> None:
        say(call, COUNT, count=len(rows))
        columns = _columns(call, awards={row["award"] for row in rows})
        table(call, rows, [*columns, unusual_column(call.lang)] if unusual else columns)

    show(call, {"dossiers": rows}, write)


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Persons by given name; whatever is not a person by its words, after them."""
    kind = row["candidate_kind"] or ""
    person = kind == "individual"
    key = name_key(row["candidate_name"]) if person else (word_key(row["candidate_name"]),)
    return not person, kind, *key, row["id"]


def _columns(call: Call, awards: set[str]) -> list[Column]:
    lang = call.lang
    several = len(awards) > 1
    return [
        Column(("Hồ sơ", "Dossier"), lambda r: r["id"]),
        Column(("Tên", "Name"), lambda r: r["candidate_name"], gives=True),
        Column(("Loại", "Kind"), lambda r: called(KINDS, r["candidate_kind"], lang)),
        Column(("Đơn vị", "Unit"), lambda r: r["unit_name"], gives=True),
        Column(("Danh hiệu", "Award"), lambda r: r["award_label"] if several else "", gives=True),
        Column(("Trạng thái", "State"), lambda r: r["state_label"] + _paused(r, lang), gives=True),
        Column(("Hạn", "Due"), lambda r: day(r["due_on"]), style=pressing),
        Column(("", ""), lambda r: told_left(r["days_left"], lang), style=pressing),
    ]


def _paused(row: Mapping[str, Any], lang: str) -> str:
    return f" ({called(PAUSES, row['pause'], lang)})" if row["pause"] else ""


def _rows(call: Call, db: "Connection", choice: Choice) -> list[dict[str, Any]]:
    from thidua.storage import listing, listing_people

    names = listing_people.names(db, call.tables, call.today)
    rows = without_results(call, db, listing.dossiers(db, call.tables, choice.wanted(call, db)))
    found = [row for row in rows if row["state"] is not None or not choice.state]
    found = references(call, db, found)
    return [_told(call, db, row, names) for row in found]


def _told(call: Call, db: "Connection", row: Mapping[str, Any], names: "Names") -> dict[str, Any]:
    if row["closed"]:
        said = dict.fromkeys(("state_label", "award_label", "unit_name"), "")
        return {**row, **said, **dict.fromkeys(("days_left", "final", "outcome"))}
    procedure = rules_of(call, db, row["procedure"]).procedure
    state = procedure.states[row["state"]] if row["state"] is not None else None
    return {
        **row,
        "state_label": shown_state(procedure, row["state"], call.lang),
        "award_label": award_label(procedure, row["award"], call.lang),
        "unit_name": names.unit(row["candidate_unit"] or row["unit"]),
        "days_left": days_left(call, db, row["procedure"], row["due_on"]),
        "final": state.final if state else None,
        "outcome": state.outcome if state else None,
    }


def _count(call: Call, choice: Choice) -> None:
    rows = call.read(lambda db: _counted(call, db, choice))
    columns = (
        Column(("Quy trình", "Procedure"), lambda r: r["procedure"]),
        Column(("Trạng thái", "State"), lambda r: r["state_label"]),
        Column(("Số hồ sơ", "Dossiers"), lambda r: r["dossiers"], right=True),
    )

    def write() -> None:
        table(call, rows, columns)
        say(call, COUNT, count=sum(row["dossiers"] for row in rows))

    show(call, {"states": rows}, write)


def _counted(call: Call, db: "Connection", choice: Choice) -> list[dict[str, Any]]:
    """The states in the order of their procedure's file."""
    from thidua.storage import listing

    found = listing.dossiers(db, call.tables, choice.wanted(call, db))
    rows = without_results(call, db, found)
    counts = Counter((row["procedure"], row["state"]) for row in rows)
    told = []
    for (key, state), dossiers in counts.items():
        p = rules_of(call, db, key).procedure
        if state is None and choice.state:
            continue
        place = len(p.states) if state is None else [*p.states].index(state)
        told.append((p.name, p.version, place, {
            "procedure": p.name, "version": p.version, "state": state,
            "state_label": shown_state(p, state, call.lang), "dossiers": dossiers,
        }))  # fmt: skip
    return [row for *_, row in sorted(told, key=lambda each: each[:3])]
