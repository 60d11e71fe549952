"""The whole of a procedure file."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from thidua.definitions.schema.due import SpanShape
from thidua.definitions.schema.part import (
    DocumentShape,
    FieldShape,
    GroundShape,
    InForce,
    LadderShape,
    LaidOverShape,
    MessageShape,
    RoleShape,
    StateShape,
)
from thidua.definitions.schema.right import May, TransitionShape
from thidua.definitions.schema.round import Consultation, RoundShape
from thidua.definitions.schema.scalar import (
    ONE_AS_LIST,
    OR_NONE,
    Code,
    Event,
    Name,
    Names,
    Slug,
    Version,
)
from thidua.definitions.schema.shape import Labelled, Shape
from thidua.definitions.schema.window import WindowShape
from thidua.workflow.procedure import Expression, Procedure
from thidua.workflow.ties import TieGround

Language = Literal["vi", "en"]
Messages = Annotated[tuple[MessageShape, ...] | None, OR_NONE, ONE_AS_LIST]


class ProcedureShape(Shape):
    """Every key that a procedure file may have."""

    format: Literal["1"]
    procedure: Slug
    version: Version
    laid_over: LaidOverShape | None = None
    title: Labelled
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    in_force: InForce | None = None
    calendar: Slug
    awards: Annotated[dict[Code, Labelled], Field(min_length=1)]
    grounds: dict[Name, GroundShape] = {}
    roles: Annotated[dict[Name, RoleShape], Field(min_length=1)]
    fields: dict[Name, FieldShape] = {}
    documents: dict[Name, DocumentShape] = {}
    ladders: dict[Name, LadderShape] = {}
    rounds: dict[Name, RoundShape] = {}
    spans: dict[Name, SpanShape] = {}
    windows: dict[Name, WindowShape] = {}
    states: Annotated[dict[Name, StateShape], Field(min_length=1)]
    initial: Name
    transitions: Annotated[tuple[TransitionShape, ...], Field(min_length=1)]
    may: May
    recuse_if: tuple[TieGround, ...] = ()
    sees: dict[Name, Names] = {}
    messages: dict[Event, Messages] = {}

    def value(self, content_hash: str) -> Procedure:
        """The procedure, pinned to the hash of the file's content."""
        rounds = {n: r.value(n, self.sees.get(n, ())) for n, r in self.rounds.items()}
        return Procedure(
            name=self.procedure,
            version=self.version,
            hash=content_hash,
            title=self.title.label,
            languages=self.languages,
            calendar=self.calendar,
            initial=self.initial,
            awards={code: award.label for code, award in self.awards.items()},
            grounds={name: ground.value(name) for name, ground in self.grounds.items()},
            roles={name: role.value(name) for name, role in self.roles.items()},
            fields={name: field.value(name) for name, field in self.fields.items()},
            documents={name: kind.value(name) for name, kind in self.documents.items()},
            ladders={name: ladder.value(name) for name, ladder in self.ladders.items()},
            rounds=rounds,
            spans={name: span.value(name) for name, span in self.spans.items()},
            states={name: state.value(name) for name, state in self.states.items()},
            transitions=tuple(step.value() for step in self.transitions),
            may=self.may.value(),
            waive={name: each.by for name, each in (self.may.waive or {}).items()},
            recuse_if=self.recuse_if,
            messages=tuple(
                m.value(event) for event, many in self.messages.items() for m in many or ()
            ),
            in_force_from=self.in_force.from_ if self.in_force else None,
            windows={name: window.value(name) for name, window in self.windows.items()},
            in_force_to=self.in_force.to if self.in_force else None,
            waive_terms={name: each.value() for name, each in (self.may.waive or {}).items()},
            sees={name: roles for name, roles in self.sees.items() if name not in rounds},
            laid_over=self.laid_over.value() if self.laid_over else None,
            expressions={each.name: each for each in self._expressions()},
        )

    def _expressions(self) -> Iterator[Expression]:
        for step in self.transitions:
            yield from step.expressions
        for rule in self.rounds.values():
            yield from rule.expressions if isinstance(rule, Consultation) else ()
