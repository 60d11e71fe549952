"""Addresses and letters: what exists can be sent, the rest is refused by name."""

import pytest

from thidua.notifiers.letter import Address, Attachment, stable_message_id
from thidua.workflow.errors import Misuse, Refused

BAD_MAILBOXES = [
    *("", "@", "a", "a@", "@b", "a@@b", "a@b@c", "a b@c", "a@b c", "a@b\n", "a@b\r\nBcc: c@d"),
    *("đ@example.org", "a@bộ.vn", '"a b"@c', "a@[127.0.0.1]", "a(x)@b", "<a@b>", "a@b,c@d"),
    *("a@b;c@d", ".a@b", "a.@b", "a..b@c", "a@-b", "a@b-", "a@b..c", "a@b.", "=?utf-8?q?a?=@b"),
    *("a\x00@b", "a@b\u2028", "x" * 65 + "@b", "a@" + "b" * 64, "a@" + ".".join(["b" * 60] * 5)),
    *("alice@example.org)bob@example.com", "alice@example.org\nc@z"),
]
BAD_NAMES = ["a\nb", "a\rb", "a\x00", "=?utf-8?q?a?=", "x" * 121, " a", "a\u2028b", "a  b"]


@pytest.mark.parametrize("mailbox", BAD_MAILBOXES)
def test_bad_mailbox_is_refused(mailbox):
    with pytest.raises(Refused) as caught:
        Address("", mailbox)
    assert caught.value.reasons[0].code == "address-mailbox"

    with pytest.raises(Refused):
        Address.parse(f"Tên <{mailbox}>")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_bad_name_is_refused(name):
    with pytest.raises(Refused) as caught:
        Address(name, "a@example.org")
    assert caught.value.reasons[0].code == "address-name"


@pytest.mark.parametrize(
    ("text", "name", "mailbox"),
    [
        ("so.tuphap+tdkt@angiang.gov.vn", "", "so.tuphap+tdkt@angiang.gov.vn"),
        (" a@xn--b-lga.vn ", "", "a@xn--b-lga.vn"),
        ("<a@b>", "", "a@b"),
        ("Nguyễn Thị Ánh <anh@b.vn>", "Nguyễn Thị Ánh", "anh@b.vn"),
        ('"Sở Tư pháp, tỉnh An Giang" <stp@b.vn>', "Sở Tư pháp, tỉnh An Giang", "stp@b.vn"),
    ],
)
def test_written_address_is_parsed(text, name, mailbox):
    assert Address.parse(text) == Address(name, mailbox)


@pytest.mark.parametrize(
    "text", ["a@b c@d", "a@b <c@d>", "x <a@b> y", "x <a@b> <c@d>", "a@b\n", "x\n<a@b>", "x <>"]
)
def test_more_than_one_address_is_refused(text):
    with pytest.raises(Refused):
        Address.parse(text)


def test_long_line_of_spaces_is_refused_at_once():
    with pytest.raises(Refused):
        Address.parse(" " * 100_000 + "x")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"message_id": "key"}, "letter-message-id"),
        ({"message_id": "<a@b>\r\nBcc: c@d"}, "letter-message-id"),
        ({"to": ()}, "letter-no-recipient"),
        ({"subject": ""}, "letter-header"),
        ({"subject": "a\nBcc: b@c"}, "letter-header"),
        ({"headers": (("Bcc", "a@b"),)}, "letter-header"),
        ({"headers": (("to", "a@b"),)}, "letter-header"),
        ({"headers": (("X-A\r\nBcc", "a@b"),)}, "letter-header"),
        ({"headers": (("X-A", "a\nBcc: b@c"),)}, "letter-header"),
        ({"headers": (("X-A", "=?utf-8?q?a=0ABcc:b@c?="),)}, "letter-header"),
        ({"text": "x" * 2_000_001}, "letter-too-long"),
    ],
)
def test_letter_that_cannot_be_sent_is_refused(make_letter, changes, code):
    with pytest.raises(Misuse) as caught:
        make_letter(**changes)
    assert caught.value.reasons[0].code == code


@pytest.mark.parametrize(
    ("name", "kind"),
    [("", "text/csv"), ("a/b", "text/csv"), ("a\\b", "text/csv"), ("a\nb", "text/csv")]
    + [("a.csv", kind) for kind in ("", "text", "text/csv\r\nX: y", "text/csv; name=x")],
)
def test_bad_attachment_is_refused(name, kind):
    with pytest.raises(Misuse):
        Attachment(name, kind, b"")


def test_message_id_is_fixed_by_its_key():
    first, again, other = (
        stable_message_id(key, domain="b.vn") for key in ("task 1", "task 1", "task 2")
    )

    assert first == again != other
