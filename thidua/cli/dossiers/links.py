"""The dossier whose step opened this one, and those that steps of this one opened."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from thidua.cli.language import Words

TOLD: dict[str, Words] = {
    "origin": ("từ hồ sơ {dossier}", "from the dossier {dossier}"),
    "starts": ("mở hồ sơ đề nghị {dossier}", "opened the dossier {dossier}"),
}
"""What an event says of its link, by the part that names the other dossier."""
NAMED: dict[str, Words] = {
    "origin": ("Từ hồ sơ", "From dossier"),
    "starts": ("Đã mở hồ sơ", "Opened dossier"),
}


def links(events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every link that these events tell of."""
    return [
        {"dossier": event["body"][way], "way": way, "n": event["n"]}
        for event in events
        for way in TOLD
        if way in event["body"]
    ]


def named(told: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Words, str]]:
    """The links as rows of a dossier's heading."""
    rows = [*told]
    for way, words in NAMED.items():
        yield words, ", ".join(each["dossier"] for each in rows if each["way"] == way)
