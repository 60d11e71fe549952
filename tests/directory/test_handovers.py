"""A person who leaves hands over everything on the desk in one act."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from thidua import Answer, Assign, By, Fire, Paper, Refused
from thidua.verify import verify
from thidua.workflow.person import Held

PAPER = Paper(number="88", symbol="QĐ-BTP", signed_on=date(2025, 6, 20), signer="Lê Văn Cả")
LAST = date(2025, 6, 30)


def desks(office: Any) -> dict[str, str | None]:
    """Who holds the open desk task of each dossier."""
    t = office.wf.tables.task.c
    query = select(t.dossier_id, t.holder).where(t.kind == "desk", t.status == "open")
    with office.engine.connect() as db:
        return {row.dossier_id: row.holder for row in db.execute(query)}


@pytest.fixture
def leaving(office: Any) -> Any:
    """Two tasks in the hands of an officer who leaves, a third in those of another."""
    office.hold(("lan", "officer", ""), ("lan", "department", "stp-son-la"), ("lan", "member", ""),
                ("moi", "department", "stp-son-la"))  # fmt: skip
    for holder in ("lan", "lan", "other"):
        dossier = office.propose(business="no", staff="1")
        t = office.wf.tables.task.c
        with office.engine.connect() as db:
            n = db.execute(select(t.n).where(t.dossier_id == dossier, t.kind == "desk")).scalar()
        office.act(dossier, Assign(n, holder))
    office.write(office.wf.substitutions.add, "lan", "signer", date(2025, 6, 1), None, ground="QĐ")
    return office


def test_everything_on_the_desk_goes_to_the_successor(leaving: Any) -> None:
    told = leaving.write(leaving.wf.handover.carry_out, "lan", "moi", LAST, ground=PAPER,
                         with_roles=True, note="nghỉ hưu", command_id="c")  # fmt: skip

    assert desks(leaving) == {"h-001": "moi", "h-002": "moi", "h-003": "other"}
    assert [done.dossier_id for done in told.tasks.taken] == ["h-001", "h-002"]
    assert told.roles == (Held("department", "stp-son-la"), Held("member"), Held("officer"))
    assert (len(told.substitutions), told.vacant, told.personal) == (1, (), ())
    held = leaving.wf.people.held
    with leaving.engine.connect() as db:
        assert held(db, "lan", LAST) >= {Held("officer"), Held("member")}
        assert held(db, "lan", date(2025, 7, 1)) == frozenset()
        assert held(db, "moi", date(2025, 7, 1)) >= {Held("officer"), Held("member")}
        assert Held("officer") not in held(db, "moi", LAST)
        assert verify(db, leaving.wf) == []


def test_roles_that_stay_empty_and_votes_are_told(leaving: Any) -> None:
    leaving.act("h-001", Fire("consult"))
    leaving.act("h-001", Answer("opinions", "agree"), "hg")
    meeting = leaving.write(leaving.wf.meetings.add, "Phiên 1", date(2025, 7, 4))
    leaving.act("h-001", Fire("vote", meeting=meeting))

    told = leaving.write(leaving.wf.handover.carry_out, "lan", "moi", LAST, ground=PAPER)

    assert [(dossier, seat) for dossier, _, seat in told.personal] == [("h-001", "member:lan")]
    assert told.vacant == ()
    assert Held("member") in told.roles


def test_queue_without_anybody_is_told(office: Any) -> None:
    told = office.write(office.wf.handover.carry_out, "hg", "tq", LAST, ground=PAPER)

    assert told.vacant == (Held("department", "stp-ha-giang"),)


def test_it_is_one_line_of_the_directory_s_journal(leaving: Any) -> None:
    leaving.write(leaving.wf.handover.carry_out, "lan", "moi", LAST, ground=PAPER, with_roles=True)

    (written,) = leaving.ask(leaving.wf.directory.history)
    assert (written.what, written.by, written.ground) == ("hand_over", "officer", "88 QĐ-BTP")
    ended = [row for row in written.rows if row.was is not None]
    assert {row.now["to_on"] for row in ended} == {"2025-06-30"}
    assert {row.now["actor"] for row in written.rows if row.was is None} == {"moi"}


def test_nobody_hands_over_to_himself(leaving: Any) -> None:
    with pytest.raises(Refused) as caught:
        leaving.write(leaving.wf.handover.carry_out, "lan", "lan", LAST, ground=PAPER)

    assert caught.value.reasons[0].code == "hands-over-to-himself"


def test_without_the_right_nothing_is_handed_over(leaving: Any) -> None:
    with pytest.raises(Refused):
        leaving.write(leaving.wf.handover.carry_out, "lan", "moi", LAST, ground=PAPER,
                      all_or_nothing=True, by="hg")  # fmt: skip

    assert desks(leaving)["h-001"] == "lan"


def test_who_left_answers_no_more(office: Any) -> None:
    dossier = office.propose(business="no", staff="1")
    office.act(dossier, Fire("consult"))
    office.hold(("moi", "department", "stp-ha-giang"))
    office.write(office.wf.handover.carry_out, "hg", "moi", date(2025, 6, 24), ground=PAPER)
    office.now = datetime(2025, 6, 25, 2, tzinfo=UTC)

    with pytest.raises(Refused):
        office.act(dossier, Answer("opinions", "agree"), "hg")
    office.act(dossier, Answer("opinions", "agree"), By("moi"))
