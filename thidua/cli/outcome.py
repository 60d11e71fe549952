"""What a count came to: passed or not, by how many of how many, and what happens next."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.cli.language import Words, pick
from thidua.cli.screen import say, table
from thidua.cli.table import Column
from thidua.workflow.wording import say as worded

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import RoundRule

CAME_TO: Words = ("Kết quả kiểm phiếu:", "What the count came to:")
NEW_BALLOT, CHAIR, MEETING, RANK = "new-ballot", "chair", "meeting", "rank"
"""What happens next where a count does not end it."""


def results(
    call: Call, db: "Connection", round_id: str, only: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """Every dossier of a ballot that is counted, or those of `only`: outcome, counts, what next.

    `counted` is what the count came to, `outcome` what the ballot did: a tie that fails, or a
    place in a ranking.
    """
    from thidua.cli.rules import rules_of
    from thidua.storage import listing_rounds

    found = listing_rounds.find(db, call.tables, round_id)
    rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
    verdicts = listing_rounds.verdicts(db, call.tables, round_id)
    running = listing_rounds.running(db, call.tables, found["name"], verdicts)
    return [
        result(line, verdicts[line["dossier_id"]], rule, running.get(line["dossier_id"]))
        for line in listing_rounds.lines(db, call.tables, round_id)
        if line["dossier_id"] in verdicts and (only is None or line["dossier_id"] in only)
    ]


def result(
    line: Mapping[str, Any], verdict: Mapping[str, Any], rule: "RoundRule", newer: str | None
) -> dict[str, Any]:
    """One dossier's; `newer` is the ballot that runs about it now."""
    counted, outcome = verdict["outcome"], line["outcome"]
    return {
        "dossier": line["dossier_id"], "name": line["candidate_name"], "outcome": outcome,
        "counted": counted, "needed": verdict["needed"], "base": verdict["base"],
        "counts": line["counts"], "state": line["state"],
        "next": _next(outcome, counted, rule, newer), "next_round": newer,
    }  # fmt: skip


def _next(outcome: str, counted: str, rule: "RoundRule", newer: str | None) -> str | None:
    if outcome == "counted":
        return RANK
    if outcome not in ("no_quorum", "tie"):
        return None
    if newer is not None:
        return NEW_BALLOT
    return CHAIR if outcome == "tie" and rule.tie == "chair" and counted == "tie" else MEETING


def words_of(told: Mapping[str, Any], lang: str) -> str:
    """A result in words."""
    counts = told["counts"]
    fields = {"votes_for": counts.get("votes_for", 0), "base": told["base"],
              "votes_against": counts.get("votes_against", 0),
              "needed": told["needed"]}  # fmt: skip
    said = [worded(f"count-{told['counted']}", fields, lang)]
    if told["counted"] in ("tie", "no_quorum") and told["outcome"] == "failed":
        said.append(worded("count-fails", {}, lang))
    if told["counted"] == "counted" and told["outcome"] in ("passed", "failed"):
        said = [worded(f"count-ranked-{told['outcome']}", fields, lang)]
    if told["next"] is not None:
        said.append(worded(f"next-{told['next']}", {}, lang))
    return "; ".join(said)


def tell(call: Call, rows: Sequence[Mapping[str, Any]]) -> None:
    """Show them as a table; nothing when there are none."""
    if not rows:
        return
    say(call, CAME_TO)
    heading: Words = ("Kết quả", "Result")
    table(call, rows, (
        Column(("Hồ sơ", "Dossier"), lambda r: r["dossier"]),
        Column(("Tên", "Name"), lambda r: r["name"], gives=True),
        Column(heading, lambda r: words_of(r, call.lang), gives=True),
    ))  # fmt: skip


CHAIRED: Words = (
    "Hồ sơ {dossier}: người chủ trì quyết định {outcome}.",
    "Dossier {dossier}: who presides decided: {outcome}.",
)


def chaired(call: Call, dossier: str, outcome: str) -> None:
    """Say how the chair decided a tie."""
    from thidua.cli.label import OUTCOMES

    say(call, CHAIRED, dossier=dossier, outcome=pick(OUTCOMES[outcome], call.lang))
