"""Procedures kept in the database: listed, stored, their assumed grounds confirmed."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, NOTE, PAPER
from thidua.cli.procedures.source import FILE, definition, proved, row
from thidua.cli.rules import named
from thidua.cli.screen import day, say, show, table, warn
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import DefinitionError, Refused, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure

COLUMNS = (
    Column(("Quy trình", "Procedure"), lambda r: r["name"]),
    Column(("Bản", "Version"), lambda r: r["version"]),
    Column(("Tên", "Title"), lambda r: r["label"], gives=True),
    Column(("Áp dụng", "In force"), lambda r: r["in_force"]),
    Column(("Đã lưu", "Stored"), lambda r: r["stored"]),
    Column(("Chờ xác nhận", "To be confirmed"), lambda r: ", ".join(r["unconfirmed"])),
)
STORED: Words = ("đã lưu", "stored")
DEMO: Words = ("đã lưu, chỉ để minh họa", "stored, for demos only")
SHIPPED: Words = ("kèm theo chương trình, chưa lưu", "ships with the program, not stored")
KEPT: Words = (
    "Đã lưu quy trình {name} bản {version}, mã băm {hash}.",
    "Stored the procedure {name} version {version}, hash {hash}.",
)
CONFIRMED: Words = (
    "Đã xác nhận căn cứ “{ground}” của quy trình {name} bản {version}.",
    "Confirmed the ground “{ground}” of {name} version {version}.",
)


@verb("list")
@click.pass_obj
def list_(call: Call) -> None:
    """What is stored, and what ships."""
    try:
        rows = call.read(lambda db: _stored(call, db))
    except Unknown as error:
        if error.reasons[0].code != "unknown-database":
            raise
        warn(call, (error.text("vi"), error.text("en")))
        rows = []
    rows += _shipped(call, {each["name"] for each in rows})
    show(call, {"procedures": rows}, lambda: table(call, [_told(call, r) for r in rows], COLUMNS))


def _stored(call: Call, db: "Connection") -> list[dict[str, Any]]:
    import json

    from thidua.storage import library

    wf = call.place.wf
    rows = []
    for each in library.listed(db, wf.tables):
        confirmed = json.loads(each["confirmed"])
        told = row(call, wf.shelf.rules(db, each["hash"]).procedure, confirmed)
        rows.append({**told, "stored_at": each["stored_at"], "demo": "demo" in confirmed})
    return rows


def _shipped(call: Call, stored: set[str]) -> list[dict[str, Any]]:
    from thidua.definitions import load_file, shipped

    new = (path for name, path in shipped().items() if name not in stored)
    return [{**row(call, load_file(p), {}), "stored_at": None, "demo": False} for p in new]


def _told(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    stored = (DEMO if row["demo"] else STORED) if row["stored_at"] else SHIPPED
    ends = f"{day(row['in_force_from'])} – {day(row['in_force_to'])}".strip()
    return {**row, "in_force": ends.strip("–").strip(), "stored": stored[_index(call)]}


def _index(call: Call) -> int:
    return 0 if call.lang == "vi" else 1


@verb("store", takes=(DRY_RUN,))
@FILE
@option("--demo", is_flag=True, said=(
    "Chỉ để minh họa: dùng được dù còn giá trị giả định.",
    "For a demo only: usable though values are still assumed."))  # fmt: skip
@click.pass_obj
def store(call: Call, *, file: str, demo: bool) -> None:
    """Check a file and store it."""
    loaded = definition(call, file)
    name, text = loaded.tree.name, loaded.tree.text
    proved(loaded)
    if unsaid := [each for each in loaded.tree.notes if each.code == "overlay-unrecorded"]:
        raise DefinitionError.because(unsaid)
    wf = call.place.wf
    kept = call.write(lambda db: wf.adopt(db, text, name=name, demo=demo, now=call.now))

    def write() -> None:
        say(call, KEPT, name=kept.name, version=kept.version, hash=kept.hash[:12])

    show(call, {"file": name, **row(call, kept, {}), "demo": demo}, write)


@verb("confirm", takes=(NOTE, *PAPER, DRY_RUN))
@click.argument("name")
@click.argument("ground")
@click.pass_obj
def confirm(call: Call, *, name: str, ground: str) -> None:
    """Confirm an assumed ground."""
    from thidua.storage import library

    paper = call.paper
    if paper is None or paper.number is None:
        raise Refused.of("confirm-needs-paper", ground=ground)

    def write_down(db: "Connection") -> "Procedure":
        wf = call.place.wf
        procedure = named(call, db, name)
        if ground not in procedure.assumed:
            known = ", ".join(procedure.assumed) or "-"
            raise Unknown("unknown-ground", procedure=name, ground=ground, known=known)
        by = call.by(db)
        said = {"by": by.decider, "entered": by.actor, "at": call.now.isoformat()}
        told = {**said, **paper.values(), **({"note": call.note} if call.note else {})}
        library.confirm(db, wf.tables, procedure.hash, ground, told)
        return procedure

    kept = call.write(write_down)
    answer = {"name": kept.name, "version": kept.version, "ground": ground, "paper": paper.values()}
    show(call, answer, lambda: say(call, CONFIRMED, ground=ground, name=kept.name,
                                   version=kept.version))  # fmt: skip
