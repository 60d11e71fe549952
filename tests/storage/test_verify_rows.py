"""The tables are edited by SQL: every column, every row, private values, documents' bytes."""

import json
import unicodedata
from contextlib import contextmanager
from itertools import islice, repeat

import pytest
from sqlalchemy import BigInteger, and_, create_engine, event, select, update

from thidua import Answer, By, Fire, Thidua
from thidua.verify import problems, verify

TABLES = ("event", "event_private", "dossier", "task", "line", "opinion", "vote", "document",
          "round", "submission", "meeting", "decision", "decision_line")  # fmt: skip
COLUMNS = [(t.name[3:], c.name) for t in Thidua().tables.all() if t.name[3:] in TABLES for c in t.c]
CLOCKS = [("task", "rung"), ("task", "wake_at")]


def told(archive, db, dossier_id=None):
    """Code, table, row and column of every problem."""
    return [
        (p.code, p.fields.get("table"), p.fields.get("key"), p.fields.get("column"))
        for p in verify(db, archive.wf, dossier_id=dossier_id)
    ]


def rows_of(archive, table):
    """A table's rows by column."""
    with archive.engine.connect() as db:
        return [dict(row) for row in db.execute(select(table)).mappings()]


def edited(archive, table, row, values):
    """A statement that gives a row other values."""
    mine = and_(*(column == row[column.name] for column in table.primary_key))
    return update(table).where(mine).values(values)


def other(column, value):
    """Another value of the column's type."""
    if isinstance(column.type, BigInteger):
        return (value or 0) + 1000
    return "x" if value is None else value + "x"


@pytest.mark.parametrize(("name", "column"), [each for each in COLUMNS if each not in CLOCKS])
def test_every_column_is_watched(archive, name, column):
    table = getattr(archive.wf.tables, name)
    rows = rows_of(archive, table)
    assert rows

    start = COLUMNS.index((name, column)) % 3 if len(rows) > 3 else 0
    lite = archive.engine.dialect.name == "sqlite"  # one row shows that the other reads the column
    for row in islice(rows, start, None if lite else start + 1, 3):
        values = {column: other(table.c[column], row[column])}
        with archive.engine.connect() as db:
            db.execute(edited(archive, table, row, values))
            assert verify(db, archive.wf) != [], (row, values)
            db.rollback()


@pytest.mark.parametrize("name", [each for each in TABLES if each not in ("event",)])
def test_every_row_is_missed(archive, name):
    table = getattr(archive.wf.tables, name)

    for row in rows_of(archive, table):
        mine = and_(*(column == row[column.name] for column in table.primary_key))
        with archive.engine.connect() as db:
            db.execute(table.delete().where(mine))
            assert verify(db, archive.wf) != [], row
            db.rollback()


@pytest.mark.parametrize(("name", "values", "code"), [
    ("task", {"n": 99}, "row-unfounded"), ("line", {"round_id": "r9"}, "row-unfounded"),
    ("opinion", {"n": 99}, "row-unfounded"), ("vote", {"seat": "member:m9"}, "row-unfounded"),
    ("document", {"version": 9}, "row-unfounded"),
    ("opinion", {"dossier_id": "h9"}, "row-ownerless"),
    ("vote", {"dossier_id": "h9"}, "row-ownerless"), ("document", {"owner": "h9"}, "row-ownerless"),
    ("decision_line", {"dossier_id": "h2"}, "row-unfounded"),
    ("event_private", {"stream": "h9"}, "row-ownerless"),
    ("event_private", {"n": 99}, "row-ownerless"),
    ("dossier", {"id": "h9"}, "stream-count"),
])  # fmt: skip
def test_rows_that_were_slipped_in(archive, name, values, code):
    table = getattr(archive.wf.tables, name)
    row = rows_of(archive, table)[0]

    with archive.engine.connect() as db:
        db.execute(table.insert().values({**row, **values}))
        assert code in {each[0] for each in told(archive, db)}
        db.rollback()


@pytest.mark.parametrize(("sql", "where"), [
    ("UPDATE td_dossier SET state = 'submitted' WHERE id = 'h1'", ("dossier", "h1", "state")),
    ("UPDATE td_dossier SET candidate_name = 'Kẻ Khác' WHERE id = 'h1'",
     ("dossier", "h1", "candidate_name")),
    ("UPDATE td_vote SET choice = 'for' WHERE seat = 'member:m3'",
     ("vote", "vote-round/member:m3", "choice")),
    ("UPDATE td_task SET outcome = 'agree' WHERE dossier_id = 'h1' AND n = 6",
     ("task", "6", "outcome")),
])  # fmt: skip
def test_a_difference_is_named(archive, sql, where):
    table, key, column = where
    key = key.replace("vote-round", str(archive.rows("SELECT round_id FROM td_vote")[0][0]))

    with archive.attacked(sql) as db:
        assert told(archive, db) == [("row-differs", table, key, column)]


def test_personal_values_are_not_repeated(archive):
    name = "UPDATE td_dossier SET candidate_name = 'Kẻ Khác', state = 'x' WHERE id = 'h1'"
    with archive.attacked(name) as db:
        found = {p.fields["column"]: p.fields for p in problems(db, archive.wf)}

    assert (found["state"]["stored"], found["state"]["told"]) == ("x", "granted")
    assert set(found["candidate_name"]) == {"table", "key", "column"}


