"""How one dossier is set out on the screen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.dossiers.links import named
from thidua.cli.due import pressing, told_left
from thidua.cli.label import (
    ACTS,
    ASKS,
    CHOICES,
    KINDS,
    MARKS,
    OPINIONS,
    OUTCOMES,
    PAUSES,
    STANDINGS,
    STATUSES,
    UNUSUAL,
    WAYS,
    YES_NO,
    called,
)
from thidua.cli.language import Words, label_of, pick
from thidua.cli.rules import items_label, role_label, round_label, state_label, trigger_label
from thidua.cli.screen import day, day_of, pairs, say, table, title
from thidua.cli.table import Column, clean
from thidua.cli.tied import say_tied
from thidua.workflow.acts.enclosing import ENCLOSED
from thidua.workflow.debt import DEBT, condition_title
from thidua.workflow.person import Seat
from thidua.workflow.questions import ALONGSIDE
from thidua.workflow.wording import say as worded

if TYPE_CHECKING:
    from thidua.storage.listing_people import Names
    from thidua.workflow.procedure import Field, Procedure

HEADING: Words = ("{dossier}: {name} ({kind})", "{dossier}: {name} ({kind})")
WAIVED: Words = ("Điều kiện đã được miễn: {name}", "Condition set aside: {name}")
OWED: Words = (
    "Được miễn, còn nợ: {name}. {who} phải khắc phục đến hết ngày {on}.",
    "Waived and owed: {name}. {who} makes it good by {on}.",
)
REVOKED: Words = ("Đã bị hủy bỏ", "Revoked")
UNTIL: Words = ("Thời hạn đến “{state}”", "Time until “{state}”")
TASKS: Words = ("Đang chờ", "Waiting for")
RECKONED: Words = ("Cách tính thời hạn", "How the dues came about")
CLOSES: Words = ("kết thúc “{name}”", "end “{name}”")
FIRES: Words = ("tự động “{name}”", "“{name}” by itself")
ROUNDS: Words = ("Đợt lấy ý kiến, bỏ phiếu", "Rounds")
OVER: Words = ("đã kết thúc", "over")
SAID: Words = ("Ý kiến", "Opinions")
VOTED: Words = ("Phiếu", "Votes")
PAPERS: Words = ("Văn bản", "Documents")
WITH: Words = ("Kèm mục {n} của nhật ký", "With entry {n} of the journal")
DECIDED: Words = ("Quyết định", "Decisions")
MAY: Words = ("Bạn làm được", "You may")
MAY_NOT: Words = ("Chưa làm được", "You may not")
HIDDEN: Words = (
    "  {count} ý kiến khác chỉ hiện với vai trò được xem.",
    "  {count} other opinions are shown to roles that may see them.",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A dossier's answer, with what is needed to write it for people."""

    answer: Mapping[str, Any]
    procedure: "Procedure"
    names: "Names"
    hidden: int = 0

    def seat(self, seat: str, lang: str) -> str:
        """What a seat is called: its unit or person, else its role."""
        return self.names.seat(seat) or role_label(self.procedure, Seat.parse(seat).role, lang)


def write(call: Call, shown: Shown, *, why: bool) -> None:
    """The whole dossier."""
    _heading(call, shown)
    _tasks(call, shown)
    _dues(call, shown)
    _rounds(call, shown)
    say_tied(call, shown.answer["tied"])
    _opinions(call, shown)
    _papers(call, shown)
    _actions(call, shown.answer["actions"], why=why)


