"""The journal is attacked by SQL: events changed, cut, moved, chained anew; all of it shows."""

import json
import os
from collections import Counter

import pytest
from sqlalchemy import text

from thidua import Unknown
from thidua.verify import Problem, problems, verify
from thidua.workflow.journal import canonical, event_hash

PUT = "UPDATE td_event SET body = :body, hash = :hash WHERE stream = :stream AND n = :n"
DROP = "DELETE FROM td_event WHERE stream = :stream AND n = :n"


def found(archive, db, dossier_id=None):
    """The codes of all problems, once each."""
    return {problem.code for problem in verify(db, archive.wf, dossier_id=dossier_id)}


def test_whole_lives_hold_together(archive):
    with archive.engine.connect() as db:
        assert verify(db, archive.wf) == []
        assert [verify(db, archive.wf, dossier_id=each) for each in archive.lives] == [[], [], []]


def test_the_lives_are_worth_attacking(archive):
    bodies = [json.loads(row.body) for row in archive.rows("SELECT body FROM td_event")]

    acts = Counter(body["act"] for body in bodies)

    wanted = """create fire hold release return supplement answer reply waive recuse extend cast
        close_round correct assign recall withdraw revoke attach open_round submit meet draft number
        applied"""
    assert set(wanted.split()) <= set(acts)


def test_progress_counts_streams(archive):
    seen = []
    with archive.engine.connect() as db:
        verify(db, archive.wf, progress=lambda done, total: seen.append((done, total)))

    total = sum(archive.rows(f"SELECT count(*) FROM td_{name}")[0][0]
                for name in ("dossier", "round", "submission", "meeting", "decision"))  # fmt: skip
    assert seen[-1] == (total, total)
    assert sorted(seen) == seen


def test_problems_come_one_by_one(archive):
    with archive.attacked("UPDATE td_event SET hash = 'x'") as db:
        assert isinstance(next(problems(db, archive.wf)), Problem)


def test_a_dossier_that_is_not_there(archive):
    with archive.engine.connect() as db, pytest.raises(Unknown):
        verify(db, archive.wf, dossier_id="h9")


@pytest.mark.slow
def test_every_byte_of_every_event_counts(archive):
    """The i-th letter of all events is changed at once: each event that has one must be named.

    Every eleventh letter; with FULL=1 every one.
    """
    other = "CASE substr(body, {i}, 1) WHEN 'a' THEN 'b' ELSE 'a' END"
    change = f"substr(body, 1, {{i}} - 1) || {other} || substr(body, {{i}} + 1)"
    events = archive.rows("SELECT stream, n, length(body) FROM td_event")

    lite = archive.engine.dialect.name == "sqlite"
    step = 1 if os.environ.get("FULL") else 11 if lite else 23  # PostgreSQL takes a minute for all
    for i in range(1, max(length for _, _, length in events) + 1, step):
        sql = f"UPDATE td_event SET body = {change} WHERE length(body) >= :i".replace("{i}", str(i))
        with archive.attacked(sql, i=i) as db:
            named = {(p.stream, p.n) for p in problems(db, archive.wf) if p.code == "event-bytes"}
        assert named == {(stream, n) for stream, n, length in events if length >= i}


def test_single_events_changed_alone(archive):
    wider = "replace(body, '\"n\":', '\"n\": ')"
    sql = f"UPDATE td_event SET body = {wider} WHERE stream = :s AND n = :n"
    for stream, n in archive.rows("SELECT stream, n FROM td_event"):
        with archive.attacked(sql, s=stream, n=n) as db:
            told = [(p.stream, p.n, p.code) for p in problems(db, archive.wf)]
        assert told == [(stream, n, "event-bytes")]


def test_cut_tails(archive):
    sql = "DELETE FROM td_event WHERE stream = :stream AND n > :n"
    for stream, count in archive.rows("SELECT stream, max(n) FROM td_event GROUP BY stream"):
        for n in range(count):
            with archive.attacked(sql, stream=stream, n=n) as db:
                assert {"stream-count", "stream-head"} <= found(archive, db)


