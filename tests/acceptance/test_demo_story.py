"""Reading a story: every line that cannot be played is named, and the clock turns in between."""

import io
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from thidua.definitions.provinces import provinces
from thidua.demo.epilogue import Epilogue
from thidua.demo.player import Player
from thidua.demo.stage import Stage
from thidua.demo.story import FILE, NEEDED, Scene, Step, read, timed
from thidua.workflow.errors import DefinitionError

SEASON = Path(__file__).parents[2] / "examples/exemplars-2018"
HEAD = "".join(f"{key} = x\n" for key in NEEDED if key != "clock")
HEAD += "clock = 08:05, 16:35 thidua run --once\n"


def story(folder: Path, *lines: str) -> Any:
    (folder / FILE).write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return read(folder)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2018-03-05 08:00 thidua db init", "demo-line"),
        ("2018-03-05 8h a$ thidua db init", "demo-line"),
        ("2018-13-05 08:00 a$ thidua db init", "demo-line"),
        ("2018-03-05 08:00 a$ thidua db 'init", "demo-line"),
        ("2018-03-05 08:00 a$ rm -r .", "demo-program"),
        ("2018-03-01 08:00 a$ thidua db status", "demo-back"),
        ("colour = red", "demo-line"),
    ],
)
def test_story_with_a_wrong_line_names_it(tmp_path: Path, line: str, code: str):
    with pytest.raises(DefinitionError) as caught:
        story(tmp_path, "2018-03-02 08:00 a$ thidua db init", line)

    (reason,) = caught.value.reasons
    assert (reason.code, reason.fields["line"]) == (code, len(NEEDED) + 2)


def test_story_without_head_or_command_says_both(tmp_path: Path):
    (tmp_path / FILE).write_text("title = x\n")

    with pytest.raises(DefinitionError) as caught:
        read(tmp_path)

    assert [each.code for each in caught.value.reasons] == ["demo-head", "demo-empty"]


def test_story_that_is_not_there_names_the_file(tmp_path: Path):
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path)

    assert caught.value.fields["path"] == str(tmp_path / FILE)


def test_clock_turns_between_the_commands_only(tmp_path: Path):
    made = story(
        tmp_path,
        "== Đầu | First",
        "2018-03-05 09:00 a$ thidua db init",
        "== Sau | Then",
        "2018-03-06 16:35 b> thidua late",
    )

    told = [(at.isoformat()[:16], part) for at, part in timed(made)]

    assert made.hours == (time(8, 5), time(16, 35))
    assert [at for at, _ in told] == [
        "2018-03-05T09:00", "2018-03-05T09:00", "2018-03-05T16:35", "2018-03-06T08:05",
        "2018-03-06T16:35", "2018-03-06T16:35", "2018-03-06T16:35",
    ]  # fmt: skip
    kinds = [type(part) for _, part in told]
    none = type(None)
    assert kinds == [Scene, Step, none, none, none, Scene, Step]


def test_step_is_split_as_a_shell_would(tmp_path: Path):
    (step,) = story(tmp_path, "2018-03-05 09:00 a! thidua x --note 'hai từ'").steps

    at = datetime(2018, 3, 5, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (step.at, step.who, step.mode) == (at, "a", "refused")
    assert step.args == ("x", "--note", "hai từ")


def test_season_that_ships_has_every_province_of_2018():
    rows = (SEASON / "departments.csv").read_text(encoding="utf-8").splitlines()[1:]

    named = [row.partition(",")[0] for row in rows]
    assert sorted(named) == sorted(p.name for p in provinces(date(2018, 1, 1)))
    assert len(named) == 63


def test_season_in_which_nobody_was_chosen_ends_as_any(tmp_path: Path):
    told = story(tmp_path, "units = thidua units list", "chosen = thidua dossiers list",
                 "2018-03-02 08:00 a$ thidua db init")  # fmt: skip
    out = io.StringIO()
    player = Player(told, tmp_path, Stage("vi", out))
    player.play()

    Epilogue(player).chosen(player.ask(*told.words("chosen"))["dossiers"])
    player.desk.close()

    assert "Được chọn: 0" in out.getvalue()


def test_narrow_stage_cuts_nothing_it_can_wrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "64")
    told = story(tmp_path, "2018-03-02 08:00 a$ thidua db init",
                 "2018-03-02 08:01 a> thidua procedures list")  # fmt: skip
    out = io.StringIO()
    stage = Stage("en", out, live=True)
    player = Player(told, tmp_path, stage)
    player.play()
    player.desk.close()
    stage.row(("Cluster", 10), (" ".join(["candidate"] * 12), 0))

    plain = re.sub(r"\x1b\[[0-9;]*[mK]", "", out.getvalue()).replace("\r", "\n")
    assert max(map(len, plain.splitlines())) < 64
    assert plain.count("candidate") == 12


def test_only_lines_with_words_are_counted_as_left_out():
    out = io.StringIO()

    Stage("en", out).answer("\n".join(["Heading", *"abcdefg", "", "Done."]))

    assert "… 3 more lines" in out.getvalue()
