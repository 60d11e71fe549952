"""Typed conditions: read and typed by rule-engine, bounded by us, counted in exact fractions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.definitions.condition_term import Have, Reading, Term
from thidua.definitions.condition_text import Fault, Token, tokens
from thidua.definitions.condition_value import Kind, Look, values
from thidua.definitions.words import nearest
from thidua.workflow.dossier import Dossier
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import Expressed, Verdict

Known = Mapping[str, tuple[Kind, Look]]


@dataclass(frozen=True, slots=True)
class Clause:
    """One of the parts that “and” joins, and the names it speaks of."""

    term: Term
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition ready to be asked; pure, and exact."""

    clauses: tuple[Clause, ...]
    looks: Mapping[str, Look]
    literals: Have
    symbols: Mapping[str, str]

    def __call__(self, dossier: Dossier, today: date) -> Verdict:
        """Whether it holds: names without a value, else the names of the clauses that do not."""
        have = {name: look(dossier, today) for name, look in self.looks.items()}
        missing = tuple(name for name, value in have.items() if value is None)
        if missing:
            return Verdict(missing)
        given = {**self.literals, **{self.symbols[name]: have[name] for name in have}}
        failed = [name for clause in self.clauses if not _holds(clause.term, given)
                  for name in clause.names]  # fmt: skip
        return Verdict((), tuple(dict.fromkeys(failed)))


def _holds(term: Term, have: Have) -> bool:
    """A division by nothing holds for nobody."""
    try:
        return bool(term(have))
    except ZeroDivisionError:
        return False


def expressed(procedure: Procedure) -> dict[str, Expressed]:
    """The conditions that the procedure writes out, ready to be asked, by their names."""
    known = values(procedure)
    return {name: read(each.text, known) for name, each in procedure.expressions.items()}


def read(text: str, known: Known) -> Condition:
    """The condition of a text that speaks of the `known` names; `Fault` says what is wrong.

    rule-engine never sees the text: every name and literal is given to it as a symbol of a type,
    so that nothing of a file is worked out while it is read, and no attribute, call, index,
    pattern or comprehension can be written at all.
    """
    found = tokens(text)
    if not found:
        raise Fault("expr-broken", found=text)
    used = {token.text: known[token.text] for token in found if token.sort == "name"
            and _is_known(token.text, known)}  # fmt: skip
    symbols = {name: f"v{n}" for n, name in enumerate(used)}
    written, literals = _written(found, symbols)
    kinds: dict[str, str] = {symbols[name]: kind for name, (kind, _) in used.items()}
    kinds |= {symbol: token.sort for symbol, token in literals.items()}
    told = ", ".join(f"{name} ({kind})" for name, (kind, _) in used.items())
    try:
        tree = _parsed(written, kinds, text)
        clauses = tuple(_clause(node, symbols) for node in _clauses(tree))
    except TypeError as error:
        raise Fault("expr-kinds", found=text, names=told) from error
    if not all(clause.names for clause in clauses):
        raise Fault("expr-constant", found=text)
    looks = {name: look for name, (_, look) in used.items()}
    return Condition(clauses, looks, {s: token.value for s, token in literals.items()}, symbols)


def _is_known(name: str, known: Known) -> bool:
    if name not in known:
        raise Fault("no-such-value", name=name, nearest=nearest(name, known))
    return True


def _written(found: tuple[Token, ...], symbols: Mapping[str, str]) -> tuple[str, dict[str, Token]]:
    """The same text with symbols for names and literals, and the literals by their symbols."""
    pieces: list[str] = []
    literals: dict[str, Token] = {}
    for token in found:
        if token.sort == "sign":
            pieces.append(token.text)
        elif token.sort == "name":
            pieces.append(symbols[token.text])
        else:
            symbol = f"n{len(literals)}"
            literals[symbol] = token
            pieces.append(symbol)
    return " ".join(pieces), literals


def _parsed(written: str, kinds: Mapping[str, str], text: str) -> Any:
    """The tree of rule-engine; `TypeError` where kinds of values do not fit."""
    import rule_engine  # type: ignore[import-untyped]  # it ships no types

    types = rule_engine.DataType
    known = {"number": types.FLOAT, "date": types.DATETIME, "text": types.STRING,
             "yes_no": types.BOOLEAN}  # fmt: skip
    resolver = rule_engine.type_resolver_from_dict({s: known[kind] for s, kind in kinds.items()})
    try:
        rule = rule_engine.Rule(written, context=rule_engine.Context(type_resolver=resolver))
    except rule_engine.errors.SyntaxError as error:
        raise Fault("expr-broken", found=text) from error
    except rule_engine.errors.EngineError as error:
        raise TypeError(written) from error
    return rule.statement.expression


def _clauses(node: Any) -> Iterator[Any]:
    if type(node).__name__ == "LogicExpression" and node.type == "and":
        yield from _clauses(node.left)
        yield from _clauses(node.right)
    else:
        yield node


def _clause(node: Any, symbols: Mapping[str, str]) -> Clause:
    reading = Reading()
    term = reading.switch(node)
    return Clause(
        term, tuple(name for name, symbol in symbols.items() if symbol in reading.symbols)
    )
