"""Windows: the time of the year in which a dossier may come."""

from typing import Literal

from pydantic import Field

from thidua.definitions.schema.scalar import Name, OfYear, OnDay, YesNo
from thidua.definitions.schema.shape import Labelled
from thidua.workflow.due import Fixed
from thidua.workflow.window import WindowRule


class WindowShape(Labelled):
    """`{vi: …, en: …, from: FIELD, opens: 1 January, closes: 31 October, of: year after,
    rolls: no, counts_by: postmark | receipt | today, ground: …}`.
    """

    missing = {"ground": "number-without-ground", "rolls": "fixed-without-rolling"}

    from_: Name = Field(alias="from")
    opens: OnDay
    closes: OnDay
    of: OfYear = "next"
    rolls: YesNo
    counts_by: Literal["postmark", "receipt", "today"] = "today"
    ground: Name

    def value(self, name: str) -> WindowRule:
        """The rule under its name."""
        closes = Fixed(self.closes, self.rolls, self.of)
        return WindowRule(
            name, self.label, self.from_, self.opens, closes, self.ground, self.counts_by
        )
