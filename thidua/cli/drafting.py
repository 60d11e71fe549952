"""Drawing up a decision: `thidua decisions draft`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from thidua.cli import speech
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.label import KINDS, called
from thidua.cli.language import LANGUAGES, Words
from thidua.cli.option import DRY_RUN
from thidua.cli.refused import Against, of_dossiers, write_refused
from thidua.cli.rules import rules_of, state_label
from thidua.cli.screen import agreed, say, show, table
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse, Reason, Refused

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

DRAFTED: Words = (
    "Đã dự thảo quyết định {id}: {count} trường hợp; {left} hồ sơ không đưa vào.",
    "Drew up the decision {id}: {count} lines; {left} dossiers were left out.",
)
ASKED: Words = (
    "Dự thảo quyết định cho {count} hồ sơ?",
    "Draw up the decision for {count} dossiers?",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier of the draft, or why it cannot be one."""

    row: Mapping[str, Any]
    state: str
    reason: Reason | None = None

    def said(self, call: Call, lang: str | None = None) -> str:
        """Why it cannot be one, as its procedure words it; nothing when it can."""
        why = self.reason
        return "" if why is None else speech.said(call, why, self.row.get("procedure"), lang)

    def told(self, call: Call) -> dict[str, Any]:
        """The line for programs."""
        names = ("id", "candidate_name", "candidate_kind", "state")
        why = self.reason
        reasons = [{"code": why.code, "text": self.said(call)}] if why else []
        return {**{name: self.row.get(name) for name in names}, "reasons": reasons}


@verb("draft", takes=(DRY_RUN,))
@click.argument("title")
@chosen
@option("--trigger", metavar="TRIGGER", required=True, said=(
    "Bước mà quyết định thực hiện cho từng hồ sơ, ví dụ grant; “revoke” để hủy bỏ.",
    "The step it brings for each dossier, such as grant; “revoke” to undo an award."))  # fmt: skip
@option("--id", "key", metavar="ID", said=(
    "Mã tự chọn; không ghi thì hệ thống đặt.",
    "An id of your own; one is made if you give none."))  # fmt: skip
@option("--changes", metavar="ID", said=(
    "Quyết định mà quyết định này sửa đổi, bổ sung.",
    "The decision that this one supplements or corrects."))  # fmt: skip
@click.pass_obj
def draft(
    call: Call, /, *, title: str, trigger: str, key: str | None, changes: str | None, **given: Any
) -> int:
    """Draw up a decision."""
    choice = Choice(**given)
    lines = call.read(lambda db: _lines(call, db, choice.listed(call, db), trigger))
    able = [line for line in lines if line.reason is None]
    if not able or (choice.all_or_nothing and len(able) < len(lines)):
        raise Refused.because(_against(call, [each for each in lines if each.reason is not None]))
    if not choice.yes and not call.dry and len(lines) > 1 and not _agreed(call, lines):
        return 0
    decision = call.change(lambda db: _draft(call, db, title, able, trigger, key, changes))
    answer = {"id": decision, "title": title, "trigger": trigger, "drafted": len(able),
              "left_out": len(lines) - len(able),
              "lines": [line.told(call) for line in lines]}  # fmt: skip

    def write() -> None:
        _write(call, lines)
        say(call, DRAFTED, id=decision, count=len(able), left=len(lines) - len(able))

    show(call, answer, write)
    return int(len(able) < len(lines))


def _lines(call: Call, db: "Connection", ids: Sequence[str], trigger: str) -> list[Line]:
    from thidua.storage import listing

    rows = {row["id"]: row for row in listing.dossiers(db, call.tables, listing.Wanted(ids=ids))}
    return [_line(call, db, dossier, rows.get(dossier), trigger) for dossier in ids]


def _line(
    call: Call, db: "Connection", dossier: str, row: Mapping[str, Any] | None, trigger: str
) -> Line:
    """The line; its reason when no step of that name starts where the dossier stands."""
    if row is None:
        return Line({"id": dossier}, "", Reason("unknown-dossier", {"dossier": dossier}))
    procedure = rules_of(call, db, row["procedure"]).procedure
    label = state_label(procedure, row["state"], call.lang)
    steps = [step for step in procedure.transitions if step.trigger == trigger]
    if trigger == "revoke" or any(row["state"] in step.source for step in steps):
        return Line(row, label)
    if not steps:
        known = ", ".join(sorted({step.trigger for step in procedure.transitions}))
        return Line(row, label, Reason("unknown-trigger", {"trigger": trigger, "known": known}))
    sources = ", ".join(state for step in steps for state in step.source)
    fields = {"trigger": trigger, "state": row["state"], "sources": sources}
    return Line(row, label, Reason("not-from-here", fields))


def _against(call: Call, lines: Sequence[Line]) -> Iterator[Reason]:
    """Every reason: programs get each dossier's, people each once with the dossiers it holds."""
    told: list[Line] = []
    for line in lines:
        if call.as_json or (line.reason and line.reason.code == "unknown-dossier"):
            yield _of_dossier(call, line)
        else:
            told.append(line)
    yield from of_dossiers(call, _refused(call, told))


def _of_dossier(call: Call, line: Line) -> Reason:
    reason = line.reason
    assert reason is not None
    if reason.code == "unknown-dossier":
        return reason
    why = {lang: line.said(call, lang) for lang in LANGUAGES}
    fields = {"dossier": line.row["id"], "why": why, "because": reason.code}
    return Reason("of-dossier", fields)


def _agreed(call: Call, lines: Sequence[Line]) -> bool:
    """Show the annex and ask; `Misuse` when nobody can answer."""
    if not call.as_json:
        _write(call, lines)
    able = sum(line.reason is None for line in lines)
    return agreed(call, ASKED, Misuse("say-yes", count=len(lines)), count=able)


def _draft(
    call: Call,
    db: "Connection",
    title: str,
    lines: Sequence[Line],
    trigger: str,
    key: str | None,
    changes: str | None,
) -> str:
    from thidua.storage import listing_registers

    if changes is not None:
        listing_registers.decision(db, call.tables, changes)
    return call.place.wf.decisions.draft(
        db, title, dict.fromkeys((line.row["id"] for line in lines), trigger), by=call.by(db),
        decision_id=key, changes=changes, now=call.now,
    )  # fmt: skip


def _write(call: Call, lines: Sequence[Line]) -> None:
    columns = (
        Column(("Hồ sơ", "Dossier"), lambda line: line.row["id"]),
        Column(("Tên", "Name"), lambda line: line.row["candidate_name"], gives=True),
        Column(("Loại", "Kind"), lambda line: called(KINDS, line.row["candidate_kind"], call.lang)),
        Column(("Trạng thái", "State"), lambda line: line.state),
    )
    able = [line for line in lines if line.reason is None]
    if able:
        table(call, able, columns)
    write_refused(call, _refused(call, lines))


def _refused(call: Call, lines: Iterable[Line]) -> Iterator[Against]:
    for line in lines:
        if line.reason is not None:
            yield Against(_who(line.row), line.said(call), line.reason.code)


def _who(row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (row["id"], row.get("candidate_name"))))
