"""One dossier's evidence in a folder, for a complaint or an inspection."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import select

from thidua.app import Thidua
from thidua.connection import Db, connection_of
from thidua.dunning import Head
from thidua.evidence.export import export
from thidua.files import whole
from thidua.logged import unshown
from thidua.notifiers.render import office_record
from thidua.papers.gather import number_of
from thidua.papers.room import COUNCIL, Paper
from thidua.seen import Seen, in_order
from thidua.storage import classified, listing_people
from thidua.storage.erasing import ERASED, erased_documents
from thidua.tree import latest
from thidua.workflow.acts.enclosing import ENCLOSED
from thidua.workflow.errors import Misuse
from thidua.workflow.procedure import Procedure
from thidua.workflow.sight import Eyes, Standing, What, may_see

Told = Mapping[str, Any]
Teller = Callable[[Seen], Callable[[Mapping[str, Any]], Told]]
"""Of what is seen of a dossier: tells an event in an office's words, its `n`, `at`, `text`, `who`
and `note`.
"""

MINUTES = {"count": "Biên bản kiểm phiếu"}
"""Documents of meetings that no procedure names."""

SUMS, README = "SHA256SUMS", "DOC-TRUOC.txt"
HOW = """HỒ SƠ CHỨNG CỨ {dossier}

dien-bien.docx, .txt   những việc đã làm, ai làm, tư cách, căn cứ, lúc diễn ra và lúc ghi
tai-lieu/              tài liệu, tên tệp là mã băm SHA-256 của nội dung
quy-trinh.yaml, .svg   quy trình đang áp dụng cho hồ sơ, nguyên văn và sơ đồ; bản trước khi chuyển
                       có thêm số bản trong tên tệp
nhat-ky.jsonl          nhật ký của hồ sơ và của những gì hồ sơ dựa vào
diem-kiem-tra.txt      điểm kiểm tra (gốc cây băm) mới nhất, nếu đã có
thidua_verify.py       chương trình kiểm tra, chỉ cần Python 3.11 trở lên
{sums}             mã băm của mọi tệp trên

Cách kiểm tra:
1. sha256sum -c {sums}
2. python thidua_verify.py nhat-ky.jsonl{anchor}
   Kết quả “KHỚP” nghĩa là nhật ký còn nguyên và mọi bước đúng quy trình. Nên so với điểm
   kiểm tra in trên biên bản, quyết định: --checkpoint SỐ:GỐC. Kết quả nói bao nhiêu mục có trong
   điểm kiểm tra ấy; điểm kiểm tra không chứng thực những mục còn lại.
3. Chữ ký của điểm kiểm tra, nếu có: thidua journal signatures . --key KHÓA-CÔNG-KHAI
Trong hồ sơ không có phiếu kín của ai; phiếu công khai chỉ có số đếm.{missing}

