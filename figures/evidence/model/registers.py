"""What the model's registers share: what there is, and who may change it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from figures.evidence.model import book
from figures.evidence.model.case import No, Turn
from figures.evidence.model.world import Case, World

Codes = frozenset[str]
DONE: Codes = frozenset()


@dataclass
class Registers:
    """The world and its dossiers; `_act` is one act of a dossier."""

    world: World = field(default_factory=lambda: World(book.days()))
    cases: dict[str, Case] = field(default_factory=dict)

    def _act(
        self, key: str, command: Any, by: tuple[str, str | None], now: datetime,
        command_id: str | None, expect: int | None,
    ) -> None:  # fmt: skip
        raise NotImplementedError

    def _end(self, t: Turn, command_id: str | None = None, *, new: bool = False) -> None:
        raise NotImplementedError

    def _may(self, actor: str, act: str) -> None:
        if not {role for role, _ in book.PEOPLE[actor]} & set(book.may(act)):
            raise No("not-allowed")

    @staticmethod
    def _told(work: Callable[..., None], *args: Any, **terms: Any) -> Codes:
        try:
            work(*args, **terms)
        except No as no:
            return no.codes
        return DONE
