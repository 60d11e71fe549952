"""`thidua journal signatures`: whose signatures checkpoints carry."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.anchoring import public_keys, written
from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import moment, say, show, table, warn
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse
from thidua.workflow.note import short

if TYPE_CHECKING:
    from thidua.signatures import Claim

KEPT = (".txt", ".eml", ".jsonl")
"""What is looked at in a folder: notes, mails, exports."""

VERDICTS: dict[str, tuple[Words, dict[str, Any]]] = {
    "valid": (("đúng", "valid"), {"fg": "green"}),
    "forged": (("SAI", "FORGED"), {"fg": "red", "bold": True}),
    "other-key": (("khóa khác", "another key"), {"fg": "red"}),
    "unsigned": (("không có", "none"), {"fg": "yellow"}),
}
COLUMNS = (
    Column(("Số mục", "Entries"), lambda each: each["size"], right=True),
    Column(("Lập lúc", "Made at"), lambda each: each["made_at"] and moment(each["made_at"])),
    Column(("Gốc rút gọn", "Short root"), lambda each: each["short"]),
    Column(("Khóa", "Key"), lambda each: each["key_id"]),
)
OF: Words = ("Điểm kiểm tra của nhật ký {origin}:", "Checkpoints of the journal {origin}:")
NONE_MADE: Words = ("Nhật ký chưa có điểm kiểm tra nào.", "The journal has no checkpoint yet.")
OWN: Words = (
    "Đối chiếu với khóa trên chính máy này. Người ngoài dùng khóa công khai đã in, ký và lưu:"
    " --key.",
    "Held against this machine's own key. Others take the public key that was printed, signed and"
    " filed: --key.",
)
GOOD: Words = (
    "{valid} chữ ký, đều đúng với khóa đã nêu.",
    "{valid} signatures, all by the keys given.",
)
FORGED: Words = (
    "{count} chữ ký ghi là của khóa đã nêu nhưng không đúng: điểm kiểm tra bị sửa hoặc bị làm giả."
    " Hãy giữ nguyên hiện trạng và báo người có thẩm quyền.",
    "{count} signatures claim a key that was given, without being by it: the checkpoint was changed"
    " or forged. Leave everything as it is and tell whoever is responsible.",
)
OTHER: Words = (
    "{count} chữ ký bằng khóa không được nêu. Nếu cơ quan đã thay khóa, hãy nêu cả khóa cũ; nếu"
    " không phải khóa của cơ quan thì điểm kiểm tra là giả.",
    "{count} signatures are by keys that were not given. If the office has changed its key, give"
    " the old one as well; if it is no key of the office, the checkpoint is forged.",
)
UNSIGNED: Words = (
    "Điểm kiểm tra mới nhất ({size} mục) không có chữ ký: lập khi chưa có khóa, hoặc chữ ký đã bị"
    " bỏ.",
    "The newest checkpoint ({size} entries) has no signature: it was made without a key, or the"
    " signature was taken away.",
)
SPLIT: Words = (
    "Có hai gốc khác nhau của cùng {size} mục đầu: nhật ký đã có lúc bị lập lại."
    " Hãy giữ cả hai và báo người có thẩm quyền.",
    "There are two roots over the same first {size} entries: one is of a journal that was made"
    " anew. Keep both and tell whoever is responsible.",
)


@verb("signatures")
@click.argument("source", required=False, type=click.Path(path_type=Path), metavar="[FILE|DIR]")
@option("--key", "keys", multiple=True, metavar="KEY|FILE", said=(
    "Khóa công khai (thidua journal key), hoặc tệp mỗi dòng một khóa; mặc định: khóa trên máy này.",
    "A public key (thidua journal key), or a file of them; by default this machine's own.",
))  # fmt: skip
@click.pass_obj
def signatures(call: Call, *, source: Path | None, keys: tuple[str, ...]) -> int:
    """Check the signatures of checkpoints."""
    public = public_keys(keys) or [_own(call)]
    claims = _kept(source) if source is not None else _stored(call)
    answer = _judged([_told(each, public) for each in claims])
    show(call, answer, lambda: _tell(call, answer, own=not keys))
    return int(not answer["good"])


def _judged(told: list[dict[str, Any]]) -> dict[str, Any]:
    counts = Counter(each["verdict"] for each in told)
    most = max((each["size"] for each in told), default=0)
    newest = {each["verdict"] for each in told if each["size"] == most}
    split = _split(told)
    good = "valid" in newest and not counts["forged"] + counts["other-key"] + len(split)
    return {"checkpoints": told, "good": good, "split": split,
            "newest": {"size": most, "signed": newest != {"unsigned"}},
            **{name: counts[name] for name in VERDICTS}}  # fmt: skip


def _tell(call: Call, answer: dict[str, Any], *, own: bool) -> None:
    if not answer["checkpoints"]:
        say(call, NONE_MADE)
        return
    _table(call, answer["checkpoints"])
    if own:
        say(call, OWN)
    if answer["good"]:
        say(call, GOOD, valid=answer["valid"])
    for name, words in (("forged", FORGED), ("other-key", OTHER)):
        if answer[name]:
            warn(call, words, count=answer[name])
    for size in answer["split"]:
        warn(call, SPLIT, size=size)
    if not answer["newest"]["signed"]:
        warn(call, UNSIGNED, size=answer["newest"]["size"])


def _split(told: Sequence[dict[str, Any]]) -> list[int]:
    """Sizes at which one journal has two roots."""
    roots = {(each["origin"], each["size"], each["root"]) for each in told}
    times = Counter((origin, size) for origin, size, _ in roots)
    return sorted({size for (_, size), count in times.items() if count > 1})


def _own(call: Call) -> str:
    keys = call.desk.workplace(call.settings).wf.keys
    own = keys.signing_key() if keys is not None else None
    if own is None:
        raise Misuse("signatures-need-key")
    return own


def _stored(call: Call) -> "list[Claim]":
    from thidua.signatures import of_database

    return call.read(lambda db: [*of_database(db, call.place.wf)])


def _kept(source: Path) -> "list[Claim]":
    """What a file has, or all notes, mails and exports in a folder, each checkpoint once."""
    within = sorted(source.iterdir()) if source.is_dir() else []
    found = [claim for each in within if each.suffix in KEPT for claim in _claims(each)]
    found = found or ([] if source.is_dir() else _claims(source))
    if not found:
        raise Misuse("no-checkpoint", file=str(source))
    once = {(each.checkpoint, each.signatures): each for each in found}
    return sorted(once.values(), key=lambda each: each.checkpoint.size)


def _claims(file: Path) -> "list[Claim]":
    """The checkpoints of a file; none in a text or a mail about something else."""
    from thidua.signatures import of_export, of_note

    try:
        if file.suffix == ".jsonl":
            with file.open(encoding="utf-8") as lines:
                return of_export(lines)
        return [of_note(written(file.read_bytes()))]
    except (ValueError, LookupError) as error:
        if file.suffix == ".jsonl":
            raise Misuse("no-checkpoint", file=str(file)) from error
        return []


def _told(claim: "Claim", keys: Sequence[str]) -> dict[str, Any]:
    point = claim.checkpoint
    by = ", ".join(each.key_id for each in claim.signatures)
    made_at = None if claim.made_at is None else claim.made_at.isoformat()
    return {"origin": point.origin, "size": point.size, "root": point.root,
            "short": short(point.root), "made_at": made_at, "key_id": by or None,
            "verdict": claim.verdict(keys)}  # fmt: skip


def _table(call: Call, told: list[dict[str, Any]]) -> None:
    """The checkpoints of each journal under its name."""
    verdict = Column(
        ("Chữ ký", "Signature"), lambda each: pick(VERDICTS[each["verdict"]][0], call.lang),
        style=lambda each: VERDICTS[each["verdict"]][1],
    )  # fmt: skip
    for origin in dict.fromkeys(each["origin"] for each in told):
        say(call, OF, origin=origin)
        table(call, [each for each in told if each["origin"] == origin], [*COLUMNS, verdict])
