"""Decisions at the command line: drawn up, numbered, applied line by line, listed."""

import pytest

NUMBER = ("--paper-number", "9932", "--paper-symbol", "QĐ-BTP", "--paper-date", "11/06/2018",
          "--signer", "Nguyễn Văn Mẫu", "--capacity", "KT.")  # fmt: skip
DRAFT = ("decisions", "draft", "Quyết định công nhận", "--trigger", "grant", "--id", "QD-1")


@pytest.fixture
def submitted(council):
    """HS-1 and HS-3 are chosen and put to the minister; HS-2 is not chosen."""
    council.ok(
        "votes", "count", "vote", "counts.csv", as_="user:kiem", **{"THIDUA_OPERATOR": "user:kiem"}
    )
    return council


@pytest.fixture
def drafted(submitted):
    """A decision for both, not numbered."""
    submitted.ok(*DRAFT, "--state", "submitted", "--yes")
    return submitted


@pytest.fixture
def numbered(drafted):
    """The same, entered by the registry."""
    drafted.ok("decisions", "number", "QD-1", *NUMBER)
    return drafted


def test_draft_takes_those_that_can_and_tells_the_rest(submitted):
    told = submitted.run(*DRAFT, "HS-1", "HS-2", "HS-3", "--yes", "--json")

    assert told.code == 1
    assert (told.json["id"], told.json["drafted"], told.json["left_out"]) == ("QD-1", 2, 1)
    reasons = {line["id"]: [r["code"] for r in line["reasons"]] for line in told.json["lines"]}
    assert reasons == {"HS-1": [], "HS-2": ["not-from-here"], "HS-3": []}
    lines = submitted.json("decisions", "show", "QD-1")["lines"]
    assert [line["dossier_id"] for line in lines] == ["HS-3", "HS-1"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("HS-2", "--yes"), ["not-from-here"]),
        (("HS-1", "HS-2", "--yes", "--all-or-nothing"), ["not-from-here"]),
        (("HS-1", "HS-9", "--yes", "--all-or-nothing"), ["unknown-dossier"]),
        (("--state", "nowhere", "--yes"), ["unknown-state"]),
        (("--yes",), ["none-chosen"]),
        (("HS-1", "--state", "submitted"), ["ids-and-more"]),
        (("--state", "submitted"), ["say-yes"]),
        (("HS-1", "--changes", "QD-0"), ["unknown-decision"]),
    ],
)
def test_draft_of_bad_input_changes_nothing(submitted, words, codes):
    before = submitted.digest()

    told = submitted.run(*DRAFT, *words)

    assert told.code != 0
    assert told.reasons[-len(codes) :] == codes
    assert submitted.digest() == before


def test_draft_with_an_unknown_trigger_names_those_there_are(submitted):
    told = submitted.run("decisions", "draft", "Quyết định", "HS-1", "--trigger", "gift")

    assert told.code == 1
    assert told.reasons == ["unknown-trigger"]
    assert "grant" in told.err


def test_draft_previews_the_lines(submitted):
    before = submitted.digest()

    told = submitted.ok(*DRAFT, "--state", "submitted", "--dry-run", "--lang", "en")

    assert "Nguyễn Văn Ấn" in told.out
    assert "2 lines" in told.out
    assert "nothing was written" in told.out
    assert submitted.digest() == before


def test_draft_of_a_used_id_is_refused(drafted):
    told = drafted.run(*DRAFT, "HS-1")

    assert (told.code, told.reasons) == (1, ["id-taken"])


def test_draft_needs_the_right(submitted):
    told = submitted.run(*DRAFT, "HS-1", THIDUA_OPERATOR="user:m1")

    assert (told.code, told.reasons) == (1, ["not-allowed"])


def test_number_tells_the_paper(drafted):
    told = drafted.ok("decisions", "number", "QD-1", *NUMBER, "--lang", "en")

    assert "9932/QĐ-BTP, of 11/06/2018, signed KT. Nguyễn Văn Mẫu" in told.out


@pytest.mark.parametrize(
    ("words", "code", "codes"),
    [
        (("QD-1",), 1, ["decision-unsigned"]),
        (("QD-1", "--paper-number", "1"), 1, ["decision-unsigned"]),
        (("QD-9", *NUMBER), 4, ["unknown-decision"]),
    ],
)
def test_number_of_bad_input_changes_nothing(drafted, words, code, codes):
    before = drafted.digest()

    told = drafted.run("decisions", "number", *words)

    assert (told.code, told.reasons) == (code, codes)
    assert drafted.digest() == before


def test_apply_moves_every_line_and_seals(numbered):
    told = numbered.json("decisions", "apply", "QD-1", as_="user:bt")

    assert (told["done"], told["left"], told["finished"]) == (2, 0, True)
    assert numbered.states()["HS-1"] == numbered.states()["HS-3"] == "decided"
    (listed,) = numbered.json("decisions", "list")["decisions"]
    assert (listed["number"], listed["lines"], listed["applied"]) == ("9932/QĐ-BTP", 2, 2)
    assert listed["status"] == "applied"


