"""Every way out of council and decision reaches a notice: by a step, a withdrawal, a recall."""

from pathlib import Path

from thidua.definitions.check import check
from thidua.definitions.findings import Findings
from thidua.definitions.loader import parse

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
DROP = (
    "may:\n",
    '  - {trigger: drop, vi: "Thôi", en: "Drop", source: asked, dest: lapsed, by: clerk}\nmay:\n',
)


def examine(*changes: tuple[str, str]) -> Findings:
    text = TOY
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return check(parse(text, "toy.yaml"))


def test_failed_on_purpose_is_told_to_nobody() -> None:
    assert examine(("failed: {to: unit, template: not_awarded}", "failed: none")) == Findings()


def test_withdrawal_out_of_council_is_told() -> None:
    (reason,) = examine(("  gone: none\n", "")).errors

    line = TOY[: TOY.index("  withdraw:")].count("\n") + 1
    assert reason.code == "end-untold"
    assert (reason.fields["trigger"], reason.fields["state"]) == ("withdraw", "gone")
    assert reason.fields["line"] == line


def test_recall_out_of_council_leads_to_every_end_of_the_state_before() -> None:
    assert examine(DROP) == Findings()
    found = examine(DROP, ("recall: nobody", "recall: clerk"))
    assert [(r.code, r.fields["trigger"]) for r in found.errors] == [("end-untold", "recall")]


def test_each_end_is_told_of_once() -> None:
    again = DROP[1].replace("source: asked, dest: lapsed", "source: voted, dest: failed")
    found = examine((DROP[0], again), ("  failed: {to: unit, template: not_awarded}\n", ""))
    assert [(r.code, r.fields["state"]) for r in found.errors] == [("end-untold", "failed")]
