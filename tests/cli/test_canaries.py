"""Unique words in every secret value, looked for in all that every command tells every role."""

from typing import Any

import pytest

ANSWER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "Hà Giám Đốc")
OBJECTION, GROUND, SIGNER, COUNTED = "chimhoamioanh", "chimkhuou", "Chim Chích Chòe", "chimsonca"
OBJECTOR = "Bắc Giang"
RESULTS = ("submitted", "Đã trình", "votes_for", "đồng ý 5/5", COUNTED)
"""Words that tell what the ballot came to."""

ACTORS = {"user:ag": "proposer", "user:bg": "department", "user:tham": "appraiser",
          "user:m1": "member", "user:kiem": "teller", "user:bt": "minister",
          "user:lan": "officer", None: "nobody"}  # fmt: skip
OFFICE = {"appraiser", "member", "teller", "minister", "officer"}
SEEN_BY: dict[str, set[str]] = {
    OBJECTION: {"department", "appraiser", "member", "minister", "officer"},
    GROUND: {"officer"},
    SIGNER: {"officer"},
    OBJECTOR: OFFICE | {"department"},
}
"""Who may come upon each word; `department` is the one that objected itself."""

READING: tuple[tuple[str, ...], ...] = (
    *((noun, verb, key) for noun, verb in (("dossiers", "show"), ("dossiers", "history"),
                                           ("dossiers", "draw")) for key in ("HS-1", "HS-2")),
    ("dossiers", "show", "HS-1", "--why"), ("dossiers", "show", "HS-2", "--why"),
    ("dossiers", "list"), ("dossiers", "list", "--exceptions"), ("dossiers", "list", "--count"),
    ("dossiers", "list", "--state", "submitted"), ("rounds", "list"),
    ("rounds", "status", "opinions"), ("rounds", "status", "vote"),
    ("rounds", "letter", "opinions"), ("votes", "show", "vote", "--roll"), ("inbox",),
    ("inbox", "--each"), ("inbox", "--unit", "stp-bac-giang"),
    ("inbox", "--seat", "stp-bac-giang"), ("late", "--within", "30"),
    ("late", "--within", "30", "--each"), ("mails", "list"), ("mails", "held"), ("paper-list",),
    ("meetings", "list"), ("meetings", "show", "hop-1"), ("decisions", "list"), ("timeliness",),
    ("submissions", "list"), ("journal", "verify"), ("papers", "matrix", "opinions"),
    ("papers", "extract", "hop-1", "HS-1"), ("papers", "summary", "HS-1"),
    ("papers", "minutes", "hop-1"), ("papers", "count", "vote"),
    *(("dossiers", act, "HS-2", "--note", "x", "--dry-run")
      for act in ("hold", "release", "withdraw")),
    *(("dossiers", "act", key, trigger, "--dry-run") for key in ("HS-1", "HS-2")
      for trigger in ("accept", "consult", "convene", "grant", "notify")),
    ("dossiers", "act", "HS-1", "convene", "--expect", "1", "--dry-run"),
)  # fmt: skip


def told(terminal: Any, actor: str | None) -> dict[str, str]:
    """All that every command tells somebody, as text and as JSON, by command."""
    terminal.who = actor
    found = {}
    for words in READING:
        for more in ((), ("--json",)):
            said = terminal.run(*words, *more)
            found[" ".join((*words, *more))] = said.out + said.err
    calendar = terminal.folder / "dues.ics"
    calendar.unlink(missing_ok=True)
    terminal.run("inbox", "--ics", str(calendar))
    found["ics"] = calendar.read_text(encoding="utf-8") if calendar.exists() else ""
    return found


def mails(terminal: Any) -> dict[str, str]:
    """What every mail written so far says, by whom it is for."""
    terminal.who = "user:lan"
    terminal.run("mails", "send")
    found: dict[str, str] = {}
    for row in terminal.json("mails", "list")["mails"]:
        text = terminal.json("mails", "show", row["id"])
        found[row["owner"]] = found.get(row["owner"], "") + f"{text['subject']} {text['text']}"
    return found


