"""Every act on a dossier and every change of a register, once, in one database."""

from itertools import chain
from pathlib import Path

from figures.evidence.crash_cases import live, way
from figures.evidence.crash_registers import chains
from figures.evidence.crash_stage import NOW, OFFICER, PAPER, Stage
from thidua import Transfer
from thidua.definitions.levels import load_levels
from thidua.erasure import rules_of_keeping
from thidua.storage.imports import put


def play(path: Path) -> Stage:
    """The office whose use cases the failpoints go through, with all of them done."""
    stage = Stage.new(f"sqlite:///{path}")
    for case in chain.from_iterable(chains()):
        case.before(stage)
        with stage.engine.begin() as db:
            case.do(stage, db)
    _more(stage)
    return stage


def _more(stage: Stage) -> None:
    """What no use case of the failpoints does."""
    wf, level, kept = stage.wf, next(iter(load_levels())), next(iter(rules_of_keeping().classes))
    live(stage, "case", way("council"))
    with stage.engine.begin() as db:
        wf.act(db, "Transfer", Transfer("s2", ground=PAPER), by=OFFICER, now=NOW)
        wf.meetings.cases.defer(db, "k1", "case", "vote", by=OFFICER, note="Chờ xác minh", now=NOW)
        wf.classification.give(db, "Correct", level, by=OFFICER, ground=PAPER, now=NOW)
        wf.erasure.confirm(db, kept, 20, by=OFFICER, ground=PAPER, now=NOW)
        gone = {"id": "left", "name": "Đỗ Văn Cũ", "lang": "vi", "account": None}
        wf.directory.enter(db, "people", lambda db: put(db, wf.tables.person, [gone]), by=OFFICER)
        wf.directory.erase(db, "left", next(iter(rules_of_keeping().bases)), by=OFFICER,
                           ground=PAPER, now=NOW)  # fmt: skip
