"""Dossiers at the command line: entered, listed, shown, moved, one or many."""

from typing import Any

import pytest

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")
ENTER = ("dossiers", "import", "d.csv", "--procedure", "exemplar-selection")
HEAD = "id,kind,name,unit,cluster,prior_awards,merit_period\n"
ROW = "HS-9,individual,Y Bhăm Niê,stp-an-giang,C01,BK,2013-01-01/2018-05-31\n"


def test_list_of_nominations_is_entered_with_its_files(proposed: Any) -> None:
    shown = proposed.json("dossiers", "show", "HS-1")

    assert proposed.states() == dict.fromkeys(("HS-1", "HS-2", "HS-3"), "proposed")
    assert [d["kind"] for d in shown["documents"]] == ["prior_award_list", "report", "submission"]
    assert shown["dossier"]["fields"]["cluster"] == "C01"
    assert shown["dossier"]["submission"] == "tt-1"
    (folder,) = [p for p in proposed.folder.iterdir() if p.is_dir()]
    assert folder.name == "thidua-files"


def test_row_without_an_id_gets_one(office: Any) -> None:
    office.write("d.csv", (HEAD + ROW).replace("HS-9", ""))

    (made,) = office.json(*ENTER)["dossiers"]

    assert office.states() == {made: "proposed"}


def test_every_wrong_cell_is_told_at_once(office: Any) -> None:
    late = ROW.replace("/2018-05-31", "")
    office.write("d.csv", HEAD + late + late.replace("HS-9", "HS-10").replace("stp-an-giang", "zz"))

    told = office.run(*ENTER)

    assert told.code == 2
    places = [f"dòng {row}, cột {column}" for row, column in
              ((2, "merit_period"), (3, "merit_period"), (3, "unit"))]  # fmt: skip
    assert [place in told.err for place in places] == [True] * 3


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        (HEAD + ROW.replace("individual", "person"), "dòng 2, cột kind", "list-cell-choice"),
        (HEAD + ROW.replace("Y Bhăm Niê", ""), "dòng 2, cột name", "list-cell-missing"),
        (HEAD + ROW.replace("/2018-05-31", ""), "dòng 2, cột merit_period", "field-type"),
        (HEAD + ROW.replace("stp-an-giang", "zz"), "dòng 2, cột unit", "list-not-known"),
        (HEAD + ROW + ROW, "dòng 3, cột id", "list-row-twice"),
        (HEAD.replace("unit", "units") + ROW, "dòng 1, cột units", "list-column-unknown"),
        (
            HEAD.strip() + ",award\n" + ROW.strip() + ",BK\n",
            "dòng 2, cột award",
            "unknown-award",
        ),
        (
            HEAD.strip() + ",report\n" + ROW.strip() + ",none.pdf\n",
            "dòng 2, cột report",
            "list-file",
        ),
        (
            HEAD.strip() + ",report\n" + ROW.strip() + ",lon.pdf\n",
            "dòng 2, cột report",
            "document-too-large",
        ),
    ],
)
def test_wrong_nomination_enters_none(office: Any, text: str, place: str, code: str) -> None:
    office.write("d.csv", text + ROW.replace("HS-9", "HS-10"))
    with (office.folder / "lon.pdf").open("wb") as file:
        file.truncate(100_000_001)
    before = office.digest()

    told = office.run(*ENTER)

    assert told.code == 2
    assert place in told.err
    assert code in told.reasons
    assert office.digest() == before


def test_used_id_is_told_at_its_row(proposed: Any) -> None:
    proposed.write("d.csv", HEAD + ROW + ROW.replace("HS-9", "HS-1"))
    before = proposed.digest()

    told = proposed.run(*ENTER)

    assert (told.code, told.reasons) == (2, ["dossier-exists"])
    assert "dòng 3, cột id" in told.err
    assert proposed.digest() == before


def test_who_may_not_propose_is_refused_without_blaming_the_list(office: Any) -> None:
    office.write("d.csv", HEAD + ROW)
    office.who = "user:kiem"

    told = office.run(*ENTER)

    assert (told.code, told.reasons) == (1, ["not-allowed"])


def test_procedure_must_be_confirmed_before_its_first_dossier(office: Any) -> None:
    office.ok("procedures", "store", "ministers-certificate")
    office.write("d.csv", "id,kind,name,unit\nX,individual,A,stp-an-giang\n")
    office.now = "2018-08-01T08:00"
    enter = ("dossiers", "import", "d.csv", "--procedure", "ministers-certificate")

    refused = office.run(*enter)
    for ground in ("office", "post"):
        office.ok("procedures", "confirm", "ministers-certificate", ground, *PAPER)

    assert (refused.code, refused.reasons) == (1, ["assumed", "assumed"])
    assert office.json(*enter)["dossiers"] == ["X"]


