"""The whole sheet as one SVG that prints on A4 and needs nothing beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.definitions.drawing.frame import Frame, day
from thidua.definitions.drawing.graph import STACK, Graph, graph
from thidua.definitions.drawing.layout import Placed, Point, laid_out
from thidua.definitions.drawing.lettering import FAMILY, Line, Tone, wrapped
from thidua.definitions.drawing.look import LINE, Looks
from thidua.definitions.drawing.paint import bracket, curve, element, feet, framed, written
from thidua.definitions.drawing.panel import columns
from thidua.definitions.drawing.signs import signs
from thidua.definitions.drawing.way import NOWHERE, Way
from thidua.definitions.phrase import Phrases
from thidua.workflow.procedure import Procedure, SpanRule

MARGIN, GAP = 24.0, 26.0
A4 = ((194.0, 281.0), (281.0, 194.0))
"""Upright and lying, in millimetres, without the edges that printers leave white."""
UPRIGHT = A4[0][0] / A4[0][1]
PIXEL = 25.4 / 96
LEAST_WIDTH = 640.0
COLUMN = 250.0
"""Of the words where they stand beside the picture."""
SPAN_WIDTH = 82.0
START = 24.0
"""From the dot where a dossier begins to its first state."""
SPAN_INK = "#7a5c00"

_WORDS = {
    "procedure": ("Quy trình {name}, bản {version}", "Procedure {name}, version {version}"),
    "from": ("áp dụng từ {on}", "in force from {on}"),
    "to": ("đến {on}", "until {on}"),
}


def svg(procedure: Procedure, lang: str, *, way: Way = NOWHERE) -> str:
    """The text of an SVG file in "vi" or "en", ending with a line end.

    States are boxes, ends doubled; steps stand on the lines between them with who takes them, the
    engine's dashed; rounds stand beside the state that opens them; spans are brackets on the left.
    Numbers name their grounds by places in the list below or beside, assumed ones are marked. A
    `way` is drawn over it: what was passed and when, where it stands; what is still possible
    stays dark.
    No text of the procedure can add to the picture. `Misuse` as `laid_out` has it.
    """
    phrases = Phrases(procedure, lang, numbered=True)
    drawn = graph(procedure, phrases, way)
    return _Sheet(procedure, phrases, way, drawn, laid_out(drawn.boxes, drawn.links)).text()


@dataclass(slots=True)
class _Sheet:
    procedure: Procedure
    phrases: Phrases
    way: Way
    drawn: Graph
    placed: Placed

    def text(self) -> str:
        """All of it, set in the way that prints largest: the words below, or beside a long way."""
        gutter = len(self.procedure.spans) * (SPAN_WIDTH + 18)
        least = max(self.placed.width + gutter, LEAST_WIDTH)
        full = max(least, self._under(least, gutter)[2] * UPRIGHT - 2 * MARGIN)
        wide = (least + (full - least) * part / 4 for part in range(5))
        ways = [*(self._under(width, gutter) for width in wide), self._beside(gutter)]
        parts, width, height = max(ways, key=lambda way: round(_scale(way[1], way[2]), 4))
        return "\n".join([*self._open(width, height), *parts, "</svg>\n"])

    def _under(self, width: float, gutter: float) -> tuple[list[str], float, float]:
        left = MARGIN + gutter + (width - gutter - self.placed.width) / 2
        head, top = self._head(width)
        below, foot = self._below(width, top + self.placed.height + GAP)
        parts = [*head, *self._picture(left, top), *self._spans(left, top), *below]
        return parts, width + 2 * MARGIN, foot + MARGIN

    def _beside(self, gutter: float) -> tuple[list[str], float, float]:
        width = gutter + self.placed.width + 2 * GAP + COLUMN
        head, top = self._head(width)
        beside, foot = self._aside(MARGIN + width - COLUMN, top)
        picture = [*self._picture(MARGIN + gutter, top), *self._spans(MARGIN + gutter, top)]
        height = max(foot, top + self.placed.height) + MARGIN
        return [*head, *picture, *beside], width + 2 * MARGIN, height

    def _open(self, width: float, height: float) -> Iterator[str]:
        scale = _scale(width, height)
        size = f'width="{width * scale:.1f}mm" height="{height * scale:.1f}mm"'
        box = f'viewBox="0 0 {width:.0f} {height:.0f}"'
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img"'
            f' lang="{self.phrases.lang}" font-family="{FAMILY}">'
        )
        yield element("title", self._title())
        yield element("rect", width=width, height=height, fill="#ffffff")

    def _title(self) -> str:
        return self.phrases.text(self.procedure.title)

    def _head(self, width: float) -> tuple[list[str], float]:
        lines = [Line(self._title(), 17, bold=True), Line(self._stamp(), 10, tone="soft", gap=2)]
        if self.way.called:
            lines.append(Line(self.way.called, 13, bold=True, tone="way", gap=4))
        rows = [row for line in lines for row in wrapped(line, width)]
        parts = [p for row, foot in feet(rows, MARGIN - 8) for p in written(row, MARGIN, foot)]
        return parts, MARGIN + sum(row.height for row in rows) + START

    def _stamp(self) -> str:
        p, lang = self.procedure, self.phrases.lang == "en"
        said = [_WORDS["procedure"][lang].format(name=p.name, version=p.version)]
        for key, on in (("from", p.in_force_from), ("to", p.in_force_to)):
            said += [_WORDS[key][lang].format(on=day(on))] if on else []
        return ", ".join(said)

    def _picture(self, left: float, top: float) -> Iterator[str]:
        yield f'<g transform="translate({left:.1f} {top:.1f})">'
        looks = Looks(self.procedure, self.way)
        for link in self.drawn.links:
            key = (link.tail, link.head)
            tip = self.placed.tips.get(key)
            yield from curve(self.placed.curves[key], tip, **looks.link(link))
        for name, stack in self.drawn.frames.items():
            x, y = self._top(name)
            for frame, look in zip(stack, looks.boxes(name), strict=True):
                yield from framed(frame, (x, y + frame.height / 2), look)
                y += frame.height + STACK
        yield from self._start()
        yield "</g>"

    def _start(self) -> Iterator[str]:
        """The dot where a dossier begins."""
        x, y = self._top(f"state:{self.procedure.initial}")
        points = ((x, y - START), (x, y - START), (x, y - 8), (x, y - 8))
        yield from curve(points, (x, y), ink=LINE)
        yield element("circle", cx=x, cy=y - START, r=5.0, fill="#1f2933")

    def _top(self, name: str) -> Point:
        """The middle of a box's upper edge."""
        (box,) = (box for box in self.drawn.boxes if box.name == name)
        x, y = self.placed.centres[name]
        return x, y - box.height / 2

    def _spans(self, left: float, top: float) -> Iterator[str]:
        for i, span in enumerate(self.procedure.spans.values()):
            first, last = self._reach(span)
            x = left - 14 - i * (SPAN_WIDTH + 18)
            yield bracket(x, top + first, top + last, SPAN_INK)
            line = Line(self.phrases.due(span.due), 9.5, icon="clock", tone=self._tone(span))
            said = Frame.of([line], SPAN_WIDTH, pad=0)
            at = top + (first + last) / 2 - said.height / 2
            for row, foot in feet(said.lines, at):
                yield from written(row, x - said.width - 6, foot)

    def _tone(self, span: SpanRule) -> Tone:
        return "assumed" if span.due.ground in self.procedure.assumed else "ink"

    def _reach(self, span: SpanRule) -> tuple[float, float]:
        """From the step that starts it to the state that ends it."""
        steps = [
            f"step:{i}" for i, s in enumerate(self.procedure.transitions) if s.trigger == span.start
        ]
        if span.start == "create":
            steps = [f"state:{self.procedure.initial}"]
        ends = [f"state:{span.end}"] if f"state:{span.end}" in self.placed.centres else []
        heights = [self.placed.centres[name][1] for name in [*steps, *ends]]
        return min(heights), max(heights)

    def _aside(self, x: float, top: float) -> tuple[list[str], float]:
        parts: list[str] = []
        for column in columns(self.procedure, self.phrases, COLUMN):
            for row, foot in feet(column.lines, top):
                parts += written(row, x, foot)
            top += column.height + GAP
        shown, height = signs(self.procedure, self.phrases, self.way, x, top, COLUMN)
        return parts + shown, top + height

    def _below(self, width: float, top: float) -> tuple[list[str], float]:
        third = (width - 2 * GAP) / 3
        words = columns(self.procedure, self.phrases, third)
        parts = [element("path", d=f"M{MARGIN} {top:.1f}h{width:.1f}", stroke="#cbd2d9")]
        for i, column in enumerate(words):
            x = MARGIN + i * (third + GAP)
            for row, foot in feet(column.lines, top + 10):
                parts += written(row, x, foot)
        shown, height = signs(self.procedure, self.phrases, self.way,
                              MARGIN + 2 * (third + GAP), top + 10, third)  # fmt: skip
        return parts + shown, top + 10 + max(height, *(column.height for column in words))


def _scale(width: float, height: float) -> float:
    """Millimetres a unit on the page, upright or lying, on which more fits."""
    return max(min(across / width, down / height, PIXEL) for across, down in A4)
