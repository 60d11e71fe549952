"""How headers are written on the wire, so that Vietnamese subjects and names arrive whole."""

from email.header import Header
from email.headerregistry import Address as MailAddress
from email.policy import EmailPolicy

LINE = 76
"""Characters of a header line; RFC 2047 allows an encoded word no more."""

PLAIN_NAME = 50
"""An ASCII name up to this length is written as it is; a longer one would make a long line."""


class VietnamesePolicy(EmailPolicy):
    """The standard policy, except for the folding of text that is not ASCII.

    The standard library's own folding loses or adds spaces between encoded words in one of eight
    Vietnamese subjects, and in long display names. Here each text becomes one run of encoded words
    written by `email.header.Header`, which cuts between letters only.
    """

    def fold(self, name: str, value: str) -> str:
        """The header as lines that end with this policy's line separator."""
        addresses: tuple[MailAddress, ...] | None = getattr(value, "addresses", None)
        if addresses is not None:
            written = [self._address(name, each) for each in addresses]
            return f"{name}: {f',{self.linesep} '.join(written)}{self.linesep}"
        if str(value).isascii() or hasattr(value, "params"):
            return str(super().fold(name, value))
        return f"{name}: {self._words(name, str(value))}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The same lines as bytes; they are ASCII."""
        return self.fold(name, value).encode("ascii")

    def _address(self, name: str, address: MailAddress) -> str:
        display = address.display_name
        if not display:
            return address.addr_spec
        if display.isascii() and len(display) <= PLAIN_NAME:
            return str(address)
        return f"{self._words(name, display)}{self.linesep} <{address.addr_spec}>"

    def _words(self, name: str, text: str) -> str:
        header = Header(text, "utf-8", maxlinelen=LINE, header_name=name)
        return header.encode(linesep=self.linesep)


POLICY = VietnamesePolicy(linesep="\r\n", cte_type="7bit", max_line_length=LINE)
"""What every mail is written with: CRLF, and bodies in seven bits, so that any server takes it."""
