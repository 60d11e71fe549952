"""Triggers that refuse to change what was written: a guard against slips, not against an owner."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.engine import Connection

REFUSED = "the journal is only added to"
"""What the database says when somebody tries."""

NAMES = ("event_kept", "event_there", "event_private_there", "checkpoint_kept", "checkpoint_there")
"""Without prefix; on PostgreSQL each table's triggers against TRUNCATE stand beside them."""

_COLUMNS = ("stream", "n", "body", "hash", "command_id")
_TABLES = ("event", "event_private", "checkpoint")
_BODY = f" BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = '23001'; END "


def statements(dialect: str, schema: str | None, prefix: str) -> Iterator[str]:
    """What makes them, on "sqlite" or "postgresql", where there are none yet.

    An event may be given its leaf, once. A private value may be erased, its row not deleted.
    """
    made = _sqlite if dialect == "sqlite" else _postgresql
    return made(f"{schema}." if schema else "", prefix)


def _sqlite(place: str, prefix: str) -> Iterator[str]:
    same = " AND ".join(f"NEW.{each} IS OLD.{each}" for each in _COLUMNS)
    numbered = f"OLD.leaf IS NULL AND NEW.leaf IS NOT NULL AND {same}"
    for name, on in _told(f" WHEN NOT ({numbered})"):
        when, _, only = on.partition(" WHEN ")
        yield (
            f"CREATE TRIGGER {place}{prefix}{name} BEFORE {when.replace(' ON ', f' ON {prefix}')}"
            f"{' WHEN ' + only if only else ''} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


def _postgresql(place: str, prefix: str) -> Iterator[str]:
    same = " AND ".join(f"NEW.{each} IS NOT DISTINCT FROM OLD.{each}" for each in _COLUMNS)
    numbered = f"OLD.leaf IS NULL AND NEW.leaf IS NOT NULL AND {same}"
    refuse = f"{place}{prefix}journal_kept()"
    yield f"CREATE OR REPLACE FUNCTION {refuse} RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
    for name, on in _told(f" WHEN (NOT ({numbered}))"):
        what, _, only = on.partition(" WHEN ")
        act, _, table = what.partition(" ON ")
        yield (
            f"CREATE TRIGGER {prefix}{name} BEFORE {act} ON {place}{prefix}{table} FOR EACH ROW"
            f"{' WHEN ' + only if only else ''} EXECUTE FUNCTION {refuse}"
        )
    for table in _TABLES:
        yield (
            f"CREATE TRIGGER {prefix}{table}_whole BEFORE TRUNCATE ON {place}{prefix}{table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {refuse}"
        )


def _told(but_numbering: str) -> Iterator[tuple[str, str]]:
    yield "event_kept", f"UPDATE ON event{but_numbering}"
    yield "event_there", "DELETE ON event"
    yield "event_private_there", "DELETE ON event_private"
    yield "checkpoint_kept", "UPDATE ON checkpoint"
    yield "checkpoint_there", "DELETE ON checkpoint"


def wanted(dialect: str, prefix: str) -> set[str]:
    """The names of all there should be."""
    whole = [f"{table}_whole" for table in _TABLES] if dialect == "postgresql" else []
    return {f"{prefix}{name}" for name in (*NAMES, *whole)}


def missing(db: Connection, schema: str | None, prefix: str) -> list[str]:
    """The names of those that are not there, do something else or, on PostgreSQL, are off."""
    if db.dialect.name == "sqlite":
        query = f"SELECT sql, name FROM {schema or 'main'}.sqlite_master WHERE type = 'trigger'"  # noqa: S608 -- the host's own schema
        made = set(_sqlite("", prefix))
        found = {name for sql, name in db.execute(text(query)) if sql in made}
    else:
        query = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled <> 'D' AND p.prosrc = :body"
            " AND (t.tgqual IS NULL) = (t.tgname <> :numbered) AND c.relnamespace ="
            " coalesce(to_regnamespace(:schema), current_schema()::regnamespace)"
        )
        terms = {"schema": schema, "body": _BODY, "numbered": f"{prefix}event_kept"}
        found = set(db.execute(text(query), terms).scalars())
    return sorted(wanted(db.dialect.name, prefix) - found)


def drop(db: Connection, schema: str | None, prefix: str) -> None:
    """Take them away, as only the owner of the tables can: for repairs, and for attackers."""
    place = f"{schema}." if schema else ""
    for name in sorted(wanted(db.dialect.name, prefix)):
        if db.dialect.name == "sqlite":
            db.exec_driver_sql(f"DROP TRIGGER IF EXISTS {place}{name}")
            continue
        table = name.removeprefix(prefix).rpartition("_")[0]
        db.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {place}{prefix}{table}")
