"""Secret ballots at the command line: what a voter is told, the published box, lost keys."""

import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.label import CHOICES, OUTCOMES, called
from thidua.cli.language import Words, pick
from thidua.cli.option import ACT
from thidua.cli.rules import rules_of
from thidua.cli.screen import say, show, table, warn
from thidua.cli.shell import Verb
from thidua.cli.table import Column
from thidua.workflow.command import Command, VoidBallot
from thidua.workflow.errors import Refused, ThiduaError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.published import Published
    from thidua.workflow.procedure import RoundRule

HIDDEN = "-"
"""In the place of a choice: it is asked for and not shown, and stands in no list of commands."""

TOLD: Words = (
    "Bỏ phiếu kín: không ai xem được phiếu của từng người, kể cả sau khi kiểm phiếu. Hội đồng có "
    "{count} người bỏ phiếu: nếu mọi phiếu giống nhau thì kết quả cho biết phiếu của tất cả.",
    "A secret ballot: nobody can see who voted how, not even after the count. The council has "
    "{count} voters: when all vote alike, the result tells how each of them voted.",
)
OPENLY: Words = (
    "Phiếu bằng văn bản được ghi là phiếu công khai của thành viên đó.",
    "A written vote is recorded as an open vote of that member.",
)
CHOICE: Words = ("Lựa chọn (for, against, abstain)", "Choice (for, against, abstain)")
SURE: Words = (
    "Mở hòm phiếu và kiểm phiếu {count} hồ sơ? Sau đó không ai bỏ phiếu được nữa (y: có, n: không)",
    "Open the boxes and count {count} dossiers? Nobody can vote after that",
)
AGREE: Words = ("khớp", "agrees")
DIFFER: Words = ("KHÔNG KHỚP", "DIFFERS")
RIGHT: Words = (
    "{ref}: kiểm lại từ hòm phiếu đã công bố, {count} hồ sơ đều khớp.",
    "{ref}: counted again from the published boxes, in agreement: {count} dossiers.",
)
NONE: Words = (
    "{ref}: chưa có hồ sơ nào kiểm phiếu.",
    "{ref}: no dossier has been counted yet.",
)
LEFT: Words = (
    "Việc đã ghi xong, nhưng khóa của hòm phiếu đã kiểm chưa hủy được: {problem} "
    "Sau đó chạy `thidua votes destroy-keys`.",
    "What was asked is done, but the keys of counted boxes could not be destroyed: {problem} "
    "Then run `thidua votes destroy-keys`.",
)
GONE: Words = ("Đã hủy {count} khóa.", "Destroyed {count} keys.")


def tell_voter(call: Call, rule: "RoundRule", voters: int, way: str) -> None:
    """Say before a secret vote what keeps it secret and what does not."""
    if rule.secret and not call.as_json:
        warn(call, OPENLY if way == "written" else TOLD, count=voters)


def asked(call: Call, choice: str) -> str:
    """The choice as said, or asked for without showing it; from a pipe its first line."""
    if choice != HIDDEN:
        return choice
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return str(click.prompt(pick(CHOICE, call.lang), hide_input=True))


