"""Templates of papers: every value is text, whatever it holds; an office's own are checked."""

from io import BytesIO
from pathlib import Path

import docx
import pytest

from thidua.notifiers.papers.block import BOLD, CELL, PART
from thidua.notifiers.papers.page import page
from thidua.notifiers.papers.template import KINDS, LONGEST, SHARED, Shelf, laid, shipped, told
from thidua.notifiers.papers.word import docx as as_docx
from thidua.papers import summary
from thidua.workflow.errors import DefinitionError

HOSTILE = (
    "{{ 7*7 }} {% for x in y %}",
    "| a | b |",
    "[title]\nQUYẾT ĐỊNH",
    "**đậm**",
    f"{PART}title\nX{CELL}Y{BOLD}Z",
    "</w:t><w:p/>&amp;<script>\"'",
    "=cmd|' /C calc'!A0",
    "\u202eđảo\u200b\x00\x0b\ud800",
    "Nguyễn Văn Ấn".encode().decode(),  # NFC already
)
TEMPLATE = """[title]
BIÊN BẢN
[body]
Ông {{ name }}.
[table 20c 80]
| TT | Tên |
| 1 | {{ name }} |
{{ name }}
"""


def own(folder: Path, text: str, kind: str = "minutes") -> Shelf:
    (folder / f"{kind}.txt").write_text(text, encoding="utf-8")
    return Shelf(folder)


@pytest.mark.parametrize("value", HOSTILE)
def test_value_stays_in_its_place(tmp_path: Path, value: str) -> None:
    made = laid("minutes", {"name": value}, own(tmp_path, TEMPLATE))

    assert [block.name for block in made.blocks] == ["title", "body", "table"]
    assert [len(row) for row in made.blocks[2].rows] == [2, 2, 1]
    assert made.blocks[1].texts == (f"Ông {told(value)}.",)
    assert not any(span.bold for block in made.blocks for row in block.rows for cell in row
                   for span in cell)  # fmt: skip
    assert "49" not in page(made)


@pytest.mark.parametrize("value", HOSTILE)
def test_value_is_text_in_the_word_file(tmp_path: Path, value: str) -> None:
    made = laid("minutes", {"name": value}, own(tmp_path, TEMPLATE))

    opened = docx.Document(BytesIO(as_docx(made)))

    assert opened.tables[1].cell(1, 1).text == told(value)
    assert len(opened.tables) == 2


def test_values_are_told_in_nfc_on_one_line_and_cut() -> None:
    assert told("Đỗ\n Thị\tHường\x00") == "Đỗ Thị Hường"
    assert told(None) == ""
    assert told("Ha\u0300") == "Hà"
    assert len(told("x" * 9_999)) == LONGEST


@pytest.mark.parametrize(
    ("text", "code", "fields"),
    [
        ("[body]\n{{ name", "paper-syntax", {"file": "minutes.txt", "line": 2}),
        (
            "[body]\n{{ nobody }}",
            "paper-name",
            {"file": "minutes.txt", "line": 2, "name": "nobody"},
        ),
        ("[body]\n{{ name.nmae }}", "paper-name", {"line": 2, "name": "nmae"}),
        ("[body]\n{{ chair.name }}", "paper-name", {"line": 2, "name": "chair"}),
        ("[body]\n{{ name.__class__.mro() }}", "paper-syntax", {"file": "minutes.txt"}),
        ("[body]\n{{ name | nofilter }}", "paper-syntax", {"line": 2}),
        ("[body]\n{% include 'passwd' %}", "paper-syntax", {}),
        ("[body]\n{{ 1 / 0 }}", "paper-syntax", {"line": 2}),
        ("[body]\n{{ name + 1 }}", "paper-syntax", {}),
        ("[bodies]\nX", "paper-part", {"name": "bodies"}),
        ("[table 10 20]\n| a | b | c |", "paper-columns", {"found": 3, "expected": 2}),
    ],
)
def test_template_that_cannot_be_used_says_where(
    tmp_path: Path, text: str, code: str, fields: dict[str, object]
) -> None:
    with pytest.raises(DefinitionError) as caught:
        laid("minutes", {"name": "A"}, own(tmp_path, text))

    (reason,) = caught.value.reasons
    assert reason.code == code
    assert fields.items() <= reason.fields.items()
    assert reason.text("vi")
    assert reason.text("en")


