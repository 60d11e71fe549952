"""Where everything stands: layers from top to bottom, found by Graphviz."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thidua.workflow.errors import Misuse

MOST = 400
"""Boxes of one drawing; laying out thousands takes minutes and nobody reads them."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """What must find a place: its name, its size, and whether it stands on the spine."""

    name: str
    width: float
    height: float
    spine: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A line from box to box; `beside` sets both on one layer, the first on the left."""

    tail: str
    head: str
    arrow: bool = True
    spine: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Centres of boxes and curves of links, y downwards from 0, with the size of the whole.

    A curve is a start and three points for each piece; `tips` are the ends of arrows.
    """

    width: float
    height: float
    centres: Mapping[str, Point]
    curves: Mapping[tuple[str, str], tuple[Point, ...]]
    tips: Mapping[tuple[str, str], Point]


def laid_out(boxes: Iterable[Box], links: Iterable[Link]) -> Placed:
    """A place for every box and a curve for every link, none through a box.

    `Misuse` when there are more than `MOST` boxes or the extra `diagrams` is not installed. The
    same boxes and links always find the same places.
    """
    boxes, links = list(boxes), list(links)
    if len(boxes) > MOST:
        raise Misuse("drawing-too-large", found=len(boxes), limit=MOST)
    return _read(json.loads(_graphviz(_script(boxes, links))), boxes, links)


def _graphviz(script: str) -> bytes:
    try:
        import pygraphviz  # type: ignore[import-untyped]  # it has no stubs
    except ImportError as error:
        raise Misuse("extra-missing", extra="diagrams", library="pygraphviz") from error
    drawn: bytes = pygraphviz.AGraph(string=script).draw(format="json0", prog="dot")
    return drawn


def _script(boxes: list[Box], links: list[Link]) -> str:
    ids = {box.name: f"n{i}" for i, box in enumerate(boxes)}
    lines = [
        "digraph {",
        "rankdir=TB nodesep=0.28 ranksep=0.18 splines=true newrank=true",
        'node [shape=box fixedsize=true label=""] edge [arrowsize=0.7]',
        *(_node(ids[box.name], box) for box in boxes),
        *(_edge(ids, link) for link in links),
    ]
    return "\n".join([*lines, "}"])


def _node(name: str, box: Box) -> str:
    group = " group=spine" if box.spine else ""
    return f"{name} [width={box.width / 72:.3f} height={box.height / 72:.3f}{group}]"


def _edge(ids: Mapping[str, str], link: Link) -> str:
    tail, head = ids[link.tail], ids[link.head]
    if link.beside:
        return f"{{rank=same {tail} -> {head} [dir=none weight=4]}}"
    way = "" if link.arrow else " dir=none"
    return f"{tail} -> {head} [weight={12 if link.spine else 1}{way}]"


def _read(found: Mapping[str, Any], boxes: list[Box], links: list[Link]) -> Placed:
    _, _, width, height = map(float, found["bb"].split(","))
    nodes = {each["name"]: each for each in found["objects"] if "pos" in each}
    names = {each["_gvid"]: each["name"] for each in found["objects"]}
    own = {f"n{i}": box.name for i, box in enumerate(boxes)}
    centres = {own[n]: _point(each["pos"], height) for n, each in nodes.items()}
    curves: dict[tuple[str, str], tuple[Point, ...]] = {}
    tips: dict[tuple[str, str], Point] = {}
    for edge in found.get("edges", ()):
        key = (own[names[edge["tail"]]], own[names[edge["head"]]])
        pieces = edge["pos"].split(" ")
        curves[key] = tuple(_point(p, height) for p in pieces if p[0] not in "es")
        for piece in pieces:
            if piece.startswith("e,"):
                tips[key] = _point(piece[2:], height)
    assert len(curves) == len({(link.tail, link.head) for link in links})
    return Placed(width, height, centres, curves, tips)


def _point(text: str, height: float) -> Point:
    x, y = map(float, text.split(","))
    return x, height - y
