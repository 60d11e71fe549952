"""A dossier full of words of its own: no refusal, failure, log or finding may hold one."""

import inspect
import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from thidua import Attach, By, Candidate, Fire, Hold, Paper, Refused
from thidua.doctor.mails import mails
from thidua.hushed import hushed
from thidua.logged import unsaid
from thidua.workflow.decide import HANDLERS
from thidua.workflow.errors import Failed, ThiduaError
from thidua.workflow.paper import Enclosure

WORD = "chimhoami"
HASH = "cd" * 32
PAPER = Paper(number="9", symbol="CV", signed_on=date(2018, 8, 2), signer=WORD)
CANDIDATE = Candidate("individual", f"Ông {WORD}", "stp-24", f"ma-{WORD}")
FIELDS = {"merit_period": "2013-01-01/2018-05-31", "by_initiative": "no"}
ENCLOSED = (Enclosure(HASH, 1, "application/pdf", f"{WORD}.pdf"),)
PRIVATE: dict[str, Any] = {
    "note": WORD, "ground": PAPER, "spoke_to": WORD, "fields": {"by_initiative": WORD},
    "candidate": CANDIDATE, "name": WORD, "pages": WORD, "enclosed": ENCLOSED,
}  # fmt: skip
"""What private words come in as."""
PLAIN: dict[Any, Any] = {
    str: "opinions", date: date(2018, 9, 1), int: 1, "procedure": "ministers-certificate",
    "award": "BK_BO", "sha256": HASH, "trigger": "accept", "opinion": "disagree",
    "seat": "department@stp-24", "items": ("report",), "parts": ("candidate",),
}  # fmt: skip
ACTORS = (By("officer"), By("nobody"), By("stp-24"))


def commands() -> Iterator[Any]:
    """Every command there is, full of private words; and without those it can do without."""
    for kind in HANDLERS:
        hints, terms, bare = get_type_hints(kind), {}, {}
        for name, each in inspect.signature(kind).parameters.items():
            value = PRIVATE.get(name, PLAIN.get(name, _plain(hints[name])))
            if value is not None:
                terms[name] = value
            if each.default is each.empty:
                bare[name] = value
        yield kind(**terms)
        yield kind(**bare)


def _plain(hint: Any) -> Any:
    kinds = (hint, *get_args(hint))
    return next((PLAIN[each] for each in kinds if each in PLAIN), None)


def said(error: BaseException | None) -> str:
    """All that an error says, is shown as, and was led to by."""
    if error is None:
        return ""
    told = [str(error), repr(error), *traceback.format_exception(error)]
    if isinstance(error, ThiduaError):
        told += [error.text("vi"), repr(error.reasons)]
    return "\n".join(told) + said(error.__cause__) + said(error.__context__)


@pytest.fixture
def told(office: Any, caplog: Any) -> Any:
    """The office with such a dossier in a round, and everything logged."""
    hushed(office.engine)
    caplog.set_level(logging.DEBUG, "thidua")
    caplog.set_level(logging.INFO, "sqlalchemy")
    dossier = office.propose("ministers-certificate", "BK_BO", candidate=CANDIDATE, fields=FIELDS,
                             submission=office.submit(), note=WORD)  # fmt: skip
    office.act(dossier, Attach("report", HASH, 1, "application/pdf", f"{WORD}.pdf", pages=WORD))
    office.act(dossier, Fire("accept", note=WORD))
    return office


@pytest.mark.parametrize("tables_url", ["sqlite"], indirect=True)
def test_no_command_and_no_refusal_shows_a_word(told: Any, caplog: Any) -> None:
    office, found, refused = told, set(), 0
    for stage in (Hold(note=WORD), None):
        for command in commands():
            assert WORD not in repr(command), type(command)
            for by in ACTORS:
                with office.engine.connect() as db:
                    try:
                        office.wf.act(db, "h-001", command, by=by, now=office.now)
                    except Exception as error:
                        refused += 1
                        if WORD in said(error):
                            found.add((type(command).__name__, said(error)[:300]))
                    db.rollback()
        if stage is not None:
            office.act("h-001", stage)

    assert not found
    assert refused > 200
    assert caplog.text.count("refused [") > 200
    assert WORD not in caplog.text


