"""Units' own days off at the command line."""

LIST = "unit,date,ground\nstp-an-giang,15/06/2018,Thông báo số 5\nstp-bac-giang,2018-06-18,Tbáo 6\n"


def test_entered_listed_and_taken_back(office):
    office.write("nghi.csv", LIST)

    told = office.ok("closures", "import", "nghi.csv")
    assert "thêm 2" in told.out
    assert "thidua calendar reproject --dry-run" in told.out
    assert office.json("closures", "import", "nghi.csv")["same"] == 2
    assert [r["unit"] for r in office.json("closures", "list")["closures"]] == [
        "stp-an-giang", "stp-bac-giang",
    ]  # fmt: skip
    office.ok("closures", "remove", "stp-an-giang", "15/06/2018")
    assert "15/06/2018" not in office.ok("closures", "list").out
    (left,) = office.json("closures", "list", "--unit", "stp-bac-giang")["closures"]
    assert (left["closed_on"], left["ground"]) == ("2018-06-18", "Tbáo 6")


def test_a_list_that_is_wrong_is_told_whole(office):
    office.write(
        "nghi.csv",
        "unit,date,ground\nstp-moon,15/06/2018,x\nstp-an-giang,31/06/2018,x\n"
        "stp-an-giang,15/06/2018,\nstp-an-giang,15/06/2018,x\n",
    )
    before = office.digest()

    told = office.run("closures", "import", "nghi.csv")

    assert (told.code, sorted(told.reasons)) == (
        2, ["list-cell-date", "list-cell-missing", "list-not-known", "list-row-twice"],
    )  # fmt: skip
    assert office.digest() == before


def test_a_day_that_is_not_there_cannot_be_taken_back(office):
    told = office.run("closures", "remove", "stp-an-giang", "15/06/2018")

    assert (told.code, told.reasons) == (4, ["unknown-closure"])