def test_cut_tails_with_the_count_mended(archive):
    cut = "DELETE FROM td_event WHERE stream = 'h1' AND n > :n"
    for n in range(archive.rows("SELECT count FROM td_dossier WHERE id = 'h1'")[0][0]):
        with archive.attacked(cut, "UPDATE td_dossier SET count = :n WHERE id = 'h1'", n=n) as db:
            assert "stream-head" in found(archive, db, "h1")


def test_events_taken_out(archive):
    for stream, n in archive.rows("SELECT stream, n FROM td_event"):
        with archive.attacked(DROP, stream=stream, n=n) as db:
            assert found(archive, db) & {"event-missing", "stream-count"}


def test_events_exchanged(archive):
    move = "UPDATE td_event SET n = :to WHERE stream = 'h1' AND n = :n"
    with archive.attacked() as db:
        for n, to in [(7, 1007), (8, 7), (1007, 8)]:
            db.execute(text(move), {"n": n, "to": to})

        told = [(p.n, p.code) for p in problems(db, archive.wf)]

    assert {(7, "event-column"), (7, "event-link"), (8, "event-link"), (9, "event-link")} <= {*told}


def test_events_doubled_and_slipped_in(archive):
    last = archive.rows("SELECT count FROM td_dossier WHERE id = 'h1'")[0][0]
    copy = (f"INSERT INTO td_event SELECT 'h1', {last + 1}, body, hash, NULL, NULL FROM"
            " td_event WHERE stream = 'h1' AND n = :n")  # fmt: skip
    for n in (1, 7, last):
        with archive.attacked(copy, n=n) as db:
            assert {"event-column", "event-link", "stream-count"} <= found(archive, db)


def test_an_event_of_another_stream(archive):
    swap = "UPDATE td_event SET stream = 'h3' WHERE stream = 'h2' AND n = 2"
    with archive.attacked("DELETE FROM td_event WHERE stream = 'h3' AND n = 2", swap) as db:
        assert {"event-column", "event-link", "stream-count"} <= found(archive, db)


def forged(archive, db, n, **values):
    """Event `n` of h1 with other values, and all after it chained anew; the new head."""
    rows = db.execute(text("SELECT n, body FROM td_event WHERE stream = 'h1' ORDER BY n")).all()
    prev = None
    for number, body in rows[n - 1 :]:
        told = json.loads(body)
        told |= values if number == n else {"prev": prev}
        sealed = canonical(told)
        prev = event_hash(sealed)
        db.execute(text(PUT), {"stream": "h1", "n": number, "body": sealed, "hash": prev})
    return prev


@pytest.mark.parametrize("n", [1, 12, 28])
def test_a_chain_made_anew_is_held_against_the_head(archive, n):
    with archive.attacked() as db:
        forged(archive, db, n, by="somebody")

        assert found(archive, db) == {"stream-head"}


def test_a_forger_who_writes_the_head_too_is_not_seen_from_inside(archive):
    """The limit of a journal in one database: only a head kept elsewhere shows this."""
    with archive.attacked() as db:
        head = forged(archive, db, 12, happened="2018-06-01T00:00:00.000000+07:00")
        db.execute(text("UPDATE td_dossier SET head = :head WHERE id = 'h1'"), {"head": head})

        assert verify(db, archive.wf) == []


def test_a_forger_has_to_change_the_tables_as_well(archive):
    with archive.attacked() as db:
        head = forged(archive, db, 7, opinion="agree")
        db.execute(text("UPDATE td_dossier SET head = :head WHERE id = 'h1'"), {"head": head})

        told = [(p.code, p.fields["table"], p.fields["column"]) for p in problems(db, archive.wf)]
        by_bytes = verify(db, archive.wf, bytes_only=True)

    assert told == [("row-differs", "opinion", "kind")]
    assert by_bytes == []  # well hashed is all that they are


