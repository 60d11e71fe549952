"""A round as an exchange, over several dossiers, with the journal verified: on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert

from thidua import Answer, By, Candidate, Create, Fire, Paper, Refused
from thidua.exchange import Terms
from thidua.notifiers.channels import Recording
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office as Head
from thidua.outbox import Post
from thidua.rhythm import AT_ONCE
from thidua.sender import Sender
from thidua.verify import verify
from thidua.workflow.exchange import Inform
from thidua.workflow.paper import Enclosure

TRIAL = (Path(__file__).parents[1] / "workflow" / "trial.yaml").read_text(encoding="utf-8")
TALKING = (
    TRIAL.replace(", host.has_budget", "")
    .replace(
        "    silence: continue\n",
        """    silence: continue
    confirm: {by: head, number: required}
    ask_back: {answer: officer, clock: stops, due: {in: 2 working days, ground: rule, ladder: desk}}
""",
    )
    .replace("roles:\n", 'roles:\n  head: {vi: "Giám đốc Sở", en: "Head", leads: yes}\n')
)
SEAT, OTHER = "department@stp-24", "department@stp-27"
OFFICER, CLERK, HEAD = By("officer"), By("stp-24"), By("head-24")
SCAN = Enclosure("ab" * 32, 10, "application/pdf", "quyết định khen.pdf")
LETTER = Paper(number="7", symbol="STP-VP", signed_on=date(2018, 8, 1), signer="Trần Văn Mẫu")


@pytest.fixture
def asked(office: Any) -> tuple[str, list[str]]:
    """Two dossiers in one round, about which two departments are asked."""
    with office.engine.begin() as db:
        office.wf.adopt(db, TALKING, demo=True)
        held = {"actor": "head-24", "role": "head", "unit": "stp-24", "from_on": "2018-01-01"}
        db.execute(insert(office.wf.tables.holding), [held])
    for name in ("h-1", "h-2"):
        candidate = Candidate("individual", f"Nguyễn Văn {name}", "stp-24")
        create = Create("trial", "PRIZE", candidate, unit="cuc-24", fields={"merit": "tốt"},
                        campaign="c1")  # fmt: skip
        with office.engine.begin() as db:
            office.wf.create(db, create, by=OFFICER, dossier_id=name, now=office.now)
        office.act(name, _report())
        office.act(name, Fire("accept"))
        office.act(name, Fire("consult"), By("appraiser"))
    (row,) = [r for r in office.rows(office.wf.tables.round) if r["name"] == "opinions"]
    return row["id"], ["h-1", "h-2"]


def _report() -> Any:
    from thidua import Attach

    return Attach("report", "ab" * 32, 10, "application/pdf", "báo cáo.pdf")


def do(office: Any, act: str, *args: Any, by: By = OFFICER, **terms: Any) -> Any:
    said = {k: terms.pop(k) for k in ("note", "ground", "command_id") if k in terms}
    with office.engine.begin() as db:
        call = getattr(office.wf.exchange, act)
        return call(db, *args, by=by, terms=Terms(now=office.now, **said), **terms)


def states(office: Any, round_id: str, seat: str) -> set[str]:
    with office.engine.connect() as db:
        told = office.wf.exchange.told(db, round_id)
    return {ask.state for (_, of), ask in told.items() if of == seat}


def sound(office: Any) -> bool:
    with office.engine.connect() as db:
        return verify(db, office.wf) == []


def sent(office: Any) -> list[str]:
    with office.engine.begin() as db:
        people = [("stp-24", "a@example.org"), ("stp-27", "b@example.org")]
        db.execute(insert(office.wf.tables.address), [
            {"owner": owner, "from_on": "2018-01-01", "mailbox": box} for owner, box in people
        ])  # fmt: skip
    channel = Recording()
    post = Post(channel, Address("", "o@example.org"), Head(name={"vi": "V", "en": "O"}),
                rhythm=AT_ONCE)  # fmt: skip
    Sender(office.engine, office.wf, post, clock=lambda: office.now).run()
    return [each.text for each in channel.letters]


def test_an_answer_from_opening_to_confirmation(office: Any, asked: Any) -> None:
    round_id, dossiers = asked
    do(office, "look", round_id, SEAT, by=CLERK)
    again = do(office, "look", round_id, SEAT, by=CLERK)
    assert [done.repeated for done in again.taken] == [True, True]
    assert states(office, round_id, SEAT) == {"opened"}

    apart = {"h-2": ("disagree", "có đơn thư")}
    do(office, "prepare", round_id, SEAT, "agree", by=CLERK, except_=apart, enclosed=(SCAN,))
    assert states(office, round_id, SEAT) == {"drafted"}
    with office.engine.connect() as db:
        drafts = office.wf.exchange.drafts(db, round_id, SEAT)
    assert {key: (d.opinion, d.note) for key, d in drafts.items()} == {
        "h-1": ("agree", None), "h-2": ("disagree", "có đơn thư"),
    }  # fmt: skip

    by_clerk = do(office, "confirm", round_id, SEAT, by=CLERK, ground=LETTER)
    assert set(by_clerk.refused) == set(dossiers)
    without = do(office, "confirm", round_id, SEAT, by=HEAD)
    assert {e.reasons[0].code for e in without.refused.values()} == {"number-missing"}
    done = do(office, "confirm", round_id, SEAT, by=HEAD, ground=LETTER, command_id="c")
    assert len(done.taken) == 2
    again = do(office, "confirm", round_id, SEAT, by=HEAD, ground=LETTER, command_id="c")
    assert again.taken == tuple(replace(each, repeated=True) for each in done.taken)
    assert states(office, round_id, SEAT) == {"received"}
    with pytest.raises(Refused, match="draft|dự thảo"):
        do(office, "confirm", round_id, SEAT, by=HEAD, ground=LETTER)
    assert sound(office)


def test_a_question_its_answer_and_what_is_sent_unasked(office: Any, asked: Any) -> None:
    round_id, _ = asked
    do(office, "ask_back", round_id, SEAT, by=CLERK, only=["h-1"], note="Năm nào?")
    office.act("h-2", Inform(SEAT, (SCAN,), note="đã khen năm 2016"), CLERK)
    assert states(office, round_id, SEAT) == {"asked_back", "asked"}

    office.now = datetime(2018, 8, 9, 2, tzinfo=UTC)
    terms = {"note": "Năm 2017", "enclosed": (SCAN,), "command_id": "b"}
    listed = do(office, "answer_back", round_id, SEAT, **terms)
    again = do(office, "answer_back", round_id, SEAT, **terms)

    assert again.taken == tuple(replace(each, repeated=True) for each in listed.taken)
    assert not again.refused
    with pytest.raises(Refused, match="question|hỏi"):
        do(office, "answer_back", round_id, SEAT, note="Năm 2017")
    assert [done.dossier_id for done in listed.taken] == ["h-1"]
    tasks = office.rows(office.wf.tables.task, dossier_id="h-1", kind="ask")
    assert {t["seat"]: (t["status"], t["due_on"]) for t in tasks} == {
        SEAT: ("open", "2018-08-20"), OTHER: ("open", "2018-08-15"),
    }  # fmt: skip
    files = [r for r in office.rows(office.wf.tables.document) if "enclosed" in r["kind"]]
    assert len(files) == 2
    assert sound(office)
    (digest,) = [text for text in sent(office) if "Trả lời câu hỏi của đơn vị" in text]
    assert "Bắc Giang" in digest


def test_a_wrong_round_is_cancelled_and_only_what_is_open_is_asked_again(
    office: Any, asked: Any
) -> None:
    round_id, dossiers = asked
    do(office, "cancel", round_id, note="sai câu hỏi")
    assert states(office, round_id, SEAT) == {"cancelled"}
    assert len(do(office, "reopen", round_id, note="đúng câu hỏi").taken) == 2
    second = office.rows(office.wf.tables.round, name="opinions")[-1]["id"]
    entered = By("officer", for_="stp-27")
    office.act("h-1", Answer("opinions", "agree", OTHER, ground=LETTER), entered)
    office.act("h-1", Answer("opinions", "agree", SEAT, ground=LETTER), By("officer", "stp-24"))
    office.act("h-2", Answer("opinions", "agree", OTHER, ground=LETTER), entered)
    do(office, "excuse", second, SEAT, note="bão lụt", only=["h-2"])

    third = do(office, "reopen", second, note="lần ba")

    assert {e.reasons[0].code for e in third.refused.values()} == {"nothing-open"}
    assert set(third.refused) == set(dossiers)
    assert sound(office)


def test_one_more_is_asked_and_all_are_asked_for_more(office: Any, asked: Any) -> None:
    round_id, _ = asked
    with pytest.raises(Refused, match="Nobody|Chưa có ai"):
        do(office, "include", round_id, "department@stp-99", note="sót")
    with office.engine.begin() as db:
        held = {"actor": "x", "role": "department", "unit": "stp-30", "from_on": "2018-01-01"}
        db.execute(insert(office.wf.tables.holding), [held])
        unit = {"id": "stp-30", "from_on": "2018-01-01", "name": "Sở Tư pháp tỉnh Hải Dương",
                "kind": "department", "groups": "{}"}  # fmt: skip
        db.execute(insert(office.wf.tables.unit), [unit])
    do(office, "include", round_id, "department@stp-30", note="bỏ sót", only=["h-1"])
    more = do(office, "request", round_id, note="gửi kèm quyết định", enclosed=(SCAN,))

    assert len(more.taken) == 2
    assert states(office, round_id, "department@stp-30") == {"asked"}
    assert sound(office)


def test_who_confirmed_an_answer_sees_it_also_when_no_longer_head(office: Any, asked: Any) -> None:
    round_id, _ = asked
    do(office, "prepare", round_id, SEAT, "disagree", by=CLERK, note="có đơn thư")
    waiting = _seen(office, "head-24")
    do(office, "confirm", round_id, SEAT, by=HEAD, ground=LETTER)
    confirmed = _seen(office, "head-24")
    with office.engine.begin() as db:
        db.execute(delete(office.wf.tables.holding).where(
            office.wf.tables.holding.c.actor == "head-24"
        ))  # fmt: skip
    left = _seen(office, "head-24")

    assert [e["private"]["note"] for e in waiting.events if e["body"]["act"] == "prepare"] == [
        "có đơn thư"
    ]
    assert {t["seat"] for t in waiting.tasks if t["kind"] == "ask"} == {SEAT}
    for seen in (confirmed, left):
        assert [(o["seat"], o["note"]) for o in seen.opinions] == [(SEAT, "có đơn thư")]
    assert [ask["state"] for ask in confirmed.asks] == ["received"]
    assert (left.asks, left.tasks, left.concerned) == ([], [], False)
    assert _seen(office, "stp-27").opinions == []


def _seen(office: Any, actor: str) -> Any:
    with office.engine.connect() as db:
        return office.wf.seen(db, "h-1", actor, now=office.now)


def test_what_comes_with_words_is_only_for_who_may_read_them(office: Any, asked: Any) -> None:
    round_id, _ = asked
    office.act("h-1", Inform(SEAT, (SCAN,), note="có đơn thư"), CLERK)
    do(office, "request", round_id, note="gửi kèm quyết định", enclosed=(SCAN,))
    do(office, "request", round_id, note="bản chính", enclosed=(SCAN,), seat=OTHER)

    with office.engine.connect() as db:
        seen = {
            who: [d["kind"] for d in office.wf.seen(db, "h-1", who, now=office.now).documents]
            for who in ("officer", "stp-24", "stp-27", "proposer")
        }
    told = {who: [k for k in kinds if k.startswith("enclosed")] for who, kinds in seen.items()}

    unasked, to_all, to_other = told["officer"]
    assert told["stp-24"] == [unasked, to_all]
    assert told["stp-27"] == [to_all, to_other]
    assert told["proposer"] == []
    assert "report" in seen["proposer"]
