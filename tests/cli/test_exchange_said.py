"""The exchange in a round at the command line."""

import pytest

from thidua.definitions import shipped

CAMPAIGN = "dh-2018"
BACGIANG = ("--as", "user:bg", "--paper-number", "45", "--paper-symbol", "STP-VP",
            "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc (giả định)")  # fmt: skip
PAPERLESS = ("--seat", "stp-bac-giang")


def seat_of(terminal, unit="bac-giang"):
    seats = terminal.json("rounds", "status", "opinions")["seats"]
    return next(seat for seat in seats if seat["seat"].endswith(unit))


def test_who_looks_is_recorded_once(consulted):
    told = consulted.json("rounds", "look", "opinions", *PAPERLESS, *BACGIANG)
    again = consulted.json("rounds", "look", "opinions", *PAPERLESS, *BACGIANG)

    assert [row["dossier"] for row in told["dossiers"]] == ["HS-1", "HS-2", "HS-3"]
    assert again["question"]
    assert seat_of(consulted)["states"] == {"opened": 3}


def test_more_is_asked_and_told_in_the_history(consulted):
    done = consulted.ok("rounds", "request", "opinions", "--note", "Gửi kèm quyết định",
                        "--file", "paper.txt", "--yes")  # fmt: skip
    events = consulted.json("dossiers", "history", "HS-1")["events"]
    looked = consulted.ok("rounds", "look", "opinions", *PAPERLESS, *BACGIANG).out

    assert "HS-1" in done.out
    assert "Gửi kèm quyết định" in looked
    assert "paper.txt" in looked
    assert "Kèm mục" in consulted.ok("dossiers", "show", "HS-1").out
    assert events[-1]["act"] == "request"
    assert "Đề nghị thêm thông tin" in events[-1]["text"]


def test_a_seat_is_excused_and_included_again(consulted):
    consulted.ok("rounds", "excuse", "opinions", "stp-bac-giang", "--note", "bão lụt", "--yes")
    assert seat_of(consulted)["states"] == {"excused": 3}
    consulted.ok("rounds", "include", "opinions", "stp-bac-giang", "--note", "hỏi lại", "--yes")

    assert seat_of(consulted)["missing"] == 3
    assert "đã gửi hỏi" in consulted.ok("rounds", "status", "opinions").out


def test_cancelling_shows_what_it_would_do_and_says_yes_first(consulted):
    before = consulted.digest()
    dry = consulted.ok("rounds", "cancel", "opinions", "--note", "sai", "--dry-run")
    asked = consulted.run("rounds", "cancel", "opinions", "--note", "sai")

    assert "HS-3" in dry.out
    assert (asked.code, consulted.digest()) == (2, before)


def test_who_is_told_is_said_before_it_is_done(consulted):
    cancel = ("rounds", "cancel", "opinions", "--note", "sai câu hỏi")
    excuse = ("rounds", "excuse", "opinions", "stp-bac-giang", "--note", "bão lụt")
    assert "chưa nơi nào được gửi đề nghị" in consulted.ok(*cancel, "--dry-run").out
    consulted.ok("mails", "send")
    for line in consulted.json("paper-list")["lines"]:
        consulted.ok("paper-list", "--done", line["code"])

    both, one = consulted.ok(*cancel, "--dry-run").out, consulted.run(*excuse).out
    none = consulted.run("rounds", "cancel", "opinions", "--yes")

    said = "Báo cho 2 nơi, kèm lý do đã ghi: Sở Tư pháp tỉnh Bắc Giang; Sở Tư pháp tỉnh Bến Tre."
    assert both.startswith(said)
    assert one.count("Báo cho 1 nơi, kèm lý do đã ghi: Sở Tư pháp tỉnh Bắc Giang.") == 1
    assert "áo cho" not in none.out


def test_a_cancelled_round_is_opened_anew(consulted):
    consulted.ok("rounds", "cancel", "opinions", "--note", "sai câu hỏi", "--yes")
    consulted.ok("rounds", "reopen", "opinions", "--note", "đúng câu hỏi", "--yes")

    rounds = consulted.json("rounds", "list")["rounds"]
    assert [r["running"] for r in rounds if r["name"] == "opinions"] == [0, 3]


@pytest.mark.parametrize(("words", "code", "codes"), [
    (("rounds", "reopen", "opinions", "HS-1", "--note", "x"), 1, ["round-runs"]),
    (("rounds", "cancel", "opinions", "HS-1"), 1, ["note-missing"]),
    (("rounds", "excuse", "opinions", "nobody", "--note", "x"), 4, ["seat-not-asked"]),
    (("rounds", "include", "opinions", "stp-99", "--note", "x"), 1, ["nobody-sits"]),
    (("rounds", "cancel", "opinions", "HS-9", "--note", "x"), 4, ["not-on-list"]),
    (("rounds", "answer-back", "opinions", "stp-bac-giang", "HS-1", "--note", "x"), 1,
     ["not-allowed"]),
])  # fmt: skip
def test_bad_word_changes_nothing(consulted, words, code, codes):
    before = consulted.digest()

    told = consulted.run(*words)

    assert (told.code, told.reasons) == (code, codes)
    assert consulted.digest() == before


def test_information_is_sent_unasked(consulted):
    consulted.ok("dossiers", "inform", "HS-1", "--seat", "stp-bac-giang", "--note", "đã khen",
                 "--file", "paper.txt", *BACGIANG)  # fmt: skip

    assert consulted.json("dossiers", "history", "HS-1")["events"][-1]["act"] == "inform"