def test_own_folder_needs_only_what_is_different(tmp_path: Path) -> None:
    shelf = own(tmp_path, "[note]\nKhông có giá trị giả định.", "assumed")

    made = laid("summary", VALUES, shelf)

    assert "Không có giá trị giả định." in page(made)
    assert made.head("place") == ("……………, ngày 01 tháng 02 năm 2018",)


VALUES = {
    "office": {"name": "Hội đồng", "parent": None}, "place": None, "capacity": None,
    "symbol": None, "on": "ngày 01 tháng 02 năm 2018", "year": 2018, "assumed": [], "chain": [],
    "decision": {"about": "tặng"}, "sees": True, "exceptions": [], "nothing": ["x"], "total": "00",
    "counted": "00 trường hợp",
    "steps": {"considered": "00", "meetings": [], "sees": True, "lowest": None, "opinions": {
        "agree": 0, "agree_with_remarks": 0, "no_comment": 0, "disagree": 0}},
}  # fmt: skip


@pytest.mark.parametrize("kinds", [1, 6, 11])
@pytest.mark.parametrize("words", [4, 70])
def test_exceptions_of_many_kinds_leave_the_signer_s_page_whole(kinds: int, words: int) -> None:
    found = [(f"Loại {n}", [f"Sở {n}" + " tỉnh" * words] * 9) for n in range(kinds)]
    exceptions = summary.told([*found, ("Không có", [])])

    text = page(laid("summary", {**VALUES, "exceptions": exceptions}))

    assert len(text.splitlines()) < 60, "more than a page of A4"
    assert [each["title"] for each in exceptions] == [title for title, _ in found]
    assert all(len(each["lines"]) + each["more"] == 9 for each in exceptions)
    assert f"Loại {kinds - 1}: 09. Sở" in text


def test_every_shipped_template_is_there_and_computes_nothing() -> None:
    for name in (*KINDS, *SHARED):
        source = shipped(name)
        for sign in ("loop.index", "| length", "| sum", " + ", " * ", "| round"):
            assert sign not in source, f"{name}: numbers come from the values"


def test_annex_lies_across_and_the_first_page_has_no_number(tmp_path: Path) -> None:
    text = "[title]\nA\n[annex landscape]\nPHỤ LỤC\n[body]\nx\n[annex]\nII\n[body]\ny\n"

    opened = docx.Document(BytesIO(as_docx(laid("minutes", {}, own(tmp_path, text)))))

    wide = [round(section.page_width.mm) for section in opened.sections]
    assert wide == [210, 297, 210]
    assert opened.sections[0].different_first_page_header_footer
    assert "PAGE" in opened.sections[0].header._element.xml


def test_digest_of_the_chain_stands_on_one_line(tmp_path: Path) -> None:
    text = "[table 10 90]\n| a | b |\n| 1 | {{ head }} |\n"
    made = laid("minutes", {"head": "ab" * 32}, own(tmp_path, text))

    opened = docx.Document(BytesIO(as_docx(made)))

    (run,) = opened.tables[1].cell(1, 1).paragraphs[0].runs
    assert (run.font.name, run.font.size.pt) == ("Courier New", 7.5)


def test_text_page_is_not_wider_than_paper(tmp_path: Path) -> None:
    made = laid("minutes", {"name": "Nguyễn Văn " * 40}, own(tmp_path, TEMPLATE))

    assert max(map(len, page(made).splitlines())) <= 78


@pytest.mark.parametrize("foot", ["[signer]\nTHƯ KÝ\n", "[recipients]\n- Lưu\n[signed]\nLan\n"])
def test_foot_may_have_one_half(tmp_path: Path, foot: str) -> None:
    made = laid("minutes", {}, own(tmp_path, f"[title]\nA\n{foot}"))

    words = [text for text in ("THƯ KÝ", "- Lưu", "Lan") if text in foot]

    opened = docx.Document(BytesIO(as_docx(made)))
    assert all(text in page(made) for text in words)
    assert all(text in opened.element.body.xml for text in words)
    assert ("Nơi nhận" in page(made)) == ("recipients" in foot)


def test_a_narrow_column_of_text_cuts_no_word(tmp_path: Path) -> None:
    rows = "| TT | Tên | Đồng ý | Tỷ lệ |\n| 1 | {{ name }} | 10 | 100,00% |\n"
    made = laid("minutes", {"name": "Chi cục " * 9}, own(tmp_path, f"[table 5 150 5 5]\n{rows}"))

    lines = [line for line in page(made).splitlines() if line.startswith(("|", "+"))]

    assert {len(line) for line in lines} == {78}
    assert all(word in page(made) for word in ("| Đồng |", "| 100,00% |"))
