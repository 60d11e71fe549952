"""The picture: everything of the procedure is in it, and no text can break it."""

import re
from pathlib import Path

import pytest

from thidua.definitions import load, load_file, shipped
from thidua.definitions.drawing import mermaid
from thidua.definitions.drawing.mermaid import escape

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(shipped()))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_picture_has_every_state_and_transition(name: str, lang: str) -> None:
    procedure = load_file(shipped()[name])

    text = mermaid(procedure, lang)

    assert text.startswith("stateDiagram-v2\n")
    assert f"[*] --> s_{procedure.initial}\n" in text
    for state in procedure.states.values():
        assert f'state "{escape(state.label[lang])}' in text
        assert (f"s_{state.name} --> [*]\n" in text) == state.final
    for step in procedure.transitions:
        arrow = f"s_{step.source[0]} --> s_{step.dest} : {escape(step.label[lang])}<br/>("
        assert arrow in text


def test_picture_shows_actor_due_round_and_what_is_assumed() -> None:
    text = mermaid(load_file(shipped()["exemplar-selection"]), "vi")

    assert "⏱ 5 ngày làm việc (giả#160;định)" in text
    assert (
        "Tiếp nhận hồ sơ đủ<br/>(Chuyên viên cơ quan Thường trực Hội đồng)<br/>khi đủ giấy tờ"
        in text
    )
    assert "⏱ 7 ngày làm việc từ khi nhận<br/>xong khi mọi nơi đã trả lời" in text
    assert "hết hạn thì tiếp tục" in text
    assert "đạt nếu quá 1/2 tổng số thành viên (giả#160;định)" in text
    assert "chỉ tiêu mỗi nhóm#58; 1 (Cụm, Khu vực thi đua, tập thể hoặc cá nhân)" in text
    assert "Đơn vị Trưởng Cụm, Khu vực thi đua được rút hồ sơ ở mọi bước" in text


def test_picture_shows_what_happens_when_a_due_passes() -> None:
    text = mermaid(load(TOY, "toy.yaml"), "en")

    assert "New<br/>⏱ 3 working days – when over#58; “Lapse”" in text
    assert "⏱ ≥ 1 working day before the meeting" in text
    assert "0 calendar days until “Done”" in text


def test_highlight_marks_the_way_of_a_dossier() -> None:
    text = mermaid(load(TOY, "toy.yaml"), "vi", highlight=["new", "lapsed"])

    assert "class s_new,s_lapsed passed\n" in text
    assert "class s_done,s_failed,s_gone ending\n" in text


def test_no_text_adds_to_the_picture() -> None:
    evil = '"; end note %% <script>x</script> [*] --> s_x : {a} `b` #35; | state'
    text = TOY.replace('"Đang hỏi"', f"'{evil}'").replace('vi: "Hỏi"', f"vi: '{evil}'")

    plain, spoilt = (mermaid(load(t, "f"), "vi").splitlines() for t in (TOY, text))

    assert len(spoilt) == len(plain)
    shapes = [re.sub(r'"[^"]*"| : .*|^        .*', "", line) for line in spoilt]
    assert shapes == [re.sub(r'"[^"]*"| : .*|^        .*', "", line) for line in plain]
    assert not re.search(r"<(?!br/>)", "".join(spoilt))
