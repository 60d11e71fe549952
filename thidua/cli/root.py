"""The program itself: its nouns, and what happens when a command goes wrong."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from thidua.cli.call import Call
from thidua.cli.failure import USAGE, failure_of, tell
from thidua.cli.option import Said
from thidua.cli.shell import Lazy
from thidua.cli.speech import said
from thidua.workflow.errors import CommandReused, Misuse, Refused, Stale, Unknown

INTERRUPTED = 130

_OF_ACTS = (Refused, Unknown, Stale, CommandReused)
"""What the database was read for already, so that names can be read from it once more."""

HOMES = {
    "inbox": "thidua.cli.inbox:inbox",
    "late": "thidua.cli.late:late",
    "desks": "thidua.cli.desks:desks",
    "timeliness": "thidua.cli.timely:timeliness",
    "dossiers": "thidua.cli.dossiers:dossiers",
    "submissions": "thidua.cli.submissions:submissions",
    "rounds": "thidua.cli.rounds:rounds",
    "votes": "thidua.cli.votes:votes",
    "meetings": "thidua.cli.meetings:meetings",
    "decisions": "thidua.cli.decisions:decisions",
    "papers": "thidua.cli.papers:papers",
    "mails": "thidua.cli.mails:mails",
    "paper-list": "thidua.cli.paper_list:paper_list",
    "run": "thidua.cli.running:run",
    "procedures": "thidua.cli.procedures:procedures",
    "units": "thidua.cli.units:units",
    "people": "thidua.cli.people:people",
    "roles": "thidua.cli.roles:roles",
    "substitutes": "thidua.cli.substitutes:substitutes",
    "directory": "thidua.cli.directory:directory",
    "council": "thidua.cli.council:council",
    "provinces": "thidua.cli.provinces:provinces",
    "closures": "thidua.cli.closures:closures",
    "calendar": "thidua.cli.calendar:calendar",
    "due": "thidua.cli.reckon:due",
    "db": "thidua.cli.db:db",
    "journal": "thidua.cli.journal:journal",
    "doctor": "thidua.cli.doctor:doctor",
    "retention": "thidua.cli.retention:retention",
    "demo": "thidua.cli.demo:demo",
}


class _Root(Lazy):
    """Turns every error into a message and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001 -- click's own signature
        **extra: Any,
    ) -> Any:
        call = extra.setdefault("obj", Call())
        words = list(sys.argv[1:] if args is None else args)
        call.given.update(_ahead(words))
        code = self._run(call, words, prog_name or "thidua", complete_var, extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self, call: Call, words: list[str], name: str, complete: str | None, extra: dict[str, Any]
    ) -> int:
        try:
            _check(words)
            code = super().main(words, name, complete, standalone_mode=False, **extra)
        except (click.Abort, KeyboardInterrupt, EOFError):
            click.echo("", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            # Whoever read the answer has had enough; the interpreter must not flush into it.
            sys.stdout = None
            return 1
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            return USAGE
        except Exception as error:
            worded = partial(said, call) if isinstance(error, _OF_ACTS) else None
            failure = failure_of(error, call.lang, worded)
            if failure is None:
                raise
            tell(failure, as_json=call.as_json)
            return failure.exit_code
        return code if isinstance(code, int) else 0


def _check(words: list[str]) -> None:
    """`Misuse` for a word whose bytes are no text."""
    for word in words:
        if any("\ud800" <= sign <= "\udfff" for sign in word):
            raise Misuse("word-unreadable", word=ascii(word)[1:-1])


def _ahead(words: list[str]) -> dict[str, Any]:
    """What the answer must look like, known before anything can go wrong."""
    said: dict[str, Any] = {"as_json": True} if "--json" in words else {}
    for i, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--lang":
            value = value if equals else "".join(words[i + 1 : i + 2])
            said |= {"lang": value} if value in ("vi", "en") else {}
    return said


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 -- click's own signature
    if asked:
        from importlib.metadata import version

        click.echo(f"thidua {version('thidua')}")
        ctx.exit()


root = _Root(
    "thidua", homes=HOMES, no_args_is_help=True, context_settings={"max_content_width": 100}
)
root.params.append(
    Said(
        ["--version"], said=("Hiện số phiên bản.", "Show the version."), is_flag=True,
        is_eager=True, expose_value=False, callback=_version,
    )
)  # fmt: skip
