"""The council's papers at the command line, from one story: each as text and as a Word file."""

import json
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest

LETTER = ("--paper-number", "1", "--paper-date", "08/06/2018", "--signer", "A")
TELLER = ("--paper-number", "7", "--paper-date", "02/07/2018", "--signer", "Phạm Kiểm")
SIGNED = ("--paper-number", "2142", "--paper-symbol", "QĐ-BTP", "--paper-date", "05/07/2018",
          "--signer", "Nguyễn Văn Mẫu", "--capacity", "KT. BỘ TRƯỞNG, THỨ TRƯỞNG")  # fmt: skip
OFFICE = {"THIDUA_MAIL_NAME": "Hội đồng Thi đua - Khen thưởng", "THIDUA_PARENT": "Bộ Tư pháp",
          "THIDUA_PLACE": "Hà Nội"}  # fmt: skip
KINDS = {
    "minutes": "hop-1", "count": "vote", "extract": "HS-2", "matrix": "opinions",
    "proposal": "QD-1", "decision": "QD-1", "summary": "QD-1",
}  # fmt: skip


@pytest.fixture
def counted(council: Any) -> Any:
    """Three dossiers were voted on; two of them stand in a drafted decision."""
    council.ok("votes", "count", "vote", "counts.csv", *TELLER, as_="user:kiem")
    council.ok("decisions", "draft", "Quyết định công nhận điển hình", "--trigger", "grant",
               "--state", "submitted", "--id", "QD-1", "--yes")  # fmt: skip
    return council


def plain(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def made(terminal: Any, kind: str, *more: str) -> str:
    return plain(terminal.ok("papers", kind, KINDS[kind], *more, **OFFICE).out)


def words(document: Any) -> str:
    """Every letter of a Word file, tables too."""
    return plain(" ".join(t.text or "" for t in document.element.body.iter() if _is_text(t)))


def _is_text(element: Any) -> bool:
    return bool(element.tag.endswith("}t"))


@pytest.mark.parametrize("kind", KINDS)
def test_paper_has_the_form_of_an_office_as_text_and_word(counted: Any, kind: str) -> None:
    file = counted.folder / f"{kind}.docx"

    told = counted.ok("papers", kind, KINDS[kind], "--out", str(file), **OFFICE)
    text = made(counted, kind)
    document = docx.Document(str(file))

    assert "Đã ghi" in told.out
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                 "BỘ TƯ PHÁP", "Hà Nội,"):  # fmt: skip
        assert part in text
        assert part in words(document)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
    assert document.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize("kind", KINDS)
