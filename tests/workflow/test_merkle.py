"""The tree against the vectors published with RFC 6962, and its ways against each other."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.evidence.thidua_verify import Court
from thidua.workflow import merkle
from thidua.workflow.merkle import Frontier

LEAVES = [
    bytes.fromhex(told)
    for told in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
# Leaves and roots are `LeafInputs` and `RootHashes`, the nodes of the proofs are among `NodeHashes`
# of testonly/constants.go in transparency-dev/merkle (commit 417fb0c3), compared with a copy.
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 8): "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
    " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
    " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    (5, 8): "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
    " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (2, 3): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    (1, 5): "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
    " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
}
GROWN = {
    (1, 1): "",
    (1, 8): PATHS[0, 8],
    (6, 8): "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
    " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
    " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (2, 5): "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
    " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
}
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]


def hexed(told: str) -> list[bytes]:
    return [bytes.fromhex(each) for each in told.split()]


def test_root_of_nothing() -> None:
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert Frontier().root().hex() == merkle.root([]).hex() == nothing


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert Frontier().grown(LEAVES[:size]).root().hex() == ROOTS[size - 1]
    assert merkle.root(HASHES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize("other", [0, 1])
def test_published_roots_in_the_second_verifier(other: int) -> None:
    court = Court()
    court.leaves = dict(enumerate(HASHES))
    court.roots = dict(enumerate(ROOTS[other:], 1))

    court.tree()

    assert len(court.faults) == other * len(court.roots)


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_published_inclusion_proofs(index: int, size: int) -> None:
    proof = hexed(PATHS[index, size])
    root = bytes.fromhex(ROOTS[size - 1])

    assert merkle.inclusion(HASHES[:size], index) == proof
    assert merkle.includes(proof, HASHES[index], index=index, size=size, root=root)


@pytest.mark.parametrize(("earlier", "size"), GROWN)
def test_published_consistency_proofs(earlier: int, size: int) -> None:
    proof = hexed(GROWN[earlier, size])
    before, now = (bytes.fromhex(ROOTS[each - 1]) for each in (earlier, size))

    assert merkle.consistency(HASHES[:size], earlier) == proof
    assert merkle.consistent(proof, earlier=earlier, earlier_root=before, size=size, root=now)


@given(st.lists(st.binary(max_size=4), max_size=70), st.integers(0, 70))
def test_frontier_grows_as_the_tree(leaves: list[bytes], cut: int) -> None:
    grown = Frontier().grown(leaves[:cut]).grown(leaves[cut:])

    assert grown == Frontier().grown(leaves)
    assert grown.root() == merkle.root([merkle.leaf_hash(leaf) for leaf in leaves])
    assert len(grown.peaks) == len(leaves).bit_count()


@given(st.integers(1, 70), st.data())
def test_proofs_hold_and_no_other_does(size: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(bytes([each])) for each in range(size)]
    root = merkle.root(hashes)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion(hashes, index)
    holds = partial(merkle.includes, index=index, size=size, root=root)

    assert holds(proof, hashes[index])
    assert not holds(proof, merkle.leaf_hash(b"another"))
    assert not holds([*proof, root], hashes[index])
    assert not proof or not holds(proof[:-1], hashes[index])
    assert not merkle.includes(proof, hashes[index], index=size, size=size, root=root)


@given(st.integers(1, 70), st.data())
def test_growth_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(bytes([each])) for each in range(size)]
    earlier = data.draw(st.integers(1, size))
    before, now = merkle.root(hashes[:earlier]), merkle.root(hashes)
    proof = merkle.consistency(hashes, earlier)
    grew = partial(merkle.consistent, earlier=earlier, size=size)
    other = merkle.leaf_hash(b"another")

    assert grew(proof, earlier_root=before, root=now)
    assert not grew(proof, earlier_root=other, root=now)
    assert not grew(proof, earlier_root=before, root=other)
    assert not grew([*proof, other], earlier_root=before, root=now)
    assert not proof or not grew(proof[:-1], earlier_root=before, root=now)


def test_growth_from_nothing_needs_no_proof() -> None:
    grew = partial(merkle.consistent, earlier_root=merkle.EMPTY, root=HASHES[0])

    assert grew([], earlier=0, size=1)
    assert not grew([HASHES[1]], earlier=0, size=1)
    assert not grew([], earlier=2, size=1)