def plant(terminal: Any) -> None:
    """One department objects, a dossier is held on a denunciation."""
    terminal.ok("rounds", "answer", "opinions", "agree", "--except", f"HS-1=disagree:{OBJECTION}",
                "--seat", "stp-bac-giang", *ANSWER, as_="user:bg")  # fmt: skip
    terminal.ok("dossiers", "hold", "HS-2", "--note", GROUND, "--paper-number", "1",
                "--signer", SIGNER)  # fmt: skip


def test_words_said_and_grounds_held_reach_only_their_readers(consulted: Any) -> None:
    plant(consulted)
    letters = mails(consulted)

    assert not any(OBJECTION in text or GROUND in text for text in letters.values())
    for actor, role in ACTORS.items():
        said = told(consulted, actor)
        for word, readers in SEEN_BY.items():
            echo = "--unit" if word == OBJECTOR else "\0"
            where = [c for c, text in said.items() if word in text and echo not in c]
            assert role in readers or not where, (role, word, where)
    for word, reader in ((OBJECTION, "user:tham"), (GROUND, "user:lan"), (OBJECTOR, "user:m1")):
        assert any(word in text for text in told(consulted, reader).values())


def test_result_is_under_embargo_until_it_is_announced(council: Any) -> None:
    council.ok("votes", "count", "vote", "counts.csv", "--note", COUNTED, *ANSWER,
               as_="user:kiem")  # fmt: skip
    assert council.states()["HS-1"] == "submitted"
    letters = mails(council)

    assert not any(word in text for text in letters.values() for word in (COUNTED, "5/5"))
    for actor, role in ACTORS.items():
        said = told(council, actor)
        found = {c: word for word in RESULTS for c, text in said.items()
                 if word in text and word not in c and " draw " not in c}  # fmt: skip
        assert role in OFFICE or not found, (role, found)
        assert role not in OFFICE or found, role


@pytest.mark.parametrize("actor", ["user:ag", "user:bg"])
def test_those_outside_see_the_dossier_itself(council: Any, actor: str) -> None:
    council.ok("votes", "count", "vote", "counts.csv", *ANSWER, as_="user:kiem")
    council.who = actor

    shown = council.json("dossiers", "show", "HS-1")
    listed = {d["id"]: d["state_label"] for d in council.json("dossiers", "list")["dossiers"]}

    assert shown["dossier"]["candidate_name"] == "Nguyễn Văn Ấn"
    assert shown["dossier"]["state"] is None
    assert listed["HS-1"] == "Đang xét, chưa công bố kết quả"


def test_a_classified_dossier_is_a_number_for_who_has_nothing_to_do_with_it(council: Any) -> None:
    council.ok("dossiers", "classify", "HS-1", "secret", "--paper-number", "9", "--paper-date",
               "01/06/2018")  # fmt: skip
    name = "Nguyễn Văn Ấn"
    council.who = "user:stranger"
    for words in (("dossiers", "list"), ("dossiers", "show", "HS-1"), ("rounds", "status", "vote"),
                  ("dossiers", "history", "HS-1"), ("dossiers", "draw", "HS-1"), ("inbox",),
                  ("late", "--within", "30", "--each"), ("votes", "show", "vote")):  # fmt: skip
        said = council.run(*words, "--json")
        assert name not in said.out + said.err, words

    assert "xem tại cơ quan" in council.ok("dossiers", "list", "--exceptions").out
    assert council.run("dossiers", "show", "HS-1").reasons == ["classified-here"]
    assert council.run("dossiers", "list", "--find", "Ấn").out.count("HS-1") == 0
    for reader in ("user:ag", "user:bg", "user:lan", "user:m1"):
        council.who = reader
        assert name in council.ok("dossiers", "show", "HS-1").out
        assert name in council.ok("dossiers", "list").out
    written = council.folder / "han.csv"
    council.ok("late", "--within", "30", "--csv", str(written))
    text = written.read_text(encoding="utf-8")
    assert (name in text, "HS-1" in text, "(xem tại cơ quan)" in text) == (False, True, True)
