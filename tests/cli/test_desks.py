"""Stopping, mending, assigning and taking back, at the command line."""

from typing import Any

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")


def test_return_names_what_is_missing_and_supplement_ends_it(proposed: Any) -> None:
    proposed.ok("dossiers", "return", "HS-1", "--item", "prior_awards", "--note", "Ghi rõ năm")
    paused = proposed.ok("dossiers", "show", "HS-1").out
    told = proposed.json(
        "dossiers", "supplement", "HS-1", "prior_awards=Bằng khen 2016", *PAPER, as_="user:ag"
    )

    assert "chờ bổ sung" in paused
    assert "Danh hiệu thi đua, hình thức khen thưởng đã được tặng" in paused
    assert told["done"]
    shown = proposed.json("dossiers", "show", "HS-1")["dossier"]
    assert (shown["pause"], shown["fields"]["prior_awards"]) == (None, "Bằng khen 2016")


def test_supplement_may_come_in_parts(proposed: Any) -> None:
    proposed.ok("dossiers", "return", "HS-1", "--item", "prior_awards", "--note", "x")

    proposed.ok("dossiers", "supplement", "HS-1", "--more-to-come", *PAPER, as_="user:ag")

    assert proposed.json("dossiers", "show", "HS-1")["dossier"]["pause"] == "return"


def test_reason_of_a_hold_is_for_those_who_may_hold(proposed: Any) -> None:
    proposed.ok("dossiers", "hold", "HS-1", "--note", "Có đơn khiếu nại")

    seen = proposed.ok("dossiers", "history", "HS-1").out
    proposed.who = "user:ag"
    hidden = proposed.ok("dossiers", "history", "HS-1").out

    assert "Có đơn khiếu nại" in seen
    assert "Tạm dừng xét" in hidden
    assert "Có đơn khiếu nại" not in hidden


def test_held_dossiers_are_released_in_a_row(proposed: Any) -> None:
    proposed.ok("dossiers", "hold", "--state", "proposed", "--note", "x", "--yes")

    proposed.ok("dossiers", "release", "--state", "proposed", "--yes")

    rows = proposed.json("dossiers", "list")["dossiers"]
    assert [row["pause"] for row in rows] == [None] * 3


def test_correction_keeps_the_old_value_in_the_journal(proposed: Any) -> None:
    proposed.ok("dossiers", "correct", "HS-1", "cluster=C02", "--name", "Nguyễn Văn Ân",
                "--note", "Nhập nhầm")  # fmt: skip

    shown = proposed.json("dossiers", "show", "HS-1")["dossier"]
    assert (shown["candidate_name"], shown["fields"]["cluster"]) == ("Nguyễn Văn Ân", "C02")
    assert shown["candidate_kind"] == "individual"
    assert "Đính chính" in proposed.ok("dossiers", "history", "HS-1").out


def test_word_that_is_no_pair_is_told(proposed: Any) -> None:
    told = proposed.run("dossiers", "correct", "HS-1", "=C02", "--note", "x")

    assert (told.code, told.reasons) == (2, ["not-a-pair"])


def test_task_is_put_on_a_desk_and_back(proposed: Any) -> None:
    proposed.ok("dossiers", "assign", "HS-1", "--to", "user:tham")
    mine = proposed.json("inbox")["tasks"]
    theirs = proposed.json("inbox", as_="user:tham")["tasks"]
    proposed.ok("dossiers", "assign", "HS-1", "--nobody")

    assert [task["dossier_id"] for task in mine] == ["HS-2", "HS-3"]
    assert [task["dossier_id"] for task in theirs] == ["HS-1"]
    assert len(proposed.json("inbox")["tasks"]) == 3
    told = proposed.ok("dossiers", "history", "HS-1").out
    assert "#1 → Lê Văn Thẩm" in told
    assert "#1 → hàng chờ chung" in told


def test_assignment_says_to_whom_or_to_nobody(proposed: Any) -> None:
    told = proposed.run("dossiers", "assign", "HS-1")

    assert (told.code, told.reasons) == (2, ["to-or-nobody"])


def test_task_on_the_desk_of_who_may_not_do_it_is_warned_of(proposed: Any) -> None:
    assign = ("dossiers", "assign", "HS-1", "HS-2", "--yes", "--to")
    outside = proposed.ok(*assign, "user:kiem")
    told = proposed.json(*assign, "user:kiem")["warnings"]
    one = proposed.json("dossiers", "assign", "HS-1", "--to", "user:kiem", "--dry-run")["warnings"]
    inside = proposed.json(*assign, "user:lan")["warnings"]
    stranger = proposed.ok("dossiers", "assign", "HS-1", "--to", "user:kiem").err
    back = proposed.json("dossiers", "assign", "HS-1", "--nobody")["warnings"]
    proposed.ok("substitutes", "add", "user:kiem", "user:lan", "--ground", "QĐ 12")
    stands_in = proposed.json(*assign, "user:kiem")["warnings"]

    assert outside.err.count("HS-1, HS-2: Phạm Kiểm không giữ vai trò “Chuyên viên") == 1
    assert [(each["dossier"], each["code"]) for each in told] == [
        ("HS-1", "outside-role"), ("HS-2", "outside-role"),
    ]  # fmt: skip
    assert [each["fields"]["role"] for each in one] == ["officer"]
    assert "HS-1: Phạm Kiểm không giữ vai trò" in stranger
    assert (inside, back, stands_in) == ([], [], [])
    assert proposed.json("inbox", as_="user:kiem")["tasks"] != []


