"""What the statutory clock needs: how each due was reckoned, calendars, units' own days off."""

from typing import Any

from sqlalchemy import BigInteger, Column, Text, text

from thidua.storage import triggers

revision = "0002"
down_revision = "0001"

# Read as in revision 0001: a column is a text that must be given. After its name: * part of the
# key, # a number, ? may be null.
COLUMNS = {
    "task": "reckoned?", "notice": "pace?", "mail": "pace?", "meeting": "council? presides?",
    "event": "leaf#?",
}  # fmt: skip

TABLES = {
    "calendar": "id* days first_year#? last_year#? count# head",
    "closure": "unit* closed_on* ground",
    "attendance": "meeting_id* seat* presence",
    "council": "id* title role from_on to_on? quorum? count# head",
    "council_seat": "council_id* actor* from_on* to_on? post",
    "relation": "person* relative* ground?",
    "substitution": "id* actor for_actor from_on to_on? roles units procedures acts ground?"
    " count# head",
    "directory": "id* count# head",
    "retention": "id* years#? count# head",
    "classified": "id* level? count# head",
    "box": "dossier_id* round_id* key_id public votes# slips salt",
    "checkpoint": "size#* root frontier made_at key_id? signature?",
    "subscriber": "name* position# owner until_at attempt# trouble?",
}


def upgrade(op: Any, *, schema: str | None, prefix: str) -> None:
    """Add the columns and make the tables."""
    for table, columns in COLUMNS.items():
        for told in columns.split():
            op.add_column(prefix + table, _column(told), schema=schema)
    op.create_index(f"{prefix}mail_made", f"{prefix}mail", ["made_at"], schema=schema)
    where = text("successor IS NOT NULL")
    op.create_index(f"{prefix}unit_successor", f"{prefix}unit", ["successor"], schema=schema,
                    sqlite_where=where, postgresql_where=where)  # fmt: skip
    _index_leaves(op, schema, prefix)
    for table, columns in TABLES.items():
        made = [_column(told) for told in columns.split()]
        op.create_table(prefix + table, *made, schema=schema, sqlite_with_rowid=False)
    op.create_index(
        f"{prefix}substitution_actor", f"{prefix}substitution", ["actor"], schema=schema
    )
    for each in triggers.statements(op.get_context().dialect.name, schema, prefix):
        op.execute(each)


def _index_leaves(op: Any, schema: str | None, prefix: str) -> None:
    waiting, numbered = text("leaf IS NULL"), text("leaf IS NOT NULL")
    op.create_index(f"{prefix}event_waiting", f"{prefix}event", ["stream", "n"], schema=schema,
                    sqlite_where=waiting, postgresql_where=waiting)  # fmt: skip
    op.create_index(f"{prefix}event_leaf", f"{prefix}event", ["leaf"], schema=schema, unique=True,
                    sqlite_where=numbered, postgresql_where=numbered)  # fmt: skip


def _column(told: str) -> Column[Any]:
    name = told.rstrip("*#?")
    key, kind = "*" in told, BigInteger if "#" in told else Text
    null = not key and "?" in told
    return Column(name, kind, primary_key=key, nullable=null, autoincrement=False)
