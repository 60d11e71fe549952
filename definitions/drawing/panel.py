"""What stands below the picture: what goes everywhere, the grounds of the numbers, the signs."""

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.definitions.drawing.frame import day
from thidua.definitions.drawing.lettering import Line, Tone, wrapped
from thidua.definitions.phrase import Phrases
from thidua.workflow.procedure import Ground, Procedure, Right

_WORDS = {
    "everywhere": ("Ở mọi bước", "At every step"),
    "grounds": ("Căn cứ của các con số", "Grounds of the numbers"),
    "signs": ("Ký hiệu", "Signs"),
    "return": ("trả lại để bổ sung", "returns it for supplement"),
    "supplement": ("bổ sung", "supplements it"),
    "hold": ("tạm dừng xét", "puts it on hold"),
    "release": ("cho xét tiếp", "releases it"),
    "extend": ("gia hạn", "extends a due"),
    "recall": ("lấy lại bước vừa làm", "recalls the last step"),
    "withdraw": ("rút hồ sơ", "withdraws it"),
    "revoke": ("thu hồi kết quả", "revokes the result"),
    "decision": ("{said} (có quyết định)", "{said} (with a decision)"),
    "stops": (
        "Khi trả lại hoặc tạm dừng, thời hạn ngừng tính; xong thì về đúng chỗ cũ.",
        "While returned or on hold no due runs; then it goes on where it was.",
    ),
    "read": ("đã đọc trong văn bản", "read in the source"),
    "analogy": ("vận dụng tương tự", "by analogy"),
    "assumed": ("GIẢ ĐỊNH, chưa ai xác nhận", "ASSUMED, confirmed by nobody yet"),
    "dates": ("từ {first} đến {last}", "from {first} to {last}"),
    "from": ("từ {first}", "from {first}"),
    "to": ("đến {last}", "until {last}"),
}
ANYWHERE = ("return", "supplement", "hold", "release", "extend", "recall", "withdraw", "revoke")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the lines below it, all within a width."""

    lines: tuple[Line, ...]
    width: float

    @property
    def height(self) -> float:
        """From its top to its foot."""
        return sum(line.height for line in self.lines)


def columns(procedure: Procedure, phrases: Phrases, width: float) -> tuple[Column, Column]:
    """The two columns of words."""
    both = (_everywhere(procedure, phrases), _grounds(procedure, phrases))
    return tuple(  # type: ignore[return-value]  # two of them
        Column(tuple(row for line in lines for row in wrapped(line, width)), width)
        for lines in both
    )


def heading(name: str, lang: str) -> Line:
    """The heading of a column."""
    return Line(_word(name, lang), 11.5, bold=True)


def _everywhere(procedure: Procedure, phrases: Phrases) -> Iterator[Line]:
    lang = phrases.lang
    yield heading("everywhere", lang)
    holders: dict[tuple[str, ...], list[str]] = {}
    for act in ANYWHERE:
        right = procedure.may.get(act, Right())
        if right.roles:
            holders.setdefault(right.roles, []).append(_right(act, right, phrases))
    for roles, said in holders.items():
        yield Line(f"{phrases.roles(roles)}: {', '.join(said)}", 9.5, icon="person", gap=2)
    if procedure.may["return"].roles or procedure.may["hold"].roles:
        yield Line(_word("stops", lang), 9.5, tone="soft", gap=4)


def _right(act: str, right: Right, phrases: Phrases) -> str:
    said = _word(act, phrases.lang)
    if right.dest is not None:
        said += f" → “{phrases.text(phrases.procedure.states[right.dest].label)}”"
    return _word("decision", phrases.lang).format(said=said) if right.decision_required else said


def _grounds(procedure: Procedure, phrases: Phrases) -> Iterator[Line]:
    yield heading("grounds", phrases.lang)
    for ground in procedure.grounds.values():
        tone: Tone = "assumed" if ground.certainty == "assumed" else "ink"
        said = "; ".join(filter(None, (_dates(ground, phrases.lang),
                                       _word(ground.certainty, phrases.lang))))  # fmt: skip
        text = f"[{phrases.place(ground.name)}] {ground.text} ({said})"
        yield Line(text, 9.5, tone=tone, gap=2)


def _dates(ground: Ground, lang: str) -> str:
    if ground.from_on is None and ground.to_on is None:
        return ""
    name = "to" if ground.from_on is None else "from" if ground.to_on is None else "dates"
    first, last = (day(on) if on else "" for on in (ground.from_on, ground.to_on))
    return _word(name, lang).format(first=first, last=last)


def _word(key: str, lang: str) -> str:
    return _WORDS[key][lang == "en"]
