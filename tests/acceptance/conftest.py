"""A small season of other numbers: 5 clusters, 20 departments, 20 nominations, 5 members."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from thidua.collation import folded
from thidua.definitions.provinces import provinces

CLUSTERS, EACH, MEMBERS, SINCE = 5, 4, 5, "2018-01-01"
KINDS = ("collective", "individual")


@dataclass(frozen=True)
class Season:
    """Writes a season's files into `folder`; `commands` may be changed before it is played."""

    folder: Path

    def write(self, name: str, head: str, rows: Iterable[Sequence[object]]) -> None:
        """A list."""
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head.split(","))
            writer.writerows(rows)

    def change(self, old: str, new: str) -> None:
        """Put other words into the commands."""
        path = self.folder / "commands.txt"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def names() -> list[str]:
    standing = provinces(date(2018, 1, 1))
    return [province.name for province in standing][: CLUSTERS * EACH]


def unit(name: str) -> str:
    return "s-" + "-".join(folded(name).split())


def nominees() -> list[tuple[str, str, str, int]]:
    """Id, cluster, kind, votes for: the first of each pair wins."""
    return [
        (f"{c}{kind[0]}{n}", f"c{c}", kind, 5 - n)
        for c in range(1, CLUSTERS + 1)
        for kind in KINDS
        for n in (1, 2)
    ]


@pytest.fixture
def season(tmp_path: Path) -> Season:
    """The files of the small season."""
    made = Season(tmp_path / "season")
    made.folder.mkdir()
    _office(made)
    _papers(made)
    lines = [*HEAD, *_commands()]
    (made.folder / "commands.txt").write_text("\n".join(lines), encoding="utf-8")
    return made


def _office(made: Season) -> None:
    groups = [(name, f"cluster=c{1 + i // EACH}") for i, name in enumerate(names())]
    made.write("where.csv", "province,groups", groups)
    clusters = [f"c{c}" for c in range(1, CLUSTERS + 1)]
    made.write("units.csv", "id,name,kind,from_on", [
        (c, f"Nhóm {c}", "cluster", SINCE) for c in clusters])  # fmt: skip
    staff = ["clerk", "reader", "teller", "minister", *(f"m{i}" for i in range(MEMBERS))]
    made.write("people.csv", "id,name,mailbox", [(s, f"Người {s}", f"{s}@o.example")
                                                 for s in staff])  # fmt: skip
    held = [("clerk", "officer"), ("reader", "appraiser"), ("teller", "teller"),
            ("minister", "minister")]  # fmt: skip
    rows = [(who, role, "", SINCE) for who, role in held]
    rows += [(c, "proposer", c, SINCE) for c in clusters]
    rows += [(unit(name), "department", unit(name), SINCE) for name in names()]
    made.write("roles.csv", "actor,role,unit,from_on", rows)
    made.write("council.csv", "actor,from_on", [(f"m{i}", SINCE) for i in range(MEMBERS)])


def _papers(made: Season) -> None:
    (made.folder / "paper.txt").write_text("giấy tờ", encoding="utf-8")
    made.write("submissions.csv", "id,number,signed_on,sender,received_on,submission", [
        ("t1", "1", "2018-03-01", "c1", "2018-03-05", "paper.txt")])  # fmt: skip
    head = "id,kind,name,unit,cluster,prior_awards,merit_period,report,prior_award_list"
    made.write("nominations.csv", head, [
        (key, kind, f"Ứng viên {key}", cluster, cluster, "Bằng khen", "2017-01-01/2017-12-31",
         "paper.txt", "paper.txt")
        for key, cluster, kind, _ in nominees()])  # fmt: skip
    made.write("counts.csv", "dossier,present,issued,returned,for,against", [
        (key, MEMBERS, MEMBERS, MEMBERS, votes, MEMBERS - votes)
        for key, _, _, votes in nominees()])  # fmt: skip


HEAD = """
title = Mùa nhỏ | A small season
note = Giả định cả | All of it invented
clock = 08:05 thidua run --once
keeper = system
group = cluster
chosen = thidua dossiers list --state closed
units = thidua units list --kind cluster
asked = thidua rounds status opinions
mails = thidua mails list
history = thidua dossiers history 1c1
diagram = thidua dossiers draw 1c1
verify = thidua journal verify
next thidua inbox
""".splitlines()


def _commands() -> list[str]:
    provinces_ = "provinces import --kind department --start s- --name 'Sở {province}'"
    answers = [("19", unit(name), "rounds answer opinions agree") for name in names()[:-1]]
    steps = [
        ("05", "admin", "db init"),
        ("05", "admin", "procedures store exemplar-selection --demo"),
        ("05", "admin", f"{provinces_} --with where.csv"),
        *(("05", "admin", f"{x} import {x}.csv") for x in ("units", "people", "roles", "council")),
        ("06", "clerk", "submissions import submissions.csv"),
        ("06", "clerk", "dossiers import nominations.csv --procedure exemplar-selection"
                        " --submission t1 --campaign small"),
        ("07", "clerk", "dossiers act accept --state proposed --yes"),
        ("08", "reader", "dossiers act consult --state appraisal --yes"),
        *answers,
        ("27", "clerk", "meetings add Họp 28/03/2018 --id h1"),
        ("27", "clerk", "dossiers act convene --state consulted --meeting h1 --yes"),
        ("28", "teller", "votes count vote counts.csv"),
        ("29", "clerk", "decisions draft 'Quyết định' --trigger grant --state submitted --id q1"
                        " --yes"),
        ("29", "clerk", "decisions number q1 --paper-number 1 --paper-date 29/03/2018"
                        " --signer 'Người ký'"),
        ("30", "clerk", "decisions apply q1 --as minister"),
        ("31", "clerk", "dossiers act notify --state decided --yes"),
    ]  # fmt: skip
    scene = ["== Mở đầu | Opening"]
    return scene + [f"2018-03-{day} 09:00 {who}$ thidua {text}" for day, who, text in steps]
