"""The tree grows with the clock, and shows what a chain made anew hides."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DBAPIError

from thidua import Thidua
from thidua.signing import is_signed
from thidua.storage import mails, tree, triggers
from thidua.testing import KeyDrawer
from thidua.tree import Made, checkpoint
from thidua.verify_tree import verify_tree
from thidua.workflow.journal import canonical, event_hash
from thidua.workflow.merkle import leaf_hash, root
from thidua.workflow.note import key_of, key_text, read, short

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def wf() -> Thidua:
    return Thidua(keys=KeyDrawer(), clock=lambda: NOW)


@pytest.fixture
def db(database_url: str, wf: Thidua) -> Iterator[Connection]:
    """Three streams of four entries each, on both databases, undone at the end."""
    engine = create_engine(database_url)
    with engine.connect() as db:
        wf.migrate(db)
        for stream in "abc":
            write(db, wf, stream, 1, 4)
        yield db
        db.rollback()
    engine.dispose()


def write(db: Connection, wf: Thidua, stream: str, first: int, last: int) -> None:
    for n in range(first, last + 1):
        body = canonical({"stream": stream, "n": n, "at": NOW.isoformat()})
        row = {"stream": stream, "n": n, "body": body, "hash": event_hash(body)}
        db.execute(wf.tables.event.insert().values(row))


def forged(db: Connection, wf: Thidua, stream: str, n: int) -> None:
    """As whoever owns the tables can: the guard away, the entry another, its hash made anew."""
    triggers.drop(db, None, "td_")
    body = canonical({"stream": stream, "n": n, "at": "another time"})
    e = wf.tables.event
    mine = (e.c.stream == stream) & (e.c.n == n)
    db.execute(e.update().where(mine).values(body=body, hash=event_hash(body)))


def made(db: Connection, wf: Thidua) -> Made:
    found = checkpoint(db, wf, now=NOW)
    assert found is not None
    return found


def codes(db: Connection, wf: Thidua, *anchors: str, keys: tuple[str, ...] = ()) -> set[str]:
    held = verify_tree(db, wf, anchors=[read(each) for each in anchors], keys=keys)
    return {each.code for each in held.faults}


def test_checkpoint_is_the_root_over_every_event(db: Connection, wf: Thidua) -> None:
    point = made(db, wf).checkpoint

    rows = db.execute(select(wf.tables.event).order_by(wf.tables.event.c.leaf)).mappings().all()
    hashes = [leaf_hash(bytes.fromhex(row["hash"])) for row in rows]
    assert [row["leaf"] for row in rows] == list(range(12))
    assert [(row["stream"], row["n"]) for row in rows] == [
        (s, n) for s in "abc" for n in (1, 2, 3, 4)
    ]
    assert (point.size, point.root) == (12, root(hashes).hex())
    assert codes(db, wf, made(db, wf).note()) == set()


def test_checkpoint_grows_from_the_one_before(db: Connection, wf: Thidua) -> None:
    before = made(db, wf)
    write(db, wf, "b", 5, 9)

    after = made(db, wf)

    assert (before.checkpoint.size, after.checkpoint.size) == (12, 17)
    assert before.checkpoint.origin == after.checkpoint.origin
    assert codes(db, wf, before.note(), after.note()) == set()
    assert verify_tree(db, wf).checkpoints == 2


def test_checkpoint_of_nothing_new_is_the_last(db: Connection, wf: Thidua) -> None:
    first = made(db, wf)

    assert checkpoint(db, wf, now=LATER) == first


def test_checkpoint_of_an_empty_journal(database_url: str) -> None:
    wf, engine = Thidua(), create_engine(database_url)
    with engine.connect() as db:
        wf.migrate(db)

        assert checkpoint(db, wf, now=NOW) is None
        assert codes(db, wf) == set()
        db.rollback()
    engine.dispose()


def test_clock_leaves_nothing_waiting_longer_than_a_minute(db: Connection, wf: Thidua) -> None:
    wf.tick(db, NOW)
    assert tree.waiting(db, wf.tables) == []
    assert len(list(tree.checkpoints(db, wf.tables))) == 1

    write(db, wf, "a", 5, 6)
    wf.tick(db, NOW + timedelta(seconds=30))
    assert tree.waiting(db, wf.tables) == []
    assert len(list(tree.checkpoints(db, wf.tables))) == 1

    wf.tick(db, NOW + timedelta(seconds=61))
    assert [each.size for each in tree.checkpoints(db, wf.tables)] == [12, 14]


def test_clock_takes_a_backlog_in_batches(
    db: Connection, wf: Thidua, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua.tree.BATCH", 5)

    more = [wf.tick(db, NOW).more for _ in range(3)]

    assert more == [True, True, False]
    assert tree.waiting(db, wf.tables) == []


@pytest.mark.parametrize("n", [1, 4])
def test_entry_forged_with_its_hash_is_seen(db: Connection, wf: Thidua, n: int) -> None:
    kept = made(db, wf)
    forged(db, wf, "b", n)

    assert "checkpoint-differs" in codes(db, wf)
    assert "anchor-differs" in codes(db, wf, kept.note())


def test_forger_of_the_checkpoints_too_is_seen_from_outside(db: Connection, wf: Thidua) -> None:
    kept = made(db, wf)
    paper = f"{kept.checkpoint.size}:{short(kept.checkpoint.root)}"
    forged(db, wf, "b", 2)
    db.execute(wf.tables.checkpoint.delete())
    made(db, wf)

    assert codes(db, wf) == set()
    assert codes(db, wf, kept.note()) == codes(db, wf, paper) == {"anchor-differs"}


def test_deleted_checkpoints_are_missed(db: Connection, wf: Thidua) -> None:
    mails.mark_witnessed(db, wf.tables, made(db, wf).checkpoint.size, NOW)
    write(db, wf, "a", 5, 6)
    made(db, wf)
    assert codes(db, wf) == set()

    triggers.drop(db, None, "td_")
    c = wf.tables.checkpoint
    db.execute(c.delete().where(c.c.size == 12))
    assert codes(db, wf) == {"checkpoint-missing"}

    db.execute(c.delete())
    assert codes(db, wf) == {"checkpoint-missing", "checkpoints-missing"}


def test_forger_of_the_first_entry_changes_the_name(db: Connection, wf: Thidua) -> None:
    kept = made(db, wf)
    forged(db, wf, "a", 1)
    db.execute(wf.tables.checkpoint.delete())
    made(db, wf)

    assert codes(db, wf, kept.note()) == {"anchor-differs", "anchor-elsewhere"}


def test_end_cut_off_is_seen_and_its_leaves_are_never_given_again(
    db: Connection, wf: Thidua
) -> None:
    kept = made(db, wf)
    triggers.drop(db, None, "td_")
    e = wf.tables.event
    db.execute(e.delete().where(e.c.stream == "c", e.c.n > 2))
    assert codes(db, wf, kept.note()) == {"checkpoint-beyond", "anchor-beyond"}

    write(db, wf, "d", 1, 3)
    wf.tick(db, LATER)

    assert {"leaf-missing", "checkpoint-differs"} <= codes(db, wf)


def test_hole_in_the_leaves_stops_the_tree_and_nothing_else(
    db: Connection, wf: Thidua, caplog: pytest.LogCaptureFixture
) -> None:
    made(db, wf)
    write(db, wf, "d", 1, 3)
    wf.tick(db, NOW)
    triggers.drop(db, None, "td_")
    db.execute(wf.tables.event.delete().where(wf.tables.event.c.leaf == 13))

    assert wf.tick(db, LATER).leased

    assert "does not grow" in caplog.text
    assert "leaf-missing" in codes(db, wf)


def test_checkpoint_unsigned_without_a_key(db: Connection, wf: Thidua) -> None:
    unsigned = made(db, wf)
    assert (unsigned.signature, unsigned.note()) == (None, unsigned.checkpoint.body())

    assert wf.keys is not None
    public = wf.keys.new_signing_key()

    assert codes(db, wf, keys=(public,)) == {"checkpoint-unsigned"}


def test_signature_holds_for_its_key_alone(db: Connection, wf: Thidua) -> None:
    assert wf.keys is not None
    public = wf.keys.new_signing_key()
    kept = made(db, wf)
    other = wf.keys.new_signing_key()

    assert kept.signature is not None
    assert is_signed(public, kept.signature.value, kept.checkpoint.body())
    assert codes(db, wf, kept.note(), keys=(public, other)) == set()
    assert verify_tree(db, wf, keys=(public,)).signed == kept
    assert codes(db, wf, keys=(other,)) == {"checkpoint-forged"}
    assert key_of(key_text(kept.checkpoint.origin, public)) == public


TAMPERED = [
    "UPDATE td_event SET body = 'x' WHERE n = 1",
    "UPDATE td_event SET leaf = 99 WHERE leaf = 3",
    "UPDATE td_event SET leaf = NULL WHERE n = 1",
    "DELETE FROM td_event",
    "DELETE FROM td_event_private",
    "UPDATE td_checkpoint SET root = 'x'",
    "DELETE FROM td_checkpoint",
]


@pytest.mark.parametrize("statement", TAMPERED)
def test_database_refuses_to_change_what_was_written(
    db: Connection, wf: Thidua, statement: str
) -> None:
    db.execute(wf.tables.event_private.insert().values(stream="a", n=1, body="{}"))
    made(db, wf)

    with pytest.raises(DBAPIError, match=triggers.REFUSED), db.begin_nested():
        db.execute(text(statement))

    db.execute(text("UPDATE td_event_private SET body = '{}'"))
    triggers.drop(db, None, "td_")
    db.execute(text(statement))
    assert len(triggers.missing(db, None, "td_")) == len(triggers.wanted(db.dialect.name, "td_"))


def test_database_refuses_to_empty_tables(pg_database: str, wf: Thidua) -> None:
    engine = create_engine(pg_database)
    with engine.connect() as db:
        wf.migrate(db)
        for table in ("event", "event_private", "checkpoint"):
            with pytest.raises(DBAPIError, match=triggers.REFUSED), db.begin_nested():
                db.execute(text(f"TRUNCATE td_{table}"))
        db.rollback()
    engine.dispose()


def test_anchor_is_read_out_of_a_mail(db: Connection, wf: Thidua) -> None:
    kept = made(db, wf)

    found = read(f"Kính gửi ông,\r\n\r\n{kept.note()}\n-- \nVăn phòng\n")

    assert found.checkpoint == kept.checkpoint


@pytest.mark.parametrize("told", ["", "12", "12:abcdef", "nothing of the kind", "12:" + "g" * 64])
def test_no_anchor(told: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        read(told)


@pytest.mark.parametrize("told", ["", "a+b", "a+00000000+AAAA", json.dumps({})])
def test_no_key(told: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- base64 has words of its own
        key_of(told)
