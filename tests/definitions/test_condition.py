"""Typed conditions: exact, of the declared fields, and nothing that could do anything."""

import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.definitions.condition import expressed, read
from thidua.definitions.condition_text import MAX_LENGTH, Fault
from thidua.definitions.condition_value import values
from thidua.definitions.drawing.mermaid import mermaid
from thidua.definitions.loader import load, parse
from thidua.workflow.dossier import Candidate, Dossier
from thidua.workflow.view import Verdict

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
FIELDS = """fields:
  votes: {vi: "Số phiếu", en: "Votes", type: number}
  total: {vi: "Tổng số", en: "Total", type: number}
  born: {vi: "Ngày sinh", en: "Born", type: date}
  merit: {vi: "Thời gian", en: "Period", type: period}
  note: {vi: "Ghi chú", en: "Note", type: text}
"""
KNOWN = values(parse(TOY.replace("fields:\n", FIELDS), "toy").procedure)
ON = date(2020, 6, 1)


def dossier(**fields: str) -> Dossier:
    candidate = Candidate("individual", "Nguyễn Văn A")
    return Dossier("1", "h", "PRIZE", candidate, None, fields, "new", 1, 1, "x")


def asked(text: str, **fields: str) -> Verdict:
    return read(text, KNOWN)(dossier(**fields), ON)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("votes / total >= 2/3", {"votes": "2", "total": "3"}),
        ("votes / total * total == votes", {"votes": "1", "total": "3"}),
        ("votes == 0.1 + 0.2", {"votes": "0.3"}),
        ("-votes < 0 and not (votes == 2)", {"votes": "1.5"}),
        ("cluster in ['A', \"B\"] or urgent", {"cluster": "B", "urgent": "no"}),
        ("urgent == yes", {"urgent": "yes"}),
        ("note != 'Không'", {"note": "Có"}),
        ("born < 2000-01-01 and today == 2020-06-01", {"born": "1999-12-31"}),
        ("merit.years >= 2 and merit.months == 24", {"merit": "2018-01-01/2019-12-31"}),
        ("merit.days == 1 and merit.start == merit.end", {"merit": "2018-01-01/2018-01-01"}),
        ("kind == 'individual' and award == 'PRIZE'", {}),
        ("not (votes in [1, 2])", {"votes": "3"}),
    ],
)
def test_condition_holds(text: str, fields: dict[str, str]) -> None:
    assert asked(text, **fields) == Verdict()


@pytest.mark.parametrize(
    ("text", "fields", "names"),
    [
        ("votes / total >= 2/3", {"votes": "66", "total": "100"}, ("votes", "total")),
        ("votes > 1 and total > 1", {"votes": "1", "total": "2"}, ("votes",)),
        ("votes > 1 and (total > 1 or urgent)", {"votes": "2", "total": "1", "urgent": "no"},
         ("total", "urgent")),
        ("votes / total > 0", {"votes": "1", "total": "0"}, ("votes", "total")),
        ("merit.years >= 2", {"merit": "2018-01-01/2019-12-30"}, ("merit.years",)),
    ],
)  # fmt: skip
def test_condition_fails_and_names_what(
    text: str, fields: dict[str, str], names: tuple[str, ...]
) -> None:
    assert asked(text, **fields) == Verdict((), names)


@pytest.mark.parametrize("value", [{}, {"votes": ""}, {"votes": "viele"}, {"votes": "9" * 5000}])
def test_value_that_is_not_there_is_missing(value: dict[str, str]) -> None:
    assert asked("votes > 1 or kind == 'individual'", **value) == Verdict(("votes",))


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 50), st.integers(1, 50))
def test_shares_are_exact(votes: int, total: int, above: int, below: int) -> None:
    verdict = asked(f"votes / total >= {above}/{below}", votes=str(votes), total=str(total))

    assert (not verdict.failed) == (Fraction(votes, total) >= Fraction(above, below))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("votos > 1", "no-such-value"),
        ("merit == 'x'", "no-such-value"),
        ("votes.real > 1", "no-such-value"),
        ("[x for x in note]", "no-such-value"),
        ("votes == 'ba'", "expr-kinds"),
        ("votes", "expr-kinds"),
        ("votes and urgent", "expr-kinds"),
        ("note > 'a'", "expr-kinds"),
        ("born - born > 3", "expr-kinds"),
        ("note + note == 'aa'", "expr-kinds"),
        ("'a' in note", "expr-kinds"),
        ("note[0] == 'a'", "expr-kinds"),
        ("note(1) == 'a'", "expr-kinds"),
        ("note in []", "expr-kinds"),
        ("votes in [1, 'a']", "expr-kinds"),
        ("votes >", "expr-broken"),
        ("", "expr-broken"),
        ("votes == total == votes", "expr-broken"),
        ("note =~ 'a+'", "expr-refused"),
        ("note !~ 'a+'", "expr-refused"),
        ("votes ** 9 > 1", "expr-broken"),
        ("votes // 9 > 1", "expr-broken"),
        ("votes % 9 > 1", "expr-refused"),
        ("votes << 9 > 1", "expr-broken"),
        ("note == 'a\\x41'", "expr-refused"),
        ("__import__('os')", "expr-refused"),
        ("$now > 2020-01-01", "expr-refused"),
        ("{votes: 1}", "expr-refused"),
        ("votes ? 1 : 2", "expr-refused"),
        ("born > 2020-02-30", "expr-date"),
        ("1 < 2", "expr-constant"),
        ("votes > 1 and 1 < 2", "expr-constant"),
        ("votes > 1" + " " * MAX_LENGTH, "expr-too-long"),
        ("not " * 100 + "urgent", "expr-too-long"),
        ("(" * 11 + "urgent" + ")" * 11, "expr-too-deep"),
        ("v\u043etes > 1", "look-alike"),
    ],
)
def test_condition_is_refused(text: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        read(text, KNOWN)

    assert caught.value.code == code


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(Fault) as caught:
        read("merit.year >= 2", KNOWN)

    assert caught.value.fields["nearest"].startswith("merit.years")


def test_library_is_given_symbols_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import rule_engine

    seen: list[str] = []
    rule = rule_engine.Rule

    def watched(text: str, context: object) -> object:
        seen.append(text)
        return rule(text, context=context)

    monkeypatch.setattr(rule_engine, "Rule", watched)
    read("votes >= 2/3 and note == 'os.system' and born > 2020-01-01 and urgent == yes", KNOWN)

    assert seen == ["v0 >= n0 / n1 and v1 == n2 and v2 > n3 and v3 == n4"]


def test_named_condition_is_used_again_and_waived() -> None:
    text = TOY.replace(
        "conditions: [documents.complete, host.has_budget]",
        "conditions: [documents.complete, {expr: \"cluster != 'X'\", name: known, "
        'vi: "Cụm có thật", en: "A real cluster"}]',
    )
    text = text.replace("conditions: [voting.failed]", "conditions: [voting.failed, expr.known]")
    text = text.replace(
        "waive: {documents.complete: clerk}",
        "waive: {documents.complete: clerk, expr.known: clerk}",
    )

    procedure = load(text, "toy")

    assert procedure.waive["expr.known"] == "clerk"
    assert "Cụm có thật" in mermaid(procedure, "vi")
    assert list(expressed(procedure)) == ["expr.known"]


def test_procedure_without_one_loads_no_library() -> None:
    code = (
        "import sys; from thidua.definitions import load_file, shipped; "
        "load_file(shipped()['ministers-certificate']); print('rule_engine' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
