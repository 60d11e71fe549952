"""The letters there are: in which languages each is whole, and what it can tell of."""

from collections.abc import Mapping
from functools import lru_cache

from thidua.definitions.check import Letter
from thidua.notifiers.catalogue import TEMPLATES
from thidua.workflow.errors import DefinitionError

_TELLS: Mapping[str, frozenset[str]] = {
    "opinion_requested": frozenset({"consultation"}),
    "vote_opened": frozenset({"ballot"}),
    "result": frozenset({"state"}),
    "not_awarded": frozenset({"state"}),
    "misrouted": frozenset({"state"}),
    "withdrawn": frozenset({"state"}),
    "revoked": frozenset({"revoke"}),
}
"""The rest are letters of the engine's own: reminders, escalations, requests to supplement."""


@lru_cache(maxsize=1)
def letters() -> Mapping[str, Letter]:
    """By name, as proofs of procedures ask for them; a template that is broken in a language, or
    speaks of a name it is not given, is not written in it."""
    broken = _broken()
    return {
        name: Letter(
            frozenset(lang for lang in ("vi", "en") if (lang, name) not in broken),
            _TELLS.get(name, frozenset()),
        )
        for name in TEMPLATES
    }


def _broken() -> frozenset[tuple[str, str]]:
    """Language and name of every template that something is wrong with."""
    from thidua.notifiers.sandbox import check_templates

    try:
        check_templates()
    except DefinitionError as error:
        files = (str(reason.fields["file"]).partition("/") for reason in error.reasons)
        return frozenset((lang, file.partition(".")[0]) for lang, _, file in files)
    return frozenset()
