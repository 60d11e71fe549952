"""Stopping a dossier and letting it go on: returns, supplements, holds."""

from typing import Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.option import ACT
from thidua.cli.pair import apart
from thidua.cli.shell import option, verb
from thidua.workflow.command import Hold, Release, Return, Supplement


@verb("return", takes=ACT)
@chosen
@option("--item", "items", multiple=True, metavar="NAME", said=(
    "Trường hoặc loại văn bản phải bổ sung (ghi được nhiều lần).",
    "A field or kind of document to be supplemented (may be given again)."))  # fmt: skip
@click.pass_obj
def return_(call: Call, /, *, items: tuple[str, ...], **choice: Any) -> int:
    """Ask for a supplement."""
    return carry_out(call, Choice(**choice), lambda _db, _id: Return(items, **call.terms))


@verb("supplement", takes=ACT)
@chosen
@option("--more-to-come", is_flag=True, said=(
    "Chưa đủ: hồ sơ vẫn chờ bổ sung.", "Not all yet: the dossier still waits."))  # fmt: skip
@click.pass_obj
def supplement(call: Call, /, *, ids: tuple[str, ...], more_to_come: bool, **choice: Any) -> int:
    """Give what was asked for."""
    dossiers, values = apart(ids)
    command = Supplement(values, not more_to_come, **call.terms)
    return carry_out(call, Choice(ids=dossiers, **choice), lambda _db, _id: command)


@verb("hold", takes=ACT)
@chosen
@click.pass_obj
def hold(call: Call, /, **choice: Any) -> int:
    """Put on hold."""
    return carry_out(call, Choice(**choice), lambda _db, _id: Hold(**call.terms))


@verb("release", takes=ACT)
@chosen
@click.pass_obj
def release(call: Call, /, **choice: Any) -> int:
    """End a hold."""
    return carry_out(call, Choice(**choice), lambda _db, _id: Release(**call.terms))
