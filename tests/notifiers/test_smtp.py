"""The SMTP channel against a real server: what is taken, what is refused, what is lost."""

import shutil
import smtplib
import ssl
import subprocess
from pathlib import Path

import pytest

from thidua.notifiers.channels import PermanentFailure, SendFailure, TemporaryFailure
from thidua.notifiers.letter import Address
from thidua.notifiers.smtp import Server, Smtp

TWO = (Address("Lê Văn Mẫu", "mau@example.com"), Address("", "lan@example.com"))


def plain(port, **changes):
    parts = {"host": "127.0.0.1", "port": port, "security": "none", "timeout": 5, **changes}
    return Smtp(Server(**parts))


def failure_of(channel, letter, at) -> SendFailure:
    with channel, pytest.raises(SendFailure) as caught:
        channel.send(letter, at)
    return caught.value


def test_letter_arrives_with_its_envelope(serve, postman, make_letter, at):
    with plain(serve()) as channel:
        channel.send(make_letter(to=TWO), at)

    (envelope,) = postman.taken
    assert envelope.mail_from == "tdkt@example.org"
    assert envelope.rcpt_tos == ["mau@example.com", "lan@example.com"]
    assert b"Auto-Submitted: auto-generated" in envelope.content


def test_letters_share_one_connection(serve, postman, make_letter, at):
    with plain(serve()) as channel:
        for _ in range(3):
            channel.send(make_letter(), at)

    assert (len(postman.taken), postman.connections) == (3, 1)


def test_lost_connection_is_opened_anew(serve, postman, make_letter, at):
    postman.answers["noop"] = "drop"
    with plain(serve()) as channel:
        channel.send(make_letter(), at)
        channel.send(make_letter(), at)

    assert (len(postman.taken), postman.connections) == (2, 2)


REACHED = {"mail": "sender", "rcpt": "recipients", "data": "end"}


@pytest.mark.parametrize("stage", REACHED)
@pytest.mark.parametrize(("code", "kind"), [("451", TemporaryFailure), ("554", PermanentFailure)])
def test_refusal_keeps_stage_and_code(serve, postman, make_letter, at, stage, code, kind):
    postman.answers[stage] = f"{code} Không nhận\x07 thư"

    failure = failure_of(plain(serve()), make_letter(), at)

    assert type(failure) is kind
    assert (failure.stage, failure.smtp_code) == (REACHED[stage], int(code))
    assert (failure.scope, failure.maybe_delivered) == ("letter", False)
    assert "\x07" not in failure.answer
    assert postman.taken == []


def test_connection_serves_the_next_letter_after_a_refusal(serve, postman, make_letter, at):
    postman.answers["data"] = "554 no"
    with plain(serve()) as channel:
        with pytest.raises(PermanentFailure):
            channel.send(make_letter(), at)
        del postman.answers["data"]
        channel.send(make_letter(), at)

    assert (len(postman.taken), postman.connections) == (1, 1)


@pytest.mark.parametrize(
    ("stage", "reached", "scope"),
    [
        ("ehlo", "greeting", "channel"),
        ("mail", "sender", "letter"),
        ("rcpt", "recipients", "letter"),
        ("data", "end", "letter"),
    ],
)
def test_dropped_connection_is_temporary(serve, postman, make_letter, at, stage, reached, scope):
    postman.answers[stage] = "drop"

    failure = failure_of(plain(serve()), make_letter(), at)

    assert type(failure) is TemporaryFailure
    assert (failure.stage, failure.smtp_code, failure.scope) == (reached, 0, scope)
    assert failure.maybe_delivered is (stage == "data")


@pytest.mark.parametrize(
    ("answer", "kind"), [("450 later", TemporaryFailure), ("550 unknown", PermanentFailure)]
)
def test_partial_refusal_names_both_sides(serve, postman, make_letter, at, answer, kind):
    postman.answers["lan@example.com"] = answer

    failure = failure_of(plain(serve()), make_letter(to=TWO), at)

    assert type(failure) is kind
    assert [each.mailbox for each in failure.refusals] == ["lan@example.com"]
    assert failure.accepted == ("mau@example.com",)
    assert [each.rcpt_tos for each in postman.taken] == [["mau@example.com"]]


def test_mixed_refusals_are_tried_again(serve, postman, make_letter, at):
    postman.answers |= {"mau@example.com": "550 unknown", "lan@example.com": "450 later"}

    failure = failure_of(plain(serve()), make_letter(to=TWO), at)

    assert type(failure) is TemporaryFailure
    assert [(each.mailbox, each.lasting) for each in failure.refusals] == [
        ("mau@example.com", True),
        ("lan@example.com", False),
    ]
    assert failure.accepted == ()