def test_nomination_is_withdrawn_by_its_unit_only(proposed: Any) -> None:
    refused = proposed.run("dossiers", "withdraw", "HS-1")
    proposed.ok("dossiers", "withdraw", "HS-1", *PAPER, as_="user:ag")

    assert (refused.code, refused.reasons) == (1, ["not-allowed"])
    assert proposed.states()["HS-1"] == "withdrawn"


def test_last_step_is_recalled(proposed: Any) -> None:
    proposed.ok("dossiers", "act", "HS-1", "accept")

    proposed.ok("dossiers", "recall", "HS-1")

    assert proposed.states()["HS-1"] == "proposed"


def test_due_of_a_round_is_extended_for_one_seat(consulted: Any) -> None:
    words = ("dossiers", "extend", "HS-1", "opinions", "20/07/2018", "--seat", "stp-ben-tre")

    consulted.ok(*words, "--note", "Bưu điện chậm")

    tasks = consulted.json("dossiers", "show", "HS-1")["tasks"]
    dues = {t["seat"]: t["due_on"] for t in tasks if t["kind"] == "ask"}
    assert dues == {
        "department@stp-bac-giang": "2018-06-22",
        "department@stp-ben-tre": "2018-07-20",
    }


def test_condition_that_nobody_may_waive_is_refused(consulted: Any) -> None:
    told = consulted.run("dossiers", "waive", "HS-1", "opinions.closed", "01/08/2018", *PAPER)

    assert told.code == 1
    assert "not-waivable" in told.reasons
    assert "opinions.closed" not in told.err
    assert "đã kết thúc" in told.err


def test_member_steps_back_from_a_dossier(council: Any) -> None:
    council.who = "user:m1"

    council.ok("dossiers", "recuse", "HS-1")

    (seat,) = [s for s in council.json("rounds", "status", "vote")["seats"]
               if s["seat"] == "member:user:m1"]  # fmt: skip
    assert (seat["asked"], seat["excused"], seat["missing"]) == (3, 1, 2)
    assert (seat["recused"], seat["states"]) == (1, {"recused": 1})
    told = council.ok("rounds", "status", "vote").out
    assert "1 người từ chối tham gia" in told
    assert "từ chối tham gia" in told.partition("Tình trạng")[2]
    assert "\nrecuse " not in council.ok("dossiers", "show", "HS-1").out
    assert "\nrecuse " in council.ok("dossiers", "show", "HS-2").out


def test_award_that_was_not_given_cannot_be_revoked(proposed: Any) -> None:
    told = proposed.run("dossiers", "revoke", "HS-1", *PAPER, as_="user:bt")

    assert told.code == 1
    assert "nothing-awarded" in told.reasons


def test_late_tasks_are_told_with_their_desk(proposed: Any) -> None:
    proposed.now = "2018-06-20T08:00"

    told = proposed.ok("late").out
    tasks = proposed.json("late")["tasks"]

    assert "18/06/2018  quá 2 ngày" in told
    assert "Chuyên viên cơ quan Thường trực Hội đồng" in told
    assert [t["days_left"] for t in tasks] == [-2, -2, -2]


def test_due_day_itself_is_not_late_and_near_ones_are_asked_for(proposed: Any) -> None:
    proposed.now = "2018-06-18T16:00"
    on_the_day = proposed.json("late")["tasks"]
    proposed.now = "2018-06-14T08:00"
    near = proposed.json("late", "--within", "2")["tasks"]
    far = proposed.json("late", "--within", "1")["tasks"]

    assert (len(on_the_day), len(near), len(far)) == (0, 3, 0)


def test_inbox_puts_a_list_in_one_line(consulted: Any) -> None:
    (group,) = consulted.json("inbox", as_="user:bg")["groups"]
    each = consulted.ok("inbox", "--each", as_="user:bg").out

    assert (group["ref"], group["dossiers"]) == ("opinions@dh-2018", 3)
    assert [dossier in each for dossier in ("HS-1", "HS-2", "HS-3")] == [True] * 3


def test_calendar_holds_what_all_that_look_may_know_of(consulted: Any) -> None:
    consulted.who = "stp-ben-tre"
    consulted.ok("inbox", "--ics", str(consulted.folder / "own.ics"))
    consulted.ok("inbox", "--ics", str(consulted.folder / "other.ics"), as_="user:bg")

    own, other = (
        (consulted.folder / name).read_bytes().count(b"BEGIN:VEVENT")
        for name in ("own.ics", "other.ics")
    )
    assert (own, other) == (1, 0)
