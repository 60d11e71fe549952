"""`thidua decisions`: drawn up, numbered by the registry, listed with their annex."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.amending import again, strike
from thidua.cli.applying import apply
from thidua.cli.call import Call
from thidua.cli.drafting import draft
from thidua.cli.erasing_registers import redact
from thidua.cli.eyes import closed_to, in_office, require_office
from thidua.cli.label import KINDS, STATUSES, called
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN, PAPER
from thidua.cli.paper import told_paper
from thidua.cli.rules import award_label, rules_of, state_label, trigger_label
from thidua.cli.screen import day, pairs, say, show, table, title
from thidua.cli.shell import Noun
from thidua.cli.table import Column
from thidua.cli.unusual import put_first, unusual_column
from thidua.collation import word_key
from thidua.workflow.debt import condition_title

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing_people import Names
    from thidua.workflow.debt import Waiver

    Owed = Mapping[str, tuple[Waiver, ...]]

decisions = Noun("decisions")
decisions.add_command(draft)
decisions.add_command(apply)
decisions.add_command(again)
decisions.add_command(strike)
decisions.add_command(redact)

NUMBERED: Words = (
    "Đã vào sổ quyết định {id}: {paper}. Thực hiện bằng `thidua decisions apply {id}`.",
    "Entered the decision {id}: {paper}. Carry it out by `thidua decisions apply {id}`.",
)
ONE: Words = ("Quyết định {id}", "Decision {id}")
OWED: Words = (
    "! {name}: được miễn, còn nợ “{what}” đến hết ngày {on}.",
    "! {name}: waived, still owes “{what}” by {on}.",
)
ANNEX: Words = ("Danh sách kèm theo: {count} trường hợp", "Annex: {count} lines")


@decisions.verb("number", takes=(*PAPER, DRY_RUN))
@click.argument("decision")
@click.pass_obj
def number(call: Call, *, decision: str) -> None:
    """Enter the registry's number."""
    from thidua.storage import listing_registers
    from thidua.workflow.paper import Paper

    wf, paper = call.place.wf, call.paper or Paper()

    def enter(db: "Connection") -> Mapping[str, Any]:
        listing_registers.decision(db, call.tables, decision)
        wf.decisions.number(db, decision, paper, by=call.by(db), now=call.now)
        return listing_registers.decision(db, call.tables, decision)

    found = call.change(enter)
    names = ("id", "title", "status", "number", "signed_on", "paper")
    told = told_paper(found["paper"], call.lang)
    show(call, {name: found[name] for name in names},
         lambda: say(call, NUMBERED, id=decision, paper=told))  # fmt: skip


@decisions.verb("show")
@click.argument("decision")
@click.pass_obj
def show_(call: Call, *, decision: str) -> None:
    """A decision with its annex."""
    answer = call.read(lambda db: _one(call, db, decision))

    def write() -> None:
        title(call, ONE, id=decision)
        for line in answer["lines"]:
            for each in line["waivers"]:
                say(call, OWED, name=line["candidate_name"], what=each["title"],
                    on=day(each["until_on"]))  # fmt: skip
        same, apart = _split(call, answer["lines"])
        pairs(call, [*_facts(call, answer), *same])
        title(call, ANNEX, count=len(answer["lines"]))
        table(call, answer["lines"], apart)

    show(call, answer, write)


def _columns(call: Call) -> tuple[list[Column], list[Column]]:
    """Those that tell lines apart, and those that are often the same for all."""
    return [
        Column(("STT", "No."), lambda r: r["position"], right=True),
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier_id"]),
        Column(("Tên", "Name"), lambda r: r["candidate_name"], gives=True),
        Column(("Loại", "Kind"), lambda r: called(KINDS, r["candidate_kind"], call.lang)),
        Column(("Đơn vị", "Unit"), lambda r: r["unit_name"], gives=True),
        unusual_column(call.lang),
    ], [
        Column(("Danh hiệu", "Award"), lambda r: r["award_label"], gives=True),
        Column(("Bước", "Step"), lambda r: r["trigger_label"], gives=True),
        Column(("Thực hiện", "Done"), lambda r: called(STATUSES, r["status"], call.lang)),
        Column(("Hiện trạng hồ sơ", "State now"), lambda r: r["state_label"], gives=True),
    ]  # fmt: skip


