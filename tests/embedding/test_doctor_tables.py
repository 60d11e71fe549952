"""What the doctor finds of tables, columns, indexes and triggers that are not as they should be."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from thidua import Thidua, sqlite_engine
from thidua.doctor import Finding, examine
from thidua.storage import triggers

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
POSTGRES = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
def wf():
    return Thidua(clock=lambda: NOW)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request, tmp_path_factory):
    """The tables alone."""
    if request.param == "sqlite":
        engine = sqlite_engine(f"sqlite:///{tmp_path_factory.mktemp('doctor') / 'tables.db'}")
    else:
        engine = create_engine(request.getfixturevalue("pg_database"))
    with engine.begin() as db:
        Thidua().migrate(db)
    yield engine
    engine.dispose()


def stops(db, wf):
    return [each for each in examine(db, wf) if each.level == "stop"]


def test_whole(db, wf):
    assert stops(db, wf) == []


def test_table_missing(db, wf):
    wf.tables.vote.drop(db)
    wf.tables.mail.drop(db)

    assert stops(db, wf) == [Finding("tables-missing", "stop", {"tables": "td_vote, td_mail"})]


def test_column_missing(db, wf):
    db.execute(text("ALTER TABLE td_mail DROP COLUMN trouble"))

    assert stops(db, wf) == [Finding("columns-missing", "stop", {"columns": "td_mail.trouble"})]


HOLLOW = {
    "sqlite": "CREATE TRIGGER td_event_there BEFORE DELETE ON td_event WHEN 0 BEGIN SELECT 1; END",
    "postgresql": "CREATE OR REPLACE TRIGGER td_event_there BEFORE DELETE ON td_event"
    " FOR EACH ROW WHEN (false) EXECUTE FUNCTION td_journal_kept()",
}
EMPTY = """
CREATE OR REPLACE FUNCTION td_journal_kept() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RETURN OLD; END $$
"""


def test_trigger_that_does_nothing(db, wf):
    if db.dialect.name == "sqlite":
        db.execute(text("DROP TRIGGER td_event_there"))
    db.execute(text(HOLLOW[db.dialect.name]))

    assert stops(db, wf) == [Finding("triggers-missing", "stop", {"triggers": "td_event_there"})]


@POSTGRES
def test_trigger_function_that_does_nothing(db, wf):
    db.execute(text(EMPTY))

    assert [each.code for each in stops(db, wf)] == ["triggers-missing"]


def test_triggers_and_an_index_missing(db, wf):
    triggers.drop(db, None, "td_")
    db.execute(text("DROP INDEX td_event_leaf"))

    told = stops(db, wf)
    assert [each.code for each in told] == ["indexes-missing", "triggers-missing"]
    assert "td_event_leaf" in told[0].text()
