"""A picture on its way out: Mermaid text on the screen, an SVG or Mermaid text into a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.screen import say, show
from thidua.cli.shell import option
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.definitions.drawing import Way
    from thidua.workflow.procedure import Procedure

KINDS = (".svg", ".mmd")
WRITTEN: Words = ("Đã ghi {file}.", "Wrote {file}.")

OUTPUT = option("--output", "-o", metavar="FILE", said=(
    "Ghi vào tệp: .svg là hình in được trên khổ A4, .mmd là Mermaid. Không có thì in Mermaid.",
    "Write into a file: .svg is a picture that prints on A4, .mmd is Mermaid. Else print Mermaid."
))  # fmt: skip


def picture(call: Call, procedure: "Procedure", way: "Way", output: str | None,
            **told: Any) -> None:  # fmt: skip
    """Give the picture of a procedure, or of a dossier's way through it.

    `Misuse` for a file that is neither .svg nor .mmd.
    """
    from thidua.definitions.drawing import mermaid, svg

    answer = {**told, "name": procedure.name, "version": procedure.version}
    if output is None:
        text = mermaid(procedure, call.lang, highlight=way.states)
        show(call, {**answer, "mermaid": text}, lambda: click.echo(text, nl=False))
        return
    path = Path(output)
    if path.suffix not in KINDS:
        raise Misuse("picture-kind", file=output, known=", ".join(KINDS))
    drawn = path.suffix == ".svg"
    text = (svg(procedure, call.lang, way=way) if drawn
            else mermaid(procedure, call.lang, highlight=way.states))  # fmt: skip
    path.write_text(text, encoding="utf-8")
    show(call, {**answer, "file": output}, lambda: say(call, WRITTEN, file=output))