def test_dossiers_are_listed_by_given_name_persons_first(proposed: Any) -> None:
    told = proposed.ok("dossiers", "list")
    lines = told.out.splitlines()

    assert [line.split()[0] for line in lines[2:]] == ["HS-1", "HS-2", "HS-3"]
    assert "Đã đề nghị" in lines[2]
    assert "18/06/2018  còn 5 ngày" in lines[2]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--find", "huong"), ["HS-2"]),
        (("--kind", "collective"), ["HS-3"]),
        (("--state", "appraisal"), []),
        (("--campaign", "dh-2018", "--unit", "stp-an-giang"), ["HS-1", "HS-2", "HS-3"]),
        (("--submission", "none"), []),
        (("--field", "cluster=C01", "--kind", "collective"), ["HS-3"]),
        (("--field", "cluster=C02"), []),
        (("--procedure", "exemplar-selection@2018.2"), ["HS-1", "HS-2", "HS-3"]),
    ],
)
def test_list_is_narrowed(proposed: Any, words: tuple[str, ...], ids: list[str]) -> None:
    assert [d["id"] for d in proposed.json("dossiers", "list", *words)["dossiers"]] == ids


def test_dossiers_are_counted_by_state(consulted: Any) -> None:
    (row,) = consulted.json("dossiers", "list", "--count")["states"]

    assert (row["state"], row["state_label"], row["dossiers"]) == (
        "consulted",
        "Đang lấy ý kiến",
        3,
    )


def test_dossier_tells_what_may_be_done_and_why_not(proposed: Any) -> None:
    told = proposed.ok("dossiers", "show", "HS-1", "--why")
    proposed.who = "user:m1"
    refused = proposed.ok("dossiers", "show", "HS-1", "--why")

    assert "accept" in told.out.partition("Bạn làm được")[2]
    assert "[not-allowed]" in refused.out


def test_step_is_taken_once_with_the_same_command_id(proposed: Any) -> None:
    first = proposed.json("dossiers", "act", "HS-1", "accept", "--command-id", "k1")
    after = proposed.digest()
    again = proposed.json("dossiers", "act", "HS-1", "accept", "--command-id", "k1")

    assert (first["state"], first["repeated"]) == ("appraisal", False)
    assert again == {**first, "repeated": True}
    assert proposed.digest() == after


def test_stale_version_is_a_conflict(proposed: Any) -> None:
    before = proposed.digest()

    told = proposed.run("dossiers", "act", "HS-1", "accept", "--expect", "1")

    assert (told.code, told.reasons) == (3, ["stale"])
    assert proposed.digest() == before


def test_command_id_of_another_act_is_a_conflict(proposed: Any) -> None:
    proposed.ok("dossiers", "act", "HS-1", "accept", "--command-id", "k1")

    told = proposed.run("dossiers", "hold", "HS-1", "--note", "x", "--command-id", "k1")

    assert (told.code, told.reasons) == (3, ["command-reused"])


def test_rehearsal_of_a_step_tells_what_would_be(proposed: Any) -> None:
    before = proposed.digest()

    told = proposed.json("dossiers", "act", "HS-1", "accept", "--dry-run")

    assert (told["state"], told["dry_run"]) == ("appraisal", True)
    assert proposed.digest() == before


def test_many_are_not_touched_before_somebody_says_yes(proposed: Any) -> None:
    before = proposed.digest()

    told = proposed.run("dossiers", "act", "accept", "--state", "proposed")

    assert (told.code, told.reasons) == (2, ["say-yes"])
    assert "Đã đề nghị  Đang thẩm định" in told.out
    assert proposed.digest() == before


def test_nobody_is_asked_to_say_yes_where_none_can_be_moved(proposed: Any) -> None:
    before = proposed.digest()

    told = proposed.run("dossiers", "act", "grant", "--state", "proposed")

    assert (told.code, set(told.reasons)) == (1, {"not-allowed"})
    assert "--yes" not in told.out + told.err
    assert proposed.digest() == before


def test_many_are_moved_and_those_that_cannot_be_are_told(proposed: Any) -> None:
    proposed.ok("dossiers", "hold", "HS-2", "--note", "Có đơn khiếu nại")

    told = proposed.run("dossiers", "act", "accept", "--campaign", "dh-2018", "--yes")

    assert (told.code, told.reasons) == (1, ["paused"])
    assert "HS-2 Đỗ Thị Hường" in told.err
    assert proposed.states() == {"HS-1": "appraisal", "HS-2": "proposed", "HS-3": "appraisal"}


def test_all_or_nothing_moves_none(proposed: Any) -> None:
    proposed.ok("dossiers", "hold", "HS-2", "--note", "Có đơn khiếu nại")
    before = proposed.digest()
    words = ("dossiers", "act", "HS-1", "HS-2", "accept", "--yes", "--all-or-nothing")

    told = proposed.run(*words)

    assert (told.code, told.reasons) == (1, ["paused"])
    assert proposed.digest() == before


def test_ids_come_from_a_file_or_the_input(proposed: Any) -> None:
    proposed.write("ids.txt", "HS-3  # tập thể\n\nHS-1,\n")

    proposed.ok("dossiers", "act", "accept", "--from-file", "ids.txt", "--yes")
    proposed.ok("dossiers", "act", "accept", "--from-file", "-", "--yes", stdin="HS-2\n")

    assert set(proposed.states().values()) == {"appraisal"}


