"""The sealed box of a secret ballot: what the engine puts in and takes out for an act."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from thidua import sealing
from thidua.keys import Key, KeyLost, Keys
from thidua.storage import load
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow import command as c
from thidua.workflow.errors import Misuse
from thidua.workflow.secrecy import Box, Boxed, is_sealed, newest
from thidua.workflow.view import Rules, View

REHEARSAL = "thidua_rehearsal"
"""An execution option: what is done on this connection will be undone, so no box is opened."""

ABOUT_A_BOX = (c.Cast, c.Close, c.VoidBallot)


@dataclass(frozen=True, slots=True)
class Urn:
    """Without `keys` no electronic secret vote is taken and no box opened."""

    keys: Keys | None = None

    def prepared(
        self, pen: Pen, s: Statements, rules: Rules, view: View, command: c.Command, *, real: bool
    ) -> View:
        """The view with the box that the command is about, read under the dossier's lock.

        Only a `real` act keeps a new key or looks into a box.
        """
        if view.prior is not None or not isinstance(command, ABOUT_A_BOX):
            return view
        rule = rules.procedure.rounds.get(command.round)
        if rule is None or not is_sealed(rule):
            return view
        line = newest(view.lines, command.round)
        if line is None or line.closed_n is not None:
            return view
        box = load.box(pen, s, view.dossier.id, line.round_id)
        real = real and not pen.connection.get_execution_options().get(REHEARSAL)
        if not isinstance(command, c.Cast):
            boxed = self._looked_into(view.dossier.id, box, real=real)
        elif command.way != "electronic":
            return view
        else:
            boxed = self._with_vote(view, line.round_id, box, command.choice, real=real)
        return view._replace(boxed=boxed)

    def _with_vote(
        self, view: View, round_id: str, box: Box | None, choice: str, *, real: bool
    ) -> Boxed:
        if self.keys is None:
            return Boxed(fault="keys-missing")
        if not any(t.round_id == round_id and t.status == "open" for t in view.tasks):
            return Boxed()
        if box is None:
            key = self.keys.make() if real else Key("", sealing.new_pair().public)
            box = Box(round_id, key.id, key.public, 0, "", "")
        elif _is_lost(self.keys, box, real=real):
            return Boxed(fault="key-lost")
        slip = sealing.seal(box.public, ballot_of(view.dossier.id, box), fitting(choice))
        return Boxed(put_in(box, slip))

    def _looked_into(self, dossier_id: str, box: Box | None, *, real: bool) -> Boxed:
        if box is None:
            return Boxed()
        if self.keys is None:
            return Boxed(box, fault="keys-missing")
        if not real:
            lost = _is_lost(self.keys, box, real=False)
            return Boxed(box, fault="key-lost" if lost else "box-kept-shut")
        try:
            choices = self.keys.open(box.key_id, ballot_of(dossier_id, box), box.each)
        except KeyLost:
            return Boxed(box, fault="key-lost")
        except sealing.NotOpened:
            return Boxed(box, fault="box-broken")
        whole = len(set(box.each)) == len(choices) == box.votes
        return Boxed(box, tuple(choices)) if whole else Boxed(box, fault="box-broken")


def _is_lost(keys: Keys, box: Box, *, real: bool) -> bool:
    """Whether the box's key is gone for good; of keys out of reach a rehearsal knows nothing."""
    try:
        return not keys.has(box.key_id)
    except Misuse:
        if real:
            raise
        return False


def ballot_of(dossier_id: str, box: Box) -> str:
    """What a slip is bound to: it opens in no other box."""
    return f"thidua/box/1/{box.round_id}/{dossier_id}/{box.key_id}"


def put_in(box: Box, slip: str) -> Box:
    """The box with one slip more, all of them in a new order under a new salt."""
    slips = shuffled([*box.each, slip])
    return box._replace(votes=box.votes + 1, slips=" ".join(slips), salt=secrets.token_hex(32))


def shuffled(slips: Sequence[str]) -> list[str]:
    """The slips in an order that the system's own generator draws."""
    mixed = list(slips)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


def fitting(choice: str) -> str:
    """The choice; one that is too long for a slip is no choice, and refused by the decision."""
    return choice if len(choice.encode()) <= sealing.WIDTH else ""