def _heading(call: Call, shown: Shown) -> None:
    d, p, lang = shown.answer["dossier"], shown.procedure, call.lang
    kind = called(KINDS, d["candidate_kind"], lang)
    title(call, HEADING, dossier=d["id"], name=d["candidate_name"], kind=kind)
    for each in shown.answer["waivers"]:
        _waiver(shown, each, lang)
    _unusual(shown, lang)
    state = d["state_label"] + (f" – {called(PAUSES, d['pause'], lang)}" if d["pause"] else "")
    fields = [
        (
            (label_of(f.label, "vi"), label_of(f.label, "en")),
            value_of(f, d["fields"].get(name), lang),
        )
        for name, f in p.fields.items()
    ]
    values: list[tuple[Words, object]] = [
        (("Độ mật", "Classification"), d["level_label"]),
        (("Trạng thái", "State"), state),
        (("Cần bổ sung", "To supplement"), items_label(p, d["items"], lang)),
        (("Kết quả", "Result"), REVOKED[_i(lang)] if d["revoked"] else None),
        (("Danh hiệu, hình thức", "Award"), d["award_label"]),
        (("Đơn vị", "Unit"), shown.names.unit(d["candidate_unit"] or d["unit"])),
        (("Đơn vị đề nghị", "Proposed by"), shown.names.unit(d["unit"])),
        (("Tờ trình", "Submission"), d["submission"]),
        (("Đợt xét", "Campaign"), d["campaign"]),
        (("Quy trình", "Procedure"), f"{p.name} {p.version}"),
        *named(shown.answer["links"]),
        (("Phiên bản", "Version"), d["version"]),
        *fields,
    ]
    pairs(call, values)


def _unusual(shown: Shown, lang: str) -> None:
    """What is not as usual, gravest first; debts are told with their condition."""
    kinds: dict[str, list[str]] = {}
    for each in shown.answer["exceptions"]:
        if each["kind"] != "waiver_owed":
            kinds.setdefault(each["kind"], []).append(shown.seat(each["seat"], lang))
    for kind, seats in kinds.items():
        grave = kind == "disagreement_open"
        text = f"{called(UNUSUAL, kind, lang).capitalize()}: {', '.join(seats)}"
        click.secho(clean(text), fg="red" if grave else "yellow", bold=grave)


def _waiver(shown: Shown, waiver: Mapping[str, Any], lang: str) -> None:
    """What is owed stands above everything else."""
    owed = waiver["until_on"] is not None and not waiver["settled"]
    who = shown.seat(waiver["owes"], lang) if waiver["owes"] else ""
    told = (OWED if owed else WAIVED)[_i(lang)]
    text = told.format(name=waiver["title"], who=who, on=day(waiver["until_on"]))
    click.secho(clean(text), fg="yellow", bold=True)


def value_of(field: "Field", value: str | None, lang: str) -> str | None:
    """A field's value as people write it."""
    if value is None:
        return None
    if field.type == "yes_no":
        return called(YES_NO, value, lang)
    if field.type in ("date", "period"):
        return " – ".join(day(each) for each in value.split("/"))
    return value


def _i(lang: str) -> int:
    return 0 if lang == "vi" else 1


def _section(call: Call, words: Words, rows: Sequence[Any], columns: Sequence[Column]) -> None:
    if rows:
        click.echo()
        title(call, words)
        table(call, rows, columns)


def _tasks(call: Call, shown: Shown) -> None:
    lang = call.lang
    running = [t for t in shown.answer["tasks"] if t["status"] in ("open", "paused")]
    _section(call, TASKS, [t for t in running if t["kind"] != "effect"], (
        Column(("Số", "No."), lambda t: t["n"], right=True),
        Column(("Việc", "Task"), lambda t: task_label(shown.procedure, t, lang), gives=True),
        Column(("Nơi xử lý", "Whose"), lambda t: shown.seat(t["seat"], lang), gives=True),
        Column(("Người giữ", "Held by"), lambda t: t["holder"] and shown.names.actor(t["holder"])),
        Column(("", ""), lambda t: _where(shown, t, lang)),
        Column(("Hạn", "Due"), lambda t: day(t["due_on"]), style=pressing),
        Column(("", ""), lambda t: told_left(t["days_left"], lang), style=pressing),
    ))  # fmt: skip


def _where(shown: Shown, task: Mapping[str, Any], lang: str) -> str:
    """How far an ask has come, where that may be seen; else whether the task runs."""
    for ask in shown.answer["asks"]:
        key = (ask["round_id"], ask["seat"])
        if task["kind"] == "ask" and key == (task["round_id"], task["seat"]):
            return called(ASKS, ask["state"], lang)
    return called(STATUSES, task["status"], lang)


