"""The demo as a person runs it: one command, and what it tells and leaves."""

import email
import json
import re
import subprocess
import sys
from email import policy
from pathlib import Path
from typing import Any, NamedTuple

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples/exemplars-2018"


class Played(NamedTuple):
    """What one run printed and where it left its things."""

    out: str
    into: Path

    def ask(self, *words: str) -> Any:
        """The JSON answer of a command afterwards, as the officer sees it."""
        return json.loads(thidua(self.into, *words, "--json"))


def thidua(into: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "thidua", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            "PYTHONUTF8": "1",
            "PYTHONWARNINGS": "error",
            "THIDUA_DATABASE": f"sqlite:///{into / 'thidua.db'}",
            "THIDUA_OPERATOR": "chuyen-vien",
        },
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The season that ships, played once."""
    into = tmp_path_factory.mktemp("demo") / "out"
    return Played(thidua(into, "demo", "--into", str(into)), into)


def test_demo_asks_63_and_chooses_32(played: Played):
    assert "Được chọn: 32 = 16 tập thể + 16 cá nhân" in played.out
    assert "Lấy ý kiến các Sở Tư pháp trong Cụm, Khu vực thi đua: 63 nơi được hỏi" in played.out


def test_demo_chooses_one_of_each_kind_per_cluster(played: Played):
    chosen = played.ask("dossiers", "list", "--state", "closed")["dossiers"]

    groups = {(row["fields"]["cluster"], row["candidate_kind"]) for row in chosen}
    kinds = {"collective", "individual"}
    assert len(chosen) == 32
    assert groups == {(f"cum-{n:02}", kind) for n in range(1, 17) for kind in kinds}


def test_demo_tells_late_and_never(played: Played):
    late, never = (
        next(line for line in played.out.splitlines() if word in line)
        for word in ("muộn, vẫn được giữ", "không trả lời, được ghi là vậy")
    )

    assert re.match(r" +1 .* Sở Tư pháp tỉnh Phú Yên$", late)
    assert re.match(r" +1 .* Sở Tư pháp tỉnh Bạc Liêu$", never)


def test_demo_counts_a_letter_by_its_postmark(played: Played):
    seats = played.ask("rounds", "status", "opinions")["seats"]

    (posted,) = [seat for seat in seats if seat["seat"].endswith("@stp-dien-bien")]
    assert posted["in_time"] == posted["asked"] > 0
    assert posted["answered_at"].startswith("2018-05-08")


def test_demo_refuses_the_count_that_does_not_add_up(played: Played):
    assert "counts-wrong.csv, dòng 34, cột for: " in played.out
    assert "[count-choices]" in played.out


def test_demo_leaves_letters_that_can_be_read(played: Played):
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (played.into / "thidua-mails").glob("*.eml")
    ]

    told = f"Thư đã gửi: {len(letters)}"
    assert told in played.out
    asked = [each for each in letters if each["Subject"].startswith("Đề nghị cho ý kiến")]
    assert len(asked) == 62
    shared = [each["To"].addresses[0] for each in asked if "van-thu-chung@" in str(each["To"])]
    names = sorted(each.display_name for each in shared)
    assert names == ["Sở Tư pháp tỉnh Bình Thuận", "Sở Tư pháp tỉnh Ninh Thuận"]


def test_demo_leaves_a_journal_in_order(played: Played):
    assert played.ask("journal", "verify")["problems"] == []
    assert "mục nhật ký: khớp." in played.out


def test_demo_leaves_the_picture_of_a_dossiers_way(played: Played):
    picture = (played.into / "diagram.mmd").read_text(encoding="utf-8")

    assert picture.startswith("stateDiagram-v2\n")
    assert "passed" in picture


def test_page_shows_the_diagram_as_it_is_drawn(played: Played):
    page = (EXAMPLES.parents[1] / "docs/demo.md").read_text(encoding="utf-8")
    drawn = thidua(played.into, "procedures", "draw", "exemplar-selection", "--lang", "en")

    assert f"```mermaid\n{drawn}```" in page


def test_demo_suggests_commands_that_work(played: Played):
    lines = [line.split() for line in played.out.splitlines() if line.startswith("  ")]
    suggested = [words[1:] for words in lines if words and words[0].endswith("thidua")]

    assert len(suggested) == 3
    for words in suggested:
        assert thidua(played.into, *words)


def test_demo_marks_what_is_invented(played: Played):
    assert "là giả định" in played.out
    units = (EXAMPLES / "units.csv").read_text(encoding="utf-8").splitlines()
    assert all("(giả định)" in line for line in units if line.startswith("cum-"))
    people = (EXAMPLES / "people.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all("(giả định)" in line for line in people)