def test_apply_again_does_nothing(numbered):
    numbered.ok("decisions", "apply", "QD-1", as_="user:bt")
    before = numbered.digest()

    told = numbered.json("decisions", "apply", "QD-1", as_="user:bt")

    assert (told["done"], told["finished"]) == (0, True)
    assert numbered.digest() == before


def test_apply_goes_on_past_a_stale_line(numbered):
    numbered.ok("dossiers", "hold", "HS-1", "--note", "Có đơn khiếu nại")
    numbered.ok("dossiers", "release", "HS-1", "--note", "Đơn không đúng")

    told = numbered.run("decisions", "apply", "QD-1", "--json", as_="user:bt")

    assert told.code == 3
    assert (told.json["done"], told.json["left"], told.json["finished"]) == (1, 1, False)
    (stale,) = [d for d in told.json["dossiers"] if not d["done"]]
    assert (stale["dossier"], stale["reasons"][0]["code"]) == ("HS-1", "seen-again")
    assert numbered.states()["HS-3"] == "decided"
    assert numbered.json("decisions", "list")["decisions"][0]["status"] == "numbered"


def test_apply_by_whoever_may_not_is_refused_line_by_line(numbered):
    told = numbered.run("decisions", "apply", "QD-1")

    assert told.code == 1
    assert told.reasons == ["not-allowed"]  # said once for both
    assert "2 hồ sơ (HS-1" in told.err
    assert "2 trường hợp chưa thực hiện" in told.out


@pytest.mark.parametrize(
    ("decision", "operator", "code", "codes"),
    [
        ("QD-9", "user:lan", 4, ["unknown-decision"]),
        ("QD-1", "user:bt", 1, ["not-allowed"]),
    ],
)
def test_apply_of_bad_input_changes_nothing(numbered, decision, operator, code, codes):
    before = numbered.digest()

    told = numbered.run("decisions", "apply", decision, THIDUA_OPERATOR=operator)

    assert (told.code, told.reasons) == (code, codes)
    assert numbered.digest() == before


def test_apply_before_the_number_is_refused(drafted):
    told = drafted.run("decisions", "apply", "QD-1", as_="user:bt")

    assert (told.code, told.reasons) == (1, ["decision-unsigned"])


def test_apply_can_be_tried(numbered):
    before = numbered.digest()

    told = numbered.ok("decisions", "apply", "QD-1", "--dry-run", as_="user:bt")

    assert "Sẽ thực hiện 2 hồ sơ" in told.out
    assert numbered.digest() == before


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", ("Danh sách kèm theo: 2", "tập thể")), ("en", ("Annex: 2 lines", "collective"))],
)
def test_show_prints_the_annex(drafted, lang, words):
    told = drafted.ok("decisions", "show", "QD-1", "--lang", lang)

    assert all(word in told.out for word in words)


def test_show_of_an_unknown_decision(drafted):
    told = drafted.run("decisions", "show", "QD-9")

    assert (told.code, told.reasons) == (4, ["unknown-decision"])


@pytest.fixture
def stale(numbered):
    """HS-1 was held after the draft; HS-3 is applied."""
    numbered.ok("dossiers", "hold", "HS-1", "--note", "Có đơn khiếu nại")
    numbered.ok("dossiers", "release", "HS-1", "--note", "Đơn không đúng")
    numbered.run("decisions", "apply", "QD-1", as_="user:bt")
    return numbered


def test_stale_line_is_applied_after_another_look(stale):
    stale.ok("decisions", "again", "QD-1", "HS-1")

    told = stale.run("decisions", "apply", "QD-1", "--json", as_="user:bt")

    assert (told.code, told.json["finished"]) == (0, True)
    assert stale.states()["HS-1"] == "decided"


def test_struck_line_lets_the_decision_finish(stale):
    stale.ok("decisions", "strike", "QD-1", "HS-1", "--note", "Chờ xác minh")

    told = stale.run("decisions", "apply", "QD-1", "--json", as_="user:bt")

    assert (told.code, told.json["finished"]) == (0, True)
    assert stale.states()["HS-1"] == "submitted"


@pytest.mark.parametrize(
    ("words", "code", "codes"),
    [
        (("strike", "QD-1", "HS-1"), 1, ["note-missing"]),
        (("strike", "QD-1", "HS-3", "--note", "nhầm"), 4, ["unknown-line"]),
        (("again", "QD-1", "HS-3"), 4, ["unknown-line"]),
        (("again", "QD-9", "HS-1"), 4, ["unknown-decision"]),
    ],
)
def test_line_that_can_not_be_amended_changes_nothing(stale, words, code, codes):
    before = stale.digest()

    told = stale.run("decisions", *words)

    assert (told.code, told.reasons) == (code, codes)
    assert stale.digest() == before
