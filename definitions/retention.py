"""The shipped retention classes and grounds for erasing, read from their file."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from thidua.definitions.reader import read
from thidua.workflow.retention import Basis, Retention, RetentionClass

FOR_GOOD = "for good"


@lru_cache(maxsize=1)
def load_retention() -> Retention:
    """What `retention.yaml` says; `DefinitionError` for a file that is no YAML."""
    data = resources.files("thidua.definitions").joinpath("retention.yaml").read_bytes()
    told = read(data, "retention.yaml").data
    grounds = told["grounds"]
    return Retention(
        {name: _class(name, each, grounds) for name, each in told["classes"].items()},
        {name: _basis(name, each, grounds) for name, each in told["bases"].items()},
        told["otherwise"],
    )


def _class(name: str, told: Mapping[str, Any], grounds: Mapping[str, Any]) -> RetentionClass:
    years = None if told["years"] == FOR_GOOD else int(told["years"])
    return RetentionClass(
        name, _label(told), years, frozenset(told["awards"]), **_ground(told, grounds)
    )


def _basis(name: str, told: Mapping[str, Any], grounds: Mapping[str, Any]) -> Basis:
    return Basis(name, _label(told), told["early"] == "yes", **_ground(told, grounds))


def _label(told: Mapping[str, Any]) -> dict[str, str]:
    return {lang: told[lang] for lang in ("vi", "en")}


def _ground(told: Mapping[str, Any], grounds: Mapping[str, Any]) -> dict[str, str]:
    ground = grounds[told["ground"]]
    return {"ground": ground["text"], "certainty": ground["certainty"]}
