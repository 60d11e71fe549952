"""What the command line shows of a dossier to a member who stepped back and has other roles."""

from typing import Any

import pytest

ROLE = "actor,role,from_on\nuser:m1,officer,01/01/2018\nuser:m1,minister,01/01/2018\n"


@pytest.fixture
def away(council: Any) -> Any:
    """The member m1 is officer and minister too, and stepped back from HS-1 of three."""
    council.write("more.csv", ROLE)
    council.ok("roles", "import", "more.csv")
    council.who = "user:m1"
    council.ok("dossiers", "recuse", "HS-1")
    return council


def counted(terminal: Any) -> None:
    terminal.write("c.csv", "dossier,present,issued,returned,for,against\n"
                            "HS-1,4,4,4,4,0\nHS-2,5,5,5,3,2\nHS-3,5,5,5,3,2\n")  # fmt: skip
    terminal.who = "user:kiem"
    terminal.ok("votes", "count", "vote", "c.csv")
    terminal.who = "user:m1"


CLOSED = (
    ("papers", "extract", "HS-1"), ("journal", "export", "ra.jsonl"),
    ("journal", "export", "ra.jsonl", "--dossier", "HS-1"),
)  # fmt: skip


def test_papers_about_it_are_for_others_to_make(away: Any) -> None:
    counted(away)

    for words in CLOSED:
        assert away.run(*words).reasons == ["recused-from"], words
    assert away.ok("papers", "extract", "HS-2").out


def test_minutes_are_made_without_the_part_about_it(away: Any) -> None:
    counted(away)

    mine = away.json("papers", "minutes", "hop-1")
    away.who = "user:lan"
    whole = away.json("papers", "minutes", "hop-1")["values"]

    told, values = " ".join(mine["text"].split()), mine["values"]
    assert "Hồ sơ không có trong bản này" in told
    assert "Nguyễn Văn Ấn (HS-1): người lập bản này không tham gia xét" in told
    assert (values["total"], values["counted"]) == ("02", "01 tập thể và 01 cá nhân")
    assert {each["dossier"] for each in values["chain"]} == {"HS-2", "HS-3"}
    del values["left_out"]
    assert "HS-1" not in str(values)
    assert (whole["left_out"], whole["total"]) == ([], "03")


@pytest.mark.parametrize("paper", [("count", "vote"), ("matrix", "opinions")])
def test_count_and_matrix_are_made_without_the_part_about_it(away: Any, paper: Any) -> None:
    counted(away)

    mine = away.json("papers", *paper)
    away.who = "user:lan"
    whole = away.json("papers", *paper)

    told, values = " ".join(mine["text"].split()), mine["values"]
    assert "(bản không đầy đủ)" in told
    assert "Nguyễn Văn Ấn (HS-1): người lập bản này không tham gia xét" in told
    assert "không gồm hồ sơ không có trong bản này" in told
    assert [each["dossier"] for each in values.pop("left_out")] == ["HS-1"]
    assert "HS-1" not in str(values)
    assert (values["total"], whole["values"]["total"]) == ("02", "03")
    assert "không đầy đủ" not in whole["text"]


def test_minutes_of_nothing_else_are_for_others_to_make(away: Any) -> None:
    away.ok("dossiers", "recuse", "HS-2", "HS-3", "--yes")

    for paper in (("minutes", "hop-1"), ("count", "vote"), ("matrix", "opinions")):
        assert away.run("papers", *paper).reasons == ["recused-from"]


def test_counts_and_results_are_those_of_the_others(away: Any) -> None:
    counted(away)

    ballot = away.json("votes", "show", "vote")
    meeting = {c["dossier_id"]: c for c in away.json("meetings", "show", "hop-1")["cases"]}

    assert {d["dossier_id"] for d in ballot["dossiers"]} == {"HS-2", "HS-3"}
    assert {d["dossier"] for d in ballot["results"]} == {"HS-2", "HS-3"}
    assert (meeting["HS-1"]["outcome"], meeting["HS-1"]["counts"]) == ("stepped-back", {})
    assert meeting["HS-2"]["counts"]
    assert "bạn đã tránh" in away.ok("meetings", "show", "hop-1").out