def test_interrupted_letter_leaves_no_answer_behind(serve, postman, make_letter, at, monkeypatch):
    with plain(serve()) as channel:
        with monkeypatch.context() as patch:
            patch.setattr(smtplib.SMTP, "rcpt", _interrupt)
            with pytest.raises(KeyboardInterrupt):
                channel.send(make_letter(), at)
        channel.send(make_letter(), at)

    assert (len(postman.taken), postman.connections) == (1, 2)


def _interrupt(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("code", ["421", "530"])
@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_server_trouble_is_not_the_letters(serve, postman, make_letter, at, stage, code):
    postman.answers[stage] = f"{code} not now"

    failure = failure_of(plain(serve()), make_letter(), at)

    assert type(failure) is TemporaryFailure
    assert failure.scope == "channel"


@pytest.mark.parametrize("greeting", [b"554 no service\r\n", b"nonsense\r\n"])
def test_unfriendly_greeting_is_temporary(scripted, make_letter, at, greeting):
    failure = failure_of(plain(scripted(greeting).port), make_letter(), at)

    assert type(failure) is TemporaryFailure
    assert (failure.stage, failure.scope) == ("greeting", "channel")


def test_nobody_listening_is_temporary(free_port, make_letter, at):
    failure = failure_of(plain(free_port), make_letter(), at)

    assert (failure.stage, failure.scope) == ("connect", "channel")


DIALOGUE = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n")


def test_refused_data_command_is_at_data(scripted, make_letter, at):
    failure = failure_of(plain(scripted(*DIALOGUE, b"552 too much\r\n").port), make_letter(), at)

    assert type(failure) is PermanentFailure
    assert (failure.stage, failure.smtp_code) == ("data", 552)


def test_drop_before_the_letter_cannot_have_delivered(scripted, make_letter, at):
    failure = failure_of(plain(scripted(*DIALOGUE).port), make_letter(), at)

    assert (failure.stage, failure.maybe_delivered) == ("data", False)


@pytest.mark.parametrize("last", [(), (b"nonsense\r\n",)])
def test_no_answer_after_final_dot_may_have_delivered(scripted, make_letter, at, last):
    script = scripted(*DIALOGUE, b"354 go\r\n", *last)

    failure = failure_of(plain(script.port), make_letter(), at)

    assert type(failure) is TemporaryFailure
    assert failure.maybe_delivered
    assert b"\r\n.\r\n" in script.heard


def test_deadline_ends_a_silent_server(scripted, make_letter, at):
    script = scripted(b"220 hi\r\n", patient=True)

    failure = failure_of(plain(script.port, timeout=30, deadline=0.2), make_letter(), at)

    assert type(failure) is TemporaryFailure
    assert (failure.stage, failure.answer) == ("greeting", "deadline")


def test_starttls_is_demanded(serve, postman, make_letter, at):
    failure = failure_of(plain(serve(), security="starttls"), make_letter(), at)

    assert (failure.stage, failure.scope) == ("tls", "channel")
    assert postman.taken == []


def test_login_refused_is_the_channels(serve, make_letter, at):
    options = {"auth_require_tls": False, "authenticator": lambda *_: _refusal()}
    channel = plain(serve(**options), user="tdkt", password="sai mật khẩu")

    failure = failure_of(channel, make_letter(), at)

    assert type(failure) is TemporaryFailure
    assert (failure.stage, failure.scope) == ("login", "channel")


def _refusal():
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=False, handled=False)


def test_password_is_not_shown():
    assert "bí mật" not in repr(Server("mail.example.org", user="a", password="bí mật"))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command = ["openssl", "req", "-x509", *curve, "-keyout", key, "-out", cert, *subject]
    subprocess.run(command, check=True, capture_output=True)
    return key, cert


def _contexts(certificate):
    key, cert = certificate
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


@pytest.mark.parametrize(
    ("security", "option"), [("starttls", "tls_context"), ("tls", "ssl_context")]
)
def test_letter_arrives_encrypted(serve, postman, make_letter, at, certificate, security, option):
    server, trusting = _contexts(certificate)
    port = serve(**{option: server})

    with plain(port, host="localhost", security=security, tls=trusting) as channel:
        channel.send(make_letter(), at)

    assert len(postman.taken) == 1


@pytest.mark.parametrize(("host", "trusted"), [("127.0.0.1", True), ("localhost", False)])
def test_wrong_certificate_sends_nothing(
    serve, postman, make_letter, at, certificate, host, trusted
):
    server, trusting = _contexts(certificate)
    channel = plain(
        serve(tls_context=server), host=host, security="starttls", tls=trusting if trusted else None
    )

    failure = failure_of(channel, make_letter(), at)

    assert (type(failure), failure.stage) == (TemporaryFailure, "tls")
    assert postman.taken == []
