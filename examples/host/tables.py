"""The host's own tables: its staff, its money, and what it wants to remember of each act."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The host's own metadata; the engine's tables are not in it."""


class Section(Base):
    """A section of the office."""

    __tablename__ = "section"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class User(Base):
    """A member of staff; `post` is "staff", "head", "clerk" or "director"."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    mailbox: Mapped[str]
    post: Mapped[str]
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"))


class Budget(Base):
    """What is left in a year's fund, in đồng."""

    __tablename__ = "budget"
    year: Mapped[int] = mapped_column(primary_key=True)
    left: Mapped[int]


class Trace(Base):
    """The host's own log, written by its observer inside each act."""

    __tablename__ = "trace"
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    state: Mapped[str]
    acts: Mapped[str]
