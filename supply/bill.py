"""The bill of materials of a release: CycloneDX, from the metadata of what is installed."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution
from uuid import NAMESPACE_OID, uuid5

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OWN = "thidua"
TOOLS = "dev"
"""The extra that users do not get."""


def closure() -> dict[str, set[str]]:
    """Every distribution that runs with the product and its extras, and what each needs itself.

    `PackageNotFoundError` for one that is not installed: a bill with a gap is none.
    """
    extras = set(distribution(OWN).metadata.get_all("Provides-Extra") or ()) - {TOOLS}
    found: dict[str, set[str]] = {}
    waiting = [(OWN, frozenset(extras))]
    seen = set()
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        needs = [*_needs(distribution(name), wanted)]
        found.setdefault(name, set()).update(each for each, _ in needs)
        waiting += needs
    return found


def _needs(of: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for text in of.requires or ():
        need = Requirement(text)
        chosen = [{"extra": extra} for extra in ("", *extras)]
        if need.marker is None or any(need.marker.evaluate(each) for each in chosen):
            yield canonicalize_name(need.name), frozenset(need.extras)


def bill(at: datetime) -> str:
    """The bill as JSON; the same installation and instant give the same bytes. No addresses."""
    needs = closure()
    parts = {name: _component(name) for name in sorted(needs)}
    named = "\n".join(f"{name}=={part.version}" for name, part in parts.items())
    bom = Bom(serial_number=uuid5(NAMESPACE_OID, named))
    bom.metadata.timestamp = at
    bom.metadata.component = parts[OWN]
    bom.components.update(part for name, part in parts.items() if name != OWN)
    for name, part in parts.items():
        bom.register_dependency(part, [parts[each] for each in sorted(needs[name])])
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(name: str) -> Component:
    found = distribution(name)
    url = PackageURL("pypi", name=name, version=found.version)
    said = _told(found, "License-Expression") or _classified(found)
    licences = [LicenseFactory().make_from_string(said)] if said else []
    return Component(
        name=name, version=found.version, type=ComponentType.LIBRARY, purl=url, licenses=licences,
        bom_ref=f"{name}=={found.version}", description=_told(found, "Summary"),
    )  # fmt: skip


def _told(found: Distribution, name: str) -> str | None:
    return next(iter(found.metadata.get_all(name) or ()), None)


def _classified(found: Distribution) -> str:
    """The licence as its classifiers have it, for those that state it in no other way."""
    start = "License :: "
    lines = found.metadata.get_all("Classifier") or ()
    named = (line.rpartition(" :: ")[2] for line in lines if line.startswith(start))
    return " / ".join(sorted(each for each in named if each != "OSI Approved"))


def moment() -> datetime:
    """When the release was made: of its commit, where `SOURCE_DATE_EPOCH` says so."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