def sure(call: Call, choice: Choice) -> Choice | None:
    """The choice, agreed to; None when it is not. No plan of what the counts would come to is
    shown: that would tell them without a close.
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if choice.single or choice.yes or call.dry or call.as_json or not terminal:
        return choice
    count = len(call.read(lambda db: choice.listed(call, db)))
    if count > 1 and not click.confirm(pick(SURE, call.lang, count=count)):
        return None
    return replace(choice, yes=True)


def destroy(call: Call) -> int:
    """Destroy the keys of boxes whose count is committed."""
    return 0 if call.dry else call.place.wf.destroy_keys(call.place.engine)


def tidy(call: Call) -> None:
    """The same behind what is committed: it was done, also where the keys are out of reach."""
    try:
        destroy(call)
    except (ThiduaError, OSError) as problem:
        told = problem.text(call.lang) if isinstance(problem, ThiduaError) else str(problem)
        warn(call, LEFT, problem=told)


def _published(call: Call, ref: str) -> tuple[Mapping[str, Any], "list[Published]"]:
    from thidua.published import published
    from thidua.storage import listing_rounds

    def look(db: "Connection") -> tuple[Mapping[str, Any], "list[Published]"]:
        found = listing_rounds.find(db, call.tables, ref)
        rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
        if rule.kind != "ballot":
            raise Refused.of("not-that-kind", round=ref, kind="ballot")
        return found, list(published(db, call.tables, rule, found["id"]))

    return call.read(look)


@click.command("box", cls=Verb)
@click.argument("round_", metavar="ROUND")
@click.pass_obj
def box(call: Call, *, round_: str) -> None:
    """The published box."""
    found, boxes = _published(call, round_)
    answer = {"round": found["ref"], "boxes": [asdict(each) for each in boxes]}

    def write() -> None:
        if not boxes:
            say(call, NONE, ref=found["ref"])
            return
        table(call, boxes, (
            Column(("Hồ sơ", "Dossier"), lambda b: b.dossier),
            Column(("Phiếu kín", "Slips"), lambda b: _said(call, b.slips), gives=True),
            Column(("Phiếu công khai", "Open votes"), lambda b: _said(call, b.openly), gives=True),
            Column(("Phiếu giấy", "Papers"), lambda b: b.papers.get("returned", ""), right=True),
            Column(("Kết quả", "Result"), lambda b: called(OUTCOMES, b.outcome, call.lang)),
        ))  # fmt: skip

    show(call, answer, write)


def _said(call: Call, choices: tuple[str, ...]) -> str:
    return ", ".join(called(CHOICES, each, call.lang) for each in choices)


@click.command("verify", cls=Verb)
@click.argument("round_", metavar="ROUND")
@click.pass_obj
def verify(call: Call, *, round_: str) -> int:
    """Count again from the published box."""
    found, boxes = _published(call, round_)
    wrong = [each for each in boxes if not each.agrees]
    answer = {
        "round": found["ref"], "agrees": not wrong,
        "dossiers": [{**asdict(each), "agrees": each.agrees} for each in boxes],
    }  # fmt: skip

    def write() -> None:
        if not boxes:
            say(call, NONE, ref=found["ref"])
            return
        table(call, boxes, _columns(call))
        if not wrong:
            say(call, RIGHT, ref=found["ref"], count=len(boxes))

    show(call, answer, write)
    return int(bool(wrong))


def _columns(call: Call) -> tuple[Column, ...]:
    def two(name: str) -> Any:
        return lambda b: f"{b.again[name]} / {b.counts.get(name, 0)}"

    return (
        Column(("Hồ sơ", "Dossier"), lambda b: b.dossier),
        Column(("Đồng ý", "For"), two("votes_for"), right=True),
        Column(("Không", "Against"), two("votes_against"), right=True),
        Column(("Ý kiến khác", "Abstained"), two("abstained"), right=True),
        Column(("Kết quả", "Result"), lambda b: called(OUTCOMES, b.outcome_again, call.lang)),
        Column(("Đối chiếu", "Against the close"),
               lambda b: pick(AGREE if b.agrees else DIFFER, call.lang)),
    )  # fmt: skip


@click.command("void", cls=Verb, takes=ACT)
@click.argument("round_", metavar="ROUND")
@chosen
@click.pass_obj
def void(call: Call, /, *, round_: str, **choice: Any) -> int:
    """Declare a ballot void whose box cannot be opened."""
    found, _ = _published(call, round_)
    command = VoidBallot(found["name"], **call.terms)
    picked = Choice(**choice)
    told = picked.ids or picked.from_file is not None or picked.filters
    picked = picked if told else replace(picked, in_round=found["id"])

    def make(_db: "Connection", _dossier: str) -> Command:
        return command

    code = carry_out(call, picked, make)
    tidy(call)
    return code


@click.command("destroy-keys", cls=Verb)
@click.pass_obj
def destroy_keys(call: Call) -> None:
    """Destroy keys that are needed no more."""
    count = destroy(call)
    show(call, {"destroyed": count}, lambda: say(call, GONE, count=count))
