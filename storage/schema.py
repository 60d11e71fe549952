"""The tables, with the host's schema or prefix: text and integers only."""

from dataclasses import dataclass, fields

from sqlalchemy import BigInteger, Column, Index, MetaData, Table, Text, text
from sqlalchemy.sql.schema import SchemaItem

VERSION_TABLE = "alembic_version"


def _text(name: str, *, key: bool = False, null: bool = True) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=null and not key)


def _number(name: str, *, key: bool = False, null: bool = True) -> Column[int]:
    # A lone integer key would become SQLite's rowid; none of ours is one.
    return Column(name, BigInteger, primary_key=key, nullable=null and not key, autoincrement=False)


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table, by its name without prefix."""

    metadata: MetaData
    procedure: Table
    dossier: Table
    event: Table
    event_private: Table
    checkpoint: Table
    task: Table
    line: Table
    round: Table
    opinion: Table
    vote: Table
    box: Table
    document: Table
    notice: Table
    mail: Table
    lease: Table
    submission: Table
    campaign: Table
    meeting: Table
    attendance: Table
    council: Table
    council_seat: Table
    decision: Table
    decision_line: Table
    calendar: Table
    closure: Table
    unit: Table
    person: Table
    holding: Table
    address: Table
    relation: Table
    substitution: Table
    directory: Table
    retention: Table
    classified: Table
    subscriber: Table

    def all(self) -> list[Table]:
        """The tables in the order of their declaration."""
        return [getattr(self, f.name) for f in fields(self) if f.name != "metadata"]


def tables(schema: str | None = None, prefix: str = "td_") -> Tables:
    """The tables under `prefix` in `schema`, in a MetaData of their own."""
    metadata = MetaData(schema=schema)

    def table(name: str, *parts: SchemaItem) -> Table:
        return Table(prefix + name, metadata, *parts, sqlite_with_rowid=False)

    built = {name: table(name, *parts) for name, parts in _columns().items()}
    _indexes(built, prefix)
    return Tables(metadata, **built)


def _columns() -> dict[str, list[SchemaItem]]:
    return {**_dossier_columns(), **_round_columns(), **_message_columns(),
            **_register_columns(), **_people_columns()}  # fmt: skip


def _dossier_columns() -> dict[str, list[SchemaItem]]:
    return {
        "procedure": [
            _text("hash", key=True), _text("name", null=False), _text("version", null=False),
            _text("text", null=False), _text("confirmed", null=False), _text("stored_at"),
        ],
        "dossier": [
            _text("id", key=True), _text("procedure", null=False), _text("award", null=False),
            _text("candidate_kind", null=False), _text("candidate_name", null=False),
            _text("candidate_unit"), _text("candidate_person"), _text("unit"),
            _text("fields", null=False), _text("state", null=False),
            _number("version", null=False), _number("count", null=False),
            _text("head", null=False), _text("pause"), _text("more", null=False),
            _text("submission"), _text("campaign"), _text("created_at", null=False),
            _text("changed_at", null=False),
        ],
        "event": [
            _text("stream", key=True), _number("n", key=True), _text("body", null=False),
            _text("hash", null=False), _text("command_id"), _number("leaf"),
        ],
        "event_private": [
            _text("stream", key=True), _number("n", key=True), _text("body", null=False),
        ],
        "checkpoint": [
            _number("size", key=True), _text("root", null=False), _text("frontier", null=False),
            _text("made_at", null=False), _text("key_id"), _text("signature"),
        ],
        "task": [
            _text("dossier_id", key=True), _number("n", key=True), _text("kind", null=False),
            _text("what", null=False), _text("seat", null=False),
            _number("opened_n", null=False), _text("status", null=False), _text("round_id"),
            _text("holder"), _text("outcome"), _number("answered_n"), _number("closed_n"),
            _text("due_on"), _text("due_at"), _text("ladder"), _number("rung", null=False),
            _text("wake_at"), _number("left"), _text("reckoned"),
        ],
        "document": [
            _text("owner", key=True), _text("kind", key=True), _number("version", key=True),
            _text("sha256", null=False), _number("size", null=False), _text("type", null=False),
            _text("name", null=False), _text("pages"),
        ],
    }  # fmt: skip


def _round_columns() -> dict[str, list[SchemaItem]]:
    return {
        "round": [
            _text("id", key=True), _text("gathered", null=False), _number("seq", null=False),
            _text("procedure", null=False), _text("name", null=False), _text("meeting"),
            _text("opened_at", null=False), _number("count", null=False), _text("head", null=False),
        ],
        "line": [
            _text("dossier_id", key=True), _text("round_id", key=True), _text("name", null=False),
            _number("opened_n", null=False), _number("closed_n"), _text("outcome"),
            _text("counts", null=False), _text("meeting"),
        ],
        "opinion": [
            _text("dossier_id", key=True), _number("n", key=True), _text("round_id", null=False),
            _text("seat", null=False), _text("kind", null=False), _text("standing", null=False),
        ],
        "vote": [
            _text("dossier_id", key=True), _text("round_id", key=True), _text("seat", key=True),
            _number("n", null=False), _text("choice", null=False), _text("way", null=False),
        ],
        "box": [
            _text("dossier_id", key=True), _text("round_id", key=True),
            _text("key_id", null=False), _text("public", null=False),
            _number("votes", null=False), _text("slips", null=False), _text("salt", null=False),
        ],
    }  # fmt: skip


def _message_columns() -> dict[str, list[SchemaItem]]:
    return {
        "notice": [
            _text("dossier_id", key=True), _number("occurrence", key=True),
            _text("seat", key=True), _text("matter", key=True), _text("template", null=False),
            _text("context", null=False), _text("status", null=False), _number("until"),
            _text("waits"), _text("mail_id"), _text("raised_at", null=False), _text("pace"),
        ],
        "mail": [
            _text("id", key=True), _text("owner", null=False), _text("mailbox", null=False),
            _text("lang", null=False), _text("content", null=False), _text("status", null=False),
            _text("lease_owner"), _text("lease_until"), _number("attempt", null=False),
            _text("next_at", null=False), _text("made_at", null=False), _text("sent_at"),
            _text("trouble"), _text("pace"),
        ],
        "lease": [
            _text("name", key=True), _text("owner", null=False), _text("until_at", null=False),
            _text("beat_at", null=False),
        ],
        "subscriber": [
            _text("name", key=True), _number("position", null=False), _text("owner", null=False),
            _text("until_at", null=False), _number("attempt", null=False), _text("trouble"),
        ],
    }  # fmt: skip


def _register_columns() -> dict[str, list[SchemaItem]]:
    chain = ("count", "head")
    return {
        "submission": [
            _text("id", key=True), _text("paper", null=False), _text("sender"),
            _text("received_on"), _text("campaign"), _number(chain[0], null=False),
            _text(chain[1], null=False),
        ],
        "campaign": [
            _text("id", key=True), _text("title", null=False), _text("ground"),
            _text("submit_by"), _text("procedures", null=False),
        ],
        "meeting": [
            _text("id", key=True), _text("title", null=False), _text("held_on", null=False),
            _text("status", null=False), _number(chain[0], null=False),
            _text(chain[1], null=False), _text("council"), _text("presides"),
        ],
        "attendance": [
            _text("meeting_id", key=True), _text("seat", key=True), _text("presence", null=False),
        ],
        "council": [
            _text("id", key=True), _text("title", null=False), _text("role", null=False),
            _text("from_on", null=False), _text("to_on"), _text("quorum"),
            _number(chain[0], null=False), _text(chain[1], null=False),
        ],
        "council_seat": [
            _text("council_id", key=True), _text("actor", key=True), _text("from_on", key=True),
            _text("to_on"), _text("post", null=False),
        ],
        "decision": [
            _text("id", key=True), _text("title", null=False), _text("status", null=False),
            _text("paper", null=False), _text("number"), _text("signed_on"), _text("changes"),
            _number(chain[0], null=False), _text(chain[1], null=False),
        ],
        "decision_line": [
            _text("decision_id", key=True), _text("dossier_id", key=True),
            _text("trigger", null=False), _number("seen_n", null=False),
            _text("status", null=False),
        ],
        "calendar": [
            _text("id", key=True), _text("days", null=False), _number("first_year"),
            _number("last_year"), _number(chain[0], null=False), _text(chain[1], null=False),
        ],
    }  # fmt: skip


def _people_columns() -> dict[str, list[SchemaItem]]:
    return {
        "unit": [
            _text("id", key=True), _text("from_on", key=True), _text("to_on"),
            _text("name", null=False), _text("kind", null=False), _text("code"),
            _text("parent"), _text("successor"), _text("groups", null=False),
        ],
        "person": [
            _text("id", key=True), _text("name", null=False), _text("lang", null=False),
            _text("account"),
        ],
        "holding": [
            _text("actor", key=True), _text("role", key=True), _text("unit", key=True),
            _text("from_on", key=True), _text("to_on"), _text("ground"),
        ],
        "address": [
            _text("owner", key=True), _text("from_on", key=True), _text("to_on"),
            _text("mailbox"), _text("phone"),
        ],
        "closure": [
            _text("unit", key=True), _text("closed_on", key=True), _text("ground", null=False),
        ],
        "relation": [
            _text("person", key=True), _text("relative", key=True), _text("ground"),
        ],
        "substitution": [
            _text("id", key=True), _text("actor", null=False), _text("for_actor", null=False),
            _text("from_on", null=False), _text("to_on"), _text("roles", null=False),
            _text("units", null=False), _text("procedures", null=False), _text("acts", null=False),
            _text("ground"), _number("count", null=False), _text("head", null=False),
        ],
        "directory": [
            _text("id", key=True), _number("count", null=False), _text("head", null=False),
        ],
        "retention": [
            _text("id", key=True), _number("years"), _number("count", null=False),
            _text("head", null=False),
        ],
        "classified": [
            _text("id", key=True), _text("level"), _number("count", null=False),
            _text("head", null=False),
        ],
    }  # fmt: skip


def _indexes(built: dict[str, Table], prefix: str) -> None:
    def index(name: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
        table = built[name.partition(".")[0]]
        only = text(where) if where else None
        Index(
            f"{prefix}{name.replace('.', '_')}", *(table.c[c] for c in columns), unique=unique,
            sqlite_where=only, postgresql_where=only,
        )  # fmt: skip

    index("procedure.version", "name", "version", unique=True)
    index("event.command", "stream", "command_id", unique=True, where="command_id IS NOT NULL")
    index("event.waiting", "stream", "n", where="leaf IS NULL")
    index("event.leaf", "leaf", unique=True, where="leaf IS NOT NULL")
    index("task.wake", "wake_at", where="wake_at IS NOT NULL")
    index("task.seat", "seat", "due_at", where="status IN ('open', 'paused')")
    index("task.round", "round_id", where="round_id IS NOT NULL")
    index("line.round", "round_id")
    index("round.gathered", "gathered", "seq", unique=True)
    index("dossier.state", "procedure", "state")
    index("dossier.submission", "submission", where="submission IS NOT NULL")
    index("dossier.campaign", "campaign", where="campaign IS NOT NULL")
    index("notice.waiting", "status", "seat", where="status IN ('due', 'waits', 'held', 'paper')")
    index("notice.mail", "mail_id", where="mail_id IS NOT NULL")
    index("mail.made", "made_at")
    index("mail.next", "next_at", where="status IN ('queued', 'leased', 'retry')")
    index("decision_line.dossier", "dossier_id")
    index("holding.role", "role", "unit")
    index("unit.kind", "kind")
    index("substitution.actor", "actor")
    index("unit.successor", "successor", where="successor IS NOT NULL")
