"""A host application that embeds thidua: its own users, its own session, its own transaction.

Run it: `python examples/host/portal.py`. It prints what happens and leaves nothing behind.
"""

import sys
from pathlib import Path

from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import sessionmaker
from staff import Staff
from tables import Base, Budget, Section, Trace, User

from thidua import Answer, By, Candidate, Change, Correct, Create, Event, Fire, Refused, Thidua
from thidua.workflow.view import View

YEAR = 2026
PROCEDURE = Path(__file__).with_name("praise.yaml")


def has_budget(view: View) -> bool:
    """Whether the money for the bonus is set aside. Pure: it looks at the frozen dossier alone."""
    fields = view.dossier.fields
    return int(fields.get("reserved", "0")) >= int(fields["bonus"])


def trace(db: Connection, change: Change) -> None:
    """The host's observer: one row of its own for each act, in the act's own savepoint."""
    acts = ", ".join(entry.act for entry in change.entries)
    row = {"dossier": change.done.dossier_id, "state": change.done.state, "acts": acts}
    db.execute(insert(Trace).values(row))


class Portal:
    """The host. `wf` knows nothing of the session; every call gets the one the host is in."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self.sessions = sessionmaker(self.engine)
        conditions = {"has_budget": has_budget}
        self.wf = Thidua(people=Staff(), conditions=conditions, observer=trace, prefix="praise_")
        self.wf.subscribe("notice-board", past=True)(self.post)
        self.board: list[str] = []

    def install(self) -> None:
        """The host's tables and rows, the engine's tables and procedure, in one transaction."""
        with self.sessions.begin() as db:
            Base.metadata.create_all(db.connection())
            db.add_all([Section(id=1, name="Phòng Nghiệp vụ"), Section(id=2, name="Văn phòng")])
            db.add_all(_users())
            db.add(Budget(year=YEAR, left=1_000_000))
            self.wf.migrate(db)
            self.wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"))

    def propose(self, user: int, bonus: int) -> str:
        """A new dossier about a user, proposed by a colleague."""
        with self.sessions.begin() as db:
            about = db.get_one(User, user)
            unit = f"section:{about.section_id}"
            fields = {"merit": "Sáng kiến rút ngắn thời gian trả kết quả", "bonus": str(bonus)}
            candidate = Candidate("individual", about.name, unit=unit, person=f"user:{user}")
            command = Create("unit-praise", "GK", candidate, unit=unit, fields=fields)
            return self.wf.create(db, command, by=By("user:1")).dossier_id

    def agree(self, dossier: str) -> None:
        """The head of the section says yes."""
        with self.sessions.begin() as db:
            self.wf.act(db, dossier, Answer("view", "agree"), by=By("user:3"))

    def grant(self, dossier: str) -> str:
        """The director grants; the state it led to."""
        with self.sessions.begin() as db:
            return self.wf.act(db, dossier, Fire("grant"), by=By("user:5")).state

    def reserve(self, dossier: str, amount: int) -> None:
        """Take money out of the fund and write it on the dossier: both or neither."""
        with self.sessions.begin() as db:
            note = f"Giữ kinh phí năm {YEAR}"
            command = Correct({"reserved": str(amount)}, note=note)
            self.wf.act(db, dossier, command, by=By("user:4"))
            fund = db.get_one(Budget, YEAR)
            fund.left -= amount
            if fund.left < 0:
                raise ValueError(f"the fund lacks {-fund.left:,} đồng")

    def look(self, dossier: str) -> tuple[str, int]:
        """What the observer wrote of the dossier, and the money left in the fund."""
        with self.sessions() as db:
            traced = select(Trace.acts).where(Trace.dossier == dossier).order_by(Trace.id)
            return "; ".join(db.scalars(traced)), db.get_one(Budget, YEAR).left

    def post(self, event: Event) -> None:
        """The host's subscriber: told after the commit, never of what was rolled back."""
        self.board.append(event.act)

    def ring(self) -> None:
        """What a scheduler calls now and then: the clock, then the subscribers."""
        with self.sessions.begin() as db:
            self.wf.tick(db)
        while self.wf.deliver(self.engine).more:
            pass

    def allowed(self, dossier: str, user: int) -> list[str]:
        """What a user may do now, and why the rest is not possible."""
        with self.sessions() as db:
            found = self.wf.actions(db, dossier, f"user:{user}")
        return [
            f"{a.label.get('vi') or a.act}: "
            + ("được" if a.allowed else "; ".join(r.text("vi") for r in a.reasons))
            for a in found
        ]


def _users() -> list[User]:
    """Invented people, named after trees and flowers."""
    rows = [
        (1, "Nguyễn Thị Bằng Lăng", "staff", 1),
        (2, "Trần Văn Lim Xanh", "staff", 1),
        (3, "Lê Thị Thạch Thảo", "head", 1),
        (4, "Phạm Văn Sao Đen", "clerk", 2),
        (5, "Hoàng Thị Mộc Lan", "director", 2),
    ]
    return [
        User(id=key, name=name, mailbox=f"u{key}@portal.example", post=post, section_id=section)
        for key, name, post, section in rows
    ]


def main(url: str = "sqlite://") -> None:
    """One letter of praise, with everything that can go wrong on the way."""
    portal = Portal(url)
    portal.install()
    dossier = portal.propose(user=2, bonus=600_000)
    print(f"proposed   {dossier}")
    portal.agree(dossier)
    try:
        portal.grant(dossier)
    except Refused as error:
        print(f"refused    {error.text('vi')}")
    before = portal.look(dossier)
    try:
        portal.reserve(dossier, 2_000_000)
    except ValueError as error:
        print(f"undone     {error}; nothing stayed: {portal.look(dossier) == before}")
    portal.reserve(dossier, 600_000)
    print("director   " + "; ".join(portal.allowed(dossier, 5)))
    print(f"granted    {portal.grant(dossier)}")
    acts, left = portal.look(dossier)
    print(f"observed   {acts}\nleft       {left:,} đồng")
    portal.ring()
    print("posted     " + "; ".join(portal.board))
    portal.engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
