"""Words such as `field=value` on the command line."""

from collections.abc import Sequence

from thidua.workflow.errors import Misuse


def values_of(pairs: Sequence[str], form: str = "field=value") -> dict[str, str]:
    """What stands before and behind each "="; `Misuse` for a word without one."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Misuse("not-a-pair", value=pair, form=form)
        found[name.strip()] = value.strip()
    return found


def apart(words: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Dossiers' ids, and the values FIELD=VALUE given after them."""
    ids = tuple(word for word in words if "=" not in word)
    return ids, values_of(tuple(word for word in words if "=" in word))
