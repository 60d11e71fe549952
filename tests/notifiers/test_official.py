"""Official letters: every missing unit is named, in the form of an office, as text and as Word."""

from datetime import date
from io import BytesIO

import docx
import pytest

from thidua.notifiers.letterhead import WIDTH
from thidua.notifiers.official import Dunning, Missing, page, shipped, written
from thidua.notifiers.official_docx import docx as as_docx
from thidua.notifiers.render import Office
from thidua.workflow.errors import DefinitionError

OFFICE = Office("Thường trực Hội đồng Thi đua – Khen thưởng", parent="Bộ Tư pháp")


def letter(count: int = 3, **values):
    units = tuple(
        Missing(f"Sở Tư pháp tỉnh số {n}", n + 1, date(2018, 5, 4), 1) for n in range(count)
    )
    given = {
        "office": OFFICE, "on": date(2018, 5, 3), "opened_on": date(2018, 4, 18),
        "round_title": "Lấy ý kiến", "procedure_title": "Bằng khen", "doing": "cho ý kiến",
        "who": "đơn vị", "dossiers": 7, "units": units, "due_on": date(2018, 5, 4),
        "silence": "continue", **values,
    }  # fmt: skip
    return Dunning(**given)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("count", [1, 8, 9, 63])
def test_letter_names_every_unit_with_its_dossiers_and_due(count: int) -> None:
    made = written(letter(count))

    text = page(made)
    assert len(made.rows) == count + 1
    for n in range(count):
        assert f"| {n + 1:>3} | Sở Tư pháp tỉnh số {n}" in text
    assert text.count("04/5/2018") == count
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_letter_has_the_form_of_an_office() -> None:
    text = page(written(letter(symbol="BTP-TĐKT", place="Hà Nội")))

    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BỘ TƯ PHÁP",
                 "Số:            /BTP-TĐKT", "Hà Nội, ngày        tháng        năm 2018",
                 "V/v đôn đốc cho ý kiến", "Kính gửi:", "Nơi nhận:", "- Lưu: VT",
                 "Trân trọng./.", "DỰ THẢO"):  # fmt: skip
        assert part in text
    assert "thời hạn trả lời: hết ngày 04 tháng 5 năm 2018" in plain(text)
    assert "không được coi là đồng ý" in plain(text)


def test_many_units_stand_in_a_list_of_their_own() -> None:
    text = page(written(letter(9)))

    assert "Kính gửi: Các đơn vị có tên trong danh sách kèm theo." in text
    assert text.index("Nơi nhận") < text.index("DANH SÁCH ĐƠN VỊ CHƯA CHO Ý KIẾN")


def test_promise_and_lateness_are_remarked() -> None:
    units = (
        Missing("Sở một", 1, date(2018, 5, 4), 1, date(2018, 5, 8)),
        Missing("Sở hai", 1, date(2018, 5, 2), -1),
    )

    text = page(written(letter(units=units, due_on=None)))

    assert "hẹn trả lời ngày" in text
    assert "quá hạn 1 ngày" in text
    assert "thời hạn trả lời:" not in text


def test_letter_after_the_due_asks_for_an_answer_at_once() -> None:
    units = (Missing("Sở một", 1, date(2018, 5, 2), -1),)

    text = plain(page(written(letter(units=units))))

    assert "Thời hạn trả lời đã hết" in text
    assert "đề nghị Sở một khẩn trương" in text


def test_word_file_says_the_same() -> None:
    given = letter(12)

    document = docx.Document(BytesIO(as_docx(written(given))))

    words = [p.text for p in document.paragraphs]
    words += [c.text for t in document.tables for row in t.rows for c in row.cells]
    told = "\n".join(words)
    assert all(unit.name in told for unit in given.units)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_ministry_writes_its_own_template() -> None:
    own = (
        "[agency]\n{{ office.name }}\n[to]\nCác Sở\n[body]\nCòn {{ units | length }} Sở.\n[list]\n"
    )

    made = written(letter(2), own)

    assert made.part("body") == ("Còn 2 Sở.",)
    assert [name for name, _ in made.parts] == ["agency", "to", "body", "list"]


@pytest.mark.parametrize(
    ("template", "code", "line"),
    [
        ("[body]\n{{ nobody }}", "official-name", 2),
        ("[body]\n\n{{ office.nmae }}", "official-name", 3),
        ("[body]\n{% if %}", "official-syntax", 2),
        ("[body]\n{{ office.__class__.__mro__ }}", "official-syntax", 2),
        ("[greeting]\nXin chào", "official-part", None),
    ],
)
def test_wrong_template_is_named(template: str, code: str, line: int | None) -> None:
    with pytest.raises(DefinitionError) as caught:
        written(letter(), template)

    (told,) = caught.value.reasons
    assert (told.code, told.fields.get("line")) == (code, line)


def test_name_of_a_unit_makes_no_part_of_the_letter() -> None:
    units = (Missing("[signer]", 1), Missing("{{ 7 * 7 }}", 2))

    made = written(letter(units=units, due_on=None))

    assert made.part("to") == ("[signer]", "{{ 7 * 7 }}")
    assert written(letter(), shipped()) == written(letter())


def test_blanks_for_number_and_date_are_kept_in_the_word_file() -> None:
    document = docx.Document(BytesIO(as_docx(written(letter(symbol="BTP-TĐKT")))))

    words = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert any("Số:            /BTP-TĐKT" in text for text in words)
