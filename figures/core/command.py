"""The commands of one dossier's life as people type them, each with an id of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.life import DEPARTMENTS, FIELDS, MEMBERS, NOW


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, the account that types it, and the id that makes a repeat the same act."""

    words: tuple[str, ...]
    who: str
    id: str

    @property
    def whole(self) -> tuple[str, ...]:
        """All the words after `thidua`."""
        return ("--now", NOW.isoformat(), *self.words, "--command-id", self.id, "--json")


def life(dossier: str, folder: Path) -> Iterator[Typed]:
    """From a list with one nomination to the decision, with corrections, papers and pauses."""
    for n, (who, words) in enumerate(_told(dossier, folder)):
        yield Typed(tuple(words), who, f"{dossier}-{n}")


def _told(dossier: str, folder: Path) -> Iterator[tuple[str, list[str]]]:
    on = ["dossiers"]
    report = folder / "report.txt"
    report.write_text(f"Báo cáo thành tích, hồ sơ {dossier}\n", encoding="utf-8")
    campaign = ["--procedure", "bench-life", "--campaign", dossier]
    yield "officer", [*on, "import", str(_list(dossier, folder)), *campaign]
    yield "officer", [*on, "attach", dossier, "report", str(report)]
    yield "officer", [*on, "correct", dossier, "f0=một", "--note", "Ghi sai"]
    yield "officer", [*on, "return", dossier, "--item", "f1", "--note", "Thiếu"]
    yield "officer", [*on, "supplement", dossier, "f1=hai"]
    yield "officer", [*on, "act", dossier, "consult"]
    yield from _asked(dossier)
    yield "officer", [*on, "act", dossier, "convene", "--meeting", "meeting"]
    yield from _voted(dossier)
    yield "officer", [*on, "correct", dossier, "f2=ba", "--note", "Ghi sai"]
    yield "minister", [*on, "act", dossier, "grant"]


def _asked(dossier: str) -> Iterator[tuple[str, list[str]]]:
    for n in DEPARTMENTS:
        yield f"d{n}", ["rounds", "answer", f"opinions@{dossier}", "agree"]
    yield "officer", ["dossiers", "hold", dossier, "--note", "Có đơn"]
    yield "officer", ["dossiers", "release", dossier]


def _voted(dossier: str) -> Iterator[tuple[str, list[str]]]:
    for n in MEMBERS:
        yield f"m{n}", ["votes", "cast", "vote", "for" if n else "against", dossier]
    yield "teller", ["votes", "close", "vote", dossier]


def _list(dossier: str, folder: Path) -> Path:
    path = folder / f"{dossier}.csv"
    fields = ",".join(FIELDS.values())
    head = f"id,kind,name,{','.join(FIELDS)}"
    path.write_text(f"{head}\n{dossier},individual,Nguyễn Văn Ấn,{fields}\n", encoding="utf-8")
    return path
