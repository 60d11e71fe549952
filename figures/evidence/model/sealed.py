"""The keys of the model's office: slips under a number each, so that two sides write alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from figures.fault import replaced
from thidua import sealing, urn
from thidua.keys import Key, KeyLost
from thidua.workflow.secrecy import Box


class Hands:
    """Keys in memory. What they lock is not locked at all: it is `secrecy` that tries the locks."""

    def __init__(self, number: Callable[[], int]) -> None:
        self.number = number
        self.kept: set[str] = set()

    def make(self) -> Key:
        """A new key, kept."""
        key = f"{self.number():064x}"
        self.kept.add(key)
        return Key(key, key)

    def open(self, key_id: str, _ballot: str, slips: Sequence[str]) -> list[str]:
        """The choices on slips."""
        if key_id not in self.kept:
            raise KeyLost
        return [bytes.fromhex(slip.partition("00")[0]).decode() for slip in slips]

    def has(self, key_id: str) -> bool:
        """Whether it is here."""
        return key_id in self.kept

    def destroy(self, key_id: str) -> None:
        """Forget it."""
        self.kept.discard(key_id)

    def made(self) -> Mapping[str, datetime]:
        """Nobody asks."""
        return {}

    def sign(self, _text: str) -> None:
        """Nothing is signed."""

    def signing_key(self) -> None:
        """Nothing is signed."""

    def new_signing_key(self) -> str:
        """Nothing is signed."""
        raise NotImplementedError


@contextmanager
def numbered(number: Callable[[], int]) -> Iterator[None]:
    """Slips, their order in a box and its salt by number instead of by chance."""

    def seal(_public: str, _ballot: str, choice: str) -> str:
        return f"{choice.encode().hex()}00{number():016x}"

    def put_in(box: Box, slip: str) -> Box:
        slips, salt = " ".join(sorted([*box.each, slip])), f"{number():064x}"
        return box._replace(votes=box.votes + 1, slips=slips, salt=salt)

    with ExitStack() as stack:
        stack.enter_context(replaced(sealing, "seal", seal))
        stack.enter_context(replaced(urn, "put_in", put_in))
        yield
