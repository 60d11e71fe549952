"""Meetings at the command line."""

import pytest


def test_add_then_list(office):
    made = office.json("meetings", "add", "Phiên họp xét", "22/05/2018", "--id", "hop-1")
    office.ok("meetings", "add", "Phiên họp sớm", "2018-05-02")

    listed = office.json("meetings", "list")["meetings"]

    assert made == {
        "id": "hop-1", "title": "Phiên họp xét", "held_on": "2018-05-22", "council": None,
    }  # fmt: skip
    assert [each["title"] for each in listed] == ["Phiên họp sớm", "Phiên họp xét"]
    assert listed[1]["dossiers"] == 0


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "Đã triệu tập phiên họp hop-1"), ("en", "Called the meeting hop-1")]
)
def test_add_speaks_both_languages(office, lang, said):
    told = office.ok("meetings", "add", "Họp", "22/05/2018", "--id", "hop-1", "--lang", lang)

    assert said in told.out


@pytest.mark.parametrize(
    ("words", "operator", "code", "codes"),
    [
        (("Họp", "32/05/2018"), "user:lan", 2, ["usage"]),
        (("Họp", "22/05/2018"), "user:m1", 1, ["not-allowed"]),
        (("Họp",), "user:lan", 2, ["usage"]),
    ],
)
def test_add_of_bad_input_changes_nothing(office, words, operator, code, codes):
    before = office.digest()

    told = office.run("meetings", "add", *words, THIDUA_OPERATOR=operator)

    assert (told.code, told.reasons) == (code, codes)
    assert office.digest() == before


def test_add_of_a_used_id_is_refused(council):
    told = council.run("meetings", "add", "Họp", "22/05/2018", "--id", "hop-1")

    assert (told.code, told.reasons) == (1, ["id-taken"])


def test_list_counts_dossiers(council):
    (meeting,) = council.json("meetings", "list")["meetings"]

    assert (meeting["id"], meeting["dossiers"]) == ("hop-1", 3)
