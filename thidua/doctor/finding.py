"""One thing found when an installation is looked over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from thidua.notifiers import dates
from thidua.workflow.errors import Reason
from thidua.workflow.wording import say

Level = Literal["stop", "warn", "note"]
LEVELS: tuple[Level, ...] = ("stop", "warn", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know: "stop" before any further work, "warn" soon, "note" at leisure."""

    code: str
    level: Level
    fields: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """What it is and what to do, in "vi" or "en"."""
        shown = {name: _shown(value, lang) for name, value in self.fields.items()}
        return say(self.code, shown, lang)


def _shown(value: Any, lang: str) -> Any:
    if isinstance(value, datetime):
        return dates.moment(value, lang=lang)
    return value.text(lang) if isinstance(value, Reason) else value


def pressing(found: Iterable[Finding]) -> list[Finding]:
    """The most pressing first; the order within a level stays."""
    return sorted(found, key=lambda each: LEVELS.index(each.level))