@pytest.mark.parametrize(
    ("attack", "code"),
    [
        ("UPDATE td_event SET body = replace(body, 'act', 'acT') WHERE n = 2", "event-bytes"),
        ("UPDATE td_event SET command_id = 'c' WHERE stream = 'h1' AND n = 2", "event-column"),
        ("DELETE FROM td_event WHERE stream = 'h1' AND n = 2", "event-missing"),
        ("UPDATE td_dossier SET head = 'x' WHERE id = 'h1'", "stream-head"),
        ("UPDATE td_dossier SET count = count - 1 WHERE id = 'h1'", "stream-count"),
        ("DELETE FROM td_dossier WHERE id = 'h1'", "row-ownerless"),
        ("DELETE FROM td_event_private WHERE stream = 'h1'", "private-missing"),
        ("UPDATE td_procedure SET text = text || ' '", "procedure-changed"),
    ],
)  # fmt: skip
def test_the_journal_by_itself_shows_what_was_changed_in_it(archive, attack, code):
    with archive.attacked(attack) as db:
        told = {problem.code for problem in problems(db, archive.wf, bytes_only=True)}

    assert code in told
    assert not told & {"row-differs", "row-missing", "row-unfounded"}


def test_what_no_replay_understands(archive):
    with archive.attacked() as db:
        head = forged(archive, db, 12, tasks="none")
        db.execute(text("UPDATE td_dossier SET head = :head WHERE id = 'h1'"), {"head": head})

        (problem,) = verify(db, archive.wf)

    assert (problem.code, problem.n) == ("event-unreadable", 12)


def test_streams_that_nobody_owns(archive):
    dossier = "DELETE FROM td_dossier WHERE id = 'h2'"
    streams = "DELETE FROM td_event WHERE stream = 'h2'"
    with archive.attacked(dossier) as db:
        tables = {p.fields["table"] for p in problems(db, archive.wf)}
        assert found(archive, db, "h2") == {"row-ownerless"}
    with archive.attacked(dossier, streams) as db:
        rest = {p.fields["table"] for p in problems(db, archive.wf)}

    assert tables == {"event", "task"}
    assert rest == {"event_private", "task"}


@pytest.mark.parametrize("table", ["round", "submission", "meeting", "decision"])
def test_registers_that_vanish(archive, table):
    with archive.attacked(f"DELETE FROM td_{table}") as db:
        assert "row-ownerless" in found(archive, db)


def test_a_round_that_vanishes_with_its_events(archive):
    streams = "DELETE FROM td_event WHERE stream IN (SELECT id FROM td_round)"
    with archive.attacked(streams, "DELETE FROM td_round") as db:
        told = {(p.code, p.fields["table"]) for p in problems(db, archive.wf)}

    assert told == {("row-ownerless", "line")}


def test_a_row_without_any_event(archive):
    no_events = "DELETE FROM td_event WHERE stream = 'h2'"
    no_values = "DELETE FROM td_event_private WHERE stream = 'h2'"
    empty = "UPDATE td_dossier SET count = 0, head = '' WHERE id = 'h2'"
    with archive.attacked(no_events, no_values, empty) as db:
        assert found(archive, db) == {"row-unfounded"}


def test_a_procedure_whose_bytes_are_no_text(archive):
    if archive.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL takes no such bytes")
    with archive.attacked("UPDATE td_procedure SET text = CAST(x'ff2d' AS TEXT)") as db:
        assert found(archive, db) == {"procedure-changed"}


def test_a_procedure_called_otherwise_than_its_text_says(archive):
    with archive.attacked("UPDATE td_procedure SET version = '9'") as db:
        assert found(archive, db) == {"row-differs"}


def test_a_procedure_that_is_gone_though_a_shelf_has_it(archive):
    with archive.attacked("DELETE FROM td_procedure") as db:
        assert found(archive, db) == {"procedure-missing"}


def test_a_procedure_that_was_edited(archive):
    with archive.attacked("UPDATE td_procedure SET text = replace(text, '2/3', '1/3')") as db:
        assert found(archive, db) == {"procedure-changed"}


def test_problems_speak(archive):
    with archive.attacked("UPDATE td_task SET outcome = 'agree' WHERE dossier_id = 'h1'") as db:
        told = verify(db, archive.wf)

    assert told
    assert all(problem.text("vi") != problem.text("en") for problem in told)
    assert "outcome" in told[0].text()
    assert "{" not in "".join(problem.text("vi") for problem in told)
