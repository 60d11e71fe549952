"""`thidua retention`: how long dossiers are kept, what is past its period, and erasing that."""

from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.erasing import scrubbed
from thidua.cli.language import Words, pick
from thidua.cli.option import ACT, DRY_RUN, PAPER
from thidua.cli.refused import Against, write_refused
from thidua.cli.screen import agreed, day, say, show, table, title
from thidua.cli.shell import Noun, option
from thidua.cli.table import Column
from thidua.workflow.erasure import OF_DOSSIER, Redact
from thidua.workflow.errors import Busy, Misuse, Refused

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.erasure import Past, Standing

retention = Noun("retention")

Line = dict[str, Any]

CLASSES: Words = ("Thời hạn lưu trữ", "How long dossiers are kept")
GROUNDS: Words = ("Căn cứ xóa dữ liệu", "Grounds for erasing")
OVER: Words = ("Hồ sơ đã hết thời hạn lưu trữ: {count}", "Dossiers past their period: {count}")
ASSUMED: Words = ("chưa xác nhận", "not confirmed")
FOR_GOOD: Words = ("vĩnh viễn", "for good")
YEARS: Words = ("{years} năm", "{years} years")
EARLY: Words = ("trong thời hạn lưu trữ", "within the period too")
LATE: Words = ("khi hết thời hạn lưu trữ", "once the period is over")
CONFIRMED: Words = (
    "Đã xác nhận loại “{name}”: {years}.",
    "The class “{name}” is confirmed: {years}.",
)
ASKED: Words = (
    "Dữ liệu bị xóa không khôi phục được. Xóa dữ liệu cá nhân của {count} hồ sơ trên?",
    "What is erased cannot be brought back. Erase the personal values of {count} dossiers?",
)
DONE: Words = ("Đã xóa {done} hồ sơ; {refused} hồ sơ chưa xóa được.",
               "Erased {done} dossiers; {refused} were not.")  # fmt: skip


def _period(call: Call, years: int | None) -> str:
    return pick(FOR_GOOD, call.lang) if years is None else pick(YEARS, call.lang, years=years)


@retention.verb("list")
@click.pass_obj
def list_(call: Call) -> None:
    """Classes, grounds, and what is past its period."""
    from thidua.erasure import rules_of_keeping

    def read(db: "Connection") -> tuple[list[Line], list[Line]]:
        call.by(db)
        erasure = call.place.wf.erasure
        classes = [_class(call, each) for each in erasure.classes(db)]
        return classes, [_past(each) for each in erasure.past(db, call.now)]

    classes, over = call.read(read)
    grounds = [
        {"basis": b.name, "label": b.label[call.lang], "early": b.early, "ground": b.ground,
         "certainty": b.certainty} for b in rules_of_keeping().bases.values()
    ]  # fmt: skip

    def write() -> None:
        title(call, CLASSES)
        table(call, classes, (
            Column(("Loại", "Class"), lambda r: r["class"]),
            Column(("Hồ sơ", "Dossiers"), lambda r: r["label"], gives=True),
            Column(("Dự kiến", "Declared"), lambda r: _period(call, r["declared"])),
            Column(("Đã xác nhận", "Confirmed"), lambda r: _period(call, r["years"])
                   if r["confirmed"] else pick(ASSUMED, call.lang)),
            Column(("Căn cứ dự kiến", "Declared on"), lambda r: r["ground"], gives=True),
        ))  # fmt: skip
        click.echo()
        title(call, GROUNDS)
        table(call, grounds, (
            Column(("Căn cứ", "Ground"), lambda r: r["basis"]),
            Column(("Nội dung", "What it is"), lambda r: r["label"], gives=True),
            Column(("Xóa được", "Holds"), lambda r: pick(EARLY if r["early"] else LATE, call.lang)),
        ))  # fmt: skip
        click.echo()
        _write_past(call, over)

    show(call, {"classes": classes, "grounds": grounds, "past": over}, write)