@pytest.mark.parametrize("tables_url", ["sqlite"], indirect=True)
def test_who_was_refused_is_logged_by_codes_and_ids(told: Any, caplog: Any) -> None:
    office, now = told, told.now
    with office.engine.connect() as db:
        office.wf.classification.give(db, "h-001", "secret", by=By("officer"), ground=PAPER)
        for attempt in (
            lambda: office.wf.act(db, "h-001", Hold(note=WORD), by=By("no\nbody"), now=now),
            lambda: office.wf.meetings.add(db, WORD, date(2018, 9, 1), by=By("teller"), now=now),
            lambda: office.wf.seen(db, "h-001", "no\nbody"),
            lambda: office.wf.papers.extract(db, "h-001", by=By("nobody", "teller")),
        ):
            with pytest.raises(Refused):
                attempt()

    found = [r.getMessage() for r in caplog.records if r.name == "thidua.refused"]
    assert found == ["refused [not-allowed]: Hold by 'no\\nbody' for None on 'h-001'",
                     "refused [not-allowed]: meet by 'teller' for None on None",
                     "refused [classified-here]: look by ['no\\nbody'] on ['h-001']",
                     "refused [paper-not-yours]: look by ['nobody', 'teller'] on ['h-001']",
                     ]  # fmt: skip


def test_findings_and_failures_of_the_database_quote_no_row(told: Any, caplog: Any) -> None:
    office, t = told, told.wf.tables
    trouble = json.dumps({"code": "mail-context-value", "fields": {"value": WORD}})
    with office.engine.begin() as db:
        db.execute(t.mail.insert(), _row(t.mail) | {"status": "dead", "trouble": trouble})
        (dead,) = mails(db, office.wf)
    assert (dead.code, dead.fields["trouble"]) == ("mails-dead", "mail-context-value")
    with broken(office, (t.event_private, t.unit, t.mail)):
        for attempt in (
            lambda db: office.wf.act(db, "h-001", Fire("consult", note=WORD), by=By("appraiser")),
            lambda db: db.execute(t.unit.insert(), _row(t.unit)),
            lambda db: db.execute(t.mail.insert(), _row(t.mail)),
        ):
            with office.engine.connect() as db, pytest.raises((Failed, DBAPIError)) as caught:
                attempt(db)
            assert WORD not in said(caught.value)
            logging.getLogger("thidua").error("it failed", exc_info=unsaid(caught.value))

    assert caplog.text.count("Unsaid: ") > 3
    assert WORD not in caplog.text


def _row(table: Any) -> dict[str, Any]:
    row = {c.name: 1 if "INT" in str(c.type) else WORD for c in table.c}
    return row | {name: "2018-08-06T02:00:00.000000Z" for name in row if name.endswith("_at")}


@contextmanager
def broken(office: Any, tables: Any) -> Iterator[None]:
    """Let every new row of these tables fail, with the database's own words."""
    lite = office.engine.dialect.name == "sqlite"
    fail = ("CREATE TRIGGER planted_{0} BEFORE INSERT ON {0} BEGIN "
            "SELECT RAISE(ABORT, 'CHECK constraint failed'); END" if lite else
            "ALTER TABLE {0} ADD CONSTRAINT planted CHECK (false) NOT VALID")  # fmt: skip
    heal = "DROP TRIGGER planted_{0}" if lite else "ALTER TABLE {0} DROP CONSTRAINT planted"
    with office.engine.begin() as db:
        for table in tables:
            db.execute(text(fail.format(table.name)))
    yield
    with office.engine.begin() as db:
        for table in tables:
            db.execute(text(heal.format(table.name)))


def test_a_log_has_kinds_and_places_of_an_error_and_of_what_led_to_it() -> None:
    try:
        try:
            date.fromisoformat(WORD)
        except ValueError as error:
            raise Failed(statement="x", words=WORD) from error
    except Failed as error:
        lines = "".join(traceback.format_exception(unsaid(error)))

    assert WORD not in lines.replace("date.fromisoformat(WORD)", "")
    assert lines.index("Unsaid: ValueError") < lines.index("Unsaid: failed")
    assert "test_hushed.py" in lines