def test_how_a_round_stands_is_told_of_the_others(away: Any) -> None:
    seats = {s["seat"]: s for s in away.json("rounds", "status", "vote")["seats"]}
    asked = away.json("rounds", "status", "opinions")["seats"]

    assert seats["member:user:m2"]["asked"] == 2
    assert (seats["member:user:m1"]["asked"], seats["member:user:m1"]["recused"]) == (3, 1)
    assert {s["seat"]: s["opinions"] for s in asked} == {
        "department@stp-bac-giang": {"agree": 2}, "department@stp-ben-tre": {"agree": 2},
    }  # fmt: skip


def test_neither_state_nor_due_is_told_before_the_announcement(away: Any) -> None:
    counted(away)

    listed = {d["id"]: d["state"] for d in away.json("dossiers", "list")["dossiers"]}
    brought = {d["id"]: d["state"] for d in away.json("submissions", "show", "tt-1")["dossiers"]}

    assert listed == brought
    assert listed["HS-1"] is None
    assert listed["HS-2"] is not None

    away.ok("inbox", "--ics", str(away.folder / "viec.ics"))
    text = (away.folder / "viec.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert "Phòng Hành chính" in text
    assert "Ấn" not in text


def test_its_tasks_are_on_no_list_of_his(away: Any) -> None:
    away.now = "2018-07-30T09:00"
    tasks = {t["dossier_id"] for t in away.json("inbox")["tasks"]}
    late = {t["dossier_id"] for t in away.json("late")["tasks"]}

    assert ("HS-1" in tasks | late, "HS-2" in tasks) == (False, True)


def test_of_many_dossiers_only_that_one_is_refused(away: Any) -> None:
    told = away.run("dossiers", "hold", "HS-1", "HS-2", "--note", "đơn", "--yes")

    assert "recused" in told.err + told.out
    held = {d["id"]: d["pause"] for d in away.json("dossiers", "list")["dossiers"]}
    assert (held["HS-1"], held["HS-2"]) == (None, "hold")


def test_letters_about_it_go_to_the_others_of_the_role(away: Any) -> None:
    away.who = "user:bg"
    for dossier in ("HS-1", "HS-2"):
        away.ok("dossiers", "inform", dossier, "--seat", "stp-bac-giang", "--note", "tin mới")
    away.who = "user:lan"

    away.ok("mails", "send", THIDUA_DIGEST="off")

    shown = [away.json("mails", "show", row["id"]) for row in away.json("mails", "list")["mails"]]
    told = {each["mailbox"]: each["text"] for each in shown if "tin mới" in each["text"]}
    assert told.keys() == {"lan@example.org", "m1@example.org"}
    assert "Nguyễn Văn Ấn" in told["lan@example.org"]
    assert "Nguyễn Văn Ấn" not in told["m1@example.org"]
    assert "Hường" in told["m1@example.org"]


def test_registers_take_no_line_about_it_from_him(away: Any) -> None:
    counted(away)
    draft = ("decisions", "draft", "Quyết định", "--trigger", "grant", "--yes")

    assert away.run(*draft, "HS-1", "HS-3").reasons == ["recused-from"]
    classify = ("dossiers", "classify", "HS-1", "secret", "--paper-number", "9", "--paper-date",
                "01/07/2018")  # fmt: skip
    assert away.run(*classify).reasons == ["recused-from"]
    assert away.ok(*draft, "HS-3").code == 0


def test_nobody_leaves_him_its_tasks(away: Any) -> None:
    away.who = "user:lan"
    shown = away.json("dossiers", "show", "HS-1")["tasks"]
    (desk,) = [t for t in shown if t["kind"] == "desk" and t["status"] == "open"]
    away.ok("dossiers", "assign", "HS-1", "--to", "user:lan", "--yes")
    assert desk["holder"] is None

    told = away.run("people", "hand-over", "user:lan", "user:m1", "--last", "30/07/2018",
                    "--paper-number", "9", "--paper-date", "01/07/2018", "--yes")  # fmt: skip

    assert "stepped-back" in told.out + told.err
