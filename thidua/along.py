"""The files of what the office says to a seat: which go along with a mail, and their bytes."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from thidua.files import Files, whole
from thidua.lookup import Lookup
from thidua.notifiers.headers import NAME_CAP, clean
from thidua.notifiers.letter import Attachment, is_type
from thidua.storage.notices import Paper, Told, papers
from thidua.workflow.journal import canonical

log = logging.getLogger("thidua")

KINDS = ("request", "answer_back")
"""What the office says to a seat it has asked, as notices of the exchange call it."""

ANY_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Along:
    """By notice its files, where the procedure sends them along; at most so many bytes a mail."""

    papers: Mapping[tuple[str, int], Sequence[Paper]]
    most: int

    @classmethod
    def of(cls, look: Lookup, told: Iterable[Told], most: int) -> "Along":
        """Read in one query, and none where no notice has such files."""
        wanted = {(e.dossier_id, e.occurrence) for e in told if most and _goes_along(look, e)}
        return cls(papers(look.db, look.tables, wanted), most)

    def without(self, told: Iterable[Told]) -> list[Told]:
        """The notices without their files' names, which stand at the foot of the letter."""
        return [
            replace(each, context={**each.context, "enclosed": []})
            if (each.dossier_id, each.occurrence) in self.papers else each
            for each in told
        ]  # fmt: skip

    def enclosed(self, row: Mapping[str, Any], told: Iterable[Told]) -> Mapping[str, Any]:
        """A mail's row that names in its frozen content what goes along, and what is too large."""
        kept = list(self._packed(told))
        if not kept:
            return row
        return {**row, "content": canonical({**json.loads(row["content"]), "papers": kept})}

    def _packed(self, told: Iterable[Told]) -> Iterator[list[str | int]]:
        """Each content once, with its hash and size while there is room; others by name alone."""
        room, seen = self.most, set[str]()
        for each in told:
            for paper in self.papers.get((each.dossier_id, each.occurrence), ()):
                if paper.sha256 in seen:
                    continue
                seen.add(paper.sha256)
                fits = paper.size <= room
                room -= paper.size if fits else 0
                yield list(paper) if fits else [paper.name]


def _goes_along(look: Lookup, told: Told) -> bool:
    said = told.context
    if told.template != "exchange" or said["kind"] not in KINDS or not said.get("enclosed"):
        return False
    event = f"{said['round']}.opened"
    messages = look.rules(said["procedure_hash"]).procedure.messages
    return any(each.event == event and each.enclose for each in messages)


def bytes_of(
    content: Mapping[str, Any], files: Files | None
) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """What goes along with a mail's frozen content, and what the files are called that do not.

    Too large, not there, or no longer the bytes of the record: the letter goes without them.
    """
    found, missing = list[Attachment](), list[str]()
    for name, *rest in content.get("papers", ()):
        called = clean(name.replace("/", "-").replace("\\", "-"), cap=NAME_CAP)
        paper = _attachment(files, called, *rest) if rest and files is not None else None
        if paper is None:
            missing.append(called)
        else:
            found.append(paper)
    return tuple(found), tuple(missing)


def _attachment(files: Files, name: str, kind: str, sha256: str, size: int) -> Attachment | None:
    held = whole(files, sha256)
    if held is None or len(held) != size:
        log.warning("the file %s does not go along with its mail: it is not there", sha256)
        return None
    return Attachment(name, kind if is_type(kind) else ANY_TYPE, held)
