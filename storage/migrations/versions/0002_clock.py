"""What the statutory clock needs: how each due was reckoned."""

from typing import Any

from sqlalchemy import BigInteger, Column, Text

revision = "0002"
down_revision = "0001"

# Read as in revision 0001: a column is a text that must be given; # a number, ? may be null.
COLUMNS = {"task": "reckoned?"}


def upgrade(op: Any, *, schema: str | None, prefix: str) -> None:
    """Add the columns."""
    for table, columns in COLUMNS.items():
        for told in columns.split():
            op.add_column(prefix + table, _column(told), schema=schema)


def _column(told: str) -> Column[Any]:
    kind = BigInteger if "#" in told else Text
    return Column(told.rstrip("#?"), kind, nullable="?" in told)
