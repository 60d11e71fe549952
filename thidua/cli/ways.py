"""How what waits is done: the commands that fit, with what each one means."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from thidua.cli.language import Words, label_of, pick
from thidua.workflow.person import Seat
from thidua.workflow.secrecy import is_sealed

if TYPE_CHECKING:
    from thidua.workflow.procedure import Procedure, Transition

BY_ONESELF = ("electronic", "written")
ANSWER: Words = (
    "Trả lời cả danh sách; hồ sơ có ý kiến khác ghi --except HỒ_SƠ=Ý_KIẾN:LÝ_DO",
    "Answer the whole list; one that differs by --except DOSSIER=OPINION:REASONS",
)
VOTE: Words = (
    "Bỏ phiếu cả danh sách; hồ sơ bỏ khác ghi --except HỒ_SƠ=LỰA_CHỌN",
    "Vote on the whole list; one that differs by --except DOSSIER=CHOICE",
)
VOTE_HIDDEN: Words = (
    "Bỏ phiếu kín cả danh sách; lựa chọn được hỏi riêng, không hiện lên màn hình",
    "Vote in secret on the whole list; the choice is asked for and not shown",
)
SUPPLEMENT: Words = ("Gửi phần bổ sung, ghi TRƯỜNG=GIÁ_TRỊ", "Give what is missing, as FIELD=VALUE")
PREPARE: Words = (
    "Ghi dự thảo cho cả danh sách; thủ trưởng xác nhận sau",
    "Draft the answer for the whole list; the head confirms it",
)
EXCHANGED: Mapping[str, tuple[str, Words]] = {
    "question": (
        "rounds answer-back {ref} {unit} --note …",
        ("Trả lời câu hỏi của đơn vị", "Answer the unit's question"),
    ),
    "confirm": (
        "rounds confirm {ref} --seat {unit} --paper-number …",
        ("Xác nhận dự thảo thành ý kiến của đơn vị", "Give the drafts as the unit's answers"),
    ),
}
LOOK: Words = ("Xem hồ sơ và việc làm được", "See the dossier and what may be done")

Way = Mapping[str, str]
"""A `command` to copy, and the `label` that says what it does."""


def ways(procedure: "Procedure", group: Mapping[str, Any], lang: str) -> list[Way]:
    """The commands for a group of tasks; none for what is paused or done along with others."""
    if group["status"] == "paused" or group["kind"] == "span":
        return []
    if group["kind"] in ("ask", "vote"):
        return list(_asked(procedure, group, lang))
    return list(_desk(procedure, group, lang))


def together(every: Iterable[Iterable[Way]]) -> list[Way]:
    """Each command once."""
    return list({way["command"]: way for some in every for way in some}.values())


def _asked(procedure: "Procedure", group: Mapping[str, Any], lang: str) -> Iterator[Way]:
    seat = Seat.parse(group["seat"])
    named = f" --seat {seat.unit or seat.person}" if seat.unit or seat.person else ""
    if group["kind"] == "ask" and procedure.rounds[group["what"]].confirm is not None:
        yield _way(f"rounds prepare {group['ref']} agree{named}", pick(PREPARE, lang))
        return
    if group["kind"] == "ask":
        yield _way(f"rounds answer {group['ref']} agree{named}", pick(ANSWER, lang))
        return
    rule = procedure.rounds[group["what"]]
    if is_sealed(rule):
        yield _way(f"votes cast {group['ref']} -", pick(VOTE_HIDDEN, lang))
    elif not rule.secret and set(BY_ONESELF) & set(rule.ways):
        yield _way(f"votes cast {group['ref']} for", pick(VOTE, lang))


def _desk(procedure: "Procedure", group: Mapping[str, Any], lang: str) -> Iterator[Way]:
    first, one = group["ids"][0], len(group["ids"]) == 1
    if group["what"] == "supplement":
        yield _way(f"dossiers supplement {first}", pick(SUPPLEMENT, lang))
        return
    what, _, seat = group["what"].partition(":")
    if what in EXCHANGED:
        unit = Seat.parse(seat).unit or seat
        words, label = EXCHANGED[what]
        yield _way(words.format(ref=group.get("ref") or "ROUND", unit=unit), pick(label, lang))
        return
    role = Seat.parse(group["seat"]).role
    steps = [t for t in procedure.transitions if group["what"] in t.source and t.by == role]
    for step in steps:
        which = f"{first} {step.trigger}" if one else f"{step.trigger} --state {group['what']}"
        more = "".join(_more(procedure, step))
        yield _way(f"dossiers act {which}{more}", label_of(step.label, lang, step.trigger))
    if not steps:
        yield _way(f"dossiers show {first}", pick(LOOK, lang))


def _more(procedure: "Procedure", step: "Transition") -> Iterator[str]:
    opened = [procedure.rounds[name] for name in procedure.states[step.dest].opens]
    if step.note_required:
        yield " --note …"
    if step.decision_required:
        yield " --decision …"
    if any(rule.gather == "meeting" for rule in opened):
        yield " --meeting …"


def _way(words: str, label: str) -> Way:
    return {"command": f"thidua {words}", "label": label}
