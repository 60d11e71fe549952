"""The thief of the figure `secrecy` tells votes apart where something gives them away."""

import logging
import random
from collections import Counter
from functools import cache
from itertools import permutations

import pytest

from figures.council import secrecy, secrecy_attacks, secrecy_odds, secrecy_server
from figures.fault import replaced
from thidua.keys import KeyFolder
from thidua.workflow.acts import casting


def _telling(draft, line, task, told=casting.cast_secretly):
    told(draft, line, task)
    draft.kept["choice"] = draft.command.choice
    logging.getLogger("thidua").debug("cast %s", draft.command.choice)


FAULTS = {
    "kept in order": secrecy.in_order,
    "key kept": lambda: replaced(KeyFolder, "destroy", lambda *_: None),
    "choice kept": lambda: replaced(casting, "cast_secretly", _telling),
}
SEEN = {
    "kept in order": (
        "place_in_box", "published_as_cast", "place_in_files", "place_of_words_export",
        "place_of_words_backup", "place_of_slips_backup",
    ),
    "key kept": ("keys_tried",),
    "choice kept": (
        "commitments_tried", "words_in_statements", "words_added_export", "words_added_backup",
        "words_added_log", "lines_that_tell_export",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def robbed(tmp_path_factory):
    """The loot and the truth of one council by fault, each held once."""

    @cache
    def of(fault):
        with FAULTS[fault]():
            return secrecy.held(tmp_path_factory.mktemp("council"), random.Random(4))

    return of


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_attacks_have_teeth(fault, robbed):
    loot, truth = robbed(fault)

    assert len(set(truth.values())) > 1
    assert {name: _hits(name, loot, truth) for name in SEEN[fault]} == dict.fromkeys(
        SEEN[fault], len(truth)
    )


def _hits(name, loot, truth):
    guess = secrecy.EVERY[name](loot)
    return sum(guess.get(voter) == choice for voter, choice in truth.items())


@pytest.mark.slow
def test_without_a_fault_there_is_no_key_and_no_commitment_to_a_choice(tmp_path):
    loot, _ = secrecy.held(tmp_path, random.Random(4))

    assert secrecy_attacks.keys_tried(loot) == {}
    assert secrecy_attacks.commitments_tried(loot) == {}
    assert len(loot.own) == len(loot.order)
    assert all(set(copy) == {"export", "backup", "archive", "log"} for copy in loot.channels)


@pytest.mark.slow
def test_pages_that_tell_are_read(robbed):
    """A page that splits hides a vote or two."""
    loot, truth = robbed("choice kept")

    assert _hits("words_in_changes", loot, truth) >= 0.8 * len(truth)


def test_outdated_rows_are_read_from_a_file():
    """A page by hand: its rows lie backwards, the dead one between the living."""
    rows = [b"member:m2 voted", b"member:m0 voted", b"member:m1 voted"]
    page, end, pointers = bytearray(secrecy_server.PAGE), secrecy_server.PAGE, b""
    for row in rows:
        end -= len(row)
        page[end : end + len(row)] = row
        pointers += (end | 1 << 15 | len(row) << 17).to_bytes(4, "little")
    page[12:14] = (secrecy_server.POINTERS + len(pointers)).to_bytes(2, "little")
    page[24 : 24 + len(pointers)] = pointers
    seats = ["member:m0", "member:m1", "member:m2"]
    loot = secrecy_attacks.Loot(order=seats, published=["a", "b", "c"])
    loot.heaps["task"] = list(secrecy_server.tuples(bytes(page)))

    assert loot.heaps["task"] == rows
    assert secrecy_attacks.rows_of_tasks(loot) == dict(zip(seats, "bca", strict=True))


@pytest.mark.parametrize(
    ("guess", "truth"), [("ffa", "ffa"), ("aaa", "ffa"), ("ffao", "faao"), ("fo", "ffao")]
)
def test_luck_is_what_dealing_out_comes_to(guess, truth):
    """Every way to deal the choices out is tried."""
    hits = [sum(map(str.__eq__, guess, dealt)) for dealt in permutations(truth)]
    mean = sum(hits) / len(hits)

    told = secrecy_odds.law(Counter(guess), Counter(truth), len(guess))

    assert told == pytest.approx((mean, sum((h - mean) ** 2 for h in hits) / len(hits)))
