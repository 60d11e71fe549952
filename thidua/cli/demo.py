"""`thidua demo`: plays the season that ships, or one of the office's own."""

from pathlib import Path

import click

from thidua.cli.call import Call
from thidua.cli.shell import option, verb

FOLDER = click.Path(path_type=Path, file_okay=False)


@verb("demo")
@option(
    "--files",
    type=FOLDER,
    metavar="DIR",
    said=(
        "Thư mục có commands.txt và các tệp CSV; mặc định mùa năm 2018 kèm theo chương trình.",
        "The folder of commands.txt and its CSV files; by default the season of 2018 that ships.",
    ),
)
@option(
    "--into",
    type=FOLDER,
    default=Path(".demo"),
    metavar="DIR",
    said=(
        "Nơi để cơ sở dữ liệu và thư; mặc định .demo, được làm lại từ đầu.",
        "Where database and mails go; by default .demo, made anew.",
    ),
)
@option("--keep", is_flag=True, said=(
    "Giữ kết quả lần trước, lần này để ở thư mục bên cạnh.",
    "Keep what an earlier run left; this one goes beside it."))  # fmt: skip
@click.pass_obj
def demo(call: Call, *, files: Path | None, into: Path, keep: bool) -> None:
    """Play a season."""
    from thidua.demo.performance import perform

    perform(files, into, lang=call.lang, keep=keep)
