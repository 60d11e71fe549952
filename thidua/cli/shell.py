"""How commands are made: help in two languages, options that every command knows, late imports."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar, cast

import click

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.manual import COMMANDS, EXAMPLES
from thidua.cli.option import EVERYWHERE, Said, Told

F = TypeVar("F", bound=Callable[..., Any])

HEADINGS: Mapping[str, Words] = {
    "usage": ("Cách dùng: ", "Usage: "),
    "options": ("Tùy chọn", "Options"),
    "acts": ("Tùy chọn của thao tác", "Options of an act"),
    "everywhere": ("Tùy chọn dùng ở mọi lệnh", "Options of every command"),
    "commands": ("Lệnh", "Commands"),
    "examples": ("Ví dụ", "Examples"),
    "help": ("Hiện phần hướng dẫn này.", "Show this help."),
    "more": (
        "Các tùy chọn --lang, --json, --database, --schema, --prefix, --as: xem `thidua --help`.",
        "For --lang, --json, --database, --schema, --prefix, --as see `thidua --help`.",
    ),
}


def lang_of(ctx: click.Context) -> str:
    """The language to write in, also before the options are read."""
    call = ctx.find_root().obj
    return call.lang if isinstance(call, Call) else "vi"


def path_of(ctx: click.Context) -> str:
    """The words that lead to a command, without the program's name."""
    return ctx.command_path.partition(" ")[2]


class _Helped(click.Command):
    """Writes its help in the language of the call, from the manual."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = pick(HEADINGS["help"], lang_of(ctx))
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        if lang_of(ctx) == "vi":
            pieces = pieces.replace("[OPTIONS]", "[TÙY CHỌN]")
            pieces = pieces.replace("COMMAND [ARGS]...", "LỆNH...")
        formatter.write_usage(ctx.command_path, pieces, pick(HEADINGS["usage"], lang_of(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = COMMANDS.get(path_of(ctx))
        if words is not None:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(pick(words, lang_of(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section in ("options", "acts", "everywhere"):
            self._write_section(ctx, formatter, section)

    def _write_section(self, ctx: click.Context, out: click.HelpFormatter, section: str) -> None:
        named = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        wanted = [p for p in named if getattr(p, "section", "options") == section]
        records = [record for p in wanted if (record := p.get_help_record(ctx)) is not None]
        if records:
            with out.section(pick(HEADINGS[section], lang_of(ctx))):
                out.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lines = EXAMPLES.get(path_of(ctx), ())
        if lines:
            with formatter.section(pick(HEADINGS["examples"], lang_of(ctx))):
                formatter.write("".join(f"{'':>{formatter.current_indent}}{e}\n" for e in lines))
        if ctx.parent is not None:
            formatter.write_paragraph()
            formatter.write_text(pick(HEADINGS["more"], lang_of(ctx)))


class Verb(_Helped):
    """A command that does something; `takes` are shared options of acts that it understands.

    The options of every command may stand before the noun or after the verb.
    """

    def __init__(self, *args: Any, takes: Sequence[Told] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        given = {name for each in self.params for name in each.opts}
        shared = [*takes, *EVERYWHERE]
        for told in shared:
            if not given.intersection(told.names):
                self.params.append(told.option(hidden=told in EVERYWHERE))


class Noun(_Helped, click.Group):
    """A group of commands about one thing."""

    def __init__(self, *args: Any, hidden_options: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.params.extend(told.option(hidden=hidden_options) for told in EVERYWHERE)

    def verb(self, name: str, **more: Any) -> Callable[[Callable[..., Any]], click.Command]:
        """Add a command under a name."""
        return self.command(name, cls=Verb, **more)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        start = path_of(ctx)
        names = self.list_commands(ctx)
        rows = [(name, _first_sentence(f"{start} {name}".strip(), lang_of(ctx))) for name in names]
        with formatter.section(pick(HEADINGS["commands"], lang_of(ctx))):
            formatter.write_dl(rows)


def _first_sentence(path: str, lang: str) -> str:
    text = pick(COMMANDS[path], lang) if path in COMMANDS else ""
    return text.partition(". ")[0].rstrip(".")


class Lazy(Noun):
    """The nouns of the program: a file is imported when its noun is used.

    A noun in the singular is the same noun: `thidua dossier show` is `thidua dossiers show`.
    """

    def __init__(self, *args: Any, homes: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, hidden_options=False, **more)
        self.homes = homes

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(self.homes)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        many = "people" if args[0] == "person" else f"{args[0]}s"
        known = args[0] not in self.homes and many in self.homes
        return super().resolve_command(ctx, [many, *args[1:]] if known else args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        home = self.homes.get(cmd_name)
        if home is None:
            return None
        module, _, name = home.partition(":")
        return cast(click.Command, getattr(import_module(module), name))


def option(*names: str, said: Words, **more: Any) -> Callable[[F], F]:
    """An option whose help is in two languages."""
    return click.option(*names, cls=Said, said=said, **more)


def verb(name: str, **more: Any) -> Callable[[Callable[..., Any]], Verb]:
    """A command that stands by itself, without a noun."""
    return click.command(name, cls=Verb, **more)
