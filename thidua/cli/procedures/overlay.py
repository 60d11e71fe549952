"""Overlays kept alive over newer versions of their base: `rebase`."""

from pathlib import Path
from typing import Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN
from thidua.cli.procedures.source import FILE, proved, row, source, version
from thidua.cli.screen import say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import DefinitionError

MOVED: Words = (
    "{file} nay phủ lên {target}, bản {version}; {changes} chỗ khác với quy trình gốc. Hãy xem lại"
    " (`thidua procedures diff {target} {file}`) rồi lưu (`thidua procedures store {file}`).",
    "{file} is laid over {target} now, version {version}; it differs from the base in {changes}"
    " places. Look at them (`thidua procedures diff {target} {file}`), then store it"
    " (`thidua procedures store {file}`).",
)


@verb("rebase", takes=(DRY_RUN,))
@FILE
@option("--to", "to", metavar="NAME@VERSION", said=(
    "Bản mới của quy trình gốc; mặc định: bản mà tệp đang phủ lên.",
    "The newer version of the base; by default the one that the file extends."))  # fmt: skip
@option("--version", "own", metavar="VERSION", said=(
    "Bản mới của chính tệp phủ; mặc định: bản gốc mới, rồi phần sau dấu + như cũ.",
    "The overlay's own new version; by default the newer base's with what followed the +."
))  # fmt: skip
@option("--output", "-o", metavar="FILE", said=(
    "Ghi vào tệp này thay vì sửa tại chỗ.", "Write here instead of in place."))  # fmt: skip
@click.pass_obj
def rebase(call: Call, *, file: str, to: str | None, own: str | None, output: str | None) -> None:
    """Move an overlay to a newer base; write down what that says."""
    text, target = _moved(call, file, to, own)
    path = Path(output or file)
    answer = _tried(call, path, text, target)
    if not call.dry:
        _replace(path, text)

    def write() -> None:
        told = {"file": str(path), "target": target, "version": answer["version"]}
        say(call, MOVED, **told, changes=len(answer["differences"]))

    show(call, answer, write)


def _moved(call: Call, file: str, to: str | None, own: str | None) -> tuple[str, str]:
    """The overlay's new text and base; `Refused` with every question that it does not answer."""
    from thidua.definitions.overlay import edited, is_overlay, moved, read_overlay
    from thidua.definitions.reader import read

    tree = read(*source(file))
    if not is_overlay(tree):
        raise DefinitionError.because([tree.reason("not-an-overlay", ())])
    overlay = read_overlay(tree, lambda base: version(call, base), answers=True)
    target = to or overlay.extends
    return edited(tree.text, moved(overlay, version(call, target), target, own)), target


def _tried(call: Call, path: Path, text: str, target: str) -> dict[str, Any]:
    """What the new text makes over the newer base, proved before anything is written."""
    from thidua.definitions import parse
    from thidua.definitions.difference import compare
    from thidua.definitions.overlay import laid, read_overlay
    from thidua.definitions.reader import read

    newer = version(call, target)
    made = proved(laid(read_overlay(read(text, path.name), lambda _: newer)))
    found = compare(parse(newer.text, target).procedure, made, call.lang)
    return {"file": str(path), "to": target, **row(call, made, {}), "differences": found}


def _replace(path: Path, text: str) -> None:
    """Put the text in the file's place whole, or leave the file as it was."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
