"""Units, people, roles, the council and the provinces: entered all or nothing, listed by day."""

from typing import Any

import pytest

UNIT = "id,name,kind,from_on,parent,to_on,groups,mailbox,phone\n"


def test_unit_is_entered_and_listed_on_its_days(office: Any) -> None:
    office.write("u.csv", UNIT + "ubnd,Ủy ban nhân dân,council,01/01/2019,,31/12/2020,a=1,,\n")

    told = office.json("units", "import", "u.csv")

    assert (told["added"], told["changed"], told["same"]) == (1, 0, 0)
    for on, here in (("2018-12-31", 0), ("2019-01-01", 1), ("2020-12-31", 1), ("2021-01-01", 0)):
        found = office.json("units", "list", "--kind", "council", "--on", on)["units"]
        assert len(found) == here, on
    (unit,) = office.json("units", "list", "--kind", "council", "--every")["units"]
    assert unit["groups"] == {"a": "1"}


def test_entering_a_list_again_changes_nothing(office: Any) -> None:
    before = office.digest()

    told = office.json("people", "import", "people.csv")

    assert (told["added"], told["changed"], told["same"]) == (0, 0, 11)
    assert office.digest() == before


def test_row_of_the_same_id_and_day_replaces_the_old_one(office: Any) -> None:
    office.write("u.csv", UNIT + "a,A,council,01/01/2019,,,,,\n")
    office.ok("units", "import", "u.csv")
    office.write("u.csv", UNIT + "a,A,council,01/01/2019,,31/12/2019,,a@example.org,1\n"
                                 "a,B,council,01/01/2020,,,,,\n")  # fmt: skip

    told = office.json("units", "import", "u.csv")

    assert (told["added"], told["changed"]) == (1, 1)
    names = office.json("units", "list", "--kind", "council", "--on", "2019-05-01")["units"]
    assert [(u["name"], u["mailbox"]) for u in names] == [("A", "a@example.org")]


@pytest.mark.parametrize(
    ("noun", "text", "codes"),
    [
        ("units", UNIT + "a,A,council,01/01/2019,zz,,,,\n", ["list-not-known"]),
        ("units", UNIT + "a,A,council,01/01/2019,a,,,,\n", ["list-own-parent"]),
        ("units", UNIT + "a,A,council,01/01/2019,,,a=1;b,,\n", ["list-cell-groups"]),
        ("units", UNIT + "a,A,council,01/01/2019,,,,no,\n", ["list-cell-mailbox"]),
        ("units", UNIT + "a,A,Kind,01/01/2019,,,,,\n", ["list-cell-name"]),
        (
            "units",
            UNIT + "a,A,council,01/01/2019,,,,,\na,A,council,01/01/2019,,,,,\n",
            ["list-overlap", "list-overlap", "list-row-twice"],
        ),
        ("units", UNIT + "stp-an-giang,A,council,01/01/2019,,31/12/2019,,,\n", ["list-overlap"]),
        ("people", "id,name,lang\na,A,fr\n", ["list-cell-choice"]),
        ("people", "id,name,account\na,A,root\nb,B,root\n", ["list-account-taken"]),
        ("roles", "actor,role,from_on\nnobody,officer,01/01/2018\n", ["list-not-known"]),
        ("roles", "actor,role,unit,from_on\nuser:lan,head,zz,01/01/2018\n", ["list-not-known"]),
        ("roles", "actor,role,from_on\nuser:lan,officer,01/06/2018\n", ["list-overlap"]),
        ("council", "actor,from_on\nuser:m1,x\n", ["list-cell-date"]),
    ],
)
def test_wrong_row_enters_nothing(office: Any, noun: str, text: str, codes: list[str]) -> None:
    good = {"units": "ok,Ổn,council,01/01/2019\n", "people": "ok,Ổn\n"}.get(noun, "")
    office.write("bad.csv", text + good)
    before = office.digest()

    told = office.run(noun, "import", "bad.csv")

    assert (told.code, sorted(told.reasons)) == (2, codes)
    assert "bad.csv, dòng " in told.err
    assert office.digest() == before