This folder: the dossier's story (dien-bien), its documents (tai-lieu), the rules as then in force
(quy-trinh), its journal (nhat-ky.jsonl) and the program that judges it. Check the sums first, then
run the program as above: exit code 0 means that all holds. Better than the checkpoint in here is
one printed on signed minutes or decisions (--checkpoint SIZE:ROOT). The program says how many
entries are under it; of the others that checkpoint proves nothing.
"""


def evidence(  # noqa: PLR0913 -- who asks, how it is told, who writes, when
    db: Db,
    wf: Thidua,
    dossier_id: str,
    folder: Path,
    *,
    actors: tuple[str, ...],
    teller: Teller,
    head: Head = COUNCIL,
    now: datetime | None = None,
) -> list[str]:
    """Write the folder, which nobody else may enter; the names of its files.

    Every one of `actors` looks and has to be allowed to see all of the dossier, else `Refused`
    ("evidence-not-yours"). The folder must not be there (`Misuse`). Secret votes are nowhere in
    it; documents whose bytes are gone are named.
    """
    connection, at = connection_of(db), now or wf.clock()
    if folder.exists():
        raise Misuse("export-there", file=str(folder))
    on, held = wf.shelf.today(at), wf.people.held
    eyes = tuple(Eyes(actor, held(connection, actor, on)) for actor in actors)
    seen = wf.seen.by_eyes(connection, dossier_id, eyes)
    if not sees_all(seen, eyes):
        raise unshown("evidence-not-yours", eyes, dossier_id, dossier=dossier_id)
    folder.mkdir(mode=0o700, parents=True)
    writer = _Folder(connection, wf, folder, seen)
    writer.write(head, at, teller, actors)
    return writer.sealed()


def sees_all(seen: Seen, eyes: tuple[Eyes, ...]) -> bool:
    """Whether nothing of the dossier is kept back from whoever looks."""
    procedure, row = seen.procedure, seen.dossier
    at = Standing(row["unit"], row["state"], recused=tuple(row["more"].get("recused", ())))
    things = [What("asked"), What("hold"), *(
        What("tally" if rule.kind == "ballot" else "opinion", name)
        for name, rule in procedure.rounds.items() if rule.kind != "posting"
    )]  # fmt: skip
    alike = all(may_see(procedure, what, eyes, at) for what in things)
    return seen.handles and not seen.embargo and seen.hidden == 0 and alike


@dataclass(frozen=True, slots=True)
class _Folder:
    db: Any
    wf: Thidua
    folder: Path
    seen: Seen

    @property
    def dossier(self) -> str:
        return str(self.seen.dossier["id"])

    def write(self, head: Head, at: datetime, teller: Teller, by: tuple[str, ...]) -> None:
        documents = [*self._documents()]
        paper = Paper("evidence", self._values(head, at, teller, by, documents), at)
        self._put("dien-bien.txt", paper.text())
        (self.folder / "dien-bien.docx").write_bytes(paper.docx())
        self._rules(self.seen.procedure, "quy-trinh")
        for left in self._left():
            self._rules(left, f"quy-trinh-{left.version}")
        with (self.folder / "nhat-ky.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(export(self.db, self.wf, dossiers=[self.dossier]))
        verifier = files("thidua.evidence").joinpath("thidua_verify.py")
        self._put("thidua_verify.py", verifier.read_text(encoding="utf-8"))
        made = latest(self.db, self.wf.tables)
        if made is not None:
            self._put("diem-kiem-tra.txt", made.note())
        self._read_me(documents, anchored=made is not None)

    def _put(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def _read_me(self, documents: list[Told], *, anchored: bool) -> None:
        gone = [each["sha256"] for each in documents if not (each["kept"] or each["apart"])]
        missing = "".join(f"\nKhông còn tệp của tài liệu có mã băm {each}." for each in gone)
        anchor = " --checkpoint diem-kiem-tra.txt" if anchored else ""
        self._put(README, HOW.format(dossier=self.dossier, sums=SUMS, anchor=anchor,
                                     missing=missing))  # fmt: skip

    def _left(self) -> Iterator[Procedure]:
        """The versions that the dossier was under before."""
        for event in self.seen.events:
            if "left" in event["body"]:
                yield self.wf.shelf.rules(self.db, event["body"]["left"]).procedure

    def _rules(self, procedure: Procedure, name: str) -> None:
        """The text of a version that the dossier is or was pinned to, and its picture."""
        from thidua.definitions.drawing import mermaid, svg

        p = self.wf.tables.procedure.c
        text = self.db.execute(select(p.text).where(p.hash == procedure.hash)).scalar_one()
        self._put(f"{name}.yaml", text)
        try:
            self._put(f"{name}.svg", svg(procedure, "vi"))
        except Misuse:  # without the extra `diagrams`
            self._put(f"{name}.mmd", mermaid(procedure, "vi"))

    def _documents(self) -> Iterator[Told]:
        """Each with the bytes copied, where they are still there; those of its meetings are about
        others too, and stay at the office (`apart`).
        """
        d, submission = self.wf.tables.document, self.seen.dossier["submission"]
        meetings = {line["meeting"] for line in self.seen.lines} - {None}
        owners = [self.dossier, *([submission] if submission else ()), *sorted(meetings)]
        query = select(d).where(d.c.owner.in_(owners)).order_by(d.c.owner, d.c.kind, d.c.version)
        erased = erased_documents(self.db, self.wf.tables, owners)
        for row in self.db.execute(query).mappings():
            apart = row["owner"] in meetings
            gone = apart or (row["owner"], row["kind"], row["version"]) in erased
            yield {"label": self._kind(row["kind"]), "name": row["name"] or ERASED,
                   "version": row["version"], "sha256": row["sha256"], "apart": apart,
                   "kept": not gone and self._copied(row["sha256"])}  # fmt: skip

    def _kind(self, name: str) -> str:
        """What a document is; of what came with somebody's words, with which."""
        if name.startswith(ENCLOSED):
            return f"Kèm mục {name.removeprefix(ENCLOSED)}"
        kind = self.seen.procedure.documents.get(name)
        return self.seen.procedure.text(kind.label, "vi") if kind else MINUTES.get(name, name)

    def _copied(self, sha256: str) -> bool:
        content = whole(self.wf.files, sha256) if self.wf.files is not None else None
        if content is None:
            return False
        (self.folder / "tai-lieu").mkdir(exist_ok=True)
        (self.folder / "tai-lieu" / sha256).write_bytes(content)
        return True

    def _letters(self, clock: Callable[[str], str]) -> Iterator[Told]:
        """What was sent about the dossier, oldest first."""
        m, n = self.wf.tables.mail.c, self.wf.tables.notice.c
        mine = select(n.mail_id).where(n.dossier_id == self.dossier, n.mail_id.is_not(None))
        query = select(m.sent_at, m.mailbox, m.content, m.lang).where(
            m.id.in_(mine), m.sent_at.is_not(None))  # fmt: skip
        for sent_at, mailbox, content, lang in self.db.execute(query.order_by(m.sent_at)):
            yield {"at": clock(sent_at), "to": mailbox, "subject": _subject(content, lang)}

    def _values(
        self, head: Head, at: datetime, teller: Teller, by: tuple[str, ...], documents: list[Told]
    ) -> dict[str, Any]:
        from thidua.notifiers.dates import formal

        row, procedure = self.seen.dossier, self.seen.procedure
        calendar = self.wf.shelf.rules(self.db, procedure.hash).calendar

        def clock(text: str) -> str:
            return f"{calendar.local(datetime.fromisoformat(text)):%d/%m/%Y %H:%M}"

        tell = teller(self.seen)
        events = in_order(map(tell, self.seen.events), map(tell, self.seen.levels))
        names = listing_people.names(self.db, self.wf.tables, self.wf.shelf.today(at))
        state = procedure.text(procedure.states[row["state"]].label, "vi")
        case = {
            "id": row["id"], "name": row["candidate_name"], "state": state,
            "unit": names.unit(row["candidate_unit"] or row["unit"]),
            "award": procedure.text(procedure.awards[row["award"]], "vi"),
            "by": ", ".join(map(names.actor, by)),
            "procedure": procedure.text(procedure.title, "vi"), "version": procedure.version,
            "count": row["count"], "head": self.seen.events[-1]["hash"], "level": self._level(),
            "submission": self._submission(names),
        }  # fmt: skip
        return {
            "office": office_record("vi", head.office), "place": head.place,
            "capacity": head.capacity, "on": formal(self.wf.shelf.today(at), lang="vi"),
            "case": case, "events": [{**e, "at": clock(e["at"])} for e in events],
            "documents": documents, "letters": [*self._letters(clock)],
        }  # fmt: skip

    def _submission(self, names: listing_people.Names) -> Told | None:
        """The paper that brought the dossier, without its signer's name."""
        s = self.wf.tables.submission.c
        query = select(s.paper, s.sender, s.received_on)
        row = self.db.execute(query.where(s.id == self.seen.dossier["submission"])).first()
        if row is None:
            return None
        paper = json.loads(row.paper)
        return {
            "number": number_of(paper), "signed_on": _day(paper.get("signed_on")),
            "sender": names.unit(row.sender), "incoming": paper.get("incoming"),
            "received_on": _day(row.received_on),
        }  # fmt: skip

    def _level(self) -> str | None:
        """The strictest level of secrecy among the dossier's own and those of what holds it."""
        from thidua.definitions.levels import strictest

        given = classified.levels(self.db, self.wf.tables, [self.dossier]).get(self.dossier)
        return strictest(given, "vi")[1] if given else None

    def sealed(self) -> list[str]:
        """The sums of all files, in a form that `sha256sum -c` reads; the files' names."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        names = [path.relative_to(self.folder).as_posix() for path in found]
        sums = (hashlib.sha256(path.read_bytes()).hexdigest() for path in found)
        lines = (f"{digest}  {name}\n" for digest, name in zip(sums, names, strict=True))
        self._put(SUMS, "".join(lines))
        return [*names, SUMS]


def _day(text: str | None) -> str | None:
    return None if text is None else f"{date.fromisoformat(text):%d/%m/%Y}"


def _subject(content: str, lang: str) -> str:
    from thidua.content import compose

    return compose(json.loads(content), lang).subject
