"""Mails and the phone-and-paper list at the command line."""

import pytest

HELD_ON, CALLED_ON = "2018-06-20T08:30", "2018-06-21T08:30"


@pytest.fixture
def sent(consulted):
    """One department has got its letter; the other has no mailbox."""
    consulted.ok("mails", "send")
    return consulted


@pytest.fixture
def holding(consulted):
    """Two reminders to heads wait for an officer's word."""
    consulted.now = HELD_ON
    consulted.ok("run", "--once")
    return consulted


def eml(terminal):
    """The letters in the folder."""
    return sorted((terminal.folder / "thidua-mails").glob("*.eml"))


def test_send_tells_how_many_and_where(consulted):
    told = consulted.json("mails", "send")

    assert (told["made"], told["sent"], told["paper"]) == (1, 1, 3)
    assert told["where"].endswith("thidua-mails")
    assert len(eml(consulted)) == 1


def test_send_again_sends_nothing_twice(sent):
    told = sent.json("mails", "send", "--again")

    assert (told["made"], told["sent"], told["again"]) == (0, 0, 0)
    assert len(eml(sent)) == 1


def test_send_ends_with_1_when_a_mail_could_not_go(consulted):
    (consulted.folder / "blocked").write_text("")

    told = consulted.run("mails", "send", THIDUA_MAILS=str(consulted.folder / "blocked"))

    assert told.code == 1
    assert "1 thư chưa gửi được" in told.err
    (mail,) = consulted.json("mails", "list", "--status", "retry")["mails"]
    assert mail["trouble"]["code"] == "mail-temporary"


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "đề nghị cho ý kiến"), ("en", "opinion requested")]
)
def test_list_says_what_each_is_about(sent, lang, said):
    told = sent.ok("mails", "list", "--lang", lang)

    assert said in told.out
    assert "Sở Tư pháp tỉnh Bắc Giang" in told.out


def test_list_for_programs(sent):
    (mail,) = sent.json("mails", "list")["mails"]

    assert mail["owner"] == "stp-bac-giang"
    assert mail["templates"] == ["opinion_requested"]
    assert (mail["status"], mail["dossiers"], mail["trouble"]) == ("sent", 3, None)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--status", "sent"), 1),
        (("--status", "dead"), 0),
        (("--to", "stp-bac-giang"), 1),
        (("--to", "stp-ben-tre"), 0),
        (("--since", "13/06/2018"), 1),
        (("--since", "14/06/2018"), 0),
        (("--limit", "1"), 1),
    ],
)
def test_list_narrows(sent, words, count):
    assert len(sent.json("mails", "list", *words)["mails"]) == count


def test_show_renders_the_text_and_writes_the_html(sent):
    (mail,) = sent.json("mails", "list")["mails"]
    page = sent.folder / "mail.html"

    told = sent.ok("mails", "show", mail["id"][-8:], "--html", str(page))

    assert "stp@bacgiang.example" in told.out
    assert "Nguyễn Văn Ấn" in told.out
    assert "Nguyễn Văn Ấn" in page.read_text(encoding="utf-8")


def test_what_is_held_about_a_person_has_numbers_of_what_is_classified_since(council):
    council.ok("mails", "send")
    council.ok("dossiers", "classify", "HS-1", "secret", "--paper-number", "9", "--paper-date",
               "01/06/2018")  # fmt: skip
    council.ok("people", "export", "user:m1", "--to", str(council.folder / "xuat"))

    held = (council.folder / "xuat" / "du-lieu.json").read_text(encoding="utf-8")
    assert ('"reference"' in held, "Ấn" in held) == (True, False)


def test_show_of_what_is_classified_since_has_numbers_alone(sent):
    (mail,) = sent.json("mails", "list")["mails"]
    page = sent.folder / "mail.html"
    sent.ok("dossiers", "classify", "HS-1", "secret", "--paper-number", "9", "--paper-date",
            "01/06/2018")  # fmt: skip

    told = sent.ok("mails", "show", mail["id"], "--html", str(page)).out

    assert "Trong thư có hồ sơ mật" in told
    assert [name in told for name in ("HS-1", "HS-2", "Ấn", "Lấy ý kiến")] == [
        True,
        True,
        False,
        False,
    ]
    assert "Ấn" not in page.read_text(encoding="utf-8")
    assert sent.json("mails", "show", mail["id"])["closed"] is True


@pytest.mark.parametrize("ref", ["zz", "%", ""])
def test_show_of_an_unknown_mail(sent, ref):
    told = sent.run("mails", "show", ref)

    assert (told.code, told.reasons) == (4, ["unknown-mail"])