def test_same_facts_give_the_same_bytes(counted: Any, kind: str) -> None:
    files = [counted.folder / name for name in ("one.docx", "two.docx")]

    for file in files:
        counted.ok("papers", kind, KINDS[kind], "--out", str(file), **OFFICE)

    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert {each.date_time for each in ZipFile(BytesIO(one)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_minutes_tell_who_by_which_rule_and_what_came_out(counted: Any) -> None:
    text = made(counted, "minutes")

    for part in ("BIÊN BẢN", "Phiên họp", "ngày 02 tháng 7 năm 2018",
                 "Thành viên Hội đồng: 05; có mặt: 05; gửi phiếu bằng văn bản: 00",
                 "Hội đồng xem xét 03 hồ sơ, gồm 01 tập thể và 02 cá nhân",
                 "Không có điều kiện nào được miễn",
                 "ít nhất 2/3 tổng số thành viên Hội đồng có quyền biểu quyết tham gia",
                 "số phiếu đồng ý quá 1/2 tổng số thành viên Hội đồng",
                 "Đạt điều kiện: 01 tập thể và 01 cá nhân",
                 "Không đạt điều kiện: 01 cá nhân", "THƯ KÝ CHỦ TRÌ"):  # fmt: skip
        assert part in text
    assert text.index("Đặng Văn Ân") < text.index("Ái Thị Bình") < text.index("Ân Thị Én")


def test_assumed_numbers_are_marked(counted: Any) -> None:
    for kind in ("minutes", "count", "extract", "proposal", "summary"):
        text = made(counted, kind)
        assert "Giá trị ghi “giả định” chưa có căn cứ được xác nhận: " in text

    assert "có quyền biểu quyết (giả định)." in made(counted, "minutes")


def test_count_has_papers_and_votes_of_each_line(counted: Any) -> None:
    values = counted.json("papers", "count", "vote")["values"]

    assert values["papers"] == {"entitled": "05", "issued": "05", "returned": "05", "valid": "05",
                                "invalid": "00", "written": "00"}  # fmt: skip
    told = [
        (line["dossier"], line["votes_for"], line["votes_against"], line["share"], line["result"])
        for group in values["groups"]
        for line in group["lines"]
    ]
    assert told == [
        ("HS-3", 3, 2, "60,00%", "Được chọn"),
        ("HS-1", 5, 0, "100,00%", "Được chọn"),
        ("HS-2", 4, 1, "80,00%", "Không được chọn"),
    ]


def test_extract_tells_of_one_dossier_alone(counted: Any) -> None:
    text = made(counted, "extract")

    assert "Đỗ Thị Hường" in text
    assert "Kết luận: Không được chọn" in text
    assert "từ 01/01/2013 đến 31/5/2018" in text
    assert "Nguyễn Văn Ấn" not in text


def test_matrix_counts_every_answer(counted: Any) -> None:
    values = counted.json("papers", "matrix", "opinions")["values"]

    assert (values["totals"]["asked"], values["totals"]["agree"]) == (6, 6)
    assert [(seat["who"], seat["dossiers"]) for seat in values["seats"]] == [
        ("Sở Tư pháp tỉnh Bắc Giang", 3),
        ("Sở Tư pháp tỉnh Bến Tre", 3),
    ]


def test_decision_is_a_draft_with_blanks_until_it_is_numbered(counted: Any) -> None:
    before = made(counted, "decision")
    counted.now = "2018-07-05T10:00"
    counted.ok("decisions", "number", "QD-1", *SIGNED)
    after = made(counted, "decision")

    assert "DỰ THẢO" in before
    assert "Số: ………/QĐ-……" in before
    assert "DỰ THẢO" not in after
    for part in ("Số: 2142/QĐ-BTP", "ngày 05 tháng 7 năm 2018", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG",
                 "Nguyễn Văn Mẫu", "Về việc công nhận điển hình", "Điều 1. Công nhận",
                 "01 tập thể và 01 cá nhân (có danh sách kèm theo)", "I. TẬP THỂ",
                 "II. CÁ NHÂN"):  # fmt: skip
        assert part in after
    assert "Đỗ Thị Hường" not in after


def test_annex_has_the_chain_head_that_the_signer_saw(counted: Any) -> None:
    seen = {e["n"]: e["hash"] for e in counted.json("dossiers", "history", "HS-1")["events"]}
    counted.ok("dossiers", "hold", "HS-1", "--note", "Có đơn")

    values = counted.json("papers", "decision", "QD-1")["values"]
    text = counted.ok("papers", "decision", "QD-1").out.replace(" ", "")

    (mine,) = [each for each in values["chain"] if each["dossier"] == "HS-1"]
    assert mine["head"] == seen[mine["position"]]
    assert mine["position"] == max(seen)
    assert mine["head"][:40] in text


def test_summary_begins_with_what_is_not_as_usual(counted: Any) -> None:
    before = made(counted, "summary")
    counted.ok("dossiers", "hold", "HS-1", "--note", "Có đơn")
    after = made(counted, "summary")

    assert "Không có: ý kiến không nhất trí; điều kiện được miễn, còn nợ" in before
    assert "Hồ sơ đang tạm dừng: 01" in after
    assert "Hồ sơ có thay đổi sau khi dự thảo: 01" in after
    assert after.index("Hồ sơ đang tạm dừng") < after.index("Số trường hợp")
    assert "Có đơn" not in after


@pytest.fixture
def disputed(consulted: Any) -> Any:
    """One department disagreed about HS-1, was answered, and HS-1 was chosen all the same."""
    consulted.ok("rounds", "answer", "opinions", "agree", "--seat", "stp-bac-giang", *LETTER,
                 "--except", "HS-1=disagree:Số liệu chưa đúng", as_="user:bg")  # fmt: skip
    consulted.ok("rounds", "answer", "opinions", "agree", "--seat", "stp-ben-tre", *LETTER,
                 as_="stp-ben-tre")  # fmt: skip
    consulted.ok("dossiers", "reply", "HS-1", "opinions", "stp-bac-giang", "--note", "Đã đối chiếu")
    consulted.call_meeting("hop-1", date(2018, 7, 2))
    consulted.ok("dossiers", "act", "convene", "--state", "consulted", "--meeting", "hop-1",
                 "--yes")  # fmt: skip
    consulted.now = "2018-07-02T09:00"
    consulted.ok("votes", "count", "vote", "counts.csv", *TELLER, as_="user:kiem")
    consulted.ok("decisions", "draft", "Quyết định", "--trigger", "grant", "--state", "submitted",
                 "--id", "QD-1", "--yes")  # fmt: skip
    return consulted


def test_disagreement_and_its_answer_stand_on_minutes_proposal_and_summary(disputed: Any) -> None:
    for kind in ("minutes", "matrix", "proposal", "summary"):
        file = str(disputed.folder / "a.docx")
        disputed.ok("papers", kind, KINDS[kind], "--out", file)
        text = words(docx.Document(file))
        for part in ("Sở Tư pháp tỉnh Bắc Giang", "Số liệu chưa đúng", "Đã đối chiếu"):
            assert part in text


def test_who_was_never_sent_the_question_is_not_told_as_silent(consulted: Any) -> None:
    consulted.ok("rounds", "answer", "opinions", "agree", "--seat", "stp-bac-giang", *LETTER,
                 as_="user:bg")  # fmt: skip
    consulted.ok("rounds", "close", "opinions", "--note", "đã đủ", "--yes")
    consulted.call_meeting("hop-1", date(2018, 7, 2))
    consulted.now = "2018-07-02T09:00"
    consulted.ok("dossiers", "act", "convene", "--state", "consulted", "--meeting", "hop-1",
                 "--yes")  # fmt: skip
    consulted.ok("votes", "count", "vote", "counts.csv", *TELLER, as_="user:kiem")
    consulted.ok("decisions", "draft", "Quyết định công nhận điển hình", "--trigger", "grant",
                 "--state", "submitted", "--id", "QD-1", "--yes")  # fmt: skip

    summary, proposal = made(consulted, "summary"), made(consulted, "proposal")

    assert "Nơi chưa được gửi đề nghị cho ý kiến: 01. Sở Tư pháp tỉnh Bến Tre" in summary
    assert "Nơi chưa được gửi đề nghị cho ý kiến: Sở Tư pháp tỉnh Bến Tre." in proposal
    assert "nơi được hỏi không trả lời" in summary.partition("Không có:")[2]
    assert "3. Nơi được hỏi không trả lời: không có." in proposal
    assert "không trả lời 3 (3 lượt chưa được gửi đề nghị)" in made(consulted, "matrix")
    assert "chưa được gửi đề nghị: Sở Tư pháp tỉnh Bến Tre." in made(consulted, "extract")


def test_disagreement_stands_first_in_ballot_and_decision(disputed: Any) -> None:
    ballot, decision = ("votes", "show", "vote"), ("decisions", "show", "QD-1")
    lines = disputed.json(*decision)["lines"]

    assert [(each["dossier_id"], each["position"]) for each in lines] == [("HS-1", 2), ("HS-3", 1)]
    for words_, rows in ((ballot, "dossiers"), (decision, "lines")):
        told = {each["dossier_id"]: each["exceptions"] for each in disputed.json(*words_)[rows]}
        assert [each["kind"] for each in told["HS-1"]] == ["disagreement_answered"]
        assert told["HS-3"] == []
        assert "không đồng ý, đã giải trình" in disputed.ok(*words_).out
    disputed.who = "user:kiem"
    assert all(each["exceptions"] == [] for each in disputed.json(*ballot)["dossiers"])


def test_opinions_are_on_no_paper_of_who_may_not_see_them(disputed: Any) -> None:
    disputed.who = "user:kiem"

    for kind in set(KINDS) - {"matrix"}:
        about = "HS-1" if kind == "extract" else KINDS[kind]
        told = disputed.json("papers", kind, about)
        text = json.dumps(told, ensure_ascii=False)
        for secret in ("liệu chưa đúng", "Đã đối chiếu", "Bắc Giang"):
            assert secret not in text, kind
    assert "Không có: điều kiện được miễn, còn nợ" in plain(disputed.ok("papers", "summary",
                                                                        "QD-1").out)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("actor", ["user:ag", "user:bg"])
def test_paper_is_not_for_proposers_and_consulted(counted: Any, kind: str, actor: str) -> None:
    counted.who = actor

    told = counted.run("papers", kind, KINDS[kind])

    assert (told.code, told.reasons) == (1, ["paper-not-yours"])
    assert "Hường" not in told.out + told.err


def test_matrix_is_only_for_who_may_see_opinions(counted: Any) -> None:
    counted.who = "user:kiem"

    told = counted.run("papers", "matrix", "opinions")
    minutes = counted.ok("papers", "minutes", "hop-1")

    assert (told.code, told.reasons) == (1, ["opinions-not-yours"])
    assert "Sở Tư pháp tỉnh Bến Tre" not in minutes.out


@pytest.mark.parametrize(
    ("words_", "code", "codes"),
    [
        (("minutes", "hop-9"), 4, ["unknown-meeting"]),
        (("extract", "HS-9"), 4, ["unknown-dossier"]),
        (("decision", "QD-9"), 4, ["unknown-decision"]),
        (("count", "opinions"), 1, ["not-that-kind"]),
        (("matrix", "vote"), 1, ["not-that-kind"]),
        (("minutes", "hop-1", "--out", "a.pdf"), 2, ["paper-ending"]),
    ],
)
def test_bad_input_is_refused_and_writes_nothing(
    counted: Any, words_: tuple[str, ...], code: int, codes: list[str]
) -> None:
    before = counted.digest()

    told = counted.run("papers", *words_)

    assert (told.code, told.reasons) == (code, codes)
    assert counted.digest() == before


def test_office_takes_the_templates_and_makes_them_its_own(counted: Any) -> None:
    folder = counted.folder / "mau"
    counted.ok("papers", "templates", str(folder))
    again = counted.run("papers", "templates", str(folder))
    file = folder / "minutes.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("BIÊN BẢN\n", "BIÊN BẢN SỐ MỘT\n"))

    text = counted.ok("papers", "minutes", "hop-1", THIDUA_PAPERS=str(folder)).out

    assert "BIÊN BẢN SỐ MỘT" in text
    assert again.reasons == ["paper-there"]


def test_text_goes_into_a_file_of_any_name(counted: Any) -> None:
    file = counted.folder / "bien-ban.md"

    counted.ok("papers", "minutes", "hop-1", "--text", "--out", str(file))

    assert "BIÊN BẢN" in file.read_text(encoding="utf-8")


def test_matrix_tells_a_units_words_once(consulted: Any) -> None:
    consulted.ok("rounds", "answer", "opinions", "agree_with_remarks", "--seat", "stp-bac-giang",
                 "--note", "Nhân rộng", "--except", "HS-2=disagree:Chưa rõ", *LETTER,
                 as_="user:bg")  # fmt: skip

    values = consulted.json("papers", "matrix", "opinions")["values"]

    told = [(row["opinion"], row["note"], row["about"], row["reply"]) for row in values["remarks"]]
    assert told == [
        ("Không nhất trí", "Chưa rõ", "Đỗ Thị Hường (HS-2)", None),
        ("Nhất trí, có ý kiến thêm", "Nhân rộng",
         "Phòng Hành chính (HS-3); Nguyễn Văn Ấn (HS-1)", None),
    ]  # fmt: skip
    assert (values["totals"]["disagree"], values["totals"]["running"]) == (1, 3)


def test_folder_that_is_not_there_is_told(counted: Any) -> None:
    told = counted.run("papers", "minutes", "hop-1", "--out", str(counted.folder / "x" / "a.docx"))

    assert told.code != 0
    assert "a.docx" in told.err
