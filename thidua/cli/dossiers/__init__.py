"""`thidua dossiers`: nomination dossiers, listed, shown, moved and mended."""

from thidua.cli.classifying import classify
from thidua.cli.dossiers import (
    act,
    desk,
    document,
    draw,
    entry,
    evidence,
    history,
    informing,
    mend,
    pause,
    roll,
    view,
)
from thidua.cli.erasing import redact
from thidua.cli.shell import Noun

dossiers = Noun("dossiers")

for _each in (
    entry.import_, roll.list_, view.show_, history.history, draw.draw, act.act, entry.attach,
    desk.assign,
    pause.return_, pause.supplement, pause.hold, pause.release, act.withdraw, act.recall,
    mend.correct, desk.extend, desk.waive, desk.redeem, desk.recuse, act.revoke, mend.reply,
    informing.inform, document.document, evidence.evidence, redact, classify,
):  # fmt: skip
    dossiers.add_command(_each)
