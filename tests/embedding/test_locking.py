"""How an act takes its dossier's row, on SQLite as `sqlite_engine` sets it up."""

import pytest

from thidua import Fire


@pytest.mark.parametrize("shared_host", ["sqlite-begin"], indirect=True)
@pytest.mark.parametrize(
    ("options", "locks"),
    [({}, "dossier"), ({"thidua_read": True}, "lock")],
    ids=["writes", "reads"],
)
def test_row_is_only_read_where_the_transaction_holds_the_lock(host, steps, options, locks):
    dossier = host.dossier()
    host.failpoint.set(None)

    with host.engine.connect().execution_options(**options) as db:
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.rollback()

    assert next(name for name in host.failpoint.seen if name in ("lock", "dossier")) == locks
