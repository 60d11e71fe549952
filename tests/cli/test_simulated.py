"""A procedure played by synthetic dossiers, as people type it."""

import json

import pytest

SAID = ("procedures", "simulate", "ministers-certificate", "--dossiers", "12", "--seed", "7")
LEAST = 'format: 1\nassumption: {vi: "Giả định của tổ", en: "Assumed by us"}\n'


def test_what_it_would_take_is_told_with_what_it_rests_on(terminal):
    told = terminal.ok(*SAID).out

    assert "12 hồ sơ giả, mầm 7" in told
    assert "chưa đo ở cơ quan nào" in told
    for heading in ("Bao lâu sau khi đề nghị", "Có quyết định", "Quá hạn theo việc",
                    "Hồ sơ đọng ở đâu", "Thư mỗi người nhận"):  # fmt: skip
        assert heading in told
    english = terminal.ok(*SAID, "--lang", "en").out
    assert "measured nowhere" in english
    assert "Where the queue stands" in english


def test_the_same_seed_gives_the_same_answer(terminal):
    one, again = terminal.json(*SAID), terminal.json(*SAID)

    assert one == again
    (played,) = one["simulations"]
    assert played["ended"] + played["running"] + played["refused"] == 12
    decided = played["came"][0]
    assert decided["kind"] == "decision"
    assert decided["dossiers"] == sum(played["decisions"].values())
    assert decided["days"]["median"] <= decided["days"]["p90"] <= decided["days"]["worst"]
    other = terminal.json(*SAID[:-1], "8")
    assert other["simulations"] != one["simulations"]


def test_two_side_by_side(terminal):
    found = terminal.json(*SAID, "--against", "exemplar-selection")

    assert [s["procedure"] for s in found["simulations"]] == [
        "ministers-certificate", "exemplar-selection",
    ]  # fmt: skip
    told = terminal.ok(*SAID, "--against", "exemplar-selection").out
    assert told.count("Hồ sơ đọng ở đâu") == 2


def test_behaviour_of_ones_own(terminal):
    file = terminal.write(
        "hanh-vi.yaml", LEAST + "votes: {against: 1}\nrecuse: 0.5\npeople: {member: 9}\n"
    )

    (played,) = terminal.json(*SAID, "--behaviour", file)["simulations"]

    assert played["outcomes"] == {"not_passed": 12}
    told = terminal.ok(*SAID, "--behaviour", file).out
    assert "Giả định của tổ" in told
    assert "lượt thành viên từ chối tham gia" in told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LEAST + "steps: {acept: 0.1}\n", "behaviour-name"),
        (LEAST + "votes: {for: 0.1}\n", "behaviour-shares"),
        ("format: 1\n", "behaviour-value"),
    ],
)
def test_a_behaviour_that_says_nothing_is_refused(terminal, text, code):
    file = terminal.write("hanh-vi.yaml", text)

    told = terminal.run(*SAID, "--behaviour", file)

    assert (told.code != 0, told.reasons) == (True, [code])


def test_the_queue_is_drawn(terminal):
    pytest.importorskip("matplotlib")
    one, other = (terminal.folder / name for name in ("a.svg", "b.svg"))

    terminal.ok(*SAID, "--plot", str(one))
    terminal.ok(*SAID, "--plot", str(other))

    assert one.read_bytes() == other.read_bytes()
    assert one.read_text(encoding="utf-8").startswith("<?xml")
    assert terminal.run(*SAID, "--plot", "a.gif").reasons == ["plot-ending"]


def test_what_could_not_go_on_is_said(terminal):
    file = terminal.write("hanh-vi.yaml", LEAST + "fields: {category: head, years: 1}\n")
    medal = ("procedures", "simulate", "commemorative-medal", "--dossiers", "3")
    told = terminal.ok(*medal, "--behaviour", file).out

    assert "Hồ sơ không đi tiếp được" in told
    assert "--behaviour" in told
    one = terminal.ok(*medal[:-1], "1", "--behaviour", file, "--lang", "en").out
    assert "1 dossier: " in one


def test_nothing_is_needed_of_a_database(terminal):
    assert json.loads(terminal.ok(*SAID, "--json").out)
    assert not (terminal.folder / "thidua.db").exists()


def test_a_title_that_every_member_is_for_is_decided(terminal):
    years = 'title_year_1: "2016", title_year_2: "2017", second_title_on: 2017-06-01'
    fields = f'fields: {{{years}, national_use: "yes"}}'
    text = f"{LEAST}present: 1\nvotes: {{for: 1}}\n{fields}\n"
    said = ("procedures", "simulate", "national-emulation-title", "--dossiers", "5")

    (played,) = terminal.json(*said, "--behaviour", terminal.write("all.yaml", text))["simulations"]

    assert played["came"][0]["dossiers"] > 0