def test_show_of_an_ambiguous_id_names_the_mails(sent):
    sent.now = "2018-06-19T08:30"
    sent.ok("run", "--once")

    told = sent.run("mails", "show", sent.json("mails", "list")["mails"][0]["id"][:4])

    assert (told.code, told.reasons) == (1, ["which-mail"])


def test_held_names_who_has_not_answered(holding):
    lines = holding.json("mails", "held")["held"]

    assert [(line["seat"], line["asked"]) for line in lines] == [
        ("head@stp-bac-giang", ["department@stp-bac-giang"]),
        ("head@stp-ben-tre", ["department@stp-ben-tre"]),
    ]


@pytest.mark.parametrize("by", ["number", "code"])
def test_release_lets_the_named_line_go(holding, by):
    first, second = holding.json("mails", "held")["held"]

    told = holding.json("mails", "release", str(first[by]))

    assert [line["code"] for line in told["released"]] == [first["code"]]
    assert [line["code"] for line in holding.json("mails", "held")["held"]] == [second["code"]]


def test_release_of_all_asks_first(holding):
    before = holding.digest()

    told = holding.run("mails", "release")

    assert (told.code, told.reasons) == (2, ["release-which"])
    assert holding.digest() == before
    assert len(holding.json("mails", "release", "--all")["released"]) == 2


@pytest.mark.parametrize("verb", ["release", "drop"])
@pytest.mark.parametrize(
    ("operator", "line", "code", "codes"),
    [("user:lan", "9", 4, ["unknown-held-line"]), ("user:m1", "1", 1, ["not-allowed"])],
)
def test_bad_word_about_held_reminders_changes_nothing(holding, verb, operator, line, code, codes):
    before = holding.digest()

    told = holding.run("mails", verb, line, THIDUA_OPERATOR=operator)

    assert (told.code, told.reasons) == (code, codes)
    assert holding.digest() == before


def test_drop_forgets_the_line(holding):
    holding.ok("mails", "drop", "1")

    assert len(holding.json("mails", "held")["held"]) == 1


def test_hold_stops_everything_until_resume(consulted):
    consulted.ok("mails", "hold")

    told = consulted.run("mails", "send", "--lang", "en")

    assert "All mail is held" in told.err
    assert eml(consulted) == []
    consulted.ok("mails", "resume")
    assert consulted.json("mails", "send")["sent"] == 1


def test_resume_may_drop_what_was_held(consulted):
    consulted.ok("mails", "hold")

    told = consulted.json("mails", "resume", "--drop")

    assert told["dropped"] == 6
    assert consulted.json("mails", "send")["made"] == 0


def test_paper_list_says_whom_to_call_about_what(sent):
    (line,) = sent.json("paper-list")["lines"]

    assert (line["name"], line["phone"], line["way"]) == (
        "Sở Tư pháp tỉnh Bến Tre",
        "0275",
        "phone",
    )
    assert [each["id"] for each in line["dossiers"]] == ["HS-1", "HS-2", "HS-3"]
    assert line["due_on"] == "2018-06-22"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", ("điện thoại 0275", "Hạn 22/06/2018")), ("en", ("telephone 0275", "Due 22/06/2018"))],
)
def test_paper_list_can_be_printed(sent, lang, words):
    told = sent.ok("paper-list", "--lang", lang)

    assert all(word in told.out for word in words)
    assert max(len(line) for line in told.out.splitlines()) <= 92


def test_paper_list_says_who_is_charged_with_the_call(holding):
    holding.now = CALLED_ON
    holding.ok("run", "--once")

    lines = holding.json("paper-list")["lines"]

    assert {line["by_name"] for line in lines} == {"Chuyên viên cơ quan Thường trực Hội đồng"}


@pytest.mark.parametrize("by", ["number", "code"])
def test_line_that_was_told_leaves_the_list(sent, by):
    (line,) = sent.json("paper-list")["lines"]

    told = sent.ok("paper-list", "--done", str(line[by]), "--note", "Đã gọi ông An")

    assert "Sở Tư pháp tỉnh Bến Tre" in told.out
    assert sent.json("paper-list")["lines"] == []


@pytest.mark.parametrize(
    ("operator", "line", "code", "codes"),
    [("user:lan", "9", 4, ["unknown-paper-line"]), (None, "1", 2, ["operator-unknown"])],
)
def test_bad_word_about_the_paper_list_changes_nothing(sent, operator, line, code, codes):
    sent.who = operator
    before = sent.digest()

    told = sent.run("paper-list", "--done", line)

    assert (told.code, told.reasons) == (code, codes)
    assert sent.digest() == before
