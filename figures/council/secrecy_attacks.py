"""What a thief tries with all that a secret vote left: each gives a guess by voter."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from thidua import sealing
from thidua.urn import ballot_of
from thidua.workflow.journal import commitment
from thidua.workflow.secrecy import Box

WORDS = ("for", "against", "abstain")
WORD = re.compile(rb"(?<![a-z_])(for|against|abstain)(?![a-z_])")
SEAT = re.compile(rb"member:m[0-9]+")
HEX = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")

GAP = 12
"""Bytes between two words that do not belong together."""

Guess = Mapping[str, str]


@dataclass
class Loot:
    """All that was taken. Lists go by vote, in the order of casting, which the journal tells;
    `grown` and `boxes` have one more at their start, from before the first. `channels` have by
    channel all that it gave away so far: before and after the count, or before the first vote,
    after each, and after the count.
    `heaps` are PostgreSQL's: by table its rows as they lie in its file, the outdated ones too.
    """

    order: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    grown: list[bytes] = field(default_factory=list)
    boxes: list[dict[str, Any]] = field(default_factory=list)
    casts: list[dict[str, Any]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    heaps: dict[str, list[bytes]] = field(default_factory=dict)
    channels: list[dict[str, bytes]] = field(default_factory=list)
    wal: bytes = b""
    last: bytes = b""
    left: bytes = b""

    @cached_property
    def own(self) -> dict[str, str]:
        """Whose a sealed slip is: the one that was not in the copy before."""
        slips = [set(box.get("slips", "").split()) for box in self.boxes]
        pairs = zip(self.order, slips, slips[1:], strict=False)
        return {next(iter(later - before)): voter for voter, before, later in pairs}

    @cached_property
    def secrets(self) -> set[str]:
        """Every text of 64 hex digits anywhere: hashes, salts, and keys if there are."""
        left = [self.last, self.left, *(each for copy in self.channels for each in copy.values())]
        return {found.decode() for each in left for found in HEX.findall(each)}

    def copies(self, channel: str) -> list[bytes]:
        """What a channel had given away before the first vote and after each."""
        return [copy[channel] for copy in self.channels[:-1]]


def paired(voters: Iterable[str], choices: Iterable[str]) -> Guess:
    """One to each, in order."""
    return dict(zip(voters, choices, strict=False))


def ranked(loot: Loot, by: Sequence[Any]) -> Guess:
    """Voters by a number, choices by their length: short words go with small numbers."""
    voters = sorted(range(len(loot.order)), key=lambda n: by[n])
    choices = sorted(loot.published, key=len)
    return paired((loot.order[n] for n in voters), choices)


def published_as_cast(loot: Loot) -> Guess:
    """Published in the order of casting."""
    return paired(loot.order, loot.published)


def published_by_seat(loot: Loot) -> Guess:
    """Published in the order of the seats."""
    return paired(sorted(loot.order), loot.published)


def place_in_box(loot: Loot) -> Guess:
    """Published in the order of the slips of the last copy, whose owners earlier copies tell."""
    last = loot.boxes[-1].get("slips", "").split()
    return paired((loot.own[slip] for slip in last if slip in loot.own), loot.published)


def place_in_files(loot: Loot) -> Guess:
    """Words in the files, by their place: the last run of them that makes up the result."""
    tally = Counter(loot.published)
    fitting = [run for run in runs(loot.left) if Counter(run) == tally]
    return paired(loot.order, fitting[-1]) if fitting else {}


def runs(content: bytes) -> list[list[str]]:
    """Choices that stand close together."""
    found: list[list[str]] = []
    end = -GAP
    for each in WORD.finditer(content):
        if each.start() - end >= GAP:
            found.append([])
        found[-1].append(each[0].decode())
        end = each.end()
    return found


def words_in_statements(loot: Loot) -> Guess:
    """The word that is oftener than usual among the statements of a vote."""
    said = [words(each.encode()) for each in loot.statements]
    usual = {word: sum(each[word] for each in said) / len(said) for word in WORDS}
    return most(loot, [{w: each[w] - usual[w] for w in WORDS} for each in said])


def words_in_changes(loot: Loot) -> Guess:
    """The word that the pages written by a vote have oftener than those of the vote before."""
    pages = [words(each) for each in loot.grown]
    return most(loot, [{w: b[w] - a[w] for w in WORDS} for a, b in pairwise(pages)])


def words(content: bytes) -> Counter[str]:
    return Counter(word.decode() for word in WORD.findall(content))


def most(loot: Loot, excess: Iterable[Mapping[str, float]]) -> Guess:
    """The word in greatest excess; of equals one that was published."""
    best = [max(WORDS, key=lambda w: (each[w], w in loot.published)) for each in excess]
    return paired(loot.order, best)


def lengths(loot: Loot) -> Guess:
    """How much each vote wrote."""
    names = [len(seat) for seat in loot.order]
    said = zip(loot.statements, loot.answers, names, strict=True)
    return ranked(loot, [len(s) + len(a) - 4 * name for s, a, name in said])


def lengths_of_frames(loot: Loot) -> Guess:
    """How much the log of changes grew."""
    return ranked(loot, [len(frames) for frames in loot.grown[1:]])


def lengths_of_events(loot: Loot) -> Guess:
    """How long the journal's entries are."""
    names = [len(seat) for seat in loot.order]
    lengths_ = [len(str(c)) - 2 * name for c, name in zip(loot.casts, names, strict=True)]
    return ranked(loot, lengths_)


