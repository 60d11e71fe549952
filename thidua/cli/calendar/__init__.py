"""`thidua calendar`: which days are worked, how that was ordered, and what a change moves."""

from thidua.cli.calendar import change, history, month, move
from thidua.cli.shell import Noun

calendar = Noun("calendar")

for _each in (
    month.show_, change.correct, change.off, change.work, change.swap, history.history,
    move.reproject, month.draft,
):  # fmt: skip
    calendar.add_command(_each)
