"""The facts with which the shipped procedures are walked."""

import pytest

from thidua.earlier import earlier_awards

FACTS = {
    "commemorative-medal": {"category": "head", "years": "5"},
    "national-emulation-title": {
        "title_year_1": "2015",
        "title_year_2": "2016",
        "second_title_on": "2017-12-20",
        "national_use": "yes",
    },
    "research-grant": {
        "budget": "1000",
        "own_share": "200",
        "carried_out": "2026-06-01/2028-05-31",
    },
    "sector-emulation-title": {
        "title_year_1": "2015",
        "title_year_2": "2016",
        "title_year_3": "2017",
        "wide_use": "yes",
    },
}
"""Where the kit's own values would not let a dossier on."""


@pytest.fixture
def terms(request: pytest.FixtureRequest) -> dict[str, object]:
    """What an office for the shipped procedure named by the parameter `name` needs."""
    name = request.node.callspec.params["name"]
    held = earlier_awards([("CB-0007", "KNC")])
    return {"fields": FACTS.get(name, {}), "conditions": {"not_awarded_before": held}}
