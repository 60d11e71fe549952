"""The council's papers, made from the records for whoever may read them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from thidua.connection import Db, connection_of
from thidua.dunning import Head
from thidua.ledger import Ledger
from thidua.logged import unshown
from thidua.lookup import Lookup
from thidua.notifiers.render import Office
from thidua.papers import matrix, session, signing, summary
from thidua.papers.brought import notes
from thidua.papers.case import Case
from thidua.papers.gather import cases
from thidua.papers.reader import require, require_opinions
from thidua.papers.sheet import Values, common, ordered, who
from thidua.people import eyes_of
from thidua.storage import listing_papers, listing_registers, listing_rounds, recused
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.person import By
from thidua.workflow.sight import Eyes

COUNCIL = Head(Office("Hội đồng Thi đua - Khen thưởng"))
"""Who writes, where nobody says."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper made: its kind, and the plain values that its template is filled with.

    The same records give the same values, the same text and the same bytes.
    """

    kind: str
    values: Mapping[str, Any]
    made_at: datetime

    def text(self, templates: Path | None = None) -> str:
        """As plain text; `templates` is a folder of an office's own."""
        from thidua.notifiers.papers.page import page
        from thidua.notifiers.papers.template import Shelf, laid

        return page(laid(self.kind, self.values, Shelf(templates)))

    def docx(self, templates: Path | None = None) -> bytes:
        """As a Word file. Needs the extra `documents`, else `Misuse` ("extra-missing")."""
        from thidua.notifiers.papers.template import Shelf, laid
        from thidua.notifiers.papers.word import docx

        made = laid(self.kind, self.values, Shelf(templates))
        title = " ".join(block.texts[0] for block in made.blocks if block.name == "title")
        return docx(made, title=title, made_at=self.made_at)


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of meetings, ballots, consultations and decisions, in Vietnamese.

    Nothing is written. `by` is who reads: each is `Refused` ("paper-not-yours") unless the reader,
    and whom `by` stands for, votes, counts, prepares or decides under every procedure of the
    paper. What somebody said of a candidate is told where the procedure lets the reader see it.
    `head` says who writes, where, and with what symbol.
    """

    ledger: Ledger

    def minutes(
        self, db: Db, meeting_id: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """The minutes of a meeting (biên bản họp). `Unknown` ("unknown-meeting").

        Who stepped back from some of its dossiers gets them without these, which they name.
        """
        look, eyes = self._look(db, by, now)
        listing_papers.meeting(look.db, look.tables, meeting_id)
        shown = notes(look, meeting_id, "shown")
        ids = list(
            dict.fromkeys((*listing_papers.put_to(look.db, look.tables, meeting_id), *shown))
        )
        found, apart = self._mine(look, ids, eyes)
        self._require_any(look, eyes, found)
        values = session.minutes(look, meeting_id, found)
        return _paper("minutes", look, head, found, values | apart)

    def count(
        self, db: Db, round_ref: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """The minutes of a count (biên bản kiểm phiếu): a ballot, by its reference.

        Who stepped back from some of its dossiers gets them without these, as `minutes`.
        """
        look, eyes = self._look(db, by, now)
        found, apart, row = self._of_round(look, eyes, round_ref, ballot=True)
        return _paper("count", look, head, found, session.count(look, row["id"], found) | apart)

    def extract(
        self, db: Db, dossier_id: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """What the minutes say of one dossier (trích biên bản)."""
        look, eyes = self._look(db, by, now)
        found = self._cases(look, [dossier_id], eyes)
        if not found:
            raise Unknown("unknown-dossier", dossier=dossier_id)
        return _paper("extract", look, head, found, session.extract(look, found[0]))

    def matrix(
        self, db: Db, round_ref: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """The opinions of a round (bảng tổng hợp ý kiến); `Refused` to whom may not see them.

        Who stepped back from some of its dossiers gets it without these, as `minutes`.
        """
        look, eyes = self._look(db, by, now)
        found, apart, row = self._of_round(look, eyes, round_ref, ballot=False)
        require_opinions(found, eyes)
        procedure = look.rules(row["procedure"]).procedure
        rule = procedure.rounds[row["name"]]
        title, question = procedure.text(rule.label, "vi"), rule.question.get("vi")
        values = matrix.matrix(title, question, row["id"], found)
        return _paper("matrix", look, head, found, values | apart)

    def proposal(
        self, db: Db, decision_id: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """The submission to the signer (tờ trình) of a drafted decision."""
        return self._signing("proposal", self._look(db, by, now), decision_id, head)

    def decision(
        self, db: Db, decision_id: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """The decision with its annex; a draft until it is numbered."""
        return self._signing("decision", self._look(db, by, now), decision_id, head)

    def summary(
        self, db: Db, decision_id: str, *, by: By, head: Head = COUNCIL, now: datetime | None = None
    ) -> Paper:
        """One page for the signer: what is not as usual first."""
        return self._signing("summary", self._look(db, by, now), decision_id, head)

    def _signing(
        self, kind: str, reading: tuple[Lookup, tuple[Eyes, ...]], decision_id: str, head: Head
    ) -> Paper:
        look, eyes = reading
        row = listing_registers.decision(look.db, look.tables, decision_id)
        seen = listing_papers.seen(look.db, look.tables, decision_id)
        found = self._cases(look, seen, eyes, seen)
        values = signing.signing(look, row, found)
        if kind == "summary":
            values |= summary.summary(found, row)
        return _paper(kind, look, head, found, values)

    def _of_round(
        self, look: Lookup, eyes: tuple[Eyes, ...], ref: str, *, ballot: bool
    ) -> tuple[list[Case], Values, Mapping[str, Any]]:
        row = listing_rounds.find(look.db, look.tables, ref)
        rule = look.rules(row["procedure"]).procedure.rounds[row["name"]]
        if (rule.kind == "ballot") is not ballot:
            kind = "ballot" if ballot else "consultation"
            raise Refused.of("not-that-kind", round=ref, kind=kind)
        ids = [line["dossier_id"] for line in listing_rounds.lines(look.db, look.tables, row["id"])]
        return *self._mine(look, ids, eyes), row

    def _mine(
        self, look: Lookup, ids: list[str], eyes: tuple[Eyes, ...]
    ) -> tuple[list[Case], Values]:
        """The cases but those from which the reader stepped back; of these only the names.

        `Refused` ("recused-from") when nothing is left.
        """
        shut = recused.closed_to(look.db, look.tables, eyes)
        away = cases(look, shut.intersection(ids), eyes)
        left = [each for each in ids if each not in shut]
        found = self._cases(look, left or ids, eyes)
        require(away, eyes)
        return found, {"left_out": [who(case) for case in ordered(away)]}

    def _look(self, db: Db, by: By, now: datetime | None) -> tuple[Lookup, tuple[Eyes, ...]]:
        ledger = self.ledger
        at = now or ledger.clock()
        look = Lookup(connection_of(db), ledger.tables, ledger.people, ledger.shelf, at)
        actors = (by.actor,) if by.for_ is None else (by.actor, by.for_)
        return look, eyes_of(ledger.people, look.db, actors, look.today)

    def _cases(
        self,
        look: Lookup,
        ids: Collection[str],
        eyes: tuple[Eyes, ...],
        at: Mapping[str, int] | None = None,
    ) -> list[Case]:
        found = cases(look, ids, eyes, at)
        require(found, eyes, recused.closed_to(look.db, look.tables, eyes))
        return found

    def _require_any(self, look: Lookup, eyes: tuple[Eyes, ...], found: list[Case]) -> None:
        """A meeting without a case is for who may call one."""
        if found:
            return
        roles = look.shelf.roles(look.db, "meet")
        if not all({held.role for held in each.held} & roles for each in eyes):
            raise unshown("paper-not-yours", eyes, roles=", ".join(sorted(roles)))


def _paper(kind: str, look: Lookup, head: Head, found: list[Case], values: Values) -> Paper:
    return Paper(kind, {**common(look, head, found), **values}, look.now)