@pytest.mark.parametrize(
    ("words", "code"),
    [((), "none-chosen"), (("HS-1", "--state", "proposed"), "ids-and-more")],
)
def test_choice_must_be_clear(proposed: Any, words: tuple[str, ...], code: str) -> None:
    told = proposed.run("dossiers", "act", *words[:1], "accept", *words[1:])

    assert (told.code, told.reasons) == (2, [code])


def test_value_given_as_a_filter_is_told_how_it_is_given(proposed: Any) -> None:
    told = proposed.run("dossiers", "correct", "HS-1", "--field", "cluster=C02", "--note", "Nhầm.")

    assert told.reasons == ["ids-and-more"]
    assert "không kèm --field" in told.err
    assert "HS-1 TÊN=GIÁ_TRỊ" in told.err


def test_history_tells_who_decided_who_entered_and_on_what_paper(consulted: Any) -> None:
    told = consulted.ok("dossiers", "history", "HS-1").out
    (event,) = [
        e for e in consulted.json("dossiers", "history", "HS-1")["events"] if e["act"] == "fire"
        and e["by"] == "user:tham"
    ]  # fmt: skip

    assert "Lấy ý kiến → Đang lấy ý kiến" in told
    assert "Lê Văn Thẩm (Người thẩm định); nhập: Trần Thị Lan; căn cứ: số 45/STP-VP" in told
    assert event["entered"] == "user:lan"
    assert event["paper"]["signed_on"] == "2018-06-08"


def test_document_is_attached_and_its_bytes_are_kept(proposed: Any) -> None:
    proposed.write("new.txt", "báo cáo mới")

    told = proposed.json("dossiers", "attach", "HS-1", "report", "new.txt", "--pages", "3-7")

    kept = proposed.folder / "thidua-files" / told["sha256"][:2] / told["sha256"]
    assert kept.read_text(encoding="utf-8") == "báo cáo mới"
    (newest,) = [d for d in proposed.json("dossiers", "show", "HS-1")["documents"]
                 if (d["kind"], d["version"]) == ("report", 2)]  # fmt: skip
    assert (newest["name"], newest["pages"]) == ("new.txt", "3-7")


def test_rehearsal_of_an_attachment_keeps_no_bytes(proposed: Any) -> None:
    proposed.write("new.txt", "báo cáo mới")
    before = proposed.digest()

    told = proposed.json("dossiers", "attach", "HS-1", "report", "new.txt", "--dry-run")

    assert not (proposed.folder / "thidua-files" / told["sha256"][:2]).exists()
    assert proposed.digest() == before


def test_way_of_a_dossier_is_drawn(consulted: Any) -> None:
    text = consulted.json("dossiers", "draw", "HS-1")["mermaid"]

    assert "class s_proposed,s_appraisal,s_consulted passed" in text


def test_submission_is_shown_with_its_dossiers(proposed: Any) -> None:
    shown = proposed.json("submissions", "show", "tt-1")
    (row,) = proposed.json("submissions", "list", "--campaign", "dh-2018")["submissions"]

    assert [d["id"] for d in shown["dossiers"]] == ["HS-1", "HS-2", "HS-3"]
    assert (row["dossiers"], row["sender_name"]) == (3, "Sở Tư pháp tỉnh An Giang")
    assert "số 12/TTr-STP, ngày 04/06/2018" in proposed.ok("submissions", "list").out


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("tt-1,13,01/06/2018,,\n", "list-id-used"),
        ("tt-2,13,01/06/2018,zz,\n", "list-not-known"),
        ("tt-2,13,01/06/2018,,31/05/2018\n", "list-received-before"),
        ("tt-2,,01/06/2018,,\n", "list-cell-missing"),
    ],
)
def test_wrong_submission_enters_none(proposed: Any, row: str, code: str) -> None:
    head = "id,number,signed_on,sender,received_on\n"
    proposed.write("s.csv", head + "tt-9,9,01/06/2018,,\n" + row)
    before = proposed.digest()

    told = proposed.run("submissions", "import", "s.csv")

    assert (told.code, told.reasons) == (2, [code])
    assert "s.csv, dòng 3" in told.err
    assert proposed.digest() == before


def test_the_strictest_level_of_secrecy_is_shown(proposed: Any) -> None:
    before = proposed.json("dossiers", "show", "HS-1")["dossier"]
    for matter, level in (("HS-1", "secret"), ("dh-2018", "top_secret")):
        proposed.ok("dossiers", "classify", matter, level, "--paper-number", "9",
                    "--paper-date", "01/06/2018")  # fmt: skip

    shown = proposed.json("dossiers", "show", "HS-1")["dossier"]

    assert (before["level"], shown["level"]) == (None, "top_secret")
    lines = proposed.ok("dossiers", "show", "HS-1").out.splitlines()
    assert [line.split(maxsplit=2)[2] for line in lines if "Độ mật" in line] == ["Tối mật"]