def times(loot: Loot) -> Guess:
    """How long the answer took."""
    return ranked(loot, loot.seconds)


def slips_by_value(loot: Loot) -> Guess:
    """Sealed slips as numbers."""
    return paired((loot.own[slip] for slip in sorted(loot.own)), loot.published)


def entries_by_value(loot: Loot) -> Guess:
    """What the journal commits to, as numbers."""
    by_seal = {c["box"]: c["seat"] for c in loot.casts if "box" in c}
    return paired((by_seal[seal] for seal in sorted(by_seal)), loot.published)


def commitments_tried(loot: Loot) -> Guess:
    """Every text that may be a salt, with every choice, against what the journal commits to."""
    wanted = {v: c["seat"] for c in loot.casts for v in [c.get("box"), *c["commit"].values()]}
    return {
        wanted[found]: word
        for salt in loot.secrets
        for word in WORDS
        if (found := commitment(salt, word)) in wanted
    }


def keys_tried(loot: Loot) -> Guess:
    """Every text that may be a key, on the slips whose owners the copies tell."""
    box = Box(**{k: v for k, v in loot.boxes[-1].items() if k != "dossier_id"})
    keys = [each for each in loot.secrets if sealing.public_of(each) == box.public]
    slips = list(loot.own)
    for key in keys:
        return paired(loot.own.values(), sealing.unseal(key, ballot_of("h1", box), slips))
    return {}


Attacks = Mapping[str, Callable[[Loot], Guess]]


def _named(*attacks: Callable[[Loot], Guess]) -> Attacks:
    return {attack.__name__: attack for attack in attacks}


EVERY = _named(
    published_as_cast, published_by_seat, place_in_box, place_in_files, words_in_statements,
    words_in_changes, lengths,
    lengths_of_frames, lengths_of_events, times, slips_by_value, entries_by_value,
    commitments_tried, keys_tried,
)  # fmt: skip
"""Against every database."""


def rows_of_tasks(loot: Loot) -> Guess:
    """Rows of what was asked, as votes moved them in the table's file."""
    return paired(_moved(loot, "task"), loot.published)


def rows_of_votes(loot: Loot) -> Guess:
    """Rows of the journal, as they lie in the table's file."""
    return paired(_moved(loot, "event"), loot.published)


def _moved(loot: Loot, table: str) -> list[str]:
    """Voters by the last row that names them."""
    last = {seat: n for n, row in enumerate(loot.heaps.get(table, ()))
            for seat in loot.order if re.search(rb"%b(?![0-9])" % seat.encode(), row)}  # fmt: skip
    return sorted(last, key=lambda seat: last[seat])


def rows_of_slips(loot: Loot) -> Guess:
    """Slips as they were put into the box's file, the older boxes in it too."""
    rows = b"\n".join(loot.heaps.get("box", ()))
    seen = {slip: rows.find(slip.encode()) for slip in loot.own}
    slips = sorted((slip for slip in seen if seen[slip] >= 0), key=lambda slip: seen[slip])
    return paired((loot.own[slip] for slip in slips), loot.published)


def rows_that_tell(loot: Loot) -> Guess:
    """Words in the rows themselves: what names a seat and one choice."""
    return telling(loot, [row for each in loot.heaps.values() for row in each])


def telling(loot: Loot, rows: Iterable[bytes]) -> Guess:
    """Whom rows name together with one choice."""
    told = [(words(row), set(SEAT.findall(row))) for row in rows]
    return {seat: next(iter(said)) for said, seats in told if len(said) == 1
            for seat in loot.order if seat.encode() in seats}  # fmt: skip


IN_ROWS = _named(
    rows_of_tasks, rows_of_votes, rows_of_slips, rows_that_tell,
)  # fmt: skip
"""Against PostgreSQL's files."""
