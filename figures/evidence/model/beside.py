"""What an act keeps beside the journal's bytes: words and names, each under a name of its own."""

from collections.abc import Iterable
from typing import Any

PARTS = {
    "candidate": ("candidate.name", "candidate.person"),
    "fields": ("field.",),
    "notes": ("note", "opinion", "spoke_to"),
    "documents": ("name", "pages"),
    "signers": ("paper.signer",),
}
"""What each part of a dossier takes away; what ends in a dot begins names. A vote is in none."""


def kept(command: Any) -> set[str]:
    """The names of what an act with this command leaves."""
    kind = type(command).__name__
    if kind == "Cast" and command.round == "panel" and command.way == "electronic":
        return set()
    found = {"note"} if command.note is not None else set()
    if command.ground is not None and command.ground.signer is not None:
        found.add("paper.signer")
    if kind == "Create":
        found.add("candidate.name")
    found |= {f"field.{name}" for name in getattr(command, "fields", ())}
    own = {"Attach": "name", "Cast": "choice", "BreakTie": "choice", "Prepare": "opinion"}
    return found | {own[kind]} if kind in own else found


def meant(name: str, parts: Iterable[str]) -> bool:
    """Whether a name is among the parts."""
    stems = [stem for part in parts for stem in PARTS.get(part, (part,))]
    return any(name == stem or (stem.endswith(".") and name.startswith(stem)) for stem in stems)