def test_reply_to_a_disagreement_takes_files(consulted):
    consulted.ok("rounds", "answer", "opinions", "agree", *PAPERLESS, "--except",
                 "HS-2=disagree:chưa rõ", *BACGIANG)  # fmt: skip
    consulted.ok("dossiers", "reply", "HS-2", "opinions", "stp-bac-giang", "--note", "đã rõ",
                 "--file", "paper.txt")  # fmt: skip

    kinds = {each["kind"] for each in consulted.json("dossiers", "show", "HS-2")["documents"]}
    assert any(kind.startswith("enclosed:") for kind in kinds)


def test_what_is_not_as_usual_stands_on_top(consulted):
    consulted.ok("rounds", "answer", "opinions", "agree", *PAPERLESS, "--except",
                 "HS-2=disagree:chưa rõ", *BACGIANG)  # fmt: skip

    listed = consulted.json("dossiers", "list", "--exceptions")["dossiers"]
    assert listed[0]["id"] == "HS-2"
    assert [e["kind"] for e in listed[0]["exceptions"]] == ["disagreement_open"]
    assert "không đồng ý, chưa giải trình" in consulted.ok("dossiers", "list", "--exceptions").out
    shown = consulted.ok("dossiers", "show", "HS-2").out
    assert "Không đồng ý, chưa giải trình: Sở Tư pháp tỉnh Bắc Giang" in shown
    assert consulted.json("dossiers", "show", "HS-1")["exceptions"] == []


@pytest.fixture
def talking(office):
    """An office whose procedure lets units ask back, and wants their heads' word."""
    text = shipped()["exemplar-selection"].read_text(encoding="utf-8")
    declared = """    silence: continue
    confirm: {by: head, number: required}
    ask_back: {answer: officer, clock: stops}
"""
    text = text.replace("    silence: continue\n", declared, 1)
    text = text.replace("procedure: exemplar-selection", "procedure: talking", 1)
    office.write("talking.yaml", text)
    office.ok("procedures", "store", "talking.yaml", "--demo")
    office.write("heads.csv", "actor,role,unit,from_on,to_on,ground\n"
                 "user:m1,head,stp-bac-giang,01/01/2018,,Quyết định 14\n")  # fmt: skip
    office.ok("roles", "import", "heads.csv")
    office.ok("submissions", "import", "submissions.csv")
    office.ok("dossiers", "import", "dossiers.csv", "--procedure", "talking",
              "--submission", "tt-1", "--campaign", CAMPAIGN)  # fmt: skip
    office.consult()
    office.now = "2018-06-14T09:00"
    return office


def test_a_unit_drafts_and_its_head_confirms(talking):
    talking.ok("rounds", "prepare", "opinions", "agree", *PAPERLESS, "--except",
               "HS-2=disagree:chưa rõ", *BACGIANG)  # fmt: skip
    inbox = talking.ok("inbox", as_="user:m1").out
    seen = talking.json("rounds", "look", "opinions", *PAPERLESS, *BACGIANG)["dossiers"]

    assert "rounds confirm opinions" in inbox
    assert [row["draft"] for row in seen] == ["agree", "disagree", "agree"]
    unnumbered = talking.run("rounds", "confirm", "opinions", "--as", "user:m1", "--paper-symbol",
                             "STP-VP")  # fmt: skip
    assert unnumbered.code == 1
    told = talking.json("rounds", "confirm", "opinions", "--as", "user:m1", *BACGIANG[2:])
    assert (told["taken"], told["refused"]) == (["HS-1", "HS-2", "HS-3"], [])
    assert seat_of(talking)["states"] == {"received": 3}


def test_a_question_goes_to_the_officers_inbox_and_back(talking):
    talking.ok("rounds", "ask-back", "opinions", "HS-1", *PAPERLESS, "--note", "Năm nào?",
               *BACGIANG)  # fmt: skip
    inbox = talking.ok("inbox").out
    assert "rounds answer-back opinions" in inbox
    assert "hỏi lại, chờ trả lời" in talking.ok("dossiers", "show", "HS-1").out
    asks = talking.json("dossiers", "show", "HS-1")["asks"]
    assert {ask["state"] for ask in asks} == {"asked_back", "asked"}
    assert "trả lời câu hỏi của đơn vị" in inbox

    talking.ok("rounds", "answer-back", "opinions", "stp-bac-giang", "--note", "Năm 2017")

    assert "rounds answer-back" not in talking.ok("inbox").out
    events = talking.json("dossiers", "history", "HS-1")["events"]
    assert [event["act"] for event in events[-2:]] == ["ask_back", "answer_back"]


def test_a_units_id_is_enough_where_several_roles_are_asked(office):
    text = shipped()["exemplar-selection"].read_text(encoding="utf-8")
    text = text.replace('version: "2018.2"', 'version: "9"')
    one = "{role: department, units: {same: cluster}, if_none: skip, own_head: skip,"
    one += " own_proposal: skip}"
    two = f"[{{role: appraiser, units: all, if_none: skip}}, {one}]"
    assert one in text
    office.write("p.yaml", text.replace(one, two))
    office.ok("procedures", "store", "p.yaml", "--demo")
    office.write("more.csv", "id,kind,name,from_on\nstp-hai-duong,department,Sở,01/01/2018\n")
    held = "user:bg,department,stp-hai-duong,01/01/2018\n"
    office.write("held.csv", f"actor,role,unit,from_on\n{held}")
    office.ok("units", "import", "more.csv")
    office.ok("roles", "import", "held.csv")
    office.ok("submissions", "import", "submissions.csv")
    office.ok("dossiers", "import", "dossiers.csv", "--procedure", "exemplar-selection@9",
              "--submission", "tt-1", "--campaign", CAMPAIGN)  # fmt: skip
    office.consult()

    office.ok("rounds", "include", "opinions", "stp-hai-duong", "--note", "có liên quan", "--yes")

    assert seat_of(office, "hai-duong")["seat"] == "department@stp-hai-duong"
