"""Several councils in one database: a prefix or a schema each, and nothing crosses."""

import pytest
from sqlalchemy import create_engine, event, inspect, select

from thidua import Answer, By, Fire, Refused, Thidua, sqlite_engine
from thidua.storage.sealed import values_of
from thidua.value_keys import ValueKeyFolder

PLACES = [
    {"prefix": "td_"},
    {"prefix": "tinh_"},
    {"schema": "award"},
    {"schema": "award2", "prefix": ""},
]


@pytest.fixture
def engine(database_url):
    if database_url.startswith("sqlite"):
        engine = sqlite_engine(database_url)
        for name in ("award", "award2"):
            attach = f"ATTACH '{engine.url.database}.{name}' AS {name}"
            event.listen(engine, "connect", lambda driver, _, attach=attach: driver.execute(attach))
    else:
        engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def councils(engine, equip, toy):
    """One engine of ours for each place."""
    made = [Thidua(conditions={"has_budget": lambda view: True}, **place) for place in PLACES]
    with engine.begin() as db:
        for wf in made:
            equip(db, wf, toy)
    return made


def test_same_ids_in_each_place(engine, councils, nomination, clerk, now):
    """Each council plays its own dossier of the same id, in one transaction, to another end."""
    ends = [["accept"], ["refuse"], [], ["accept", "answers", "grant"]]
    acts = {
        "accept": [(Fire("accept"), clerk)],
        "refuse": [(Fire("refuse"), clerk)],
        "answers": [(Answer("asking", "agree"), By(who)) for who in ("u0", "u1")],
        "grant": [(Fire("grant"), clerk)],
    }

    with engine.begin() as db:
        for wf, names in zip(councils, ends, strict=True):
            wf.create(db, nomination, by=clerk, dossier_id="h-1", now=now)
            for command, by in (each for name in names for each in acts[name]):
                wf.act(db, "h-1", command, by=by, now=now)
            with pytest.raises(Refused):
                wf.create(db, nomination, by=clerk, dossier_id="h-1", now=now)

    with engine.connect() as db:
        rows = [db.execute(select(wf.tables.dossier)).mappings().one() for wf in councils]
        events = [len(db.execute(select(wf.tables.event)).all()) for wf in councils]
    assert [row["state"] for row in rows] == ["asked", "refused", "new", "done"]
    assert [row["count"] for row in rows] == [2, 2, 1, 6]
    # the round that a dossier opens has an event of its own
    assert events == [3, 2, 1, 7]


def test_tables_are_where_they_belong(engine, councils):
    with engine.connect() as db:
        names = {
            schema: inspect(db).get_table_names(schema=schema)
            for schema in (None, "award", "award2")
        }

    assert {name.split("_")[0] for name in names[None]} == {"td", "tinh"}
    assert all(name.startswith("td_") for name in names["award"])
    assert "dossier" in names["award2"]
    assert len(names[None]) == 2 * len(names["award"]) == 2 * len(names["award2"])


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_engines_of_a_place_share_its_tables(place):
    """They are built once a process."""
    assert Thidua(**place).tables is Thidua(**place).tables


def test_tables_of_places_are_apart():
    made = [Thidua(**place).tables for place in PLACES]

    assert len({id(tables) for tables in made}) == len(PLACES)


def test_tables_with_sealed_values_are_shared_with_nobody(tmp_path):
    values = [ValueKeyFolder(tmp_path / name) for name in "ab"]
    sealing = [Thidua(values=each) for each in values]

    assert [values_of(wf.tables) for wf in (*sealing, Thidua())] == [*values, None]
