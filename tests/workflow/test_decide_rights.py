"""Who may do what: everybody is denied everything that the procedure does not give him."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow import exchange as x
from thidua.workflow.actions import actions
from thidua.workflow.command import (
    Answer,
    Assign,
    Attach,
    BreakTie,
    Cast,
    Close,
    Contact,
    Correct,
    Create,
    Expire,
    Extend,
    Fire,
    Hold,
    Migrate,
    Promise,
    PutOff,
    PutTo,
    Recall,
    Recuse,
    Redeem,
    Release,
    Remeet,
    Reply,
    Reproject,
    Return,
    Revoke,
    Settle,
    Supplement,
    Transfer,
    VoidBallot,
    Waive,
    Withdraw,
)
from thidua.workflow.dossier import Candidate
from thidua.workflow.erasure import Redact, RefuseErasure
from thidua.workflow.paper import Paper
from thidua.workflow.person import By, Held
from thidua.workflow.procedure import Right

SOON = date(2018, 8, 31)
PAPER = Paper(number="12", symbol="CV", signed_on=date(2018, 6, 8), signer="Trần Thị Bé")
FILE = Attach("report", "cd" * 32, 10, "application/pdf", "tệp.pdf")
CREATE = Create("trial", "PRIZE", Candidate("collective", "Phòng Một"), unit="u1")
FIX = Correct(note="sai", fields={"merit": "khá"})

ACTORS = (
    *("proposer", "officer", "appraiser", "teller", "minister"),
    *("d0", "m0", "stranger", "engine"),
)

# act: (the state it is tried in, what may be in the way of those who have the right, who has it)
MATRIX = {
    "create": (None, CREATE, {"proposer", "officer"}),
    "attach": ("proposed", FILE, {"proposer", "officer"}),
    "accept": ("proposed", Fire("accept"), {"officer"}),
    "consult": ("appraisal", Fire("consult"), {"appraiser"}),
    "reject": ("appraisal", Fire("reject", note="không"), {"appraiser"}),
    "convene": ("consulted", Fire("convene", meeting="k1"), {"officer"}),
    "pass": ("council", Fire("pass"), {"engine"}),
    "grant": ("submitted", Fire("grant"), {"minister"}),
    "answer": ("consulted", Answer("opinions", "agree", "department@d0"), {"d0"}),
    "reply": ("consulted", Reply("opinions", "department@d0", note="giải trình"), {"officer"}),
    "look": ("consulted", x.Look("opinions", "department@d0"), {"d0"}),
    "prepare": ("consulted", x.Prepare("opinions", "agree", "department@d0"), {"d0"}),
    "ask back": ("consulted", x.AskBack("opinions", "department@d0", note="ai?"), {"d0"}),
    "answer back": ("consulted", x.AnswerBack("opinions", "department@d0", note="đây"), set()),
    "inform": ("consulted", x.Inform("department@d0", note="tin"), {"d0"}),
    "excuse": ("consulted", x.Excuse("opinions", "department@d0", note="nghỉ"), {"officer"}),
    "request": ("consulted", x.Request("opinions", note="gửi QĐ"), {"officer"}),
    "include": ("consulted", x.Include("opinions", "department@d9", note="sót"), {"officer"}),
    "cancel round": ("consulted", x.CancelRound("opinions", note="sai"), {"officer"}),
    "reopen": ("consulted", x.Reopen("opinions", note="sai"), {"officer"}),
    "extend": ("consulted", Extend("opinions", SOON, note="xin thêm"), {"officer"}),
    "contact": ("consulted", Contact("department@d0", "phone"), {"officer"}),
    "promise": ("consulted", Promise("opinions", "department@d0", SOON), {"officer"}),
    "close": ("consulted", Close("opinions"), {"officer"}),
    "cast": ("council", Cast("vote", "for", "member:m0"), {"m0"}),
    "count": ("council", Close("vote"), {"teller"}),
    "break tie": ("council", BreakTie("vote", "for"), set()),
    "put off": ("council", PutOff("vote", note="thiếu"), {"officer"}),
    "put to": ("council", PutTo("vote", "k2"), {"officer"}),
    "settle": ("council", Settle("vote", "passed"), {"engine"}),
    "recuse": ("council", Recuse("member:m1"), {"officer"}),
    "assign": ("appraisal", Assign(3, "officer"), {"officer"}),
    "return": ("appraisal", Return(("merit",), note="thiếu"), {"officer"}),
    "supplement": ("appraisal", Supplement({"merit": "tốt"}), {"proposer"}),
    "hold": ("appraisal", Hold(note="thanh tra"), {"officer"}),
    "release": ("appraisal", Release(), {"officer"}),
    "correct": ("appraisal", FIX, {"officer"}),
    "waive": ("consulted", Waive("opinions.disagreements_answered", SOON, ground=PAPER),
              {"minister"}),
    "redeem": ("proposed", Redeem("documents.complete", ground=PAPER), {"minister"}),
    "transfer": ("proposed", Transfer("s9"), {"officer"}),
    "recall": ("appraisal", Recall(), {"officer"}),
    "withdraw": ("appraisal", Withdraw(), {"proposer"}),
    "revoke": ("granted", Revoke(), {"minister"}),
    "expire": ("proposed", Expire(2), {"engine"}),
    "reproject": ("proposed", Reproject(), {"engine"}),
    "remeet": ("council", Remeet("k1", SOON), {"engine"}),
    "redact": ("appraisal", Redact(("candidate",), "ordered", ground=PAPER), {"officer"}),
    "refuse erasure": ("appraisal", RefuseErasure(("notes",), "x", ground=PAPER), {"officer"}),
    "void": ("council", VoidBallot("vote", note="mất khóa"), {"teller"}),
}  # fmt: skip
DENIALS = {"not-allowed", "engine-may-not", "not-asked", "not-your-seat", "not-a-member",
           "never-asked"}  # fmt: skip


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("act", MATRIX)
def test_every_act_is_denied_to_whom_it_is_not_given(at, world, act, actor):
    state, command, allowed = MATRIX[act]
    world = at(state) if state else world

    codes = _codes(world, command, actor)

    assert bool(DENIALS & codes) == (actor not in allowed)


def _codes(world, command, actor):
    try:
        if world.dossier is None:
            world.create(by=By(actor))
        else:
            world.act(command, actor)
    except Exception as error:
        return {each.code for each in error.reasons}
    return set()


def test_a_matrix_has_every_command():
    from thidua.workflow.decide import HANDLERS

    # Who may migrate is the other version's to say: tests/workflow/test_decide_migrate.py.
    assert {type(command) for _, command, _ in MATRIX.values()} == set(HANDLERS) - {Migrate}


def test_an_act_that_the_procedure_does_not_name_is_nobodys(at):
    world = at("appraisal")
    rights = {k: v for k, v in world.procedure.may.items() if k not in ("hold", "correct")}
    world.procedure = replace(world.procedure, may={**rights, "correct": Right()})

    assert world.refused(Hold(note="dừng")) == ["not-allowed"]
    assert world.refused(FIX) == ["not-allowed"]


def test_own_unit_role_ends_at_the_unit(at):
    world = at("appraisal")
    world.people["other"] = {Held("proposer", "u2")}

    assert world.refused(Withdraw(), "other") == ["not-allowed"]
    assert world.act(Withdraw(), "proposer").state == "withdrawn"


def test_role_without_unit_is_no_role_of_the_unit(at):
    world = at("appraisal")
    world.people["other"] = {Held("proposer")}

    assert world.refused(Withdraw(), "other") == ["not-allowed"]


def test_proposer_may_not_appraise(at):
    world = at("appraisal")
    world.people["proposer"].add(Held("appraiser"))

    assert world.refused(Fire("consult"), "proposer") == ["duties-apart"]
    assert world.act(Fire("consult"), "appraiser").state == "consulted"


def test_appraiser_may_not_count_votes_later(at):
    world = at("council")
    world.people["appraiser"].add(Held("teller"))

    assert world.refused(Close("vote"), "appraiser") == ["duties-apart"]


def test_duties_are_apart_in_both_directions(at):
    world = at("appraisal")
    world.people["both"] = {Held("appraiser"), Held("proposer", "u1")}
    world.act(Fire("consult"), "both")

    assert world.refused(Withdraw(), "both") == ["duties-apart"]


def apart(world, role, *others):
    """The world, its `role` never joined with the others."""
    roles = world.procedure.roles
    barred = replace(roles[role], never_also=others)
    world.procedure = replace(world.procedure, roles={**roles, role: barred})
    return world


def test_who_voted_may_not_count_the_votes(at):
    world = apart(at("council"), "member", "teller")
    world.people["m0"].add(Held("teller"))

    world.act(Cast("vote", "for"), "m0")

    assert world.refused(Close("vote"), "m0") == ["duties-apart"]
    assert world.act(Close("vote"), "teller")


def test_who_appraised_may_not_give_an_opinion(at):
    world = apart(at("consulted"), "department", "appraiser")
    world.people["appraiser"].add(Held("department", "d1"))

    assert world.refused(Answer("opinions", "agree"), "appraiser") == ["duties-apart"]
    assert world.act(Answer("opinions", "agree"), "d1")


def test_who_gave_an_opinion_may_not_vote(at):
    world = apart(at("consulted"), "member", "department")
    world.people["d0"].add(Held("member"))
    world.act(Answer("opinions", "agree"), "d0")
    world.act(Close("opinions"))

    world.act(Fire("convene", meeting="k1"))

    assert world.refused(Cast("vote", "for"), "d0") == ["duties-apart"]


def test_a_free_role_is_used_where_another_is_barred(at):
    world = at("appraisal")
    world.people["both"] = {Held("proposer", "u1"), Held("officer"), Held("appraiser")}
    world.act(Fire("consult"), "both")

    world.act(FILE, "both")

    assert world.body()["role"] == "officer"
    assert dict(world.dossier.acted)["officer"] == ("officer", "both")


def test_entering_for_another_needs_right_and_paper(at):
    world = at("appraisal")

    wrong = By("teller", for_="appraiser")
    assert world.refused(Fire("consult"), wrong) == ["ground-missing", "may-not-enter-for"]
    assert world.refused(Fire("consult"), By("officer", for_="appraiser")) == ["ground-missing"]
    assert world.refused(Fire("consult", ground=PAPER), wrong) == ["may-not-enter-for"]


def test_entering_for_another_is_shown_and_his_act(at):
    world = at("appraisal")

    world.act(Fire("consult", ground=PAPER), By("officer", for_="appraiser"))

    body = world.body()
    assert (body["by"], body["entered"], body["role"]) == ("appraiser", "officer", "appraiser")
    assert body["paper"] == {"number": "12", "symbol": "CV", "signed_on": "2018-06-08"}
    assert world.facts()[-1].private == {"paper.signer": "Trần Thị Bé"}
    assert world.dossier.acted["appraiser"] == ("appraiser",)


def test_right_of_the_one_who_enters_is_not_the_deciders(at):
    world = at("appraisal")

    codes = world.refused(Fire("consult", ground=PAPER), By("officer", for_="stranger"))

    assert codes == ["not-allowed"]


def test_answer_entered_for_a_department(at):
    world = at("consulted")
    entered = By("officer", for_="d0")

    assert world.refused(Answer("opinions", "agree"), entered) == ["ground-missing"]
    world.act(Answer("opinions", "agree", ground=PAPER), entered)

    assert world.task("department@d0").outcome == "agree"


def test_engine_with_a_person_behind_it_is_still_the_engine(at):
    world = at("appraisal")

    assert world.refused(Fire("consult"), By("engine", for_="appraiser")) == ["engine-may-not"]
    assert "not-allowed" in world.refused(Fire("consult"), By("officer", for_="engine"))


def test_ground_that_a_right_requires(at):
    world = at("consulted")
    may = {**world.procedure.may, "extend": Right(("officer",), ground_required=True)}
    world.procedure = replace(world.procedure, may=may)

    assert world.refused(Extend("opinions", SOON, note="xin thêm")) == ["ground-missing"]
    world.act(Extend("opinions", SOON, ground=PAPER, note="xin thêm"))

    assert world.task("department@d0").due_on == SOON


def test_actions_say_what_is_allowed_and_why_not(at):
    world = at("consulted")
    view = world.view(Fire("convene"), By("officer"))

    found = {each.act: each for each in actions(world.rules, view, By("officer"), world.now)}

    assert [each.code for each in found["convene"].reasons] == ["round-still-open"]
    assert [found[act].allowed for act in ("extend", "close", "reply")] == [True, True, False]
    assert "create" not in found
    assert "withdraw" not in found


OVER = {**dict.fromkeys(("return", "hold", "recall", "extend", "reply", "ask"), "dossier-final"),
        "assign": "nothing-to-assign"}  # fmt: skip
STAYS = {"transfer": "accepted-already"}
HELD = dict.fromkeys(("return", "hold", "recall", "extend"), "paused")


@pytest.mark.parametrize(("state", "act", "barred"), [
    ("proposed", None, {"recall": "nothing-to-recall", "release": "not-held"}),
    ("appraisal", None, {"release": "not-held", **STAYS}),
    ("appraisal", Hold(note="đơn"), {**HELD, **STAYS}),
    ("appraisal", Withdraw(), {**OVER, "release": "not-held", **STAYS}),
])  # fmt: skip
def test_actions_are_those_that_the_dossier_can_bear(at, state, act, barred):
    world = at(state)
    if act is not None:
        world.act(act, "proposer" if isinstance(act, Withdraw) else "officer")

    view = world.view(Hold(), By("officer"))
    found = actions(world.rules, view, By("officer"), world.now)

    own = {each.act: each.reasons[0].code for each in found if each.reasons and not each.label}
    never = {"reply": "nothing-to-reply", "close": "nothing-to-close"}
    assert own == {**never, **barred, "recuse": "nothing-to-recuse"}


def test_actions_name_the_tasks_of_a_seat(at):
    asked, voting = at("consulted"), at("council")

    mine = [
        (world, actor, _tasks(world, actor)) for world, actor in [(asked, "d1"), (voting, "m3")]
    ]

    assert [found for _, _, found in mine] == [[("answer", "opinions")], [("cast", "vote")]]
    assert _tasks(asked, "stranger") == []


def _tasks(world, actor):
    view = world.view(Fire("convene"), By(actor))
    found = actions(world.rules, view, By(actor), world.now)
    return [(each.act, each.on) for each in found if each.on is not None]
