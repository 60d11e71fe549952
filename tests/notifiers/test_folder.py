"""The folder of .eml files: whole files, one for each Message-ID for ever."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from thidua.notifiers.channels import Recording, TemporaryFailure
from thidua.notifiers.folder import EmlFolder
from thidua.notifiers.letter import stable_message_id


def _key(number):
    return stable_message_id(f"task {number}", domain="example.org")


def test_letter_becomes_one_dated_file(tmp_path, make_letter, at):
    folder = EmlFolder(tmp_path / "mails" / "2018")

    folder.send(make_letter(), at + timedelta(hours=16))

    (file,) = folder.path.iterdir()
    assert file == folder.place(make_letter(), at)
    assert file.name.startswith("2018-07-06-")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["Subject"] == make_letter().subject


@pytest.mark.parametrize("again", ["same channel", "new channel"])
def test_repeated_send_replaces(tmp_path, make_letter, at, again):
    first = EmlFolder(tmp_path)
    first.send(make_letter(), at)
    second = first if again == "same channel" else EmlFolder(tmp_path)

    second.send(make_letter(text="lần hai"), at + timedelta(days=3))

    (file,) = tmp_path.iterdir()
    assert file.name.startswith("2018-07-05-")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message.get_body(("plain",)).get_content() == "lần hai\r\n"


def test_different_letters_are_different_files(tmp_path, make_letter, at):
    folder = EmlFolder(tmp_path)

    for number in range(20):
        folder.send(make_letter(message_id=_key(number)), at)

    assert len(list(tmp_path.iterdir())) == 20


def test_file_is_for_its_owner_only(tmp_path, make_letter, at):
    folder = EmlFolder(tmp_path)

    folder.send(make_letter(), at)

    assert folder.place(make_letter(), at).stat().st_mode & 0o077 == 0


def test_half_written_file_of_a_killed_process_is_no_letter(tmp_path, make_letter, at):
    (tmp_path / ".2018-07-05-0123456789ab.1.tmp").write_bytes(b"From: half")

    EmlFolder(tmp_path).send(make_letter(), at)

    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_folder_that_is_a_file_is_temporary(tmp_path, make_letter, at):
    (tmp_path / "mails").write_text("")

    with pytest.raises(TemporaryFailure) as caught:
        EmlFolder(tmp_path / "mails").send(make_letter(), at)

    assert (caught.value.stage, caught.value.scope) == ("folder", "channel")
    assert "mail" in caught.value.text("en")


def test_recording_keeps_letters_in_order(make_letter, at):
    channel = Recording()
    letters = [make_letter(message_id=_key(number)) for number in range(3)]

    for letter in letters:
        channel.send(letter, at)

    assert channel.letters == letters
