"""A paper as people name it."""

from collections.abc import Mapping
from typing import Any

from thidua.cli.language import Words, pick
from thidua.cli.screen import day, moment

NUMBER: Words = ("số {number}", "no. {number}")
DATED: Words = ("ngày {on}", "of {on}")
SIGNED: Words = ("ký: {name}", "signed {name}")
INCOMING: Words = ("đến số {number}", "incoming {number}")
STAMPED: Words = ("dấu bưu điện {on}", "postmark {on}")
AT: dict[str, Words] = {
    "stamped_at": ("dấu điện tử {at}", "stamped {at}"),
    "portal_at": ("cổng tiếp nhận {at}", "taken by the portal {at}"),
}


def told_paper(paper: Mapping[str, Any], lang: str) -> str:
    """A paper as people name it: number and symbol, date, signer, how it came."""
    number = "/".join(str(p) for p in (paper.get("number"), paper.get("symbol")) if p)
    signer = " ".join(str(p) for p in (paper.get("capacity"), paper.get("signer")) if p)
    parts = [
        pick(NUMBER, lang, number=number) if number else "",
        pick(DATED, lang, on=day(paper.get("signed_on"))) if paper.get("signed_on") else "",
        pick(SIGNED, lang, name=signer) if signer else "",
        pick(INCOMING, lang, number=paper["incoming"]) if paper.get("incoming") else "",
        pick(STAMPED, lang, on=day(paper["postmark_on"])) if paper.get("postmark_on") else "",
        *(pick(words, lang, at=moment(paper[name])) for name, words in AT.items() if name in paper),
    ]
    return ", ".join(part for part in parts if part)
