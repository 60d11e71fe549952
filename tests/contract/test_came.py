"""When a submission came is kept where a procedure counts from it; on both databases."""

from datetime import date
from pathlib import Path

import pytest

from thidua import By, Candidate, Correct, Create, Fire, Paper, Refused
from thidua.verify import verify

TRIAL = (Path(__file__).parents[1] / "workflow" / "trial.yaml").read_text(encoding="utf-8")
OFFICER = By("officer")
WINDOW = """windows:
  season: {vi: "Thời gian nhận hồ sơ", en: "Time to submit", from: since, opens: 1 January,
           closes: 31 July, of: year after, rolls: no, counts_by: postmark, ground: rule}
spans:
"""
HOST = (", host.has_budget", "")
CHANGES = (
    HOST,
    ("type: date", "type: date, needed: always"),
    ("spans:\n", WINDOW),
    ("from: entry, ground: rule, ladder: desk", "from: receipt, ground: rule, ladder: desk"),
    ("conditions: [documents.complete]", "conditions: [season.open]"),
    ("documents.complete: {by", "season.open: {by"),
)


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def season(office):
    """An office whose trial counts from the receipt, in a season that follows a title."""
    with office.engine.begin() as db:
        office.wf.adopt(db, changed(TRIAL, *CHANGES), demo=True, now=office.now)
    return office


def proposed(office, paper: Paper, received_on: date | None, since: str = "2017-12-01") -> str:
    """A dossier of a submission that came so."""
    fields = {"merit": "tốt", "since": since}
    with office.engine.begin() as db:
        key = office.wf.submissions.add(
            db, paper, by=OFFICER, received_on=received_on, now=office.now
        )
        made = Create("trial", "PRIZE", Candidate("individual", "Nguyễn Văn Ấn"), fields=fields,
                      submission=key)  # fmt: skip
        office.wf.create(db, made, by=OFFICER, dossier_id="h-1", now=office.now)
    return key


def test_a_due_runs_from_the_receipt(season):
    proposed(season, Paper(number="1"), date(2018, 8, 1))

    (desk,) = season.rows(season.wf.tables.task, dossier_id="h-1", kind="desk")
    assert desk["due_on"] == "2018-08-08"
    assert '"start":"receipt"' in desk["reckoned"]
    assert "presumed" not in desk["reckoned"]
    with season.engine.connect() as db:
        assert verify(db, season.wf) == []


def test_receipt_that_nobody_entered_is_presumed(season):
    proposed(season, Paper(number="1"), None)

    (desk,) = season.rows(season.wf.tables.task, dossier_id="h-1", kind="desk")
    assert (desk["due_on"], '"presumed":true' in desk["reckoned"]) == ("2018-08-13", True)


def test_the_postmark_stays_known_to_later_acts(season):
    proposed(season, Paper(number="1", postmark_on=date(2018, 7, 31)), date(2018, 8, 3))

    assert season.act("h-1", Fire("accept")).state == "appraisal"
    with season.engine.connect() as db:
        assert verify(db, season.wf) == []


def test_a_late_postmark_is_refused_until_the_date_is_put_right(season):
    proposed(season, Paper(number="1", postmark_on=date(2018, 8, 1)), date(2018, 8, 3))

    with pytest.raises(Refused) as caught:
        season.act("h-1", Fire("accept"))
    assert [reason.code for reason in caught.value.reasons] == ["window-closed"]

    season.act("h-1", Correct({"since": "2018-01-05"}, note="nhầm ngày"))
    with pytest.raises(Refused) as caught:
        season.act("h-1", Fire("accept"))
    assert [reason.code for reason in caught.value.reasons] == ["window-not-open"]


def test_where_nothing_counts_from_it_nothing_is_kept(office):
    with office.engine.begin() as db:
        office.wf.adopt(db, changed(TRIAL, HOST), demo=True, now=office.now)
    proposed(office, Paper(number="1", postmark_on=date(2018, 8, 1)), date(2018, 8, 3))

    (row,) = office.rows(office.wf.tables.dossier, id="h-1")
    assert "received_on" not in row["more"]
