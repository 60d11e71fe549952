"""Texts typed: every scalar of the file arrives as text and is read here, strictly."""

import re
from collections.abc import Callable
from datetime import date, time
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from thidua.workflow.due import Offset, Span, YearDay
from thidua.workflow.tally import parse_fraction

T = TypeVar("T")

DOTTED = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"


def wrong(code: str, **fields: object) -> PydanticCustomError:
    """A mistake of this language, under its own code."""
    return PydanticCustomError(code, "{code}", {"code": code, **fields})


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value)[:60]
    return "{…}" if isinstance(value, dict) else "[…]"


def text(value: Any) -> str:
    """A scalar that says something."""
    if not isinstance(value, str):
        raise wrong("not-a-text", found=shown(value))
    if not value.strip():
        raise wrong("empty-text")
    return value


def matching(pattern: str, code: str) -> Callable[[Any], str]:
    """A reader of texts that match `pattern` from end to end."""
    compiled = re.compile(pattern)

    def read(value: Any) -> str:
        if not compiled.fullmatch(text(value)):
            raise wrong(code, found=shown(value))
        return str(value)

    return read


def parsed(parse: Callable[[str], T], code: str) -> Callable[[Any], T]:
    """A reader of texts that `parse` understands; it says no with `ValueError`."""

    def read(value: Any) -> T:
        try:
            return parse(text(value))
        except (ValueError, ArithmeticError) as error:
            raise wrong(code, found=shown(value)) from error

    return read


def _yes_no(value: Any) -> bool:
    if text(value) not in ("yes", "no"):
        raise wrong("bad-yes-no", found=shown(value))
    return bool(value == "yes")


def _date(value: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(value)
    return date.fromisoformat(value)


def _clock(value: str) -> time:
    if not re.fullmatch(CLOCK, value):
        raise ValueError(value)
    return time.fromisoformat(value)


def _number(value: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,3}", value):
        raise ValueError(value)
    return int(value)


def _receipt_unknown(value: str) -> Span:
    span, after, rest = value.partition(" after sending")
    if not after or rest:
        raise ValueError(value)
    return Span.parse(span)


def _ratio(value: Any) -> Fraction:
    parts = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text(value))
    if parts and int(parts[1]) > int(parts[2]) > 0:
        raise wrong("fraction-out-of-range", found=shown(value))
    return parsed(parse_fraction, "bad-fraction")(value)


def _not_yet(value: Any) -> None:
    raise wrong("not-supported-yet", found=shown(value))


def _condition(value: Any) -> str:
    if not re.fullmatch(DOTTED, text(value)):
        raise wrong("bad-condition", found=shown(value))
    return str(value)


def as_list(value: Any) -> Any:
    """One text as a list of one."""
    return [value] if isinstance(value, str) else value


def one_as_list(value: Any) -> Any:
    """One mapping as a list of one."""
    return [value] if isinstance(value, dict) else value


def none(value: Any) -> Any:
    """The word `none` as nothing."""
    return None if value == "none" else value


def _form(value: Any) -> str:
    return "mapping" if isinstance(value, dict) else "word"


def like(pattern: str, *others: str) -> WithJsonSchema:
    """What an editor is told of a text: the pattern it matches, other types YAML may give it."""
    types = ["string", *others] if others else "string"
    return WithJsonSchema({"type": types, "pattern": f"^(?:{pattern})$"})


NAME, SLUG, CODE = r"[a-z][a-z0-9_]{0,59}", r"[a-z][a-z0-9-]{0,59}", r"[A-Z][A-Z0-9_]{0,59}"
VERSION = r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}(\+[a-z0-9]{1,20}(\.[a-z0-9]{1,20}){0,3})?"
UNIT = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}"
EVENT = r"[a-z][a-z0-9_]*(\.[a-z_]+)?"
TIME = r"[1-9][0-9]{0,3} (working day|calendar day|month|year)s?"
CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
AROUND = r"on the day|[1-9][0-9]{0,3} working days? (before|after)"

Text = Annotated[
    str,
    PlainValidator(text),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
Name = Annotated[str, PlainValidator(matching(NAME, "bad-name")), like(NAME)]
Slug = Annotated[str, PlainValidator(matching(SLUG, "bad-slug")), like(SLUG)]
Code = Annotated[str, PlainValidator(matching(CODE, "bad-code")), like(CODE)]
Version = Annotated[str, PlainValidator(matching(VERSION, "bad-version")), like(VERSION, "number")]
Event = Annotated[str, PlainValidator(matching(EVENT, "bad-event")), like(EVENT)]
Dotted = Annotated[str, PlainValidator(matching(DOTTED, "bad-dotted")), like(DOTTED)]
Condition = Annotated[str, PlainValidator(_condition), like(DOTTED)]
Reference = Annotated[
    str,
    PlainValidator(matching(f"{SLUG}(@{VERSION})?", "bad-reference")),
    like(f"{SLUG}(@{VERSION})?"),
]
"""A procedure, by its name or as NAME@VERSION."""
UnitName = Annotated[str, PlainValidator(matching(UNIT, "bad-unit")), like(UNIT, "integer")]
YesNo = Annotated[bool, PlainValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no"]})]
Date = Annotated[
    date, PlainValidator(parsed(_date, "bad-date")), like("[0-9]{4}-[0-9]{2}-[0-9]{2}")
]
Number = Annotated[
    int, PlainValidator(parsed(_number, "bad-number")), like("0|[1-9][0-9]{0,3}", "integer")
]
Ratio = Annotated[Fraction, PlainValidator(_ratio), like("[0-9]{1,4}/[0-9]{1,4}|[01]", "integer")]
OnDay = Annotated[
    YearDay, PlainValidator(parsed(YearDay.parse, "bad-day")), like("[1-9][0-9]? [A-Z][a-z]+")
]
Clock = Annotated[time, PlainValidator(parsed(_clock, "bad-clock")), like(CLOCK, "integer")]
OfYear = Literal["next", "same year", "year after"]
Time = Annotated[Span, PlainValidator(parsed(Span.parse, "bad-span")), like(TIME)]
Around = Annotated[Offset, PlainValidator(parsed(Offset.parse, "bad-offset")), like(AROUND)]
AfterSending = Annotated[
    Span,
    PlainValidator(parsed(_receipt_unknown, "bad-receipt-unknown")),
    like(f"{TIME} after sending"),
]
NotYet = Annotated[None, PlainValidator(_not_yet), WithJsonSchema({"not": {}})]
"""A key of the language that nothing acts on yet: refused, and kept from editors."""
OR_NONE = BeforeValidator(none)
"""`none` stands for nothing at all, said on purpose."""
AS_LIST = BeforeValidator(as_list)
"""One text may stand for a list of one."""
ONE_AS_LIST = BeforeValidator(one_as_list)
"""One mapping may stand for a list of one."""
WORD, MAPPING = Tag("word"), Tag("mapping")
BY_FORM = Discriminator(_form)
"""Tells a word from a mapping where the language takes either."""
Names = Annotated[tuple[Name, ...], Field(min_length=1), AS_LIST]