def _dues(call: Call, shown: Shown) -> None:
    """How each due that runs came about; tasks with the same one share a line."""
    from thidua.workflow.reckoning import Reckoning
    from thidua.workflow.story import story

    named = {name: field.label for name, field in shown.procedure.fields.items()}
    running = [t for t in shown.answer["tasks"] if t["status"] == "open" and t["reckoned"]]
    rows: dict[tuple[str, str], list[str]] = {}
    for task in running:
        how = Reckoning.parse(json.dumps(task["reckoned"]))
        key = (task["due_on"], story(how, call.lang, fields=named))
        label = task_label(shown.procedure, task, call.lang)
        if task["kind"] == "effect":
            label = _effect_label(shown.procedure, task["what"], call.lang)
        rows.setdefault(key, []).append(label)
    _section(call, RECKONED, sorted(rows.items()), (
        Column(("Hạn", "Due"), lambda r: day(r[0][0])),
        Column(("Việc", "Task"), lambda r: ", ".join(dict.fromkeys(r[1])), gives=True),
        Column(("Cách tính", "How"), lambda r: r[0][1], gives=True),
    ))  # fmt: skip


def _effect_label(procedure: "Procedure", what: str, lang: str) -> str:
    """What the engine does when a time is up."""
    kind, _, name = what.partition(":")
    if kind == "close":
        return pick(CLOSES, lang, name=round_label(procedure, name, lang))
    return pick(FIRES, lang, name=trigger_label(procedure, name, lang))


def task_label(procedure: "Procedure", task: Mapping[str, Any], lang: str) -> str:
    """What a task is called: its state, its round, or what it waits for."""
    what = task["what"]
    if task["kind"] in ("ask", "vote"):
        return round_label(procedure, what, lang)
    if what.startswith(DEBT):
        title = condition_title(procedure, what.removeprefix(DEBT))
        return worded("task-debt", {"label": title}, lang)
    if what == "supplement" or what.startswith((*ALONGSIDE, "agenda:", "tie:")):
        return called(ACTS, f"{what.partition(':')[0]}_task", lang)
    if task["kind"] == "span" and what in procedure.spans:
        return pick(UNTIL, lang, state=state_label(procedure, procedure.spans[what].end, lang))
    return state_label(procedure, what, lang)


def _rounds(call: Call, shown: Shown) -> None:
    lang = call.lang
    _section(call, ROUNDS, shown.answer["rounds"], (
        Column(("Đợt", "Round"), lambda r: round_label(shown.procedure, r["name"], lang)),
        Column(("Kết quả", "Result"), lambda r: called(OUTCOMES, r["outcome"], lang)
               or (called(STATUSES, "open", lang) if r["closed_n"] is None else pick(OVER, lang))),
        Column(("Kiểm phiếu", "Count"), lambda r: counted(r["counts"], lang)),
    ))  # fmt: skip


def counted(counts: Any, lang: str) -> str:
    """A ballot's count in a few words."""
    import json

    c = json.loads(counts) if isinstance(counts, str) else counts
    if not c:
        return ""
    told = {**c, "with": c["present"] + c["written"]}
    words: Words = (
        "đồng ý {votes_for}/{entitled}, không đồng ý {votes_against}, không có ý kiến {abstained},"
        " không hợp lệ {invalid}; {with} tham gia",
        "for {votes_for}/{entitled}, against {votes_against}, abstained {abstained},"
        " invalid {invalid}; {with} took part",
    )
    return words[_i(lang)].format(**told)


