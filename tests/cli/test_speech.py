"""Refusals in an office's words: labels and names in sentences, codes for programs."""

import json
from importlib.resources import files
from typing import Any

import pytest

from thidua.cli.dossiers.sheet import task_label
from thidua.definitions import load

SENTENCES: list[tuple[tuple[str, ...], str | None, str, str]] = [
    (("act", "HS-1", "convene"), None, "not-from-here",
     "Không thể “Đưa ra Hội đồng” khi hồ sơ đang ở trạng thái Đã đề nghị."),
    (("act", "HS-1", "accept"), "user:m1", "not-allowed",
     "Đặng Văn Ân không có quyền thực hiện thao tác này."
     " Vai trò có quyền: Chuyên viên cơ quan Thường trực Hội đồng."),
    (("return", "HS-1", "--item", "report"), None, "note-missing",
     "Thao tác Đề nghị bổ sung cần ghi rõ lý do hoặc nội dung."),
    (("act", "HS-1", "accept", "--happened", "12/06/2018 09:30"), None, "happened-later",
     "Thời điểm thực hiện 12/06/2018 09:30 muộn hơn hiện tại."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "who", "code", "sentence"), SENTENCES, ids=lambda e: str(e)[:40])
def test_codes_are_told_as_the_procedure_calls_them(
    proposed: Any, words: tuple[str, ...], who: str | None, code: str, sentence: str
) -> None:
    proposed.who = who or proposed.who

    told = proposed.run("dossiers", *words)

    assert code in told.reasons
    assert sentence in told.err


def test_seats_are_told_by_their_unit(consulted: Any) -> None:
    told = consulted.run("rounds", "answer", "opinions", "agree", "--seat", "stp-ben-tre")

    assert "Trần Thị Lan không đại diện cho Sở Tư pháp tỉnh Bến Tre." in told.err
    assert "department@" not in told.err


def test_what_was_not_asked_for_is_told_by_its_label(proposed: Any) -> None:
    proposed.ok("dossiers", "return", "HS-1", "--item", "report", "--note", "thiếu số liệu")

    told = proposed.run("dossiers", "correct", "HS-1", "cluster=cum-02", "--note", "sai")

    assert "“Cụm, Khu vực thi đua” không nằm trong nội dung được yêu cầu bổ sung." in told.err


def test_what_holds_many_is_told_once_and_programs_each(proposed: Any) -> None:
    words = ("dossiers", "act", "convene", "--state", "proposed", "--yes")

    some = proposed.run(*words)
    none = proposed.run(*words, "--all-or-nothing")

    for told in (some, none):
        assert told.err.count("khi hồ sơ đang ở trạng thái Đã đề nghị") == 1
        assert "3 hồ sơ (HS-1 Nguyễn Văn Ấn, HS-2 Đỗ Thị Hường, HS-3 Phòng" in told.err
    each = json.loads(proposed.run(*words, "--all-or-nothing", "--json").err)["error"]["reasons"]
    assert [reason["fields"]["dossier"] for reason in each] == ["HS-1", "HS-2", "HS-3"]


def test_programs_get_codes_in_the_fields(proposed: Any) -> None:
    told = proposed.run("dossiers", "act", "HS-1", "convene", "--json")

    (reason,) = json.loads(told.err)["error"]["reasons"]
    assert reason["fields"]["state"] == "proposed"
    assert "Đã đề nghị" in reason["text"]


def test_what_must_be_typed_stays_a_code(proposed: Any) -> None:
    told = proposed.run("dossiers", "act", "HS-1", "aceept")

    assert "accept" in told.err


def test_values_are_told_as_people_write_them(proposed: Any) -> None:
    told = proposed.ok("dossiers", "show", "HS-1").out

    assert "01/01/2013 – 31/05/2018" in told
    assert proposed.json("dossiers", "show", "HS-1")["dossier"]["fields"]["merit_period"] == (
        "2013-01-01/2018-05-31"
    )


@pytest.mark.parametrize(("lang", "told"), [
    ("vi", "Thời hạn đến “Đã trình Bộ trưởng”"), ("en", "Time until “Submitted”"),
])  # fmt: skip
def test_span_is_told_by_what_it_leads_to(lang: str, told: str) -> None:
    file = files("thidua.definitions") / "procedures/ministers-certificate.yaml"
    procedure = load(file.read_text(encoding="utf-8"), "certificate")

    assert task_label(procedure, {"kind": "span", "what": "processing"}, lang) == told


def test_a_debt_is_called_by_what_was_waived() -> None:
    file = files("thidua.definitions") / "procedures/ministers-certificate.yaml"
    procedure = load(file.read_text(encoding="utf-8"), "certificate")
    task = {"kind": "desk", "what": "debt:opinions.closed"}

    assert task_label(procedure, task, "vi").startswith("khắc phục nội dung được miễn: ")
