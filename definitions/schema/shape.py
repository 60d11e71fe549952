"""What every part of the language has in common: no unknown keys, texts in two languages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from thidua.definitions.schema.scalar import Text


class Shape(BaseModel):
    """A mapping with a fixed set of keys; a key that nothing reads is refused.

    `missing` gives the code of a missing key where "key-missing" would say too little.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    missing: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def known(cls) -> tuple[str, ...]:
        """The keys that may stand here."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _remember(cls, data: Any, info: ValidationInfo) -> Any:
        """Tell the caller's context which shape reads this mapping, for its messages."""
        if isinstance(info.context, dict):
            info.context[id(data)] = cls
        return data


class Labelled(Shape):
    """Something with a text in each of the procedure's languages."""

    vi: Text | None = None
    en: Text | None = None

    @property
    def label(self) -> dict[str, str]:
        """The texts that are given, by language."""
        both = {"vi": self.vi, "en": self.en}
        return {lang: text for lang, text in both.items() if text is not None}
