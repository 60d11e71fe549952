"""Where rows differ from what the journal tells: which table, which row, which column."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from unicodedata import normalize

from thidua.storage import box, rows
from thidua.storage.journal import Child, Holding, Kind
from thidua.storage.script import Row
from thidua.workflow.chain import Fault
from thidua.workflow.procedure import Procedure
from thidua.workflow.rebuilt import Rebuilt
from thidua.workflow.register import Register

PERSONAL = frozenset(
    {"candidate_name", "candidate_person", "fields", "paper", "title", "name", "pages", "choice",
     "slips", "days", "account", "mailbox", "phone", "ground"}
)  # fmt: skip
"""Columns whose values no fault repeats: personal, or free text."""

Values = Mapping[str, Any]


def of_dossier(
    kind: Kind, holding: Holding, told: Rebuilt, end_of: Callable[[date], str] | None
) -> Iterator[Fault]:
    """Every difference of a dossier's row and of the rows that belong to it.

    `end_of` gives the stored instant at which a legal date ends; without it nothing is said of
    tasks.
    """
    if told.dossier is None or told.created_at is None or told.changed_at is None:
        yield Fault(None, "row-unfounded", {"table": kind.name, "key": holding.key})
        return
    dossier = told.dossier._replace(head=holding.row["head"])
    row = rows.new_dossier_row(dossier, dossier.head, told.changed_at)
    yield from _row(kind, holding, {**row, "created_at": rows.instant(told.created_at)})
    for name, values in _children(holding, told).items():
        yield from _rows(name, kind.children[name], holding.children.get(name, []), values)
    boxes = holding.children.get("box", [])
    if boxes or told.boxes:
        as_held = replace(kind.children["box"], columns=box.HELD)
        yield from _rows("box", as_held, box.held(boxes), box.told(told.boxes))
    if end_of is not None:
        stored = [_without_alarm(row) for row in holding.children.get("task", [])]
        yield from _compared("task", kind.children["task"], stored, _tasks(told, end_of))


def _children(holding: Holding, told: Rebuilt) -> dict[str, list[Values]]:
    key = holding.key
    return {
        "line": [rows.line_row(key, line) for line in told.lines.values()],
        "opinion": [rows.opinion_row(key, one) for one in told.opinions],
        "vote": [rows.vote_row(key, one) for one in told.votes],
        "document": [rows.document_row(one) for one in told.documents],
        "decision_line": _decided(holding, told),
    }


def _decided(holding: Holding, told: Rebuilt) -> list[Values]:
    """The decision's own stream has its lines; the dossier's says which of them it carried out."""
    lines = {row[0]: row[1] for row in holding.children.get("decision_line", [])} | told.applied
    return [
        {"decision_id": key, "trigger": trigger,
         "status": "applied" if told.applied.get(key) == trigger else "open"}
        for key, trigger in lines.items()
    ]  # fmt: skip


def _tasks(told: Rebuilt, end_of: Callable[[date], str]) -> list[Row]:
    """As the rows are read: a task's own order, without rung, and the wake-up last."""
    rows: list[Row] = []
    for task in told.tasks.values():
        day = task.due_on
        due = (None, None) if day is None else (day.isoformat(), end_of(day))
        rows.append((*task[:11], *due, task.ladder, task.left, task.reckoned, None))
    return rows


def _without_alarm(row: Row) -> Row:
    """A running task's wake-up is the clock's own affair; any other task has none."""
    return (*row[:-1], None) if row[5] == "open" else row


def of_register(kind: Kind, holding: Holding, told: Register) -> Iterator[Fault]:
    """Every difference of a register's row, and of what belongs to it."""
    if told.row is None:
        yield Fault(None, "row-unfounded", {"table": kind.name, "key": holding.key})
        return
    yield from _row(kind, holding, told.row)
    values: dict[str, list[Values]] = {
        "document": [rows.document_row(one) for one in told.documents],
        "decision_line": [
            {"dossier_id": dossier, "trigger": trigger, "seen_n": n}
            for dossier, (trigger, n) in told.lines.items()
        ],
        "attendance": [
            {"seat": seat, "presence": presence} for seat, presence in told.attendance.items()
        ],
        "council_seat": [
            {"actor": actor, "from_on": from_on, "to_on": to_on, "post": post}
            for (actor, from_on), (to_on, post) in told.seats.items()
        ],
    }
    for name, child in kind.children.items():
        yield from _rows(name, child, holding.children.get(name, []), values[name])


