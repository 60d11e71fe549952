"""The first schema."""

from typing import Any

from sqlalchemy import BigInteger, Column, Text, text

revision = "0001"
down_revision = None

# A column is a text that must be given. After its name: * part of the key, # a number, ? may be
# null.
TABLES = {
    "procedure": "hash* name version text confirmed stored_at?",
    "dossier": (
        "id* procedure award candidate_kind candidate_name candidate_unit? candidate_person? "
        "unit? fields state version# count# head pause? more submission? campaign? created_at "
        "changed_at"
    ),
    "event": "stream* n*# body hash command_id?",
    "event_private": "stream* n*# body",
    "task": (
        "dossier_id* n*# kind what seat opened_n# status round_id? holder? outcome? "
        "answered_n#? closed_n#? due_on? due_at? ladder? rung# wake_at? left#?"
    ),
    "line": "dossier_id* round_id* name opened_n# closed_n#? outcome? counts meeting?",
    "round": "id* gathered seq# procedure name meeting? opened_at count# head",
    "opinion": "dossier_id* n*# round_id seat kind standing",
    "vote": "dossier_id* round_id* seat* n# choice way",
    "document": "owner* kind* version*# sha256 size# type name pages?",
    "notice": (
        "dossier_id* occurrence*# seat* matter* template context status until#? waits? "
        "mail_id? raised_at"
    ),
    "mail": (
        "id* owner mailbox lang content status lease_owner? lease_until? attempt# next_at "
        "made_at sent_at? trouble?"
    ),
    "lease": "name* owner until_at beat_at",
    "submission": "id* paper sender? received_on? campaign? count# head",
    "campaign": "id* title ground? submit_by? procedures",
    "meeting": "id* title held_on status count# head",
    "decision": "id* title status paper number? signed_on? changes? count# head",
    "decision_line": "decision_id* dossier_id* trigger seen_n# status",
    "unit": "id* from_on* to_on? name kind code? parent? successor? groups",
    "person": "id* name lang account?",
    "holding": "actor* role* unit* from_on* to_on? ground?",
    "address": "owner* from_on* to_on? mailbox? phone?",
}

INDEXES = [
    ("procedure_version", "procedure", "name version", True, ""),
    ("dossier_campaign", "dossier", "campaign", False, "campaign IS NOT NULL"),
    ("dossier_state", "dossier", "procedure state", False, ""),
    ("dossier_submission", "dossier", "submission", False, "submission IS NOT NULL"),
    ("event_command", "event", "stream command_id", True, "command_id IS NOT NULL"),
    ("task_round", "task", "round_id", False, "round_id IS NOT NULL"),
    ("task_seat", "task", "seat due_at", False, "status IN ('open', 'paused')"),
    ("task_wake", "task", "wake_at", False, "wake_at IS NOT NULL"),
    ("line_round", "line", "round_id", False, ""),
    ("round_gathered", "round", "gathered seq", True, ""),
    ("notice_mail", "notice", "mail_id", False, "mail_id IS NOT NULL"),
    (
        "notice_waiting",
        "notice",
        "status seat",
        False,
        "status IN ('due', 'waits', 'held', 'paper')",
    ),
    ("mail_next", "mail", "next_at", False, "status IN ('queued', 'leased', 'retry')"),
    ("decision_line_dossier", "decision_line", "dossier_id", False, ""),
    ("unit_kind", "unit", "kind", False, ""),
    ("holding_role", "holding", "role unit", False, ""),
]


def upgrade(op: Any, *, schema: str | None, prefix: str) -> None:
    """Make every table and index."""
    for name, columns in TABLES.items():
        made = [_column(each) for each in columns.split()]
        op.create_table(prefix + name, *made, schema=schema, sqlite_with_rowid=False)
    for name, table, columns, unique, where in INDEXES:
        only = text(where) if where else None
        op.create_index(
            prefix + name, prefix + table, columns.split(), unique=unique, schema=schema,
            sqlite_where=only, postgresql_where=only,
        )  # fmt: skip


def _column(told: str) -> Column[Any]:
    name = told.rstrip("*#?")
    key, number = "*" in told, "#" in told
    kind = BigInteger if number else Text
    null = not key and "?" in told
    return Column(name, kind, primary_key=key, nullable=null, autoincrement=False)
