"""SVG elements: frames with their lines, curves with arrows, brackets, icons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from xml.sax.saxutils import escape, quoteattr

from thidua.definitions.drawing.frame import Frame
from thidua.definitions.drawing.layout import Point
from thidua.definitions.drawing.lettering import ICON_WIDTH, Icon, Line, Tone

INKS: dict[Tone, str] = {
    "ink": "#1f2933", "soft": "#52606d", "assumed": "#a8470a", "way": "#0b5394",
}  # fmt: skip
WAY = INKS["way"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a box is drawn."""

    fill: str
    stroke: str
    corner: float = 6
    wide: float = 1.2
    dashed: bool = False
    double: bool = False
    faded: bool = False


def element(name: str, text: str | None = None, /, **attributes: object) -> str:
    """One element; `_` in a name stands for `-`, None leaves an attribute out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_value(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}/>" if text is None else f"<{name}{said}>{escape(text)}</{name}>"


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def framed(frame: Frame, centre: Point, look: Look) -> Iterator[str]:
    """A box around its centre, with its lines."""
    x, y = centre[0] - frame.width / 2, centre[1] - frame.height / 2
    yield from _faded(look, [*_outline(frame, x, y, look), *_lettered(frame, x, y)])


def _faded(look: Look, inside: Sequence[str]) -> Iterator[str]:
    if look.faded:
        yield '<g opacity="0.45">'
    yield from inside
    if look.faded:
        yield "</g>"


def _outline(frame: Frame, x: float, y: float, look: Look) -> Iterator[str]:
    dash = "4 3" if look.dashed else None
    yield element("rect", x=x, y=y, width=frame.width, height=frame.height, rx=look.corner,
                  fill=look.fill, stroke=look.stroke, stroke_width=look.wide,
                  stroke_dasharray=dash)  # fmt: skip
    if look.double:
        yield element("rect", x=x + 3, y=y + 3, width=frame.width - 6, height=frame.height - 6,
                      rx=max(look.corner - 3, 1), fill="none", stroke=look.stroke,
                      stroke_width=0.8)  # fmt: skip


def _lettered(frame: Frame, x: float, y: float) -> Iterator[str]:
    centre = left = x + frame.width / 2
    for i, (line, foot) in enumerate(feet(frame.lines, y + frame.pad)):
        if not line.indent:
            yield from written(line, centre, foot, anchor="middle")
            continue
        if line.icon:
            block = [line, *takewhile(_goes_on, frame.lines[i + 1 :])]
            left = centre - max(each.width for each in block) / 2
        yield from written(line, left, foot)


def _goes_on(line: Line) -> bool:
    """Whether it goes on with a line that has an icon."""
    return bool(line.indent) and not line.icon


def feet(lines: Iterable[Line], top: float) -> Iterator[tuple[Line, float]]:
    """Each line with the height of its base, the first one below `top`."""
    for line in lines:
        top += line.height
        yield line, top - line.size * 0.34


def written(line: Line, left: float, foot: float, *, anchor: str | None = None) -> Iterator[str]:
    """A line of text from its left end, or around it with the anchor "middle"."""
    ink = INKS[line.tone]
    if line.icon:
        yield from icon(line.icon, left + line.indent - ICON_WIDTH, foot, line.size, ink)
    yield element("text", line.text, x=left + line.indent, y=foot, font_size=line.size, fill=ink,
                  font_weight="bold" if line.bold else None, text_anchor=anchor)  # fmt: skip


def icon(name: Icon, x: float, foot: float, size: float, ink: str) -> Iterator[str]:
    """A small clock or a small person."""
    middle, r = foot - size * 0.36, size * 0.42
    stroke = {"fill": "none", "stroke": ink, "stroke_width": 1}
    if name == "clock":
        yield element("circle", cx=x + r, cy=middle, r=r, **stroke)
        yield element("path", d=f"M{x + r:.1f} {middle - r * 0.6:.1f}v{r * 0.6:.1f}h{r * 0.5:.1f}",
                      **stroke)  # fmt: skip
    else:
        yield element("circle", cx=x + r, cy=middle - r * 0.45, r=r * 0.5, **stroke)
        yield element("path", d=f"M{x:.1f} {middle + r:.1f}a{r:.1f} {r:.1f} 0 0 1 {2 * r:.1f} 0z",
                      **stroke)  # fmt: skip


def curve(points: Sequence[Point], tip: Point | None, *, ink: str, wide: float = 1.3,
          dashed: bool = False, faded: bool = False) -> Iterator[str]:  # fmt: skip
    """A line through Bézier pieces, with an arrow's head at `tip`."""
    start, *rest = points
    d = f"M{_xy(start)}C{' '.join(map(_xy, rest))}"
    opacity = 0.4 if faded else None
    yield element("path", d=d, fill="none", stroke=ink, stroke_width=wide,
                  stroke_dasharray="4 3" if dashed else None, opacity=opacity)  # fmt: skip
    if tip is not None:
        yield element("path", d=_head(points[-1], tip), fill=ink, opacity=opacity)


def _head(neck: Point, tip: Point) -> str:
    dx, dy = tip[0] - neck[0], tip[1] - neck[1]
    side = (-dy * 0.42, dx * 0.42)
    left, right = (neck[0] + side[0], neck[1] + side[1]), (neck[0] - side[0], neck[1] - side[1])
    return f"M{_xy(tip)}L{_xy(left)}L{_xy(right)}z"


def _xy(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def bracket(x: float, top: float, bottom: float, ink: str) -> str:
    """A bracket that opens to the right."""
    d = f"M{x + 8:.1f} {top:.1f}H{x:.1f}V{bottom:.1f}h8"
    return element("path", d=d, fill="none", stroke=ink, stroke_width=1.4)
