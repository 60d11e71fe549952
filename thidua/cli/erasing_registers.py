"""Erasing parts of a register: `thidua meetings redact`, `decisions redact`, `council redact` …"""

import click

from thidua.cli.call import Call
from thidua.cli.erasing import BASIS, YES, scrubbed
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, PAPER
from thidua.cli.screen import agreed, say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse, Refused

ERASED: Words = (
    "{key}: đã xóa ({parts}); nhật ký ghi ở mục {n}. Lời ghi và tên người ký trong từng hồ sơ thì"
    " xóa bằng `thidua dossiers redact`. Các bản sao lưu trước đây vẫn còn dữ liệu này: hãy hủy"
    " theo quy định của cơ quan.",
    "{key}: erased ({parts}); entry {n} of its journal says so. What dossiers hold of notes and"
    " signers is erased by `thidua dossiers redact`. Backups made before still have it: dispose of"
    " them as the office's rules say.",
)
SURE: Words = (
    "Dữ liệu bị xóa không khôi phục được. Xóa {parts} của {key}?",
    "What is erased cannot be brought back. Erase {parts} of {key}?",
)


@verb("redact", takes=(*PAPER, DRY_RUN))
@click.argument("key", metavar="ID")
@option("--part", "parts", multiple=True, metavar="PART", default=("signers",), said=(
    "Phần phải xóa (ghi được nhiều lần): title, notes, documents, signers; mặc định signers.",
    "What to erase (may be given again): title, notes, documents, signers; signers by"
    " default."))  # fmt: skip
@BASIS
@YES
@click.pass_obj
def redact(call: Call, /, *, key: str, parts: tuple[str, ...], basis: str, yes: bool) -> None:
    """Erase the title, notes, documents or signers of a register."""
    ground, words = call.paper, ", ".join(parts)
    if ground is None:
        raise Refused.of("ground-missing", decider="-")
    ask = not yes and not call.dry
    if ask and not agreed(call, SURE, Misuse("erase-yes"), parts=words, key=key):
        return
    erase = call.place.wf.erasure.redact_register
    n = call.change(
        lambda db: erase(db, key, basis, by=call.by(db), ground=ground, parts=parts, now=call.now)
    )
    if not call.dry:
        scrubbed(call)
    answer = {"id": key, "parts": list(parts), "event": n}
    show(call, answer, lambda: say(call, ERASED, key=key, parts=words, n=n))
