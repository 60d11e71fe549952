"""Dossiers brought over to another version of their procedure: `migrate`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.calendar.move import ASKED
from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.moved import MORE, SHOWN, label
from thidua.cli.option import DRY_RUN, NOTE, PAPER
from thidua.cli.procedures.mapping import states_of
from thidua.cli.refused import Against, folded
from thidua.cli.rules import named, round_label, state_label
from thidua.cli.screen import agreed, day, progress, say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.workflow.errors import Misuse, Refused, Stale, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.versions import Move, Planned, Retimed
    from thidua.workflow.errors import Reason

LOOKING: Words = ("Đang xem từng hồ sơ", "Looking at each dossier")
DOING: Words = ("Đang chuyển hồ sơ", "Moving dossiers")
HEADING: Words = (
    "Từ {old} sang {new}: {count} hồ sơ đang xử lý, {blocked} chưa chuyển được",
    "From {old} to {new}: {count} open dossiers, {blocked} cannot move yet",
)
NONE: Words = (
    "Không còn hồ sơ nào đang xử lý theo {old}.",
    "No open dossier goes by {old} any more.",
)
ENDED: Words = (
    "{ended} hồ sơ đã kết thúc giữ nguyên bản cũ.",
    "{ended} dossiers have ended: left with the old version.",
)
STATES: Words = ("Trạng thái", "States")
STAYS: Words = ("chưa chuyển được", "blocked")
OTHER_DUES: Words = ("thời hạn thay đổi", "dues change")
DUES: Words = ("Thời hạn thay đổi", "Dues that change")
SAME_DUES: Words = ("Không thời hạn nào thay đổi.", "No due changes.")
BLOCKED: Words = ("Chưa chuyển được", "Cannot move yet")
DONE: Words = (
    "Đã chuyển {done} hồ sơ sang {new}; {refused} hồ sơ chưa chuyển được.",
    "Moved {done} dossiers to {new}; {refused} could not be moved.",
)
NO_PAPER: Words = (
    "Khi chuyển thật phải ghi văn bản làm căn cứ (--paper-number …).",
    "The move itself needs a paper (--paper-number …).",
)
BECAME: dict[str, Words] = {
    "moved": ("", ""),
    "new": ("hạn mới", "begins"),
    "gone": ("hết hạn này", "ends"),
    "kept": ("giữ hạn cũ: hạn mới đã qua", "old due kept: the new one is past"),
}
ROUNDS: dict[str, Words] = {
    "goes_on": ("tiếp tục", "goes on"),
    "opened": ("mở mới", "opened"),
    "closed": ("kết thúc ngay", "ends at once"),
}

MAP = option("--map", "said", multiple=True, metavar="OLD=NEW,…", said=(
    "Trạng thái cũ=trạng thái mới, cách nhau bằng dấu phẩy, hoặc tệp YAML có mục states; trạng"
    " thái cùng tên giữ nguyên.",
    "Old state=new state, separated by commas, or a YAML file with them under states; states of"
    " the same name need none."))  # fmt: skip
YES = option("--yes", is_flag=True, said=(
    "Thực hiện không hỏi lại.", "Do it without asking."))  # fmt: skip


@verb("migrate", takes=(NOTE, *PAPER, DRY_RUN))
@click.argument("old")
@click.argument("new")
@MAP
@YES
@click.pass_obj
def migrate(call: Call, *, old: str, new: str, said: Sequence[str], yes: bool) -> int:
    """Bring dossiers over to another version."""
    move = call.read(lambda db: _move(call, db, old, new, states_of(said)))
    ended = call.read(lambda db: call.place.wf.versions.ended(db, move))
    planned = call.read(lambda db: _plan(call, db, move))
    answer: dict[str, Any] = {**_names(move), "states": dict(move.states), "ended": ended}
    if call.dry or not planned:
        answer |= _counts(planned) | {"dossiers": [_row(call, each) for each in planned]}
        show(call, answer, lambda: _tell(call, move, planned, ended))
        return 0
    if move.ground is None:
        raise Refused.of("migrate-ground")
    _agree(call, move, planned, ended, yes=yes)
    done, refused = _carry_out(call, move, [each.dossier for each in planned])
    told = ({"dossier": key, "reasons": _reasons(call, why)} for key, why in refused.items())
    answer |= {"moved": done, "refused": list(told)}

    def write() -> None:
        _tell_blocked(call, refused)
        say(call, DONE, done=len(done), refused=len(refused), new=_names(move)["new"])

    show(call, answer, write)
    return int(bool(refused))


def _move(call: Call, db: "Connection", old: str, new: str, states: dict[str, str]) -> "Move":
    from thidua.versions import Move

    before, after = named(call, db, old), named(call, db, new)
    return Move(before, after, call.by(db), states, call.paper, call.note)


def _plan(call: Call, db: "Connection", move: "Move") -> "list[Planned]":
    versions = call.place.wf.versions
    with progress(call, versions.dossiers(db, move), LOOKING) as each_dossier:
        return [versions.plan(db, move, dossier, call.now) for dossier in each_dossier]


def _agree(call: Call, move: "Move", planned: "list[Planned]", ended: int, *, yes: bool) -> None:
    """Show what will happen and ask; `Misuse` when nobody can answer, `Abort` for no."""
    if yes:
        return
    if not call.as_json:
        _tell(call, move, planned, ended)
    if not agreed(call, ASKED, Misuse("say-yes", count=len(planned))):
        raise click.Abort


def _carry_out(
    call: Call, move: "Move", dossiers: list[str]
) -> "tuple[list[str], dict[str, tuple[Reason, ...]]]":
    """Move each in a transaction of its own: stopped, it goes on with those that are left."""
    done: list[str] = []
    refused: dict[str, tuple[Reason, ...]] = {}
    apply = call.place.wf.versions.apply
    with progress(call, dossiers, DOING) as each_dossier:
        for dossier in each_dossier:
            try:
                call.place.write(partial(apply, move=move, dossier_id=dossier, now=call.now))
                done.append(dossier)
            except (Refused, Stale, Unknown) as error:
                refused[dossier] = error.reasons
    return done, refused


def _names(move: "Move") -> dict[str, str]:
    return {
        "old": f"{move.old.name}@{move.old.version}", "new": f"{move.new.name}@{move.new.version}",
        "old_hash": move.old.hash, "new_hash": move.new.hash,
    }  # fmt: skip


def _counts(planned: "Sequence[Planned]") -> dict[str, int]:
    blocked = sum(bool(each.against) for each in planned)
    return {"count": len(planned), "blocked": blocked}


def _row(call: Call, each: "Planned") -> dict[str, Any]:
    return {
        "dossier": each.dossier, "state": each.state, "to": each.to, "after": each.after,
        "dues": [due._asdict() for due in each.dues],
        "rounds": [asked._asdict() for asked in each.rounds],
        "blocked": bool(each.against), "reasons": _reasons(call, each.against),
    }  # fmt: skip


def _reasons(call: Call, against: "Iterable[Reason]") -> list[dict[str, Any]]:
    return [{"code": r.code, "text": r.text(call.lang), "fields": r.fields} for r in against]


def _tell(call: Call, move: "Move", planned: "list[Planned]", ended: int) -> None:
    if not planned:
        say(call, NONE, old=_names(move)["old"])
        return
    title(call, HEADING, **{**_names(move), **_counts(planned)})
    click.echo()
    _tell_states(call, move, planned)
    click.echo()
    _tell_each(call, move, planned)
    click.echo()
    _tell_dues(call, move, planned)
    _tell_blocked(call, {each.dossier: each.against for each in planned if each.against})
    if ended:
        say(call, ENDED, ended=ended)
    if move.ground is None:
        say(call, NO_PAPER)


def _tell_states(call: Call, move: "Move", planned: "list[Planned]") -> None:
    """How many go from which state to which, and what becomes of their rounds."""
    ways = Counter((p.state, p.to, p.after) for p in planned)
    blocked = Counter((p.state, p.to, p.after) for p in planned if p.against)

    def rounds(way: tuple[str, str, str]) -> str:
        asked = Counter(a for p in planned if (p.state, p.to, p.after) == way for a in p.rounds)
        return ", ".join(
            f"{round_label(move.new, a.name, call.lang)}: {pick(ROUNDS[a.became], call.lang)}"
            for a in asked
        )

    order = [*move.old.states]
    table(call, sorted(ways, key=lambda way: (order.index(way[0]), way)), (
        Column(("Từ", "From"), lambda w: state_label(move.old, w[0], call.lang), gives=True),
        Column(("Đến", "To"), lambda w: _to(call, move, *w[1:]), gives=True),
        Column(("Hồ sơ", "Dossiers"), lambda w: ways[w], right=True),
        Column(("Chưa được", "Blocked"), lambda w: blocked[w] or "", right=True),
        Column(("Đợt", "Rounds"), rounds, gives=True),
    ))  # fmt: skip


def _tell_each(call: Call, move: "Move", planned: "list[Planned]") -> None:
    """Every open dossier, however many there are: where it goes is what the office signs for."""
    table(call, planned, (
        Column(("Hồ sơ", "Dossier"), lambda p: p.dossier),
        Column(("Từ", "From"), lambda p: state_label(move.old, p.state, call.lang), gives=True),
        Column(("Đến", "To"), lambda p: _to(call, move, p.to, p.after), gives=True),
        Column(("Ghi chú", "Note"), lambda p: _becomes(call, p), gives=True),
    ))  # fmt: skip


def _to(call: Call, move: "Move", *states: str) -> str:
    """The new state, and the one the engine takes it on to at once; nothing where there is none."""
    steps = dict.fromkeys(state for state in states if state in move.new.states)
    return " → ".join(state_label(move.new, state, call.lang) for state in steps)


def _becomes(call: Call, each: "Planned") -> str:
    if each.against:
        return pick(STAYS, call.lang)
    return pick(OTHER_DUES, call.lang) if each.dues else ""


def _tell_dues(call: Call, move: "Move", planned: "list[Planned]") -> None:
    changed = [(p, due) for p in planned for due in _alone(p.dues)]
    if not changed:
        say(call, SAME_DUES)
        return
    title(call, DUES)
    table(call, changed[:SHOWN], (
        Column(("Hồ sơ", "Dossier"), lambda r: r[0].dossier),
        Column(("Việc", "Task"), lambda r: label(move.new, r[1], call.lang), gives=True),
        Column(("Hạn cũ", "Old due"), lambda r: day(r[1].was_on)),
        Column(("Hạn mới", "New due"), lambda r: day(r[1].due_on)),
        Column(("Ghi chú", "Note"), lambda r: pick(BECAME[r[1].became], call.lang), gives=True),
    ))  # fmt: skip
    if changed[SHOWN:]:
        say(call, MORE, count=len(changed) - SHOWN)


def _alone(dues: "Iterable[Retimed]") -> "Iterator[Retimed]":
    """Each change once, however many seats share it, and not again for what it brings."""
    seen: set[tuple[Any, ...]] = set()
    for due in sorted(dues, key=lambda each: each.kind == "effect"):
        change = (due.was_on, due.due_on, due.became)
        kept = change if due.kind == "effect" else (due.kind, due.what, *change)
        if kept not in seen:
            yield due
        seen |= {change, (due.kind, due.what, *change)}


def _tell_blocked(call: Call, against: "dict[str, tuple[Reason, ...]]") -> None:
    """Every reason once, with how many dossiers it holds and the first of them."""
    lines = folded(call, (
        Against(dossier, why, code)
        for dossier, reasons in against.items()
        for why, code in dict.fromkeys((r.text(call.lang), r.code) for r in reasons)
    ))  # fmt: skip
    if lines:
        click.echo()
        title(call, BLOCKED)
    for line in lines:
        click.echo(line)