def test_names_may_be_composed_otherwise(archive):
    """A host that writes names its own way changes no letter of them."""
    plain = archive.rows("SELECT candidate_name FROM td_dossier WHERE id = 'h1'")[0][0]
    spelled = "UPDATE td_dossier SET candidate_name = :name WHERE id = 'h1'"
    with archive.attacked(spelled, name=unicodedata.normalize("NFD", plain)) as db:
        assert told(archive, db) == []


@pytest.mark.parametrize("change", [
    lambda kept: {name: [salt, value + "x"] for name, (salt, value) in kept.items()},
    lambda kept: {name: [salt[::-1], value] for name, (salt, value) in kept.items()},
    lambda kept: {**kept, "more": ["00" * 32, "x"]},
    lambda kept: {}, lambda kept: {"other": next(iter(kept.values()))},
])  # fmt: skip
def test_private_values_are_held_to_their_commitments(archive, change):
    put = "UPDATE td_event_private SET body = :body WHERE stream = :s AND n = :n"
    for stream, n, body in archive.rows("SELECT stream, n, body FROM td_event_private"):
        changed = json.dumps(change(json.loads(body)), ensure_ascii=False, sort_keys=True,
                             separators=(",", ":"))  # fmt: skip
        with archive.attacked(put, body=changed, s=stream, n=n) as db:
            codes = {(p.n, p.code) for p in problems(db, archive.wf)}
        assert {code for at, code in codes if at == n} & {
            "private-differs", "private-unfounded", "private-missing", "private-form",
        }  # fmt: skip


def test_a_clocks_working_values_are_its_own(archive):
    """A reminder moves them without an event; those of tasks that ended have no wake-up."""
    later = "UPDATE td_task SET rung = 2, wake_at = '2018-07-01T01:00:00.000000Z' WHERE status = "
    with archive.attacked(f"{later}'open'") as db:
        assert told(archive, db) == []
    with archive.attacked(f"{later}'done' AND dossier_id = 'h1' AND n = 1") as db:
        assert told(archive, db) == [("row-differs", "task", "1", "wake_at")]


def test_bytes_of_documents_are_hashed_again(archive):
    sha256 = archive.rows("SELECT sha256 FROM td_document WHERE owner = 's1'")[0][0]
    path = archive.wf.files.path(sha256)
    content = path.read_bytes()

    with archive.engine.connect() as db:
        path.write_bytes(content + b".")
        changed = [(p.stream, p.code, p.fields["kind"]) for p in problems(db, archive.wf)]
        path.unlink()
        missing = [(p.stream, p.code) for p in problems(db, archive.wf)]
        path.write_bytes(content)

    assert changed == [("s1", "file-changed", "minutes")]
    assert missing == [("s1", "file-missing")]


def test_without_files_only_the_journal_is_read(archive):
    wf = Thidua(conditions={"has_budget": lambda _: True})

    with archive.engine.connect() as db:
        assert verify(db, wf) == []


@contextmanager
def disturbed(archive, dossier, opinions):
    """A reading connection; before each of its reads of the dossier's events an act commits."""
    engine = create_engine(archive.engine.url)

    @event.listens_for(engine, "before_cursor_execute")
    def act(_connection, _cursor, statement, parameters, *_):
        if "LEFT OUTER JOIN" in statement and dossier in str(parameters):
            for opinion in islice(opinions, 1):
                archive.act(dossier, Answer("opinions", opinion), "d0")

    with engine.connect() as db:
        yield db
    engine.dispose()


def test_an_act_in_between_is_no_problem(archive):
    _consulted(archive, "h4")
    opinions = iter(["agree", "no_comment"])

    with disturbed(archive, "h4", opinions) as db:
        assert verify(db, archive.wf) == []

    assert list(opinions) == []


def test_what_never_stands_still_is_said_to_move(archive):
    _consulted(archive, "h5")

    with disturbed(archive, "h5", repeat("agree")) as db:
        found = [(p.stream, p.code) for p in verify(db, archive.wf, dossier_id="h5")]

    assert found == [("h5", "stream-moving")]


def _consulted(archive, dossier):
    archive.propose(dossier)
    archive.attach(dossier, "report", b"bao cao")
    archive.act(dossier, Fire("accept"))
    archive.act(dossier, Fire("consult"), By("appraiser"))


@pytest.mark.parametrize("sql", [
    "UPDATE td_event SET body = CAST(x'ff' AS TEXT) WHERE stream = 'h2' AND n = 1",
    "UPDATE td_dossier SET candidate_name = CAST(x'ff' AS TEXT) WHERE id = 'h2'",
    "UPDATE td_event SET body = CAST(body AS BLOB) WHERE stream = 'h2' AND n = 1",
    "UPDATE td_task SET status = CAST(status AS BLOB) WHERE dossier_id = 'h2' AND n = 1",
    "UPDATE td_dossier SET count = 2.5 WHERE id = 'h2'",
    "UPDATE td_dossier SET fields = 5 WHERE id = 'h2'",
    "UPDATE td_event SET n = 'one' WHERE stream = 'h2' AND n = 1",
    "UPDATE td_event_private SET body = x'00' WHERE stream = 'h2' AND n = 1",
])  # fmt: skip
def test_values_of_no_type_that_a_column_has(lite, sql):
    """SQLite keeps anything in any column; the other dossiers are still told apart."""
    with lite.attacked(sql) as db:
        assert {problem.stream for problem in problems(db, lite.wf)} == {"h2"}
        assert verify(db, lite.wf, dossier_id="h2") != []