def test_list_with_its_heading_alone_is_refused(office: Any) -> None:
    office.write("none.csv", "id,name\n")

    told = office.run("people", "import", "none.csv")

    assert (told.code, told.reasons) == (2, ["list-no-rows"])
    assert "chưa có gì để nhập" in told.err


def test_rehearsal_of_a_list_enters_nothing(office: Any) -> None:
    office.write("p.csv", "id,name\nuser:new,Người Mới\n")
    before = office.digest()

    told = office.ok("people", "import", "p.csv", "--dry-run")

    assert "không ghi gì" in told.out
    assert office.digest() == before


def test_role_that_no_procedure_has_is_told_and_entered(office: Any) -> None:
    office.write("r.csv", "actor,role,from_on\nuser:lan,clerk,01/01/2018\n")

    told = office.ok("roles", "import", "r.csv")

    assert "clerk" in told.err
    assert [r["role"] for r in office.json("roles", "list", "--role", "clerk")["roles"]] == [
        "clerk"
    ]


def test_people_are_listed_by_given_name(office: Any) -> None:
    names = [p["name"] for p in office.json("people", "list")["people"]]

    assert names[:4] == ["Đặng Văn Ân", "Hà Văn Bắc", "Ái Thị Bình", "Đỗ Chí Công"]


def test_council_is_the_voting_role_on_a_day(office: Any) -> None:
    office.write("c.csv", "actor,from_on,to_on\nuser:tham,01/07/2018,31/07/2018\n")
    office.ok("council", "import", "c.csv")

    def size(on: str) -> int:
        return len(office.json("council", "list", "--on", on)["council"])

    assert [size(on) for on in ("30/06/2018", "01/07/2018", "01/08/2018")] == [5, 6, 5]


def test_council_without_a_procedure_needs_its_role(terminal: Any) -> None:
    terminal.ok("db", "init")

    told = terminal.run("council", "list")

    assert (told.code, told.reasons) == (1, ["which-role"])


def test_provinces_of_2018_and_of_2025(office: Any) -> None:
    def departments(on: str) -> list[Any]:
        found = office.json("units", "list", "--kind", "department", "--on", on)["units"]
        return list(found)

    old, new = departments("2018-06-11"), departments("2025-07-01")

    assert (len(old), len(new)) == (63, 34)
    assert len({unit["id"] for unit in old}) == 63
    giang = next(unit for unit in old if unit["id"] == "stp-bac-giang")
    assert giang["name"] == "Sở Tư pháp tỉnh Bắc Giang"
    groups = {"cluster": "C01", "province": "bac-giang"}
    assert (giang["successor"], giang["groups"]) == ("stp-bac-ninh", groups)
    assert "stp-ba-ria-vung-tau" in {unit["id"] for unit in old}
    assert len(office.json("provinces", "list", "--on", "01/01/2018")["provinces"]) == 63


def test_provinces_without_a_list_keep_what_the_office_added(office: Any) -> None:
    terms = ("--kind", "department", "--start", "stp-", "--name", "Sở Tư pháp {province}")

    told = office.json("provinces", "import", *terms)

    assert (told["added"], told["changed"]) == (0, 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("province\nAtlantis\n", "list-not-known"),
        ("province\n24\n", "list-not-unique"),
        ("province\nAn Giang\n89\n", "list-row-twice"),
    ],
)
def test_wrong_province_is_told(office: Any, text: str, code: str) -> None:
    office.write("x.csv", text)
    before = office.digest()

    told = office.run("provinces", "import", "--kind", "x", "--name", "X", "--with", "x.csv")

    assert (told.code, told.reasons) == (2, [code])
    assert office.digest() == before
