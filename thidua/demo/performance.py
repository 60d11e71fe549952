"""A whole performance: the season played, then what it came to and where it lies."""

import os
import shutil
import sys
from pathlib import Path

from thidua.demo import folder
from thidua.demo.epilogue import Epilogue
from thidua.demo.player import DATABASE, MAILS, Player
from thidua.demo.stage import Stage
from thidua.demo.story import read

FILES = Path(__file__).parent / "exemplars-2018"
"""The season that ships: a link to the examples in a checkout, a copy where installed."""

PICTURE = "diagram.mmd"


def perform(files: Path | None, into: Path, *, lang: str, keep: bool) -> None:
    """Play the season of `files` (None: the one that ships) and leave everything in `into`.

    `DefinitionError` for a story that cannot be read, `Failed` where a command does not go as
    the story has it, `Refused` for a folder that is not a demo's.
    """
    story = read((files or _shipped()).resolve())
    place = folder.ready(into, keep=keep).resolve()
    player = Player(story, place, Stage(lang, sys.stdout, live=sys.stdout.isatty()))
    stage = player.stage
    try:
        stage.title(stage.pick(story.head["title"]), stage.pick(story.head["note"]))
        player.play()
        Epilogue(player).tell()
        _leave(player)
    finally:
        player.desk.close()


def _shipped() -> Path:
    # A checkout made without symbolic links has a file of that name.
    return FILES if FILES.is_dir() else Path(__file__).parents[2] / "examples" / FILES.name


def _leave(player: Player) -> None:
    """Where everything lies, the proof that nothing was changed, and how to go on."""
    stage, story, place = player.stage, player.story, player.into
    draw, verify = story.words("diagram"), story.words("verify")
    (place / PICTURE).write_text(player.show(*draw), encoding="utf-8")
    stage.heading(stage.pick(("Mọi thứ nằm ở", "Everything lies in")) + f" {_short(place)}")
    for words, path in (
        (("cơ sở dữ liệu", "database"), place / DATABASE),
        (("thư (.eml)", "mails (.eml)"), place / MAILS),
        (("sơ đồ (Mermaid)", "diagram (Mermaid)"), place / PICTURE),
    ):
        stage.row((f"  {stage.pick(words)}", 22), (_short(path), 0))
    stage.write()
    stage.prose(player.show(*verify).strip(), "green")
    stage.heading(stage.pick(("Thử tiếp", "Try next")))
    stage.write(f"  export THIDUA_DATABASE=sqlite:///{_short(place / DATABASE)}")
    stage.write(f"  export THIDUA_OPERATOR={story.steps[-1].who}")
    for command in story.next:
        stage.write(f"  {_program()}{command.removeprefix('thidua')}")
    stage.write()


def _short(path: Path) -> str:
    """As it is seen from the working folder, where that is shorter."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)


def _program() -> str:
    """What to type: `thidua` where the shell finds it, else its file in this environment."""
    if shutil.which("thidua"):
        return "thidua"
    return _short(Path(sys.executable).parent / "thidua")
