"""Which dossiers a command is about: by id, from a file, or by what they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from thidua.cli.call import Call
from thidua.cli.eyes import without_results
from thidua.cli.pair import values_of
from thidua.cli.rules import check_states, named
from thidua.cli.shell import option
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.storage.listing import Wanted

F = TypeVar("F", bound=Callable[..., Any])

FILTERS = (
    option("--state", multiple=True, metavar="STATE", said=(
        "Hồ sơ ở trạng thái này (ghi được nhiều lần).",
        "Dossiers in this state (may be given again).")),
    option("--procedure", metavar="NAME", said=(
        "Hồ sơ theo quy trình này.", "Dossiers under this procedure.")),
    option("--campaign", metavar="ID", said=(
        "Hồ sơ của đợt xét này.", "Dossiers of this campaign.")),
    option("--submission", metavar="ID", said=(
        "Hồ sơ kèm theo tờ trình này.", "Dossiers of this submission.")),
    option("--unit", metavar="ID", said=(
        "Hồ sơ của đơn vị này.", "Dossiers of this unit.")),
    option("--award", metavar="CODE", said=(
        "Hồ sơ đề nghị danh hiệu, hình thức này.", "Dossiers for this award.")),
    option("--kind", type=click.Choice(["individual", "collective", "household"]), said=(
        "Cá nhân, tập thể hay hộ gia đình.", "Individuals, collectives or households.")),
    option("--field", multiple=True, metavar="NAME=VALUE", said=(
        "Hồ sơ có trường này mang giá trị này (ghi được nhiều lần).",
        "Dossiers whose field has this value (may be given again).")),
    option("--in-round", metavar="ROUND", said=(
        "Hồ sơ trong đợt lấy ý kiến, bỏ phiếu này.", "Dossiers in this round.")),
)  # fmt: skip

YES = option("--yes", is_flag=True, said=(
    "Làm ngay, không xem trước.", "Do it at once, without a preview."))  # fmt: skip
ALL_OR_NOTHING = option("--all-or-nothing", is_flag=True, said=(
    "Có một hồ sơ chưa được thì không làm hồ sơ nào.",
    "If one cannot be done, do none."))  # fmt: skip
SEVERAL = (
    option("--from-file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", said=(
        "Mã hồ sơ, mỗi dòng một mã; “-” đọc từ đầu vào.",
        "Dossiers' ids, one a line; “-” reads the input.")),
    YES,
    ALL_OR_NOTHING,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was said about which dossiers, and how sure it is."""

    ids: tuple[str, ...] = ()
    from_file: Path | None = None
    state: tuple[str, ...] = ()
    procedure: str | None = None
    campaign: str | None = None
    submission: str | None = None
    unit: str | None = None
    award: str | None = None
    kind: str | None = None
    field: tuple[str, ...] = ()
    in_round: str | None = None
    yes: bool = False
    all_or_nothing: bool = False

    @property
    def filters(self) -> Mapping[str, Any]:
        """What narrows, as far as it was said."""
        names = ("procedure", "campaign", "submission", "unit", "award", "kind", "in_round")
        told = {name: getattr(self, name) for name in names}
        told |= {"state": self.state or None, "field": self.field or None}
        return {name: value for name, value in told.items() if value is not None}

    @property
    def single(self) -> str | None:
        """The one dossier that was named, when it was named alone."""
        alone = len(self.ids) == 1 and self.from_file is None and not self.filters
        return self.ids[0] if alone else None

    def wanted(self, call: Call, db: "Connection") -> "Wanted":
        """The query that the filters stand for; `Unknown` for names that there are not."""
        from thidua.storage.listing import Wanted
        from thidua.storage.listing_rounds import find

        if self.state:
            check_states(call, db, self.state)
        hashes = [named(call, db, self.procedure).hash] if self.procedure else None
        round_id = find(db, call.tables, self.in_round)["id"] if self.in_round else None
        return Wanted(
            states=self.state or None, procedures=hashes, campaign=self.campaign,
            submission=self.submission, unit=self.unit, award=self.award, kind=self.kind,
            round_id=round_id, fields=values_of(self.field, "NAME=VALUE"),
        )  # fmt: skip

    def listed(self, call: Call, db: "Connection") -> list[str]:
        """The ids chosen, ascending, each once; `Misuse` when none is or two ways are mixed."""
        from thidua.storage import listing

        told = [*self.ids, *(_lines(self.from_file) if self.from_file else ())]
        if told and self.filters:
            raise Misuse("ids-and-more")
        if self.state:
            rows = listing.dossiers(db, call.tables, self.wanted(call, db))
            return [r["id"] for r in without_results(call, db, rows) if r["state"] is not None]
        if self.filters:
            return listing.ids(db, call.tables, self.wanted(call, db))
        if not told:
            raise Misuse("none-chosen")
        return sorted(set(told))


def _lines(path: Path) -> list[str]:
    """The ids of a file: the first word of each line; what follows "#" is a remark."""
    with click.open_file(str(path), encoding="utf-8-sig") as file:
        lines = [line.partition("#")[0].replace(",", " ").split() for line in file]
    return [words[0] for words in lines if words]


def filtered(fn: F) -> F:
    """Give a command the options that narrow a list."""
    for each in reversed(FILTERS):
        fn = each(fn)
    return fn


def chosen(fn: F) -> F:
    """Give a command ids, filters, and what a bulk act needs."""
    for each in reversed((*FILTERS, *SEVERAL)):
        fn = each(fn)
    return click.argument("ids", nargs=-1, metavar="[DOSSIER]...")(fn)
