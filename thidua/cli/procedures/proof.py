"""What a procedure file says, proved: `check`."""

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.procedures.source import FILE, row, source
from thidua.cli.screen import say, show, warn
from thidua.cli.shell import verb

FINE: Words = (
    "{file}: quy trình {name} bản {version} dùng được ({states} trạng thái, {steps} bước).",
    "{file}: the procedure {name} version {version} can be used ({states} states, {steps} steps).",
)


@verb("check")
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
    answer = {"file": name, **row(call, loaded.procedure, {}), "warnings": warnings}

    def write() -> None:
        for each in warnings:
            warn(call, ("{text} [{code}]", "{text} [{code}]"), text=each["text"], code=each["code"])
        p = loaded.procedure
        counts = {"states": len(p.states), "steps": len(p.transitions)}
        say(call, FINE, file=name, name=p.name, version=p.version, **counts)

    show(call, answer, write)
