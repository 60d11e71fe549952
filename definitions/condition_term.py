"""The nodes that a typed condition may have, as functions of its values; any other is refused."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

Have = Mapping[str, Any]
"""Values by symbol."""
Term = Callable[[Have], Any]

_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "tdiv": operator.truediv,
}  # fmt: skip
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le,
}  # fmt: skip
_ORDERED = ("FLOAT", "DATETIME")


class Reading:
    """Reads a tree of rule-engine's; `TypeError` for what a condition may not have.

    The tree is not asked to work anything out: numbers are fractions here, and decimals there.
    """

    def __init__(self) -> None:
        self.symbols: set[str] = set()

    def switch(self, node: Any) -> Term:
        """A node that is yes or no."""
        return self._of(node, "BOOLEAN")

    def _of(self, node: Any, *kinds: str) -> Term:
        if node.result_type.name not in kinds:
            raise TypeError(node.result_type.name)
        return self._term(node)

    def _term(self, node: Any) -> Term:
        read = {
            "SymbolExpression": self._symbol,
            "LogicExpression": self._logic,
            "UnaryExpression": self._unary,
            "ComparisonExpression": self._equal,
            "ArithmeticComparisonExpression": self._compared,
            "AddExpression": self._sum,
            "SubtractExpression": self._sum,
            "ArithmeticExpression": self._sum,
            "ContainsExpression": self._among,
        }.get(type(node).__name__)
        if read is None:
            raise TypeError(type(node).__name__)
        return read(node)

    def _symbol(self, node: Any) -> Term:
        self.symbols.add(node.name)
        return operator.itemgetter(node.name)

    def _logic(self, node: Any) -> Term:
        left, right = self.switch(node.left), self.switch(node.right)
        if node.type == "and":
            return lambda have: left(have) and right(have)
        return lambda have: left(have) or right(have)

    def _unary(self, node: Any) -> Term:
        if node.type == "not":
            switch = self.switch(node.right)
            return lambda have: not switch(have)
        number = self._of(node.right, "FLOAT")
        return lambda have: -number(have)

    def _equal(self, node: Any) -> Term:
        left, right = self._alike(node.left, node.right, "FLOAT", "DATETIME", "STRING", "BOOLEAN")
        if node.type == "eq":
            return lambda have: left(have) == right(have)
        return lambda have: left(have) != right(have)

    def _compared(self, node: Any) -> Term:
        left, right = self._alike(node.left, node.right, *_ORDERED)
        compare = _COMPARED[node.type]
        return lambda have: compare(left(have), right(have))

    def _sum(self, node: Any) -> Term:
        work = _SUMS.get(node.type)
        if work is None:
            raise TypeError(node.type)
        left, right = self._of(node.left, "FLOAT"), self._of(node.right, "FLOAT")
        return lambda have: work(left(have), right(have))

    def _among(self, node: Any) -> Term:
        if type(node.container).__name__ != "ArrayExpression":
            raise TypeError(type(node.container).__name__)
        pairs = [self._alike(node.member, each, "FLOAT", "DATETIME", "STRING")
                 for each in node.container.value]  # fmt: skip
        if not pairs:
            raise TypeError("nothing")
        return lambda have: any(one(have) == other(have) for one, other in pairs)

    def _alike(self, left: Any, right: Any, *kinds: str) -> tuple[Term, Term]:
        """Two nodes of one kind."""
        if left.result_type.name != right.result_type.name:
            raise TypeError(f"{left.result_type.name} {right.result_type.name}")
        return self._of(left, *kinds), self._of(right, *kinds)
