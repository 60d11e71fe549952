"""What a procedure file says, proved: `check`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.lists import ON
from thidua.cli.procedures.source import FILE, definition, others, row
from thidua.cli.screen import say, show, warn
from thidua.cli.shell import option, verb

if TYPE_CHECKING:
    from thidua.workflow.procedure import Procedure

FINE: Words = (
    "{file}: quy trình {name} bản {version} dùng được ({states} trạng thái, {steps} bước).",
    "{file}: the procedure {name} version {version} can be used ({states} states, {steps} steps).",
)


@verb("check")
@FILE
@option("--people", is_flag=True, said=(
    "Xem cả danh bạ: vai trò nào cũng phải có người vào ngày --on (nếu không ghi: ngày quy trình "
    "bắt đầu áp dụng, hoặc hôm nay nếu đã áp dụng).",
    "Look into the directory too: somebody must hold each role on the day --on (without it: the "
    "day the procedure comes into force, or today if it has)."))  # fmt: skip
@ON
@click.pass_obj
def check(call: Call, *, file: str, people: bool, on: date | None) -> None:
    """Check a file."""
    from thidua.definitions.calendars import load_calendar
    from thidua.definitions.check import check as prove
    from thidua.forms import letters
    from thidua.workflow.errors import DefinitionError

    loaded = definition(call, file)
    name = loaded.tree.name
    holders = _holders(call, loaded.procedure, on) if people else None
    known = others(call, loaded, file)
    found = prove(
        loaded, templates=letters(), letters=letters(), holders=holders, others=known
    )  # fmt: skip
    load_calendar(loaded.procedure.calendar, overrides=call.settings.calendars)
    warnings = [{"code": w.code, "text": w.text(call.lang), "fields": w.fields}
                for w in found.warnings]  # fmt: skip
    if found.errors:
        raise DefinitionError.because([*found.errors])
    answer = {"file": name, **row(call, loaded.procedure, {}), "warnings": warnings}

    def write() -> None:
        for each in warnings:
            warn(call, ("{text} [{code}]", "{text} [{code}]"), text=each["text"], code=each["code"])
        p = loaded.procedure
        counts = {"states": len(p.states), "steps": len(p.transitions)}
        say(call, FINE, file=name, name=p.name, version=p.version, **counts)

    show(call, answer, write)


def _holders(call: Call, procedure: "Procedure", on: date | None) -> Mapping[str, int]:
    """How many seats of each role somebody holds on that day; without one on the day from which
    dossiers can come: today, or later the first of the procedure's force.
    """
    wf = call.place.wf
    day = on or max(wf.shelf.today(call.now), procedure.in_force_from or date.min)
    return call.read(
        lambda db: {role: len(wf.people.seats(db, role, day)) for role in procedure.roles}
    )
