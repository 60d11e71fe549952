"""The sheet: everything is on it, nothing covers anything, it fits the page, no text adds to it."""

import itertools
import re
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from thidua.definitions import load, load_file, shipped
from thidua.definitions.drawing import Passage, Way, svg
from thidua.definitions.drawing.graph import Graph, drawn_states, graph
from thidua.definitions.drawing.layout import MOST, Box, Link, Placed, laid_out
from thidua.definitions.drawing.lettering import Line, width, wrapped
from thidua.definitions.drawing.paint import WAY
from thidua.definitions.drawing.way import NOWHERE
from thidua.definitions.phrase import Phrases
from thidua.workflow.errors import Misuse
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
NAMES = [*sorted(shipped()), "toy"]


def procedure_of(name: str) -> Procedure:
    return load(TOY, "toy.yaml") if name == "toy" else load_file(shipped()[name])


def texts(drawn: str) -> list[str]:
    root = ElementTree.fromstring(drawn)
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def said(drawn: str) -> str:
    return re.sub(r"[ \n]+", " ", " ".join(texts(drawn)))


def placed_of(procedure: Procedure, way: Way = NOWHERE) -> tuple[Graph, Placed]:
    drawn = graph(procedure, Phrases(procedure, "vi", numbered=True), way)
    return drawn, laid_out(drawn.boxes, drawn.links)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sheet_has_everything(name: str, lang: str) -> None:
    procedure = procedure_of(name)

    sheet = said(svg(procedure, lang))

    for state in procedure.states.values():
        assert procedure.text(state.label, lang) in sheet
    for step in procedure.transitions:
        assert procedure.text(step.label, lang) in sheet
        if step.by != ENGINE:
            assert procedure.text(procedure.roles[step.by].label, lang) in sheet
    for rule in procedure.rounds.values():
        assert procedure.text(rule.label, lang) in sheet
    for i, ground in enumerate(procedure.grounds.values(), 1):
        assert f"[{i}] {ground.text}" in sheet


def test_sheet_marks_what_is_assumed_and_names_grounds_by_place() -> None:
    sheet = said(svg(procedure_of("ministers-certificate"), "vi"))

    assert "5 ngày làm việc (giả\u00a0định)\u00a0[4]" in sheet
    assert "3 ngày làm việc cho bưu điện) (giả\u00a0định)\u00a0[3]" in sheet
    assert "7 ngày làm việc từ khi nhận [2]" in sheet
    assert "25 ngày làm việc [1]" in sheet
    assert "GIẢ ĐỊNH, chưa ai xác nhận" in sheet


