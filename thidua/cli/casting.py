"""What a list of votes will say of each dossier: told before it is cast, for it stays so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thidua.cli.call import Call
from thidua.cli.label import CHOICES, called
from thidua.cli.language import Words, pick
from thidua.cli.screen import say
from thidua.workflow.errors import Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

CASTING: Words = (
    "Phiếu (bỏ rồi không sửa được): {told}.",
    "Votes (they cannot be changed once cast): {told}.",
)
MANY: Words = ("{choice}: {count} hồ sơ", "{choice}: {count} dossiers")
APART: Words = ("{choice}: {dossier}", "{choice}: {dossier}")
TYPED: Words = ("lựa chọn vừa nhập", "the choice just entered")


@dataclass(slots=True)
class Casting:
    """The votes of one command: the choice for all, and the dossiers apart from it.

    It goes along with the acts; `Unknown` when a dossier that is excepted is not among them. Of a
    `secret` ballot no choice is told: the answer is the same whatever was voted.
    """

    call: Call
    said: str
    apart: Mapping[str, str]
    hidden: bool
    secret: bool
    tried: set[str] = field(default_factory=set)
    cast: set[str] = field(default_factory=set)
    shown: bool = False

    def choice(self, dossier: str) -> str:
        """What is voted on a dossier."""
        self.tried.add(dossier)
        return self.apart.get(dossier, self.said)

    def beside(self, db: "Connection", dossier: str) -> None:  # noqa: ARG002 -- of `Along`
        """Keep which votes are taken."""
        self.cast.add(dossier)

    def finished(self) -> None:
        """Say the choices, once."""
        strange = sorted(set(self.apart) - self.tried)
        if strange:
            raise Unknown("not-chosen", dossier=", ".join(strange))
        told = self.shown or self.secret or self.call.as_json
        if len(self.cast) > 1 and not told:
            self.shown = True
            say(self.call, CASTING, told="; ".join(self._told()))

    def _told(self) -> list[str]:
        lang, rest = self.call.lang, self.cast - set(self.apart)
        main = pick(TYPED, lang) if self.hidden else called(CHOICES, self.said, lang)
        told = [pick(MANY, lang, choice=main, count=len(rest))] if rest else []
        for dossier, choice in sorted(self.apart.items()):
            if dossier in self.cast:
                words = called(CHOICES, choice, lang)
                told.append(pick(APART, lang, choice=words, dossier=dossier))
        return told
