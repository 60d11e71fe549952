"""A secret ballot at the command line: told, cast, counted, verified."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url, update

from thidua.bootstrap import Desk
from thidua.cli.call import Call
from thidua.cli.root import root
from thidua.storage import triggers
from thidua.workflow.command import Close


@pytest.fixture
def run(council: Any, sqlite_url: str) -> Any:
    """Runs a command as somebody; the council has two dossiers."""
    if council.engine.dialect.name != "sqlite":
        pytest.skip("the command line is the same on both")
    for dossier in ("h1", "h2"):
        council.convened(dossier)
    desk = Desk()
    told = {"THIDUA_DATABASE": sqlite_url, "THIDUA_TEST_CLOCK": "1",
            "THIDUA_KEYS": str(council.keys.root)}  # fmt: skip

    def command(who: str, *words: str, stdin: str = "", **more: str) -> Result:
        call = Call({**told, "THIDUA_OPERATOR": who, **more}, desk)
        given = [*words, "--now", "2018-06-11T09:00"]
        return CliRunner().invoke(root, given, obj=call, input=stdin)

    yield command
    desk.close()


def test_a_voter_is_told_first(run: Any) -> None:
    told = run("m0", "votes", "cast", "vote", "for", "--yes")

    assert told.exit_code == 0, told.output
    assert "5 người bỏ phiếu" in told.stderr


def test_answers_are_alike_whatever_the_choice(run: Any, council: Any) -> None:
    answers = {
        run(m, "votes", "cast", "vote", choice, "--yes").stdout
        for m, choice in zip(council.members, ("for", "against", "abstain"), strict=False)
    }

    assert len(answers) == 1


def test_a_close_stands_and_is_told_when_the_keys_are_out_of_reach_after_it(
    run: Any, council: Any
) -> None:
    council.keys.prepare()
    council.keys.root.chmod(0o750)

    told = run("teller", "votes", "close", "vote", "--yes")
    council.keys.root.chmod(0o700)

    assert told.exit_code == 0, told.output
    assert "Kết quả kiểm phiếu" in told.stdout
    assert "thidua votes destroy-keys" in told.stderr
    assert "Đã hủy 0 khóa." in run("teller", "votes", "destroy-keys").stdout


def test_a_choice_may_be_kept_off_the_screen(run: Any, council: Any) -> None:
    for member in council.members:
        assert run(member, "votes", "cast", "vote", "-", "--yes", stdin="for\n").exit_code == 0

    run("teller", "votes", "close", "vote", "--yes")
    assert council.box()["slips"] == "for for for for for"


def test_the_inbox_says_how(run: Any) -> None:
    assert "votes cast vote@meeting -" in run("m0", "inbox").stdout


def test_no_count_is_tried(run: Any, council: Any) -> None:
    council.vote("fff")

    told = run("teller", "votes", "close", "vote", "h1", "--dry-run")

    assert "box-kept-shut" in told.stderr
    assert "Thông qua" not in told.stdout


def test_a_plan_opens_nothing(run: Any, council: Any) -> None:
    """Without --yes and without a terminal a plan is shown, and nothing is done."""
    for dossier in ("h1", "h2"):
        council.vote("fff", dossier)

    told = run("teller", "votes", "close", "vote")

    assert told.exit_code != 0
    assert "Thông qua" not in told.output
    assert len(council.keys.made()) == 2


def test_anybody_counts_again(run: Any, council: Any) -> None:
    run("m0", "votes", "cast", "vote", "for", "--except", "h2=against", "--yes")
    for member in ("m1", "m2"):
        run(member, "votes", "cast", "vote", "for", "--yes")
    assert run("m3", "votes", "verify", "vote").exit_code == 0
    assert run("teller", "votes", "close", "vote", "--yes").exit_code == 0

    assert council.keys.made() == {}
    box = json.loads(run("m3", "votes", "box", "vote", "--json").stdout)["boxes"]
    assert [each["slips"] for each in box] == [["for"] * 3, ["against", "for", "for"]]
    told = run("m3", "votes", "verify", "vote")
    assert (told.exit_code, "2 hồ sơ đều khớp" in told.stdout) == (0, True)


def test_a_changed_count_is_seen(run: Any, council: Any) -> None:
    council.vote("ffa")
    run("teller", "votes", "close", "vote", "h1")
    event = council.wf.tables.event
    row = next(r for r in council.rows(event, stream="h1") if '"slips"' in r["body"])
    forged = row["body"].replace('"slips":["against","for","for"]', '"slips":["for","for","for"]')
    with council.engine.begin() as db:
        triggers.drop(db, None, "td_")
        db.execute(update(event).where(event.c.hash == row["hash"]).values(body=forged))

    told = run("m3", "votes", "verify", "vote")

    assert (told.exit_code, "KHÔNG KHỚP" in told.stdout) == (1, True)


def test_a_lost_key_is_told_and_voided(run: Any, council: Any) -> None:
    council.vote("fff")
    council.keys.destroy(council.box()["key_id"])

    told = run("teller", "votes", "close", "vote", "h1")
    assert "votes void" in told.stderr
    void = run("teller", "votes", "void", "vote", "h1", "--note", "hỏng ổ đĩa")
    assert void.exit_code == 0, void.stderr
    assert "vô hiệu" in run("m0", "votes", "show", "vote@meeting#1").stdout


def test_a_written_vote_is_told_to_be_open(run: Any) -> None:
    told = run("officer", "votes", "cast", "vote", "for", "h1", "--way", "written", "--as", "m0",
               "--paper-number", "3", "--paper-date", "11/06/2018", "--signer", "A")  # fmt: skip

    assert told.exit_code == 0, told.stderr
    assert "phiếu công khai" in told.stderr


def test_keys_beside_the_data_are_refused(run: Any, sqlite_url: str) -> None:
    beside = Path(make_url(sqlite_url).database or "").parent / "keys"
    call = Call({"THIDUA_DATABASE": sqlite_url, "THIDUA_KEYS": str(beside),
                 "THIDUA_OPERATOR": "m0"})  # fmt: skip

    told = CliRunner().invoke(root, ["votes", "cast", "vote", "for", "h1"], obj=call)

    assert "keys-beside-database" in told.stderr
    call.close()


def test_keys_that_outlive_their_count_are_named(run: Any, council: Any) -> None:
    council.vote("fff")
    council.act(Close("vote"), "teller")

    assert "destroy-keys" in run("officer", "doctor").output
    assert "1" in run("officer", "votes", "destroy-keys").stdout
    assert council.keys.made() == {}


def test_the_key_of_a_case_that_is_put_off_goes_with_it(run: Any, council: Any) -> None:
    council.vote("fff")

    told = run("officer", "meetings", "defer", "meeting", "h1", "--note", "xét sau")

    assert told.exit_code == 0, told.output
    assert council.keys.made() == {}


def test_one_run_destroys_what_a_host_left(run: Any, council: Any) -> None:
    council.vote("fff")
    council.act(Close("vote"), "teller")

    assert run("officer", "run", "--once").exit_code == 0
    assert council.keys.made() == {}


def test_the_rule_says_that_it_is_secret(run: Any) -> None:
    told = run("m0", "votes", "show", "vote", "--roll").stdout

    assert "Bỏ phiếu kín; phiếu gửi bằng văn bản là phiếu công khai." in told
    assert "thidua rounds status vote" in told
    assert "Ai bỏ phiếu thế nào" not in told