def of_procedure(key: str, stored: Sequence[str], told: Procedure) -> Iterator[Fault]:
    """What a stored procedure is called, where its text says otherwise."""
    named = zip(("name", "version"), stored, (told.name, told.version), strict=True)
    yield from (
        _differs("procedure", key, column, here, said)
        for column, here, said in named
        if here != said
    )


def of_lists(
    told: Register, keys: Mapping[str, Sequence[str]], rows_of: Callable[[str], Iterable[Values]]
) -> Iterator[Fault]:
    """Every row of the directory's lists that is not as its journal told last.

    Where the first entry does not tell what was there before it, a row of which none tells is not
    held; nothing is when the values of an entry are gone. `keys` are the key columns of each list.
    """
    last, whole = _last(told.entries.values(), keys), 0 in told.entries
    for table in sorted(keys if whole and last else {table for table, _ in last}):
        for row in rows_of(table):
            key: Row = tuple([row[name] for name in keys[table]])
            if (table, key) in last:
                yield from _entered(table, _said(key), row, last.pop((table, key)))
            elif whole:
                yield Fault(None, "row-unfounded", {"table": table, "key": _said(key)})
    for (table, key), now in last.items():
        if now is not None:
            yield Fault(None, "row-missing", {"table": table, "key": _said(key)})


def _last(
    entries: Iterable[str | None], keys: Mapping[str, Sequence[str]]
) -> dict[tuple[str, Row], Values | None]:
    last: dict[tuple[str, Row], Values | None] = {}
    for text in entries:
        if text is None:
            return {}
        for table, was, now in json.loads(text):
            row = now or was
            last[table, tuple([row[name] for name in keys[table]])] = now
    return last


def _entered(table: str, key: str, row: Values, told: Values | None) -> Iterator[Fault]:
    if told is None:
        yield Fault(None, "row-unfounded", {"table": table, "key": key})
        return
    for column, stored in row.items():
        if column in told and not _same(stored, told[column]):
            yield _differs(table, key, column, stored, told[column])


def _row(kind: Kind, holding: Holding, told: Values) -> Iterator[Fault]:
    for column, value in told.items():
        stored = holding.row[column]
        if not (stored is value or _same(stored, value)):
            yield _differs(kind.name, holding.key, column, stored, value)


def _rows(
    table: str, child: Child, stored: Sequence[Row], told: Iterable[Values]
) -> Iterable[Fault]:
    wanted = [tuple([values[name] for name in child.columns]) for values in told]
    return _compared(table, child, stored, wanted) if stored or wanted else ()


def _compared(
    table: str, child: Child, stored: Sequence[Row], told: Sequence[Row]
) -> Iterator[Fault]:
    if stored == told or (len(stored) == len(told) and {*stored} == {*told}):
        return
    here = {row[: child.keys]: row for row in stored}
    for wanted in told:
        key = wanted[: child.keys]
        row = here.pop(key, None)
        if row is None:
            yield Fault(None, "row-missing", {"table": table, "key": _said(key)})
        elif row != wanted:
            yield from _columns(table, child.columns, row, wanted, _said(key))
    for key in here:
        yield Fault(None, "row-unfounded", {"table": table, "key": _said(key)})


def _columns(
    table: str, columns: Sequence[str], row: Row, wanted: Row, key: str
) -> Iterator[Fault]:
    for column, stored, value in zip(columns, row, wanted, strict=True):
        if not _same(stored, value):
            yield _differs(table, key, column, stored, value)


def _said(key: Row) -> str:
    return "/".join(map(str, key))


def _same(stored: Any, told: Any) -> bool:
    """Equal, but for how letters are composed: the journal's values are NFC."""
    if stored == told:
        return type(stored) is type(told)
    return isinstance(stored, str) and normalize("NFC", stored) == told


def _differs(table: str, key: str, column: str, stored: Any, told: Any) -> Fault:
    known = {} if column in PERSONAL else {"stored": stored, "told": told}
    return Fault(None, "row-differs", {"table": table, "key": key, "column": column, **known})
