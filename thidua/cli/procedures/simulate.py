"""What a procedure would take, played by synthetic dossiers: `simulate`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, label_of, pick
from thidua.cli.option import DAY
from thidua.cli.procedures.source import anywhere
from thidua.cli.rules import role_label, round_label, state_label
from thidua.cli.screen import day, say, show, table, title
from thidua.cli.shell import option, verb
from thidua.cli.table import Column
from thidua.cli.timely import number
from thidua.workflow.errors import DefinitionError

if TYPE_CHECKING:
    from thidua.simulation.behaviour import Behaviour
    from thidua.simulation.measures import Came, Days, Outcome, Stage
    from thidua.simulation.play import Progress
    from thidua.workflow.procedure import Procedure
    from thidua.workflow.view import Rules

PLAYING: Words = ("Đang chạy thử", "Playing")
HEADING: Words = (
    "Chạy thử {procedure}: {dossiers} hồ sơ giả, mầm {seed}, từ {begins}",
    "Simulation of {procedure}: {dossiers} synthetic dossiers, seed {seed}, from {begins}",
)
ASSUMED: Words = ("Hành vi “{behaviour}”: {assumption}.", "Behaviour “{behaviour}”: {assumption}.")
TIME: Words = (
    "Bao lâu sau khi đề nghị (ngày làm việc)", "How long after the proposal (working days)",
)  # fmt: skip
CAME: dict[str, Words] = {
    "decision": ("Có quyết định", "Decided"),
    "after_return": ("– sau khi bị trả để bổ sung", "– after a return for a supplement"),
    "open": ("Chưa xong, đến nay", "Still open, so far"),
    "returned": ("– đang chờ bổ sung", "– waiting for a supplement"),
}
REFUSED: Words = ("{n} hồ sơ không nhận được.", "{n} dossiers could not be proposed.")
UNUSUAL: tuple[tuple[str, Words], ...] = (
    ("hold", ("{n} lần tạm dừng xét", "{n} put on hold")),
    ("withdraw", ("{n} hồ sơ rút", "{n} taken back")),
    ("extend", ("{n} lượt gia hạn ý kiến", "{n} answers given more time")),
    ("recuse", ("{n} lượt thành viên từ chối tham gia", "{n} times a member stepped back")),
)
BESIDES: Words = ("Ngoài lệ thường: {told}.", "Out of the ordinary: {told}.")
STAGES: Words = ("Quá hạn theo việc và vai trò", "Overdue, by task and role")
STAYS: Words = ("Hồ sơ đọng ở đâu", "Where the queue stands")
MAILS: Words = ("Thư mỗi người nhận", "Mails per person")
STUCK: Words = ("Hồ sơ không đi tiếp được", "Dossiers that could not go on")
OF_ONE: Words = ("{count} hồ sơ: {why} [{code}]", "{count} dossier: {why} [{code}]")
OF: Words = ("{count} hồ sơ: {why} [{code}]", "{count} dossiers: {why} [{code}]")
FIELDS: Words = (
    "Muốn hồ sơ giả đạt điều kiện, ghi giá trị dưới fields trong tệp hành vi (--behaviour).",
    "For synthetic dossiers to meet conditions give values under fields in a behaviour file"
    " (--behaviour).",
)
DRAWN: Words = ("Đã vẽ vào {file}.", "Drawn into {file}.")
MEDIAN: Words = ("Một nửa trong", "Half in")
NINTH: Words = ("9/10 trong", "9 of 10 in")
WORST: Words = ("Lâu nhất", "Worst")


@verb("simulate")
@click.argument("name")
@option("--dossiers", type=click.IntRange(1, 100_000), default=1000, metavar="N", said=(
    "Số hồ sơ giả (mặc định 1000).", "How many synthetic dossiers (1000)."))  # fmt: skip
@option("--seed", type=int, default=1, metavar="N", said=(
    "Mầm ngẫu nhiên: cùng mầm cho cùng kết quả (mặc định 1).",
    "Seed: the same one gives the same result (1)."))  # fmt: skip
@option("--behaviour", "file", metavar="FILE", said=(
    "Tệp YAML nói người ta làm việc ra sao; không ghi thì dùng giả định có sẵn.",
    "A YAML file that says how people behave; by default the assumption that ships."))  # fmt: skip
@option("--against", metavar="NAME", said=(
    "So với quy trình hoặc bản khác, cùng mầm, cùng hành vi.",
    "Beside another procedure or version, same seed, same behaviour."))  # fmt: skip
@option("--from", "begins", type=DAY, metavar="DATE", said=(
    "Ngày bắt đầu; mặc định là ngày quy trình có hiệu lực.",
    "The first day; by default when the procedure comes into force."))  # fmt: skip
@option("--plot", metavar="FILE", said=(
    "Vẽ hồ sơ đọng theo tuần vào tệp .png hoặc .svg (cần thidua[plots]).",
    "Draw how many stand where, by week, into a .png or .svg (needs thidua[plots])."))  # fmt: skip
@click.pass_obj
def simulate(  # noqa: PLR0913 -- the options of one command
    call: Call, *, name: str, dossiers: int, seed: int, file: str | None, against: str | None,
    begins: date | None, plot: str | None,
) -> None:  # fmt: skip
    """Play synthetic dossiers."""
    from thidua.simulation.behaviour import assumed, load_file
    from thidua.simulation.measures import told

    if plot is not None:
        from thidua.plots import check_ending

        check_ending(Path(plot))
    behaviour = assumed() if file is None else load_file(Path(file))
    procedures = [anywhere(call, each) for each in (name, against) if each is not None]
    if file is not None:
        _check_names(behaviour, procedures, file)
    found = [_played(call, each, behaviour, dossiers, seed, begins) for each in procedures]
    if plot is not None:
        _plot(call, [outcome for outcome, _ in found], procedures, behaviour, Path(plot))
    both = list(zip([outcome for outcome, _ in found], procedures, strict=True))
    answer = {
        "assumption": label_of(behaviour.assumption, call.lang), "begins": found[0][1],
        "simulations": [told(outcome, call.lang) for outcome, _ in found], "plot": plot,
    }  # fmt: skip

    def write() -> None:
        for each, procedure in both:
            _heading(call, each, procedure, behaviour, found[0][1])
        _times(call, both)
        for each, procedure in both:
            _tell(call, each, procedure, several=len(both) > 1)
        if plot is not None:
            say(call, DRAWN, file=plot)

    show(call, answer, write)


def _check_names(behaviour: "Behaviour", procedures: "Sequence[Procedure]", file: str) -> None:
    """Refuse names that none of the procedures has: they would change nothing, unseen."""
    from thidua.workflow.errors import reason

    unknown = set.intersection(*(set(behaviour.strangers(p)) for p in procedures))
    if unknown:
        names = ", ".join(sorted(unknown))
        fields = {"file": file, "names": names, "procedure": procedures[0].name}
        raise DefinitionError.because([reason("behaviour-name", **fields)])


def _played(
    call: Call, procedure: "Procedure", behaviour: "Behaviour", dossiers: int, seed: int,
    begins: date | None,
) -> "tuple[Outcome, date]":  # fmt: skip
    from thidua.simulation.play import Play, begins_on
    from thidua.simulation.rules import rules_for

    rules: Rules = rules_for(procedure)
    start = begins or begins_on(rules)
    with _bar(call, dossiers) as progress:
        return Play(rules, behaviour, dossiers, seed, start, progress).run(), start


@contextmanager
def _bar(call: Call, dossiers: int) -> "Iterator[Progress | None]":
    """How many dossiers have come to their end, while a terminal looks on."""
    import sys

    if call.as_json or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=dossiers, label=pick(PLAYING, call.lang), file=sys.stderr) as bar:
        yield lambda _done, _of: bar.update(1)


def _heading(
    call: Call, each: "Outcome", procedure: "Procedure", behaviour: "Behaviour", begins: date
) -> None:
    called_ = f"{procedure.name}@{procedure.version}"
    title(call, HEADING, procedure=called_, dossiers=each.dossiers, seed=each.seed,
          begins=day(begins))  # fmt: skip
    said = label_of(behaviour.assumption, call.lang)
    say(call, ASSUMED, behaviour=behaviour.name, assumption=said)


def _times(call: Call, both: "Sequence[tuple[Outcome, Procedure]]") -> None:
    click.echo()
    title(call, TIME)
    columns = [
        Column(("Đến khi", "Until"), lambda r: _came(call, *r), gives=True),
        Column(("Hồ sơ", "Dossiers"), lambda r: r[0].dossiers, right=True),
        Column(MEDIAN, lambda r: _part(r[0].days, 0), right=True),
        Column(NINTH, lambda r: _part(r[0].days, 1), right=True),
        Column(WORST, lambda r: _part(r[0].days, 2), right=True),
    ]
    if len(both) > 1:
        columns.insert(0, Column(("Quy trình", "Procedure"),
                                 lambda r: f"{r[1].name}@{r[1].version}"))  # fmt: skip
    rows = [(came, p) for each, p in both for came in each.came
            if came.dossiers or came.kind == "decision"]  # fmt: skip
    table(call, rows, columns)
    for each, _ in both:
        if each.refused:
            say(call, REFUSED, n=each.refused)
        told = [pick(words, call.lang, n=each.unusual[name]) for name, words in UNUSUAL
                if each.unusual[name]]  # fmt: skip
        if told:
            say(call, BESIDES, told=", ".join(told))


def _part(days: "Days | None", n: int) -> object:
    return "" if days is None else days[n]


def _came(call: Call, came: "Came", procedure: "Procedure") -> str:
    """An outcome by what its final state is called."""
    if came.kind in CAME:
        return pick(CAME[came.kind], call.lang)
    ends = (s.name for s in procedure.states.values() if s.final and s.outcome == came.outcome)
    return state_label(procedure, next(ends), call.lang)


def _tell(call: Call, each: "Outcome", procedure: "Procedure", *, several: bool) -> None:
    lang = call.lang
    if several:
        click.echo()
        title(call, ("{p}", "{p}"), p=f"{procedure.name}@{procedure.version}")
    if each.stages:
        _section(call, STAGES, each.stages, (
            Column(("Việc", "Task"), lambda s: _stage(call, s, procedure), gives=True),
            Column(("Vai trò", "Role"), lambda s: role_label(procedure, s.role, lang), gives=True),
            Column(("Số việc", "Tasks"), lambda s: s.done, right=True),
            Column(("Quá hạn", "Late"), lambda s: _share(s.late, s.done), right=True),
            Column(("Không làm", "Never"), lambda s: _share(s.never, s.done), right=True),
        ))  # fmt: skip
    if each.stays:
        _section(call, STAYS, each.stays, (
            Column(("Trạng thái", "State"), lambda s: state_label(procedure, s.state, lang),
                   gives=True),
            Column(MEDIAN, lambda s: _part(s.days, 0), right=True),
            Column(NINTH, lambda s: _part(s.days, 1), right=True),
            Column(("Nhiều nhất", "At most"), lambda s: s.most, right=True),
            Column(("Ngày", "On"), lambda s: day(s.most_on)),
            Column(("Còn lại", "Left"), lambda s: s.left or "", right=True),
        ))  # fmt: skip
    if each.mails:
        _section(call, MAILS, each.mails, (
            Column(("Vai trò", "Role"), lambda m: role_label(procedure, m.role, lang), gives=True),
            Column(("Số người", "Persons"), lambda m: m.holders, right=True),
            Column(("Thư mỗi người", "Mails each"), lambda m: number(m.each, lang), right=True),
            Column(("Tuần nhiều nhất", "Worst week"), lambda m: m.in_a_week, right=True),
            Column(("Điện thoại, công văn", "Calls, letters"), lambda m: m.calls or "",
                   right=True),
        ))  # fmt: skip
    _stuck(call, each)


def _section(call: Call, words: Words, rows: Sequence[Any], columns: Sequence[Column]) -> None:
    click.echo()
    title(call, words)
    table(call, rows, columns)


def _stuck(call: Call, each: "Outcome") -> None:
    if not each.stuck:
        return
    click.echo()
    title(call, STUCK)
    for stuck in each.stuck:
        text = stuck.reason.text(call.lang)
        words = OF_ONE if stuck.dossiers == 1 else OF
        say(call, words, count=stuck.dossiers, why=text, code=stuck.reason.code)
    if any(stuck.reason.code.startswith("condition") for stuck in each.stuck):
        say(call, FIELDS)


def _stage(call: Call, stage: "Stage", procedure: "Procedure") -> str:
    from thidua.cli.dossiers.sheet import task_label

    if stage.kind in ("ask", "vote"):
        return round_label(procedure, stage.what, call.lang)
    return task_label(procedure, {"kind": stage.kind, "what": stage.what}, call.lang)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if part else ""


def _plot(
    call: Call, found: "Sequence[Outcome]", procedures: "Sequence[Procedure]",
    behaviour: "Behaviour", file: Path,
) -> None:  # fmt: skip
    from thidua.simulation.picture import draw

    draw(found, procedures, behaviour, file, lang=call.lang)