def _opinions(call: Call, shown: Shown) -> None:
    lang = call.lang
    _section(call, SAID, shown.answer["opinions"], (
        Column(("Nơi cho ý kiến", "Who"), lambda o: shown.seat(o["seat"], lang), gives=True),
        Column(("Ngày", "On"), lambda o: day_of(o["at"]), style=_faint),
        Column(("Ý kiến", "Opinion"), lambda o: called(OPINIONS, o["kind"], lang), style=_faint),
        Column(("", ""), lambda o: said_of(o, lang), style=_faint, gives=True),
        Column(("Lý do", "Reasons"), lambda o: o["note"], gives=True),
        *([REPLY] if any(each["replied_at"] for each in shown.answer["opinions"]) else ()),
    ))  # fmt: skip
    if shown.hidden:
        say(call, HIDDEN, count=shown.hidden)
    _section(call, VOTED, shown.answer["votes"], (
        Column(("Thành viên", "Member"), lambda v: shown.seat(v["seat"], lang), gives=True),
        Column(("Phiếu", "Vote"), lambda v: called(CHOICES, v["choice"], lang)),
        Column(("Hình thức", "Way"), lambda v: called(WAYS, v["way"], lang)),
    ))  # fmt: skip


def _answered(opinion: Mapping[str, Any]) -> str | None:
    """The day and the words; the day alone of words that were erased."""
    said = (day_of(opinion["replied_at"]), opinion["reply"])
    return ": ".join(filter(None, said)) or None


REPLY = Column(("Giải trình của cơ quan", "The office's answer"), _answered, gives=True)


def _faint(opinion: Mapping[str, Any]) -> dict[str, Any]:
    return {"dim": True} if opinion["mark"] else {}


def said_of(opinion: Mapping[str, Any], lang: str) -> str:
    """How an opinion stands to its round's time, and why it does not stand any more."""
    standing, mark = called(STANDINGS, opinion["standing"], lang), opinion["mark"]
    if mark is None:
        return standing
    return f"{standing}; {pick(MARKS[mark['why']], lang, on=day(mark['at'][:10]))}"


def _kind(procedure: "Procedure", kind: str, lang: str) -> str:
    """What a document is; of what came with somebody's words, with which."""
    if kind.startswith(ENCLOSED):
        return pick(WITH, lang, n=kind.removeprefix(ENCLOSED))
    return items_label(procedure, [kind], lang)


def _papers(call: Call, shown: Shown) -> None:
    lang, p = call.lang, shown.procedure
    _section(call, PAPERS, shown.answer["documents"], (
        Column(("Loại", "Kind"), lambda d: _kind(p, d["kind"], lang), gives=True),
        Column(("Mã", "Code"), lambda d: d["kind"]),
        Column(("Lần", "Version"), lambda d: d["version"], right=True),
        Column(("Tệp", "File"), lambda d: d["name"], gives=True),
        Column(("Trang", "Pages"), lambda d: d["pages"]),
        Column(("Kích thước", "Size"), lambda d: d["size"], right=True),
    ))  # fmt: skip
    _section(call, DECIDED, shown.answer["decisions"], (
        Column(("Mã", "Id"), lambda d: d["id"]),
        Column(("Số", "Number"), lambda d: d["number"]),
        Column(("Ngày ký", "Signed"), lambda d: day(d["signed_on"])),
        Column(("Tên", "Title"), lambda d: d["title"], gives=True),
        Column(("Nội dung", "Brings"), lambda d: trigger_label(p, d["trigger"], lang)),
        Column(("", ""), lambda d: called(STATUSES, d["status"], lang)),
    ))  # fmt: skip


def _actions(call: Call, actions: Sequence[Mapping[str, Any]], *, why: bool) -> None:
    allowed = [a for a in actions if a["allowed"]]
    columns = (
        Column(("Lệnh", "Command"), lambda a: a["act"] + (f" ({a['on']})" if a["on"] else "")),
        Column(("Việc", "What"), lambda a: a["label"], gives=True),
    )
    _section(call, MAY, allowed, columns)
    refused = [a for a in actions if not a["allowed"]]
    if why and refused:
        click.echo()
        title(call, MAY_NOT)
        for action in refused:
            for reason in action["reasons"]:
                click.echo(f"{action['act']}: {clean(reason['text'])} [{reason['code']}]")
