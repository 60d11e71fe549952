"""Private values are stored sealed; after an erasure a copy made before holds none of them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Text, select, type_coerce

from thidua import By, CommandReused, Correct, Hold, Misuse, Paper, Redact, Thidua
from thidua.doctor.keys import keys
from thidua.storage import listing
from thidua.value_keys import ValueKeyFolder
from thidua.verify import verify

ORDER = Paper(number="7", symbol="QĐ-BTP", signed_on=date(2018, 6, 8))
NAMES = ("Nguyễn Văn Ấn", "chim hót", "chim bay")


@pytest.fixture
def sealing(archive, tmp_path):
    """The same database with sealing switched on."""
    values = ValueKeyFolder(tmp_path / "keys")
    return replace(archive, wf=Thidua(files=archive.wf.files, values=values))


@pytest.fixture
def dossier(sealing, request):
    """A dossier that was proposed and held since sealing was switched on."""
    key = f"s-{request.node.name}"
    sealing.propose(key)
    sealing.act(key, Hold(note="chim hót"), command_id="again")
    return key


def stored(office, stream):
    """The values as they stand in the rows."""
    p = office.wf.tables.event_private.c
    with office.engine.connect() as db:
        rows = db.execute(select(type_coerce(p.body, Text)).where(p.stream == stream))
        return list(rows.scalars())


def redact(office, db, stream, parts=("candidate", "notes")):
    command = Redact(parts, "ordered", ground=ORDER)
    office.wf.erasure.redact(db, stream, command, by=By("officer"), now=office.now)


def test_rows_hold_no_value_and_every_reader_does(sealing, dossier):
    rows = "".join(stored(sealing, dossier))
    assert [word for word in NAMES if word in rows] == []

    sealing.act(dossier, Hold(note="chim hót"), command_id="again")
    with sealing.engine.connect() as db:
        assert verify(db, sealing.wf, dossier_id=dossier) == []
        said = listing.history(db, sealing.wf.tables, dossier)
        assert verify(db, sealing.wf, dossier_id="h1") == []  # written before it was switched on
    assert "chim hót" in str(said)


def test_the_command_id_of_another_note_is_told_apart(sealing, dossier):
    with pytest.raises(CommandReused):
        sealing.act(dossier, Hold(note="chim bay"), command_id="again")


def test_a_copy_made_before_opens_no_more(sealing, dossier):
    copy = stored(sealing, dossier)
    with sealing.engine.begin() as db:
        redact(sealing, db, dossier)
    assert "chim hót" in "".join(map(str, map(sealing.wf.values.open, copy)))
    assert [each.code for each in told(sealing)] == ["value-keys-left"]

    assert sealing.wf.destroy_keys(sealing.engine) == 1

    assert [sealing.wf.values.open(each) for each in copy] == [None] * len(copy)
    assert told(sealing) == []
    sealing.act(dossier, Correct({"merit": "chim bay"}, note="nhầm"))
    with sealing.engine.connect() as db:
        assert verify(db, sealing.wf, dossier_id=dossier) == []


def told(office):
    with office.engine.connect() as db:
        return list(keys(db, office.wf))


def test_an_erasure_that_was_rolled_back_loses_nothing(sealing, dossier):
    with sealing.engine.connect() as db:
        redact(sealing, db, dossier)
        db.rollback()
    sealing.wf.destroy_keys(sealing.engine)
    with sealing.engine.connect() as db:
        assert "chim hót" in str(listing.history(db, sealing.wf.tables, dossier))
        assert verify(db, sealing.wf, dossier_id=dossier) == []


def test_what_was_written_before_is_sealed_by_its_erasure(archive, sealing):
    archive.propose("plain")
    assert "Nguyễn Văn Ấn" in "".join(stored(sealing, "plain"))
    with sealing.engine.begin() as db:
        redact(sealing, db, "plain", ("fields",))
    assert "Nguyễn Văn Ấn" not in "".join(stored(sealing, "plain"))
    with sealing.engine.connect() as db:
        assert verify(db, sealing.wf, dossier_id="plain") == []


def test_a_restored_copy_is_erased_again(sealing, dossier):
    for n in sealing.wf.values._of(dossier):
        sealing.wf.values.destroy(dossier, n)
    with sealing.engine.begin() as db:
        told = {each.code for each in verify(db, sealing.wf, dossier_id=dossier)}
        assert "private-missing" in told
        redact(sealing, db, dossier, ("candidate", "notes", "fields"))
        assert verify(db, sealing.wf, dossier_id=dossier) == []


def test_a_folder_that_is_not_there_is_no_lost_key(sealing, dossier):
    (row, *_) = stored(sealing, dossier)
    sealing.wf.values.root.rename(sealing.wf.values.root.with_name("away"))
    with pytest.raises(Misuse) as told:
        sealing.wf.values.open(row)
    assert told.value.reasons[0].code == "keys-unreachable"


def test_a_key_is_never_put_over_another(tmp_path):
    values = ValueKeyFolder(tmp_path / "keys")
    sealed = values.seal("s", "{}")
    values._make("s", 1)
    assert values.open(sealed) == "{}"
    assert [each.name for each in values.root.glob("*/*")] == ["1.key"]
