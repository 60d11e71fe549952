"""`thidua procedures`: the files that say how dossiers move, checked, stored, confirmed, drawn."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, label_of
from thidua.cli.option import DRY_RUN, NOTE, PAPER
from thidua.cli.rules import named
from thidua.cli.screen import day, say, show, table, warn
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.workflow.errors import Refused, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure

procedures = Noun("procedures")

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
FINE: Words = (
    "{file}: quy trình {name} bản {version} dùng được ({states} trạng thái, {steps} bước).",
    "{file}: the procedure {name} version {version} can be used ({states} states, {steps} steps).",
)
KEPT: Words = (
    "Đã lưu quy trình {name} bản {version}, mã băm {hash}.",
    "Stored the procedure {name} version {version}, hash {hash}.",
)
CONFIRMED: Words = (
    "Đã xác nhận căn cứ “{ground}” của quy trình {name} bản {version}.",
    "Confirmed the ground “{ground}” of {name} version {version}.",
)

FILE = click.argument("file")


def source(file: str) -> tuple[bytes, str]:
    """The bytes and the name of a procedure file, or of one that ships."""
    from thidua.definitions import shipped
    from thidua.definitions.loader import read_bytes

    path = Path(file)
    if not path.exists():
        path = shipped().get(file, path)
    return read_bytes(path), path.name


@procedures.verb("list")
@click.pass_obj
def list_(call: Call) -> None:
    """What is stored, and what ships."""
    rows = call.read(lambda db: _stored(call, db))
    rows += _shipped(call, {row["name"] for row in rows})
    show(call, {"procedures": rows}, lambda: table(call, [_told(call, r) for r in rows], COLUMNS))


def _stored(call: Call, db: "Connection") -> list[dict[str, Any]]:
    import json

    from thidua.storage import library

    wf = call.place.wf
    rows = []
    for row in library.listed(db, wf.tables):
        confirmed = json.loads(row["confirmed"])
        told = _row(call, wf.shelf.rules(db, row["hash"]).procedure, confirmed)
        rows.append({**told, "stored_at": row["stored_at"], "demo": "demo" in confirmed})
    return rows


def _shipped(call: Call, stored: set[str]) -> list[dict[str, Any]]:
    from thidua.definitions import load_file, shipped

    new = (path for name, path in shipped().items() if name not in stored)
    return [{**_row(call, load_file(p), {}), "stored_at": None, "demo": False} for p in new]


def _row(call: Call, procedure: "Procedure", confirmed: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": procedure.name, "version": procedure.version, "hash": procedure.hash,
        "title": dict(procedure.title), "label": label_of(procedure.title, call.lang),
        "in_force_from": procedure.in_force_from, "in_force_to": procedure.in_force_to,
        "unconfirmed": [ground for ground in procedure.assumed if ground not in confirmed],
    }  # fmt: skip


def _told(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    stored = (DEMO if row["demo"] else STORED) if row["stored_at"] else SHIPPED
    ends = f"{day(row['in_force_from'])} – {day(row['in_force_to'])}".strip()
    return {**row, "in_force": ends.strip("–").strip(), "stored": stored[_index(call)]}


def _index(call: Call) -> int:
    return 0 if call.lang == "vi" else 1


@procedures.verb("check")
@FILE
@click.pass_obj
def check(call: Call, *, file: str) -> None:
    """Check a file."""
    from thidua.definitions import parse
    from thidua.definitions.calendars import load_calendar
    from thidua.definitions.check import check as prove
    from thidua.notifiers.catalogue import TEMPLATES
    from thidua.workflow.errors import DefinitionError

    data, name = source(file)
    loaded = parse(data, name)
    found = prove(loaded, templates=TEMPLATES)
    load_calendar(loaded.procedure.calendar, overrides=call.settings.calendars)
    warnings = [{"code": w.code, "text": w.text(call.lang), "fields": w.fields}
                for w in found.warnings]  # fmt: skip
    if found.errors:
        raise DefinitionError.because([*found.errors])
    answer = {"file": name, **_row(call, loaded.procedure, {}), "warnings": warnings}

    def write() -> None:
        for each in warnings:
            warn(call, ("{text} [{code}]", "{text} [{code}]"), text=each["text"], code=each["code"])
        p = loaded.procedure
        counts = {"states": len(p.states), "steps": len(p.transitions)}
        say(call, FINE, file=name, name=p.name, version=p.version, **counts)

    show(call, answer, write)


@procedures.verb("store", takes=(DRY_RUN,))
@FILE
@option("--demo", is_flag=True, said=(
    "Chỉ để minh họa: dùng được dù còn giá trị giả định.",
    "For a demo only: usable though values are still assumed."))  # fmt: skip
@click.pass_obj
def store(call: Call, *, file: str, demo: bool) -> None:
    """Check a file and store it."""
    from thidua.definitions.reader import read

    data, name = source(file)
    text = read(data, name).text
    wf = call.place.wf
    kept = call.write(lambda db: wf.adopt(db, text, name=name, demo=demo, now=call.now))

    def write() -> None:
        say(call, KEPT, name=kept.name, version=kept.version, hash=kept.hash[:12])

    show(call, {"file": name, **_row(call, kept, {}), "demo": demo}, write)


@procedures.verb("confirm", takes=(NOTE, *PAPER, DRY_RUN))
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


@procedures.verb("draw")
@click.argument("name", required=False)
@option("--dossier", metavar="ID", said=(
    "Tô đậm đường đi của hồ sơ này.", "Mark the way of this dossier."))  # fmt: skip
@click.pass_obj
def draw(call: Call, *, name: str | None, dossier: str | None) -> None:
    """Draw a procedure as Mermaid text."""
    from thidua.definitions.draw import mermaid

    if dossier is not None:
        procedure, passed = call.read(lambda db: _way(call, db, dossier))
    elif name is not None:
        procedure, passed = _named(call, name), []
    else:
        raise click.UsageError("NAME / --dossier")
    text = mermaid(procedure, call.lang, highlight=passed)
    show(call, {"name": procedure.name, "mermaid": text}, lambda: click.echo(text, nl=False))


def _named(call: Call, name: str) -> "Procedure":
    """A stored procedure, one that ships, or a file."""
    from thidua.definitions import load, shipped

    if Path(name).is_file() or name in shipped():
        data, file = source(name)
        return load(data, file)
    return call.read(lambda db: named(call, db, name))


def _way(call: Call, db: "Connection", dossier: str) -> tuple["Procedure", list[str]]:
    from thidua.storage import listing

    wf = call.place.wf
    (row,) = listing.parts(db, wf.tables, dossier)["dossier"]
    events = listing.history(db, wf.tables, dossier)
    passed = [e["body"]["to"] for e in events if "to" in e["body"]]
    return wf.shelf.rules(db, row["procedure"]).procedure, passed
