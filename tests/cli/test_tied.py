"""Members whom a procedure's own rule keeps from voting, where a ballot is looked at."""

from typing import Any

import pytest

from thidua.definitions import shipped

PAPER = ("--paper-number", "45", "--paper-date", "08/06/2018", "--signer", "A")


@pytest.fixture
def tied(office: Any) -> Any:
    """Three dossiers of An Giang before the council, of which one member works there."""
    text = shipped()["exemplar-selection"].read_text(encoding="utf-8")
    text = text.replace('version: "2018.2"', 'version: "9"')
    office.write("p.yaml", text.replace("sees:\n", "recuse_if: [own_unit]\n\nsees:\n", 1))
    office.write("more.csv", "actor,role,unit,from_on,to_on,ground\n"
                 "user:m1,proposer,stp-an-giang,01/01/2018,,\n")  # fmt: skip
    office.ok("roles", "import", "more.csv")
    office.ok("procedures", "store", "p.yaml", "--demo")
    office.ok("submissions", "import", "submissions.csv")
    office.ok("dossiers", "import", "dossiers.csv", "--procedure", "exemplar-selection@9",
              "--submission", "tt-1", "--campaign", "dh-2018")  # fmt: skip
    office.consult()
    office.now = "2018-07-02T09:00"
    office.convene()
    return office


def test_who_is_kept_from_voting_is_named_with_why(tied: Any) -> None:
    for words in (
        ("rounds", "status", "vote"),
        ("meetings", "show", "hop-1"),
        ("dossiers", "show", "HS-1"),
    ):
        (one,) = (row for row in tied.json(*words)["tied"] if row["dossier"] == "HS-1")
        assert (one["seat"], one["grounds"]) == ("member:user:m1", ["own_unit"])
        assert "Đặng Văn Ân (cùng đơn vị): HS-1" in tied.ok(*words).out


def test_others_hear_no_ground_and_who_stepped_back_nothing(tied: Any) -> None:
    tied.who = "user:m2"
    told = tied.json("dossiers", "show", "HS-1")["tied"]
    assert all(row["grounds"] == [] for row in told)

    tied.who = "user:m1"
    told = tied.run("rounds", "status", "vote")
    assert "cùng đơn vị" not in told.out + told.err
