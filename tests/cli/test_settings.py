"""What the environment says, and what the command line says over it."""

from pathlib import Path
from typing import Any

import pytest

from thidua import Misuse
from thidua.settings import MailServer, from_environment


def test_nothing_said_is_a_file_in_the_working_folder() -> None:
    settings = from_environment({})

    assert settings.sqlite_file == Path("thidua.db")
    assert settings.files_folder == Path("thidua-files")
    assert settings.mails_folder == Path("thidua-mails")
    assert (settings.lang, settings.prefix, settings.test_clock) == ("vi", "td_", False)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////srv/award/a.db", Path("/srv/award/a.db")),
        ("sqlite+pysqlite:///a.db?x=1", Path("a.db")),
        ("postgresql://host/name", None),
        ("nonsense", None),
    ],
)
def test_folders_lie_beside_the_file(url: str, file: Path | None) -> None:
    settings = from_environment({"THIDUA_DATABASE": url})

    assert settings.sqlite_file == file
    assert settings.files_folder == (file.parent if file else Path()) / "thidua-files"


def test_what_is_said_wins_over_the_environment() -> None:
    settings = from_environment({"THIDUA_LANG": "en", "THIDUA_SCHEMA": "a"}, lang="vi", schema=None)

    assert (settings.lang, settings.schema) == ("vi", "a")


def test_mail_server_is_read() -> None:
    told = {"THIDUA_SMTP_HOST": "mail.example.org", "THIDUA_SMTP_PORT": "465",
            "THIDUA_SMTP_SECURITY": "tls", "THIDUA_SMTP_USER": "u"}  # fmt: skip

    assert from_environment(told).server == MailServer("mail.example.org", 465, "tls", "u", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"THIDUA_LANG": "fr"},
        {"THIDUA_SMTP_HOST": "x", "THIDUA_SMTP_PORT": "many"},
        {"THIDUA_SMTP_HOST": "x", "THIDUA_SMTP_SECURITY": "some"},
    ],
)
def test_setting_that_there_is_not_is_told(terminal: Any, wrong: dict[str, str]) -> None:
    with pytest.raises(Misuse) as caught:
        from_environment(wrong)
    told = terminal.run("inbox", **wrong)

    assert caught.value.reasons[0].code == "bad-setting"
    assert (told.code, told.reasons) == (2, ["bad-setting"])
