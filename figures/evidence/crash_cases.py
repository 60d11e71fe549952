"""Every act on a dossier as a use case: what goes before it, and how it is done and repeated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from figures.evidence.crash_stage import NOW, PAPER, Stage, proposal
from thidua import (
    Answer,
    Assign,
    Attach,
    By,
    Cast,
    Close,
    Command,
    Correct,
    Done,
    Extend,
    Fire,
    Hold,
    Recall,
    Recuse,
    Redeem,
    Release,
    Reply,
    Return,
    Supplement,
    Transfer,
    Waive,
    Withdraw,
)
from thidua.workflow import command as c
from thidua.workflow import erasure as e
from thidua.workflow import exchange as x
from thidua.workflow.paper import Enclosure

Do = Callable[[Stage, Connection], Any]
Step = tuple[str, Command]
Found = Callable[[Stage, Connection, str], Command]
"""A command that names what only the database knows."""

LATER, NOTE = date(2018, 8, 31), "lý do"
SEAT, OTHER = "department@d0", "department@d1"
REPORT = Attach("report", "ab" * 32, 10, "application/pdf", "báo cáo.pdf")
SCAN = Enclosure("cd" * 32, 10, "application/pdf", "văn bản.pdf")


@dataclass(frozen=True, slots=True)
class Case:
    """One use case, all of it in one transaction.

    `before` is done first, act by act. What is `idempotent` changes nothing more when it is done
    again, and, if it `tells`, says the same. What is sealed for a secret ballot is another text
    every time: such cases are only compared row by row (`alike`).
    """

    name: str
    do: Do
    before: Callable[[Stage], None]
    kind: type[Command] | None = None
    idempotent: bool = False
    tells: bool = True
    alike: bool = False

    def repeats(self, told: Any, result: Any) -> bool:
        """Whether what a repeat was told is what the first time came to."""
        return not self.tells or _plain(told) == _plain(result)


def _plain(result: Any) -> Any:
    return replace(result, repeated=False) if isinstance(result, Done) else result


def way(state: str) -> list[Step]:
    steps: dict[str, list[Step]] = {
        "new": [],
        "appraisal": [("officer", REPORT), ("officer", Fire("accept"))],
        "consulted": [("appraiser", Fire("consult"))],
        "council": [*((f"d{n}", Answer("opinions", "agree")) for n in range(3)),
                    ("officer", Fire("convene", meeting="k1"))],
        "submitted": [*((f"m{n}", Cast("vote", "for")) for n in range(4)),
                      ("teller", Close("vote"))],
    }  # fmt: skip
    other: dict[str, list[Step]] = {
        "ranked": [("officer", Fire("rank", meeting="k1"))],
        "secret": [("officer", Fire("seal", meeting="k1"))],
    }
    if state in other:
        return [*way("appraisal"), *other[state]]
    names = list(steps)
    return [step for name in names[: names.index(state) + 1] for step in steps[name]]


def _votes(round_: str, choices: Sequence[str]) -> list[Step]:
    return [(f"m{n}", Cast(round_, choice)) for n, choice in enumerate(choices)]


def live(stage: Stage, dossier: str, steps: Sequence[Step], campaign: str | None = None) -> None:
    with stage.engine.begin() as db:
        stage.propose(db, dossier, campaign)
    for by, command in steps:
        stage.act(dossier, command, by)


def _acted(
    state: str, by: str, command: Command, *before: Step, name: str = "", find: Found | None = None,
    then: Do | None = None, alike: bool = False,
) -> Case:  # fmt: skip
    """An act on a dossier that stands in a state, after other acts there."""
    told = f"-{command.trigger}" if isinstance(command, Fire) else ""
    key = name or f"{type(command).__name__}{told}"

    at = OVERDUE if isinstance(command, c.Expire) else NOW

    def do(stage: Stage, db: Connection) -> Done:
        asked = command if find is None else _found(find, stage, key)
        if by == "engine":
            return stage.wf.act_as_engine(db, key, asked, at)
        return stage.wf.act(db, key, asked, by=By(by), command_id="once", now=at)

    def prepare(stage: Stage) -> None:
        live(stage, key, [*way(state), *before])
        if then is not None:
            with stage.engine.begin() as db:
                then(stage, db)

    return Case(key, do, prepare, type(command), idempotent=by != "engine", alike=alike)


def _found(find: Found, stage: Stage, key: str) -> Command:
    """On a connection of its own: what the host looks up itself is no part of the act."""
    with stage.reading() as db:
        return find(stage, db, key)


def _effect(stage: Stage, db: Connection, dossier: str) -> Command:
    t = stage.wf.tables.task.c
    mine = (t.dossier_id == dossier) & (t.kind == "effect") & (t.status == "open")
    return c.Expire(db.execute(select(t.n).where(mine)).scalar_one())


def _desk(stage: Stage, db: Connection, dossier: str) -> Command:
    t = stage.wf.tables.task.c
    mine = (t.dossier_id == dossier) & (t.kind == "desk") & (t.status == "open")
    return Assign(
        db.execute(select(t.n).where(mine).order_by(t.n)).scalars().first() or 0, "officer"
    )


def _onto(stage: Stage, db: Connection, _: str) -> Command:
    p = stage.wf.tables.procedure.c
    return c.Migrate(db.execute(select(p.hash).where(p.version == "2")).scalar_one(), ground=PAPER)


def _lose_keys(stage: Stage, _: Connection) -> None:
    assert stage.wf.keys is not None
    for key in list(stage.wf.keys.made()):
        stage.wf.keys.destroy(key)


ASKED: Step = ("d0", x.AskBack("opinions", SEAT, note=NOTE))
AGAINST: Step = ("d0", Answer("opinions", "disagree", note=NOTE))
AGREED = [(f"d{n}", Answer("opinions", "agree")) for n in (1, 2)]
TIED = _votes("vote", ("for", "for", "against", "against"))
OVERDUE = NOW + timedelta(days=30)


def _create(stage: Stage, db: Connection) -> Done:
    return stage.wf.create(
        db, proposal("create"), by=By("proposer"), dossier_id="create", command_id="once"
    )


def _nothing(_: Stage) -> None:
    """A case that needs nothing before it."""


def acts() -> Iterator[Case]:
    """Every act, in the state where it may be done."""
    yield from _steps()
    yield from _asked()
    yield from _council()
    yield from _desk_acts()


def _steps() -> Iterator[Case]:
    """Creation and the steps of the procedure."""
    yield _acted("new", "officer", Fire("accept"), ("officer", REPORT))
    yield _acted("appraisal", "appraiser", Fire("consult"))
    yield _acted("appraisal", "appraiser", Fire("reject", note=NOTE))
    yield _acted("consulted", "officer", Fire("convene", meeting="k1"),
                 ("officer", Close("opinions")))  # fmt: skip
    yield _acted("submitted", "minister", Fire("decline", note=NOTE))
    yield _acted("appraisal", "officer", Fire("rank", meeting="k1"))
    yield _acted("appraisal", "officer", Fire("seal", meeting="k1"))
    yield _acted("appraisal", "officer", Fire("pass_on"))
    yield Case("create", _create, _nothing, c.Create, idempotent=True)


def _asked() -> Iterator[Case]:
    """What goes between the office and those it asks."""
    yield _acted("consulted", "d0", Answer("opinions", "agree", enclosed=(SCAN,)))
    yield _acted("consulted", "d0", Answer("opinions", "agree"), *AGREED, name="last-answer")
    yield _acted("consulted", "officer", Reply("opinions", SEAT, note=NOTE), AGAINST)
    yield _acted("consulted", "d0", x.Look("opinions", SEAT))
    yield _acted("consulted", "d0", x.Prepare("opinions", "agree", SEAT, note=NOTE))
    yield _acted("consulted", *ASKED)
    yield _acted("consulted", "officer", x.AnswerBack("opinions", SEAT, note=NOTE), ASKED)
    yield _acted("consulted", "d0", x.Inform(SEAT, note=NOTE))
    yield _acted("consulted", "officer", x.Excuse("opinions", SEAT, note=NOTE))
    yield _acted("consulted", "officer", x.Request("opinions", note=NOTE))
    yield _acted("consulted", "officer", x.Include("opinions", "department@d9", note=NOTE))
    yield _acted("consulted", "officer", x.CancelRound("opinions", note=NOTE))
    yield _acted("consulted", "officer", x.Reopen("opinions", note=NOTE),
                 ("officer", x.CancelRound("opinions", note=NOTE)))  # fmt: skip
    yield _acted("consulted", "officer", Extend("opinions", LATER, note=NOTE))
    yield _acted("consulted", "officer", c.Contact(SEAT, "phone", note=NOTE))
    yield _acted("consulted", "officer", c.Promise("opinions", SEAT, date(2018, 6, 29)))
    yield _acted("consulted", "officer", Close("opinions"))


def _council() -> Iterator[Case]:
    """Ballots, open, ranked and secret."""
    yield _acted("council", "m0", Cast("vote", "for"))
    yield _acted("council", "teller", Close("vote"), *_votes("vote", ["for"] * 4),
                 name="close-ballot")  # fmt: skip
    yield _acted("council", "chair", c.BreakTie("vote", "for"), *TIED,
                 ("teller", Close("vote")))  # fmt: skip
    yield _acted("council", "officer", c.PutOff("vote", note=NOTE))
    yield _acted("council", "officer", c.PutTo("vote", "k2"),
                 ("officer", c.PutOff("vote", note=NOTE)))  # fmt: skip
    yield _acted("council", "officer", Recuse("member:m1"))
    yield _acted("ranked", "engine", c.Settle("ranking", "passed"),
                 *_votes("ranking", ["for"] * 4), ("teller", Close("ranking")))  # fmt: skip
    yield _acted("secret", "m0", Cast("box", "for"), name="secret-cast", alike=True)
    yield _acted("secret", "teller", Close("box"), *_votes("box", ["for"] * 4),
                 name="secret-close", alike=True)  # fmt: skip
    yield _acted("secret", "teller", c.VoidBallot("box", note=NOTE),
                 *_votes("box", ["for"] * 2), then=_lose_keys, alike=True)  # fmt: skip


def _desk_acts() -> Iterator[Case]:
    """What the engine itself offers on a dossier."""
    yield _acted("new", "officer", REPORT)
    yield _acted("appraisal", "officer", Assign(0, None), find=_desk)
    yield _acted("appraisal", "officer", Return(("merit",), note=NOTE))
    yield _acted("appraisal", "proposer", Supplement({"merit": "khá"}),
                 ("officer", Return(("merit",), note=NOTE)))  # fmt: skip
    yield _acted("consulted", "officer", Hold(note=NOTE))
    yield _acted("consulted", "officer", Release(), ("officer", Hold(note=NOTE)))
    yield _acted("appraisal", "officer", Correct({"merit": "khá"}, note=NOTE))
    waived = Waive("documents.complete", LATER, ground=PAPER)
    yield _acted("new", "minister", waived)
    yield _acted("new", "officer", Redeem("documents.complete", ground=PAPER),
                 ("minister", waived))  # fmt: skip
    yield _acted("new", "officer", Transfer("s1"))
    yield _acted("new", "officer", Transfer("s2", ground=PAPER), ("officer", Transfer("s1")),
                 name="move-dossier")  # fmt: skip
    yield _acted("appraisal", "officer", Recall())
    yield _acted("consulted", "proposer", Withdraw())
    yield _acted("consulted", "engine", c.Expire(0), find=_effect)
    yield _acted("consulted", "officer", c.Migrate(""), find=_onto)
    yield _acted("new", "officer",
                 e.RefuseErasure(("candidate",), "request", ground=PAPER, note=NOTE))  # fmt: skip
    yield _acted("new", "officer",
                 e.Redact(("candidate",), "ordered", ground=PAPER, note=NOTE))  # fmt: skip
