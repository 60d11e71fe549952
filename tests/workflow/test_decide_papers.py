"""Proposing, papers, fields, corrections, desks: content and who works on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from thidua.workflow.command import Assign, Attach, Correct, Fire, Hold
from thidua.workflow.dossier import Candidate, Document
from thidua.workflow.errors import Misuse, Unknown
from thidua.workflow.paper import Paper

REPORT = Attach("report", "cd" * 32, 10, "application/pdf", "báo cáo.pdf", "1-3")
PERSON = Candidate("individual", "Trần Thị Bé", "u2", "person:2")


def test_a_proposal_is_one_event_with_commitments(world):
    done = world.create(fields={"merit": "tốt", "score": "-1.5"}, submission="s1")

    assert (done.n, done.state, done.version, done.count) == (1, "proposed", 1, 1)
    body = world.body()
    assert body["procedure"] == world.procedure.hash
    assert (body["award"], body["unit"], body["submission"]) == ("PRIZE", "u1", "s1")
    assert (body["candidate"], body["fields"]) == (["individual", "u1"], ["merit", "score"])
    assert sorted(body["commit"]) == [
        "candidate.name",
        "candidate.person",
        "field.merit",
        "field.score",
    ]
    assert "Ấn" not in world.journal[0].body


def test_a_proposal_starts_desk_due_and_effect(world):
    world.create()

    assert [(t.kind, t.what, t.seat, t.due_on) for t in world.open()] == [
        ("desk", "proposed", "officer", date(2018, 6, 18)),
        ("effect", "fire:lapse", "engine", date(2018, 6, 18)),
    ]


def test_everything_wrong_with_a_proposal_is_listed(world):
    world.now = datetime(2020, 1, 2, 3, tzinfo=UTC)

    codes = world.refused_creation(
        award="MEDAL", candidate=Candidate("individual", "  "),
        fields={"shoe": "42", "urgent": "maybe"},
    )  # fmt: skip

    assert codes == [
        "candidate-nameless", "field-type", "not-in-force", "unknown-award", "unknown-field",
    ]  # fmt: skip
    assert world.refused_creation(by="stranger", award="MEDAL") == ["not-allowed"]


@pytest.mark.parametrize(
    ("on", "fits"), [("2017-12-31", False), ("2018-01-02", True), ("2020-01-02", False)]
)
def test_procedure_in_force(world, on, fits):
    world.procedure = replace(
        world.procedure, in_force_from=date(2018, 1, 1), in_force_to=date(2019, 12, 31)
    )
    world.at(date.fromisoformat(on))

    if fits:
        assert world.create().n == 1
    else:
        assert world.refused_creation() == ["not-in-force"]


def test_procedure_without_dates_is_in_force(world):
    world.procedure = replace(world.procedure, in_force_from=None, in_force_to=None)

    assert world.create().n == 1


@pytest.mark.parametrize(("field", "good", "bad"), [
    ("urgent", ["yes", "no"], ["có", "", "true"]),
    ("since", ["2018-06-11"], ["11/06/2018", "2018-02-30", ""]),
    ("period", ["2017-01-01/2018-06-01", "2018-01-01/2018-01-01"],
     ["2018-06-01/2017-01-01", "2018-01-01", "2018-01-01/2018-02-01/2018-03-01"]),
    ("score", ["1", "-1.5", "0.25"], ["1,5", "1e3", "NaN", ".", "", "1.2.3"]),
    ("merit", ["tốt"], ["", "  "]),
])  # fmt: skip
def test_values_of_each_type(at, field, good, bad):
    world = at("appraisal")

    for value in good:
        world.act(Correct({field: value}, note="sai"))
        assert world.dossier.fields[field] == value
    for value in bad:
        assert world.refused(Correct({field: value}, note="sai")) == ["field-type"]


def test_documents_have_versions(at):
    world = at("appraisal")

    world.act(REPORT)

    assert [(d.version, d.pages) for d in world.documents] == [(1, None), (2, "1-3")]
    assert world.facts()[-1].private == {"name": "báo cáo.pdf", "pages": "1-3"}
    assert world.body()["sha256"] == "cd" * 32


def test_documents_that_do_not_belong_here(at):
    world = at("appraisal")

    assert world.refused(replace(REPORT, kind="photo")) == ["unknown-document"]
    assert world.refused(replace(REPORT, kind="minutes")) == ["belongs-to-submission"]


def test_papers_of_the_submission_count(at):
    world = at("proposed")
    assert world.refused(Fire("accept")) == ["document-missing"]

    minutes = replace(world.procedure.documents["minutes"], needed=True)
    kinds = {**world.procedure.documents, "minutes": minutes}
    world.procedure = replace(world.procedure, documents=kinds)

    assert world.refused(Fire("accept")) == ["document-missing"] * 2
    world.documents.append(Document("s1", "minutes", 1, "ab" * 32, 1, "text/plain", "biên bản"))
    world.act(REPORT)

    assert world.act(Fire("accept")).state == "appraisal"


def test_a_correction_keeps_the_old_value_in_the_journal(at):
    world = at("appraisal")
    version = world.dossier.version

    world.act(Correct({"merit": "khá"}, PERSON, note="nhập sai"))

    assert world.dossier.fields == {"merit": "khá"}
    assert (world.dossier.candidate, world.dossier.version) == (PERSON, version + 1)
    assert world.facts()[0].private["field.merit"] == "tốt"


def test_a_correction_may_take_the_person_away(at):
    world = at("appraisal")

    world.act(Correct(candidate=Candidate("collective", "Phòng Một"), note="nhập sai"))

    assert world.dossier.candidate.person is None


def test_a_correction_is_possible_after_the_end(at):
    world = at("granted")

    world.act(Correct(candidate=PERSON, note="sai chính tả"))

    assert (world.state, world.dossier.candidate.name) == ("granted", "Trần Thị Bé")


def test_corrections_that_are_none(at):
    world = at("appraisal")

    assert world.refused(Correct()) == ["note-missing", "nothing-to-correct"]
    assert world.refused(Correct(candidate=Candidate("individual", " "), note="x")) == [
        "candidate-nameless"
    ]


def test_a_task_is_put_on_a_desk_and_back(at):
    world = at("appraisal")
    n = world.task("appraiser", "desk").n

    world.act(Assign(n, "user:7"))
    assert world.tasks[n].holder == "user:7"
    world.act(Assign(n, None))

    assert world.tasks[n].holder is None


def test_a_paused_task_is_assigned_too(at):
    world = at("appraisal")
    n = world.task("appraiser", "desk").n
    world.act(Hold(note="đơn thư"))

    world.act(Assign(n, "user:7"))

    assert (world.tasks[n].holder, world.tasks[n].status) == ("user:7", "paused")


def test_only_a_task_that_runs_is_assigned(at):
    world = at("appraisal")

    assert world.refused(Assign(1, "user:7")) == ["task-ended"]
    with pytest.raises(Unknown, match="99"):
        world.act(Assign(99, "user:7"))


def test_when_it_really_happened_is_kept(at):
    world = at("appraisal")
    yesterday = world.now - timedelta(days=1)

    world.act(Fire("consult", happened_at=yesterday), "appraiser")

    assert world.body()["happened"] == "2018-06-10T09:00:00.000000+07:00"
    assert world.body()["at"] == "2018-06-11T09:00:00.000000+07:00"


def test_what_has_not_happened_yet_is_refused(at):
    world = at("appraisal")
    tomorrow = world.now + timedelta(days=1)

    assert world.refused(Fire("consult", happened_at=tomorrow), "appraiser") == ["happened-later"]
    with pytest.raises(Misuse):
        world.act(Fire("consult", happened_at=datetime(2018, 6, 10)), "appraiser")  # noqa: DTZ001 -- what is refused


def test_the_paper_behind_an_act_is_kept_but_for_its_signer(at):
    world = at("appraisal")
    paper = Paper(
        number="12", symbol="TTr", signed_on=date(2018, 6, 8), signer="Trần Thị Bé",
        capacity="KT.", incoming="456", postmark_on=date(2018, 6, 9), scan="ef" * 32,
    )  # fmt: skip

    world.act(Fire("consult", ground=paper), "appraiser")

    assert world.body()["paper"] == {
        "number": "12", "symbol": "TTr", "signed_on": "2018-06-08", "capacity": "KT.",
        "incoming": "456", "postmark_on": "2018-06-09", "scan": "ef" * 32,
    }  # fmt: skip
    assert world.facts()[-1].private == {"paper.signer": "Trần Thị Bé"}
