"""The clock at the command line: once, and in the foreground."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from thidua import By
from thidua.workflow.command import Close
from thidua.workflow.tally import Counts


def test_once_does_what_is_due_and_sends(consulted):
    consulted.now = "2018-06-19T08:30"

    told = consulted.json("run", "--once")

    assert (told["reminders"], told["effects"], told["leased"]) == (6, 0, True)
    assert (told["made"], told["sent"], told["paper"]) == (1, 1, 6)


def test_once_again_finds_nothing(consulted):
    consulted.ok("run", "--once")
    before = consulted.digest()

    told = consulted.ok("run", "--once", "--lang", "en")

    assert told.out == "Nothing is due.\n"
    assert consulted.digest() == before


def test_once_plays_months(consulted):
    """Dues come one after the other as the pretended present moves on."""
    for day in ("2018-06-25", "2018-06-26", "2018-07-02"):
        consulted.now = f"{day}T08:30"
        consulted.ok("run", "--once")

    (opinions,) = consulted.json("rounds", "list")["rounds"]
    assert opinions["running"] == 0


def count_without_ranking(terminal):
    """The tellers' count, entered by a program that stopped before the ranking."""
    (place,) = terminal.desk.open.values()
    now = datetime(2018, 7, 2, 2, 0, tzinfo=UTC)
    with place.engine.begin() as db:
        for dossier, votes_for in (("HS-1", 5), ("HS-2", 4), ("HS-3", 3)):
            counts = Counts(5, present=5, issued=5, returned=5, valid=5, votes_for=votes_for,
                            votes_against=5 - votes_for)  # fmt: skip
            place.wf.act(db, dossier, Close("vote", counts, "paper"), by=By("user:kiem"), now=now)


def test_once_ranks_what_is_counted(council):
    assert set(council.states().values()) == {"council_review"}
    count_without_ranking(council)

    told = council.json("run", "--once")

    assert told["effects"] == 1
    assert council.states() == {"HS-1": "submitted", "HS-2": "not_chosen", "HS-3": "submitted"}


def test_once_says_that_another_process_has_the_clock(consulted):
    consulted.ok("run", "--once")
    place = consulted.desk.open[next(iter(consulted.desk.open))]
    lease = place.wf.tables.lease
    with place.engine.begin() as db:
        db.execute(lease.update().where(lease.c.name == "clock").values(
            owner="another", until_at="2018-06-13T02:30:00.000000Z"))  # fmt: skip

    told = consulted.ok("run", "--once")

    assert "Một tiến trình khác đang giữ đồng hồ" in told.out


def test_running_on_needs_the_real_time(consulted):
    told = consulted.run("run")

    assert (told.code, told.reasons) == (2, ["now-needs-once"])


@pytest.mark.parametrize("words", [("--every", "0"), ("--every", "soon")])
def test_bad_pause_is_refused(consulted, words):
    told = consulted.run("run", *words)

    assert (told.code, told.reasons) == (2, ["usage"])


@pytest.mark.parametrize("heard", [signal.SIGTERM, signal.SIGINT])
def test_running_on_tells_each_pass_and_ends_at_a_signal(consulted, heard):
    consulted.desk.close()
    environment = {**os.environ, **consulted.environment(), "THIDUA_TEST_CLOCK": ""}
    command = [sys.executable, "-m", "thidua", "run", "--every", "1", "--json"]

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        started, passed = (json.loads(process.stdout.readline()) for _ in range(2))
        process.send_signal(heard)
        rest = process.stdout.read().splitlines()

    assert process.returncode == 0
    assert (started["event"], started["every"]) == ("started", 1)
    assert passed["event"] == "pass"
    assert passed["effects"] >= 1
    assert json.loads(rest[-1]) == {"event": "stopped"}


def test_clock_that_leapt_waits_for_a_persons_word(consulted, caplog):
    """Told in the operator's language, and in no log line beside it."""
    consulted.ok("run", "--once")
    consulted.now = "2019-06-13T09:00"

    held, sending = consulted.run("run", "--once"), consulted.run("mails", "send")

    assert (held.code, sending.code) == (1, 1)
    assert "thidua run --accept-clock" in held.err
    assert caplog.messages == []
    assert "thidua run --accept-clock" in sending.err
    (opinions,) = consulted.json("rounds", "list")["rounds"]
    assert opinions["running"] > 0


def test_persons_word_ends_the_wait_and_is_kept(consulted):
    consulted.ok("run", "--once")
    consulted.now = "2019-06-13T09:00"
    assert consulted.run("run", "--once", "--json").code == 1

    told = consulted.json("run", "--once", "--accept-clock")

    assert (told["doubted"], told["effects"] > 0) == (False, True)
    with closing(sqlite3.connect(consulted.folder / "thidua.db")) as db:
        (by,) = db.execute("SELECT owner FROM td_lease WHERE name = 'clock-check'").fetchone()
    assert by == consulted.who


def test_running_on_says_since_when_the_clock_stood(consulted):
    """A year and more: it is doubted as well, which is said once."""
    consulted.ok("run", "--once")
    consulted.desk.close()
    environment = {**os.environ, **consulted.environment(), "THIDUA_TEST_CLOCK": ""}
    command = [sys.executable, "-m", "thidua", "run", "--every", "1"]

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        lines = [process.stdout.readline() for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read().splitlines()

    assert "ngừng từ 13/06/2018 09:00" in lines[1]
    assert "--accept-clock" in lines[2]
    assert rest == ["Đã dừng."]
