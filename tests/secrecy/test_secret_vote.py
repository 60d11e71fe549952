"""A vote in secret: sealed, counted, published, and nowhere to be read before or after."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from thidua import By, Cast, Close, Counts, Hold, Paper, Recuse, Refused, Thidua
from thidua.workflow.command import PutOff, VoidBallot

OFFICER, TELLER = By("officer"), By("teller")


def test_what_was_voted_is_what_is_counted(council: Any) -> None:
    council.convened()
    council.vote("ffaof")

    assert council.count().state == "passed"

    (line,) = council.rows(council.wf.tables.line)
    counts = json.loads(line["counts"])
    assert (counts["votes_for"], counts["votes_against"], counts["abstained"]) == (3, 1, 1)
    assert council.body("close_round")["slips"] == ["abstain", "against", "for", "for", "for"]
    assert council.box()["slips"] == "abstain against for for for"
    assert council.faults() == []


def test_while_it_runs_nothing_tells_a_choice(council: Any) -> None:
    council.convened()
    council.vote("ff.a")

    assert council.rows(council.wf.tables.vote) == []
    cast = council.body("cast")
    assert "choice" not in cast["commit"]
    tables = [t for t in council.wf.tables.all() if not t.name.endswith("procedure")]
    stored = [row for table in tables for row in council.rows(table)]
    assert not any(f'"{word}"' in json.dumps(row) for row in stored for word in ("for", "against"))
    assert council.faults() == []


def test_votes_of_every_choice_look_alike(council: Any) -> None:
    council.convened()
    council.vote("fao")

    bodies = [council.body("cast", i) for i in range(1, 3)]
    assert len({len(json.dumps({**each, "by": ""})) for each in bodies}) == 1
    assert len({len(slip) for slip in council.box()["slips"].split()}) == 1


def test_every_vote_draws_the_order_anew(council: Any) -> None:
    """The first slip stays first with a chance of 1 in 120: eight boxes do not all keep it."""
    kept = []
    for n in range(8):
        council.convened(f"h{n}")
        council.vote("f", f"h{n}")
        first = council.box(f"h{n}")["slips"]
        council.vote(".ffff", f"h{n}")
        kept.append(council.box(f"h{n}")["slips"].startswith(first))

    assert not all(kept)


def test_the_journal_fits_the_present_box_alone(council: Any) -> None:
    """Else whoever has the box could tell by trying which slip came first."""
    council.convened()
    council.vote("f")
    before = council.box()
    council.vote(".a")

    assert council.box()["salt"] != before["salt"]
    assert council.body("cast", 0)["box"] != council.body("cast")["box"]


def test_one_vote_each(council: Any) -> None:
    council.convened()
    council.vote("f")

    assert council.refused(Cast("vote", "against"), "m0") == ["voted-already"]
    assert council.refused(Cast("vote", "for"), "officer") == ["not-a-member"]


def test_no_vote_after_the_close(council: Any) -> None:
    council.convened()
    council.vote("ffff")
    council.count()

    assert council.refused(Cast("vote", "for"), "m4") == ["round-closed"]
    assert council.refused(Close("vote"), "teller") == ["round-closed"]


def test_a_retry_is_not_told_whether_it_was_the_same(council: Any) -> None:
    council.convened()
    first = council.act(Cast("vote", "for"), "m0", command_id="c1")

    for choice in ("for", "against"):
        again = council.act(Cast("vote", choice), "m0", command_id="c1")
        assert (again.repeated, again.n) == (True, first.n)
    assert council.box()["votes"] == 1


def test_without_keys_none_is_taken(council: Any) -> None:
    council.convened()
    council.wf = Thidua()

    assert council.refused(Cast("vote", "for"), "m0") == ["keys-missing"]


def test_without_a_quorum_the_box_stays_shut(council: Any) -> None:
    """One slip would tell whose it is."""
    council.convened()
    council.vote("a")

    council.count()

    assert "slips" not in council.body("close_round")
    assert {row["outcome"] for row in council.rows(council.wf.tables.line)} == {"no_quorum", None}
    assert council.keys.made() == {}
    assert council.faults() == []
    council.vote("fff")
    assert council.count().state == "passed"


def test_a_count_that_is_undone_is_no_count(council: Any) -> None:
    council.convened()
    council.vote("fff")
    with council.engine.connect() as db:
        council.wf.act(db, "h1", Close("vote"), by=TELLER)
        db.rollback()
    council.wf.destroy_keys(council.engine)

    assert council.count().state == "passed"


def test_a_rehearsed_count_opens_nothing(council: Any) -> None:
    council.convened()
    council.vote("fff")
    pretend = council.engine.execution_options(thidua_rehearsal=True)

    with pretend.connect() as db, pytest.raises(Refused) as caught:
        council.wf.act(db, "h1", Close("vote"), by=TELLER)

    assert [each.code for each in caught.value.reasons] == ["box-kept-shut"]


def test_the_key_is_made_before_and_destroyed_after(council: Any) -> None:
    council.convened()
    council.vote("fff")
    assert [*council.keys.made()] == [council.box()["key_id"]]

    council.count()

    assert council.keys.made() == {}


def test_a_lost_key_makes_it_void_and_the_members_vote_anew(council: Any) -> None:
    council.convened()
    council.vote("fff")
    assert council.refused(VoidBallot("vote", note="?"), TELLER) == ["box-not-lost"]
    council.keys.destroy(council.box()["key_id"])

    assert council.refused(Close("vote"), TELLER) == ["key-lost"]
    assert council.refused(Cast("vote", "for"), "m4") == ["key-lost"]
    assert council.refused(VoidBallot("vote"), TELLER) == ["note-missing"]
    assert council.foreseen(VoidBallot("vote", note="hỏng ổ đĩa"), TELLER) == []
    assert council.foreseen(Close("vote"), TELLER) == ["key-lost"]
    assert council.foreseen(Cast("vote", "for"), By("m4")) == ["key-lost"]
    council.act(VoidBallot("vote", note="hỏng ổ đĩa"), TELLER)

    lines = council.rows(council.wf.tables.line)
    assert sorted(str(line["outcome"]) for line in lines) == ["None", "void"]
    council.vote("aaa")
    assert council.count().state == "not_passed"
    assert council.faults() == []


def test_what_is_void_waits_for_a_pause_to_end(council: Any) -> None:
    council.convened()
    council.vote("fff")
    council.keys.destroy(council.box()["key_id"])
    council.act(Hold(note="đơn thư"), OFFICER)

    assert council.refused(VoidBallot("vote", note="hỏng ổ đĩa"), TELLER) == ["paused"]


def test_a_rehearsal_needs_no_keys_in_reach(council: Any) -> None:
    council.convened()
    council.vote("fff")
    council.keys.root.rename(council.keys.root.with_name("unmounted"))

    assert council.foreseen(Close("vote"), TELLER) == ["box-kept-shut"]
    assert council.foreseen(Cast("vote", "for"), By("m4")) == []


def _slips(council: Any, change: Any) -> None:
    changed = change(council.box()["slips"].split())
    with council.engine.begin() as db:
        db.execute(update(council.wf.tables.box).values(slips=changed))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: " ".join(s[:-1]),
        lambda s: " ".join([s[0], s[0], s[2]]),
        lambda s: " ".join([s[0], s[1], s[2][:-1] + ("1" if s[2][-1] == "0" else "0")]),
        lambda s: " ".join([*s, s[0]]),
    ],
)
def test_a_box_that_was_changed_is_not_counted(council: Any, change: Any) -> None:
    council.convened()
    council.vote("faf")
    _slips(council, change)

    assert council.refused(Close("vote"), TELLER) == ["box-broken"]
    assert council.faults() == ["row-differs"]


def test_a_slip_opens_in_no_other_box(council: Any) -> None:
    for dossier in ("h1", "h2"):
        council.convened(dossier)
        council.vote("fff", dossier)
    t = council.wf.tables.box
    other = council.box("h2")
    with council.engine.begin() as db:
        moved = {name: other[name] for name in ("key_id", "public", "slips", "salt")}
        db.execute(update(t).where(t.c.dossier_id == "h1").values(**moved))

    assert council.refused(Close("vote"), TELLER) == ["box-broken"]


def test_what_was_published_is_held_to_the_count(council: Any) -> None:
    council.convened()
    council.vote("faf")
    council.count()
    _slips(council, lambda s: " ".join(["against", "against", "for"]))

    assert council.faults() == ["row-differs"]


def test_who_voted_in_secret_does_not_step_back(council: Any) -> None:
    council.convened()
    council.vote("f")

    assert council.refused(Recuse(), "m0") == ["recuse-after-secret-vote"]


def test_keys_of_votes_rolled_back_go_in_time(council: Any) -> None:
    from datetime import UTC, datetime, timedelta

    council.convened()
    with council.engine.connect() as db:
        council.wf.act(db, "h1", Cast("vote", "for"), by=By("m0"))
        db.rollback()
    real = datetime.now(UTC)  # noqa: TID251 -- the files' own clock

    assert council.wf.destroy_keys(council.engine, real) == 0
    assert council.wf.destroy_keys(council.engine, real + timedelta(days=3)) == 1


def test_two_do_not_vote_in_secret(council: Any) -> None:
    council.convened()
    council.vote("f")
    for member in ("m2", "m3", "m4"):
        council.act(Recuse(note="tự xin rút"), member)

    assert council.refused(Cast("vote", "for"), "m1") == ["secret-too-few"]
    written = Cast("vote", "for", way="written", ground=Paper(number="1", signer="M"))
    council.act(written, By("officer", for_="m1"))
    assert council.refused(Close("vote"), TELLER) == ["box-too-few"]
    council.act(PutOff("vote", note="bỏ phiếu lại"), OFFICER)
    council.wf.destroy_keys(council.engine)

    assert council.keys.made() == {}
    assert council.faults() == []


def test_three_do(council: Any) -> None:
    council.convened()
    council.vote("fa")
    for member in ("m3", "m4"):
        council.act(Recuse(note="tự xin rút"), member)
    assert council.refused(Close("vote"), TELLER) == ["box-too-few"]

    council.act(Cast("vote", "for"), "m2")

    assert council.count().state == "passed"


def test_what_stays_shut_for_good_is_void(council: Any) -> None:
    council.convened()
    council.vote("fa")
    for member in ("m2", "m3"):
        council.act(Recuse(note="tự xin rút"), member)
    assert council.refused(VoidBallot("vote", note="quá ít"), TELLER) == ["box-not-lost"]
    council.act(Recuse(note="tự xin rút"), "m4")

    assert council.foreseen(VoidBallot("vote", note="quá ít"), TELLER) == []
    council.act(VoidBallot("vote", note="quá ít"), TELLER)
    papers = Counts(entitled=2, present=2, issued=2, returned=2, valid=2, votes_for=2)
    done = council.act(Close("vote", papers, "paper"), TELLER)
    council.wf.destroy_keys(council.engine)

    assert (done.state, council.keys.made(), council.faults()) == ("passed", {}, [])
