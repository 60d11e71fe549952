"""What a season came to, read from the answers of public commands alone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from thidua.cli.label import KINDS, called
from thidua.cli.mails import about
from thidua.cli.table import width
from thidua.demo.player import Player
from thidua.demo.stage import Stage
from thidua.demo.story import Words
from thidua.notifiers.dates import local_time, numeric

Row = Mapping[str, Any]

GAP = 2
LONGEST_BAR = 40

ANSWERED: tuple[tuple[str, Words], ...] = (
    ("in_time", ("đúng hạn", "in time")),
    ("late", ("muộn, vẫn được giữ", "late, kept all the same")),
    ("never", ("không trả lời, được ghi là vậy", "never, recorded as such")),
    ("unsent", ("chưa được gửi đề nghị", "request not sent")),
)


@dataclass(frozen=True, slots=True)
class Epilogue:
    """Tells one dossier's way, who was chosen, who was asked and answered, what was written.

    Each part is the answer of a command that the story's head names.
    """

    player: Player

    @property
    def stage(self) -> Stage:
        """Where it is told."""
        return self.player.stage

    def tell(self) -> None:
        """Everything."""
        self.history()
        self.chosen(self._ask("chosen")["dossiers"])
        self.asked(self._ask("asked"))
        self.written(self._ask("mails")["mails"])

    def chosen(self, rows: Sequence[Row]) -> None:
        """Who was chosen, by group, each kind counted."""
        kinds = Counter(row["candidate_kind"] for row in rows)
        parts = " + ".join(f"{n} {self._kind(kind)}" for kind, n in sorted(kinds.items()))
        self._heading(("Được chọn", "Chosen"), f"{len(rows)} = {parts}")
        names = {row["id"]: row["name"] for row in self._ask("units")["units"]}
        field = self.player.story["group"]
        told = sorted(_Chosen.of(row, names, field, self._kind) for row in rows)
        room = [GAP + max((width(each[i]) for each in told), default=0) for i in (2, 3)]
        before = ""
        for each in told:
            group = each.group if each.group != before else ""
            self.stage.row((group, room[0]), (each.kind, room[1]), (each.who, 0))
            before = each.group

    def asked(self, answer: Mapping[str, Any]) -> None:
        """Who was asked, and who answered in time, late or never; by the day of the answer."""
        seats, totals = answer["seats"], answer["totals"]
        told = f"{totals['seats']} {self.stage.pick(('nơi được hỏi', 'asked'))}"
        self.stage.heading(f"{answer['round']['label']}: {told}")
        for key, words in ANSWERED:
            mine = [seat["name"] for seat in seats if seat[key]]
            if not mine and key == "unsent":
                continue
            named = ", ".join(mine) if key != "in_time" else ""
            self.stage.row((f"{len(mine):>4}", 6), (self.stage.pick(words), 32), (named, 0))
        self.stage.write()
        days = Counter(_day(seat["answered_at"]) for seat in seats if seat["answered_at"])
        for day, count in sorted(days.items()):
            bar = "▇" * max(1, LONGEST_BAR * count // max(days.values()))
            on = numeric(day, lang=self.stage.lang)
            self.stage.write(f"{on:>14}{count:>4}  {self.stage.ink(bar, 'cyan')}")

    def written(self, rows: Sequence[Row]) -> None:
        """How many mails were made, of which kind."""
        kinds = Counter(about(row, self.stage.lang) for row in rows)
        self._heading(("Thư đã gửi", "Mails sent"), str(len(rows)))
        for kind, count in kinds.most_common():
            self.stage.row((f"{count:>4}", 6), (kind, 0))

    def history(self) -> None:
        """One dossier, event by event."""
        words = self.player.story.words("history")
        self._heading(("Nhật ký một hồ sơ", "One dossier's history"), words[-1])
        for line in self.player.show(*words).splitlines():
            self.stage.hung(line)

    def _heading(self, words: Words, told: str) -> None:
        self.stage.heading(f"{self.stage.pick(words)}: {told}")

    def _kind(self, kind: str) -> str:
        return called(KINDS, kind, self.stage.lang)

    def _ask(self, key: str) -> Any:
        return self.player.ask(*self.player.story.words(key))


class _Chosen(NamedTuple):
    """A line of the chosen, in the order of their groups."""

    value: str
    code: str
    group: str
    kind: str
    who: str

    @classmethod
    def of(
        cls, row: Row, names: Mapping[str, str], field: str, called: Callable[[str], str]
    ) -> "_Chosen":
        value = str(row["fields"][field])
        group = names.get(value, value)
        where = row["unit_name"] if row["unit_name"] != group else ""
        who = ", ".join(filter(None, (row["candidate_name"], where)))
        code = row["candidate_kind"]
        return cls(value, code, group, called(code), who)


def _day(at: str) -> Any:
    return local_time(datetime.fromisoformat(at)).date()
