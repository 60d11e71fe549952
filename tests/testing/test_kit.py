"""What hosts get for their own tests."""

from datetime import UTC, datetime

from sqlalchemy import insert

from thidua import By, Candidate, Create, Thidua
from thidua.definitions import shipped
from thidua.testing import FixedClock, memory_engine


def test_dossier_in_memory_is_dated_by_the_fixed_clock() -> None:
    clock = FixedClock(datetime(2018, 8, 6, 2, tzinfo=UTC))
    wf = Thidua(clock=clock)
    engine = memory_engine(wf)
    clock.move(days=1)

    with engine.begin() as db:
        wf.adopt(db, shipped()["ministers-certificate"].read_text(encoding="utf-8"), demo=True)
        holding = {"actor": "user:1", "role": "officer", "unit": "", "from_on": "2018-01-01"}
        db.execute(insert(wf.tables.holding).values(holding))
        create = Create("ministers-certificate", "BK_BO", Candidate("individual", "Trần Thị B"))
        done = wf.create(db, create, by=By("user:1"))
        created = db.execute(wf.tables.dossier.select()).mappings().one()

    assert (done.state, done.n) == ("proposed", 1)
    assert created["created_at"] == "2018-08-07T02:00:00.000000Z"
    engine.dispose()