@pytest.mark.parametrize("name", NAMES)
def test_no_box_covers_another(name: str) -> None:
    drawn, placed = placed_of(procedure_of(name))

    edges = [edges_of(box, placed) for box in drawn.boxes]
    covered = [
        (a, b)
        for a, b in itertools.combinations(edges, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]

    assert covered == []


def edges_of(box: Box, placed: Placed) -> tuple[float, float, float, float]:
    x, y = placed.centres[box.name]
    return x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2


@pytest.mark.parametrize("name", NAMES)
def test_no_line_runs_through_a_box(name: str) -> None:
    drawn, placed = placed_of(procedure_of(name))

    for (tail, head), points in placed.curves.items():
        for box in drawn.boxes:
            if box.name in (tail, head):
                continue
            left, top, right, bottom = edges_of(box, placed)
            inside = [p for p in along(points) if left < p[0] < right and top < p[1] < bottom]
            assert inside == [], (tail, head, box.name)


def along(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Places on the curve, thirty for each piece."""
    pieces = [points[i : i + 4] for i in range(0, len(points) - 3, 3)]
    return [bezier(piece, t / 30) for piece in pieces for t in range(31)]


def bezier(piece: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, piece, strict=True)) for axis in (0, 1))
    return x, y


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_text_fits_its_frame(name: str) -> None:
    drawn, _ = placed_of(procedure_of(name))

    for stack in drawn.frames.values():
        for frame in stack:
            assert all(line.width <= frame.width - 2 * frame.pad + 0.01 for line in frame.lines)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sheet_prints_on_a4(name: str, lang: str) -> None:
    root = ElementTree.fromstring(svg(procedure_of(name), lang))

    sizes = [float(root.attrib[side].removesuffix("mm")) for side in ("width", "height")]

    assert sorted(sizes)[0] <= 200
    assert sorted(sizes)[1] <= 287


def test_words_stand_beside_a_long_way() -> None:
    drawn = svg(procedure_of("national-emulation-title"), "vi")
    across, down = (float(x) for x in re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    heads = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(?:Căn cứ của|Ký hiệu)', drawn)

    assert 194 / across > 0.165
    assert len(heads) == 2
    assert {float(x) > across / 2 for x, _ in heads} == {True}
    assert {float(y) < down for _, y in heads} == {True}


def test_conditions_and_counts_are_told_in_words() -> None:
    rule = "close: {when: {answers: 5}, at_due: yes, transit: 1 working day}"
    text = TOY.replace("close: {when: all_answered, at_due: yes, transit: 1 working day}", rule)
    asked = '[voting.passed, {expr: "urgent", vi: "Việc gấp", en: "It is urgent"}]'
    text = text.replace("conditions: [voting.passed]", f"conditions: {asked}")

    sheet = said(svg(load(text, "toy.yaml"), "vi"))

    assert "xong khi 5 nơi đã trả lời" in sheet
    assert "“Việc gấp”" in sheet


def test_sheet_stands_by_itself_and_never_varies() -> None:
    procedure = procedure_of("ministers-certificate")

    drawn = svg(procedure, "vi")

    assert not re.search(r"href|url\(|<script|<style|<image|<foreignObject", drawn)
    assert svg(procedure, "vi") == drawn


def test_no_text_adds_to_the_sheet() -> None:
    evil = '</text><script>x()</script> & " \\N <!-- ]]> \\"; n0 -> n1 {'
    spoilt = TOY.replace('"Đang hỏi"', f"'{evil}'").replace('vi: "Hỏi"', f"vi: '{evil}'")

    root = ElementTree.fromstring(svg(load(spoilt, "f"), "vi"))

    plain = {"svg", "title", "rect", "text", "path", "circle", "g"}
    assert {each.tag.partition("}")[2] for each in root.iter()} == plain
    assert "<script>x()</script>" in said(svg(load(spoilt, "f"), "vi"))


def test_way_shows_what_was_passed_when_and_what_is_next() -> None:
    procedure = procedure_of("ministers-certificate")
    way = Way(
        "Hồ sơ HS-1: Nguyễn Văn A",
        (
            Passage("proposed", date(2018, 8, 1)),
            Passage("appraisal", date(2018, 8, 6), "accept"),
            Passage("consulted", date(2018, 8, 20), "consult"),
        ),
        due_on=date(2018, 8, 30),
        asked_due_on={"opinions": date(2018, 8, 29)},
    )

    drawn = svg(procedure, "vi", way=way)

    assert "Hồ sơ HS-1: Nguyễn Văn A" in said(drawn)
    assert "từ 06/08/2018" in said(drawn)
    assert "Hồ sơ đang ở đây, hạn 30/08/2018" in said(drawn)
    assert "hạn 29/08/2018" in said(drawn)
    taken = [line for line in drawn.splitlines() if f'stroke="{WAY}" stroke-width="3"' in line]
    assert len(taken) == 4  # in and out of two steps
    assert drawn.count('<g opacity="0.45">') == faded(procedure, way)


def faded(procedure: Procedure, way: Way) -> int:
    """Boxes that are neither on the way nor next, counted by hand."""
    at = way.standing
    steps = [s for s in procedure.transitions if at not in s.source]
    kept = sum((s.source[0], s.trigger, s.dest) in way.steps for s in steps)
    ahead = {s.dest for s in procedure.transitions if at in s.source} | way.states
    states = [name for name in drawn_states(procedure) if name not in ahead]
    rounds = [n for n, s in procedure.states.items() if s.opens and n not in way.states]
    return len(steps) - kept + len(states) + len(rounds)


def test_drawing_refuses_what_nobody_could_read() -> None:
    boxes = [Box(str(i), 10, 10) for i in range(MOST + 1)]

    with pytest.raises(Misuse) as caught:
        laid_out(boxes, [])

    assert caught.value.reasons[0].code == "drawing-too-large"


def test_drawing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)

    with pytest.raises(Misuse) as caught:
        laid_out([Box("a", 10, 10), Box("b", 10, 10)], [Link("a", "b")])

    assert caught.value.reasons[0].code == "extra-missing"
    assert "thidua[diagrams]" in str(caught.value)


def test_loop_is_drawn() -> None:
    boxes = [Box(name, 40, 20) for name in "abc"]
    links = [Link("a", "b"), Link("b", "c"), Link("c", "a")]

    placed = laid_out(boxes, links)

    assert set(placed.curves) == {("a", "b"), ("b", "c"), ("c", "a")}


def test_vietnamese_is_as_wide_as_its_letters() -> None:
    assert width("điện", 10) == width("dien", 10)
    assert width("Nghị quyết", 10) == width("Nghi quyet", 10)
    assert width("ơ", 10) > width("o", 10)


def test_long_words_are_cut_and_lines_stay_within() -> None:
    rows = wrapped(Line("Sở Tư pháp " + "x" * 200, 10), 100)

    assert "".join(row.text for row in rows).replace(" ", "") == "SởTưpháp" + "x" * 200
    assert all(row.width <= 100 for row in rows)
