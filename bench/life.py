"""A dossier life: created, consulted, answered, put to the vote, closed, granted: 13 commits."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from thidua import Answer, By, Candidate, Cast, Close, Command, Create, Fire, Thidua
from thidua.ids import new_id

NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)
OFFICER, TELLER, MINISTER = By("officer"), By("teller"), By("minister")
DEPARTMENTS, MEMBERS = range(3), range(5)
FIELDS = {f"f{i}": f"Nội dung trường {i}" for i in range(10)}


def prepare(db: Connection, wf: Thidua) -> None:
    """Tables, people, a meeting and the procedure."""
    wf.tables.metadata.create_all(db)
    wf.adopt(db, Path(__file__).with_name("life.yaml").read_text(encoding="utf-8"))
    t, since = wf.tables, "2018-01-01"
    units = [
        {"id": f"d{i}", "from_on": since, "name": f"Sở {i}", "kind": "department", "groups": "{}"}
        for i in DEPARTMENTS
    ]
    holdings = [
        *({"actor": f"d{i}", "role": "department", "unit": f"d{i}"} for i in DEPARTMENTS),
        *({"actor": f"m{i}", "role": "member", "unit": ""} for i in MEMBERS),
        *({"actor": r, "role": r, "unit": ""} for r in ("officer", "teller", "minister")),
    ]
    db.execute(insert(t.unit), units)
    db.execute(insert(t.holding), [{**h, "from_on": since} for h in holdings])
    db.execute(
        insert(t.meeting).values(
            id="meeting", title="Phiên họp", held_on="2018-07-20", status="called", count=0, head=""
        )
    )


def steps(wf: Thidua, dossier: str) -> Iterator[Callable[[Connection], object]]:
    """The thirteen acts, each to be committed on its own."""
    create = Create(
        "bench-life", "A", Candidate("individual", "Nguyễn Văn Ấn"), fields=FIELDS, campaign="2018"
    )
    yield lambda db: wf.create(db, create, by=OFFICER, dossier_id=dossier, now=NOW)
    for n, (command, by) in enumerate(ACTS):
        yield _step(wf, dossier, command, by, f"c-{n}")


def _step(
    wf: Thidua, dossier: str, command: Command, by: By, command_id: str
) -> Callable[[Connection], object]:
    return lambda db: wf.act(db, dossier, command, by=by, command_id=command_id, now=NOW)


def acts() -> list[tuple[Command, By]]:
    """What follows the creation, and who does it."""
    answers = [(Answer("opinions", "agree"), By(f"d{i}")) for i in DEPARTMENTS]
    votes = [(Cast("vote", "for" if i else "against"), By(f"m{i}")) for i in MEMBERS]
    return [
        (Fire("consult"), OFFICER),
        *answers,
        (Fire("convene", meeting="meeting"), OFFICER),
        *votes,
        (Close("vote"), TELLER),
        (Fire("grant"), MINISTER),
    ]


ACTS = acts()


def live(db: Connection, wf: Thidua) -> str:
    """One life on a held connection; the dossier's id."""
    dossier = new_id()
    for step in steps(wf, dossier):
        step(db)
        db.commit()
    return dossier
