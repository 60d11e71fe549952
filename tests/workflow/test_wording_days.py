"""Days in sentences: as an office writes them in Vietnamese, as kept in English."""

from thidua.workflow.wording import say


def test_days_are_written_as_an_office_writes_them() -> None:
    told = {"signed": "2018-07-02"}

    assert "02/07/2018" in say("signed-later", told, "vi")
    assert "2018-07-02" in say("signed-later", told, "en")
