"""From due notices to mails: one a person, words frozen, nobody kept waiting by another."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from thidua import Attach, Failed, Fire, Return
from thidua.content import compose
from thidua.letters import Scribe
from thidua.lookup import Lookup
from thidua.notifiers.item import check
from thidua.storage import notices
from thidua.storage.notices import Told

SINCE = "2018-01-01"


def to(desk: Any) -> list[str]:
    return sorted(letter.to[0].mailbox for letter in desk.letters())


def test_several_notices_of_one_person_are_one_letter(desk: Any) -> None:
    desk.asked(3)
    desk.at(8)
    desk.tick()

    sent = desk.send()

    assert (sent.made, sent.sent) == (2, 2)
    assert to(desk) == ["a@example.org", "b@example.org"]
    letter = desk.letters()[0]
    assert "2 việc" in letter.text  # what is asked, and its reminder
    assert "3 hồ sơ" in letter.text
    assert {n["status"] for n in desk.rows("notice")} == {"mailed"}


def test_nothing_is_made_twice(desk: Any) -> None:
    desk.asked()

    desk.send()
    again = desk.send()

    assert again.made == 0
    assert len(desk.letters()) == 2


def test_dossiers_of_one_matter_share_a_letter_that_names_them(desk: Any) -> None:
    desk.asked(3)

    desk.send()

    letter = desk.letters()[0]
    assert "cho ý kiến" in letter.text
    assert all(f"Ứng viên {n}" in letter.text for n in range(3))
    assert "Đơn vị a" in letter.text
    assert "Thứ Tư, ngày 15/8/2018" in letter.text or "thứ Tư, ngày 15/8/2018" in letter.text


def test_person_on_two_seats_gets_one_letter(desk: Any) -> None:
    desk.hold("u:boss", "clerk")
    desk.asked()
    desk.propose()
    desk.at(16)
    desk.tick()

    desk.send()

    assert to(desk).count("boss@example.org") == 1


def test_shared_mailbox_gets_a_letter_for_each_owner(empty: Any) -> None:
    for key in ("a", "b"):
        empty.unit(key, mailbox="shared@example.org")
    empty.asked()

    empty.send()

    assert to(empty) == ["shared@example.org"] * 2


def test_persons_of_a_unit_without_address_are_written_to(empty: Any) -> None:
    empty.put("unit", {"id": "a", "from_on": SINCE, "name": "Đơn vị a", "kind": "unit",
                       "groups": "{}"})  # fmt: skip
    for n in range(2):
        empty.hold(f"u:{n}", "unit", "a")
        empty.person(f"u:{n}", f"Người {n}", f"{n}@example.org")
    empty.asked()

    empty.send()

    assert to(empty) == ["0@example.org", "1@example.org"]
    (letter,) = [each for each in empty.letters() if each.to[0].mailbox == "0@example.org"]
    assert "Ông/Bà Người 0, Đơn vị a" in letter.text


def test_seat_without_mailbox_goes_to_the_list_and_makes_no_mail(empty: Any) -> None:
    empty.unit("a", phone="024 000 000")
    empty.asked()

    sent = empty.send()

    assert (sent.made, sent.dead, sent.paper) == (0, 0, 1)
    assert [n["status"] for n in empty.rows("notice")] == ["paper"]


def test_mailbox_that_cannot_be_written_to_counts_as_none(empty: Any, caplog: Any) -> None:
    empty.unit("a", mailbox="a@example.org\nBcc: x@example.org")
    empty.asked()

    assert empty.send().paper == 1
    assert "no mailbox" in caplog.text


def test_notice_that_cannot_be_written_is_a_dead_mail_of_its_own(desk: Any, caplog: Any) -> None:
    first, _ = desk.asked(2)
    with desk.engine.begin() as db:
        n = desk.wf.tables.notice
        broken = n.update().where(n.c.dossier_id == first, n.c.seat == "unit@a")
        db.execute(broken.values(context=json.dumps({"dossier": first})))

    sent = desk.send()

    assert (sent.made, sent.sent, sent.dead) == (3, 2, 1)
    (dead,) = desk.rows("mail", status="dead")
    assert (dead["owner"], json.loads(dead["trouble"])["code"]) == ("a", "mail-unexpected")
    assert "cannot be written" in caplog.text


def test_statement_that_fails_makes_no_notice_a_dead_mail(desk: Any) -> None:
    """A database that cannot read for a moment says nothing of the notice: it is sent later."""
    desk.asked()
    rename = "ALTER TABLE {} RENAME TO {}"
    with desk.engine.begin() as db:
        db.execute(text(rename.format("td_unit", "elsewhere")))

    with pytest.raises(Failed):
        desk.send()
    with desk.engine.begin() as db:
        db.execute(text(rename.format("elsewhere", "td_unit")))
    sent = desk.send()

    assert (sent.made, sent.sent, sent.dead) == (2, 2, 0)


def test_log_of_a_notice_holds_none_of_its_words(desk: Any, caplog: Any) -> None:
    first, _ = desk.asked(2)
    with desk.engine.begin() as db:
        n = desk.wf.tables.notice
        mine = n.c.dossier_id == first
        context = json.loads(db.execute(n.select().where(mine)).mappings().first()["context"])
        told = json.dumps({**context, "procedure_hash": "chimkhuou"})
        db.execute(n.update().where(mine).values(context=told))

    desk.send()

    assert "cannot be written" in caplog.text
    assert "chim" not in caplog.text


def test_template_nobody_knows_is_a_dead_mail(desk: Any) -> None:
    desk.asked()
    with desk.engine.begin() as db:
        n = desk.wf.tables.notice
        db.execute(n.update().where(n.c.seat == "unit@a").values(template="sonnet"))

    sent = desk.send()

    assert (sent.sent, sent.dead) == (1, 1)
    (dead,) = desk.rows("mail", status="dead")
    assert json.loads(dead["trouble"])["code"] == "mail-template-unknown"


def test_letter_is_the_same_however_often_it_is_composed(desk: Any) -> None:
    desk.asked(2)
    desk.send()
    (mail, _) = desk.rows("mail")
    content = json.loads(mail["content"])

    letter = compose(content, "vi")
    (sent,) = [each for each in desk.letters() if each.message_id == letter.message_id]
    assert letter == compose(content, "vi") == sent
    assert compose(content, "en").message_id == sent.message_id


def test_supplement_names_what_is_missing(desk: Any) -> None:
    dossier = desk.propose(fields={"urgent": "yes"})
    desk.act(dossier, Return(("paper",), note="Thiếu giấy"))

    desk.send()

    (letter,) = desk.letters()
    assert letter.to[0].mailbox == "clerk@example.org"
    assert "Giấy" in letter.text
    assert "Thiếu giấy" in letter.text


def test_blocked_due_is_told_with_its_reasons(desk: Any) -> None:
    dossier = desk.propose(fields={"urgent": "yes"})
    desk.act(dossier, Fire("wait"))
    for day, hour in ((8, 8), (9, 8), (10, 0)):
        desk.at(day, hour)
        desk.tick()
        desk.send()

    letter = desk.letters()[-1]
    assert "thực hiện “Hết hạn”" in letter.subject
    assert "chưa đủ điều kiện" in letter.text


def test_outcome_is_told(desk: Any) -> None:
    dossier = desk.propose(fields={"urgent": "yes"})
    desk.act(dossier, Fire("wait"))
    desk.act(dossier, Attach("paper", "ab" * 32, 3, "text/plain", "giấy.txt"))
    (before,) = desk.rows("dossier")

    desk.at(10, 0)
    desk.tick()
    desk.send()

    (after,) = desk.rows("dossier")
    assert (before["state"], after["state"]) == ("waiting", "lapsed")
    assert any("Kết quả: Hết hạn" in letter.text for letter in desk.letters())


def about(desk: Any, **more: Any) -> dict[str, Any]:
    (row,) = desk.rows("procedure")
    return {
        "dossier": "h-1", "candidate": "Nguyễn Văn Ấn", "kind": "individual", "unit": None,
        "award": {"vi": "Giải"}, "procedure": {"vi": "Thử"}, "procedure_hash": row["hash"],
        **more,
    }  # fmt: skip


MOVED: dict[str, Any] = {
    "task": "ask", "task_title": {"vi": "cho ý kiến", "en": "give an opinion"},
    "matter_title": {"vi": "Hỏi ý kiến"}, "was_on": "2018-08-15", "due_on": "2018-08-16",
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "seat", "more"),
    [
        ("vote_opened", "member:u:1", {"round": "asking", "question": {}, "due_on": None}),
        ("result", "unit@a", {"outcome": {"vi": "Được tặng"}, "note": None}),
        ("not_awarded", "unit@a", {"outcome": {"vi": "Không"}, "decided_on": "2018-08-07"}),
        ("misrouted", "unit@a", {"note": "Gửi nhầm"}),
        ("withdrawn", "unit@a", {"note": "Xin rút"}),
        ("revoked", "unit@a", {"note": "Khai không trung thực"}),
        ("opinion_requested", "unit@a", {"round": "asking", "question": {"vi": "Ý kiến?"},
                                         "due_on": "2018-08-15", "again": True}),
        ("due_moved", "unit@a", {**MOVED, "days": ["2018-08-10"], "ground": "Công văn 99."}),
        ("due_moved", "unit@a", {**MOVED, "days": [], "ground": None}),
        ("due_moved", "member:u:1", {**MOVED, "meets_on": "2018-08-20"}),
    ],
)  # fmt: skip
def test_item_has_what_its_template_declares(
    desk: Any, template: str, seat: str, more: dict[str, Any]
) -> None:
    told = Told("h-1", 4, seat, "r-1", template, about(desk, **more), None, None, desk.now)

    with desk.engine.begin() as db:
        look = Lookup(db, desk.wf.tables, desk.wf.people, desk.wf.shelf, desk.now)
        item = Scribe(look, told, {}).item()

    check(item)


def test_very_many_notices_are_taken_by_whole_seats(desk: Any) -> None:
    desk.asked(3)

    with desk.engine.begin() as db:
        first = notices.due(db, desk.wf.tables, most=4)
        second = notices.due(db, desk.wf.tables, after=str(first.next_after), most=4)

    assert {each.seat for each in first.told} == {"unit@a"}
    assert {each.seat for each in second.told} == {"unit@b"}
    assert (len(first.told), len(second.told)) == (3, 3)
    assert (first.next_after, second.next_after) == ("unit@a", None)
