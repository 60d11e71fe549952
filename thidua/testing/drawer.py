"""Keys of sealed ballots in memory, for offices that are gone after the test."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from thidua import sealing
from thidua.ids import utc_now
from thidua.keys import Key, KeyLost, Signed
from thidua.signing import new_private, public_of, sign


class KeyDrawer:
    """Keeps keys as long as it lives; give it to `Thidua(keys=…)`. Needs the extra `secret`."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, datetime]] = {}
        self._signing: str | None = None

    def make(self) -> Key:
        """A new key."""
        pair, key_id = sealing.new_pair(), secrets.token_hex(16)
        self._kept[key_id] = pair.private, utc_now()
        return Key(key_id, pair.public)

    def open(self, key_id: str, ballot: str, slips: Sequence[str]) -> list[str]:
        """The choices on slips sealed for this ballot."""
        if key_id not in self._kept:
            raise KeyLost(key_id)
        return sealing.unseal(self._kept[key_id][0], ballot, slips)

    def has(self, key_id: str) -> bool:
        """Whether the key is here."""
        return key_id in self._kept

    def destroy(self, key_id: str) -> None:
        """Forget the key."""
        self._kept.pop(key_id, None)

    def made(self) -> Mapping[str, datetime]:
        """Every key that is kept, with the instant at which it was made."""
        return {key_id: at for key_id, (_, at) in self._kept.items()}

    def sign(self, text: str) -> Signed | None:
        """Sign a checkpoint; None before `new_signing_key`."""
        if self._signing is None:
            return None
        return Signed(public_of(self._signing), sign(self._signing, text))

    def signing_key(self) -> str | None:
        """The public half of the key that signs."""
        return None if self._signing is None else public_of(self._signing)

    def new_signing_key(self) -> str:
        """A key that signs from now on."""
        self._signing = new_private()
        return public_of(self._signing)