def _split(
    call: Call, lines: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[Words, object]], list[Column]]:
    """What is the same for all lines, said once, and the columns of what is not."""
    columns, often = _columns(call)
    values = [{column.cell(line) for line in lines} for column in often]
    same = [(c.title, next(iter(v))) for c, v in zip(often, values, strict=True) if len(v) == 1]
    rest = [c for c, v in zip(often, values, strict=True) if len(v) != 1]
    return same, [*columns[:-1], *rest, columns[-1]]


def _facts(call: Call, answer: Mapping[str, Any]) -> list[tuple[Words, object]]:
    return [
        (("Về việc", "About"), answer["title"]),
        (("Trạng thái", "Status"), called(STATUSES, answer["status"], call.lang)),
        (("Văn bản", "Paper"), told_paper(answer["paper"], call.lang)),
        (("Sửa đổi, bổ sung", "Changes"), answer["changes"]),
    ]


def _one(call: Call, db: "Connection", key: str) -> dict[str, Any]:
    """The decision; its lines have the position that they have in the annex, which is by kind,
    unit and name. Those with something unusual come first.
    """
    from thidua.storage import listing_debts, listing_people, listing_registers

    found = listing_registers.decision(db, call.tables, key)
    if found["status"] != "applied":
        require_office(call, db)
    names = listing_people.names(db, call.tables, call.today)
    owed = listing_debts.debts(db, call.tables, [row["dossier_id"] for row in found["lines"]])
    annex = sorted((_line(call, db, row, names, owed) for row in found["lines"]), key=_place)
    away = closed_to(call, db) if found["status"] != "applied" else ()
    lines = [{"position": n, **(_hidden(line) if line["dossier_id"] in away else line)}
             for n, line in enumerate(annex, 1)]  # fmt: skip
    put_first(call, db, lines, key="dossier_id")
    return {**found, "lines": lines}


def _hidden(line: Mapping[str, Any]) -> dict[str, Any]:
    """That it is in the decision, to who stepped back from it: not what becomes of it."""
    labels = dict.fromkeys(("trigger_label", "state_label"), "")
    return {**line, **labels, "trigger": None, "state": None, "fields": {}, "waivers": []}


def _line(
    call: Call, db: "Connection", row: Mapping[str, Any], names: "Names", owed: "Owed"
) -> dict[str, Any]:
    procedure = rules_of(call, db, row["procedure"]).procedure
    return {
        **row,
        "unit_name": names.unit(row["candidate_unit"] or row["unit"]),
        "award_label": award_label(procedure, row["award"], call.lang),
        "trigger_label": trigger_label(procedure, row["trigger"], call.lang),
        "state_label": state_label(procedure, row["state"], call.lang),
        "waivers": [
            {"condition": each.condition, "until_on": each.until_on,
             "title": condition_title(procedure, each.condition)[call.lang]}
            for each in owed.get(row["dossier_id"], ())
        ],
    }  # fmt: skip


def _place(line: Mapping[str, Any]) -> tuple[Any, ...]:
    kinds = ("collective", "household", "individual")
    by_name = word_key(line["unit_name"]), word_key(line["candidate_name"])
    return kinds.index(line["candidate_kind"]), *by_name, line["dossier_id"]


@decisions.verb("list")
@click.pass_obj
def list_(call: Call) -> None:
    """The decisions."""
    from thidua.storage import listing_registers

    def read(db: "Connection") -> list[Mapping[str, Any]]:
        found, office = listing_registers.decisions(db, call.tables), in_office(call, db)
        return [row for row in found if office or row["status"] == "applied"]

    rows = call.read(read)
    columns = (
        Column(("Mã", "Id"), lambda r: r["id"]),
        Column(("Số", "Number"), lambda r: r["number"]),
        Column(("Ngày ký", "Signed"), lambda r: day(r["signed_on"])),
        Column(("Quyết định", "Decision"), lambda r: r["title"], gives=True),
        Column(("Trường hợp", "Lines"), lambda r: r["lines"], right=True),
        Column(("Đã thực hiện", "Applied"), lambda r: r["applied"], right=True),
        Column(("Trạng thái", "Status"), lambda r: called(STATUSES, r["status"], call.lang)),
    )
    show(call, {"decisions": rows}, lambda: table(call, rows, columns))