def _class(call: Call, each: "Standing") -> Line:
    return {"class": each.name, "label": each.label[call.lang], "declared": each.declared,
            "ground": each.ground, "certainty": each.certainty, "confirmed": each.confirmed,
            "years": each.years}  # fmt: skip


def _past(each: "Past") -> Line:
    return {"dossier": each.dossier_id, "class": each.retention,
            "until": each.until_on.isoformat()}  # fmt: skip


def _write_past(call: Call, over: list[Line]) -> None:
    title(call, OVER, count=len(over))
    if over:
        table(call, over, (
            Column(("Hồ sơ", "Dossier"), lambda r: r["dossier"]),
            Column(("Loại", "Class"), lambda r: r["class"]),
            Column(("Lưu đến hết", "Kept until"), lambda r: day(r["until"])),
        ))  # fmt: skip


@retention.verb("confirm", takes=(*PAPER, DRY_RUN))
@click.argument("name", metavar="CLASS")
@option("--years", type=click.IntRange(1, 200), metavar="N", said=(
    "Số năm, tính từ hết năm kết thúc hồ sơ.",
    "Years, from the end of the year in which a dossier was closed."))  # fmt: skip
@option("--for-good", is_flag=True, said=("Lưu trữ vĩnh viễn.", "Kept for good."))
@click.pass_obj
def confirm(call: Call, *, name: str, years: int | None, for_good: bool) -> None:
    """Confirm a class."""
    if (years is None) != for_good:
        raise Misuse("years-or-good")
    paper = call.paper
    if paper is None:
        raise Refused.of("ground-missing", decider="-")
    erasure = call.place.wf.erasure
    call.change(
        lambda db: erasure.confirm(db, name, years, by=call.by(db), ground=paper, now=call.now)
    )
    told = {"class": name, "years": years}
    show(call, told, lambda: say(call, CONFIRMED, name=name, years=_period(call, years)))


@retention.verb("erase", takes=ACT)
@option("--yes", is_flag=True, said=("Xóa ngay, không hỏi.", "Erase without asking."))
@click.pass_obj
def erase(call: Call, *, yes: bool) -> int:
    """Erase what is past its period."""
    over = call.read(lambda db: [_past(each) for each in call.place.wf.erasure.past(db, call.now)])
    if not yes and not call.dry and over and not _agreed(call, over):
        return 0
    against = [reason for each in over for reason in _against(call, each["dossier"])]
    refused = {each.who for each in against}
    done = [each["dossier"] for each in over if each["dossier"] not in refused]
    if done and not call.dry:
        scrubbed(call)
    told = {"done": len(done), "refused": len(refused), "dossiers": done,
            "reasons": [{"dossier": each.who, "code": each.code, "text": each.why}
                        for each in against]}  # fmt: skip

    def write() -> None:
        write_refused(call, against)
        say(call, DONE, done=len(done), refused=len(refused))

    show(call, told, write)
    return int(bool(refused))


def _agreed(call: Call, over: list[Line]) -> bool:
    if not call.as_json:
        _write_past(call, over)
    return agreed(call, ASKED, Misuse("say-yes", count=len(over)), count=len(over))


def _against(call: Call, dossier: str) -> list[Against]:
    """Erase one dossier, in a transaction of its own, so that an interrupted run goes on where it
    was: what stands in its way, nothing when it is done.
    """
    erasure, command = call.place.wf.erasure, Redact(OF_DOSSIER, "period_ended", **call.terms)
    try:
        asked = call.change(
            lambda db: erasure.redact(db, dossier, command, by=call.by(db), now=call.now)
        )
    except (Refused, Busy) as error:
        reasons = error.reasons
    else:
        reasons = () if asked.refused is None else asked.refused.reasons
    against = [Against(dossier, each.text(call.lang), each.code) for each in reasons]
    return list(dict.fromkeys(against))
