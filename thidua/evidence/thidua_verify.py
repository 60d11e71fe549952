"""Judge an export: python thidua_verify.py export.jsonl [--checkpoint FILE|SIZE:ROOT]

Written from docs/journal.md alone. Exit code: 0 all holds, 1 something does not, 2 not readable.
"""

# fmt: off
import base64
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

SAID = {
    "bytes": ("mục không khớp mã băm, cam kết hoặc không đọc được", "not as hashed, or unreadable"),
    "chain": ("chuỗi đứt: sai số thứ tự, mã băm trước hoặc cuối", "the chain is broken"),
    "tree": ("cây băm không ra gốc đã công bố", "the tree does not come to the published root"),
    "procedure": ("quy trình không có hoặc đã bị sửa", "the procedure is missing or was changed"),
    "ends": ("thao tác không ra kết quả đã ghi", "an act came to something else than it says"),
    "step": ("không được làm việc này từ trạng thái ấy", "no such step from that state, or paused"),
    "who": ("người làm không có vai trò được phép", "done by somebody without the right"),
    "engine": ("việc của hệ thống: sai người, sai lúc", "the system's act by a person, or early"),
    "condition": ("điều kiện chưa đạt, hoặc còn đợt đang chạy", "a condition did not hold"),
    "decision": ("không có quyết định hợp lệ", "there is no decision that brings it"),
    "round": ("đợt không có, đã đóng hoặc sai kết quả", "the round is unknown or its outcome odd"),
    "seat": ("phiếu, ý kiến sai nơi, sai cách hoặc hai lần", "not asked, twice, or the wrong way"),
    "tally": ("số phiếu không khớp hòm phiếu, danh sách", "the tally does not follow from the box"),
    "threshold": ("kết quả không theo tỷ lệ quy định", "the outcome does not follow the rule"),
}
BOTH, OWN = {"fire", "close_round", "redeem"}, {"settle", "remeet", "reproject", "due_blocked"}
SEATED = {"answer", "cast", "look", "prepare", "ask_back", "inform"}
STILL = {"fire", "recall", "cast", "close_round", "breaktie", "putoff", "putto", "return", "hold"}
COUNTED = {"passed", "failed", "tie", "no_quorum", "counted"}
FREE = {"open_round", "rank", "take_in", "give_up", "attach", "enter_list", "correct_days",
        "substitute", "end_substitution"}  # of registers: judged with a dossier's act, or nobody's
BROUGHT: dict[Any, set[str]] = {
    **dict.fromkeys(COUNTED, {"close_round", "settle", "breaktie"}), "void": {"voidballot"},
    **dict.fromkeys(("answered", "closed", "excused", "expired"), {"close_round"}),
    "deferred": {"putoff"}, "taken_off": {"putoff"}, None: {"extend", "supplement"},
    "cancelled": {"fire", "withdraw", "recall", "cancel_round"}}
LOOK_AGAIN = {"answer", "inform", "return", "hold", "supplement", "correct", "migrate"}
CHOICES = {"for": "votes_for", "against": "votes_against", "abstain": "abstained"}
NEW = {"status": "open", "closed": None, "outcome": None}
Line = dict[str, Any]
def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
def canonical(text: str) -> Any:
    value = json.loads(text, parse_float=lambda _: None)
    again = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    flat = re.sub(r"\\(u....|.)", "/", text)  # no mark goes with an escape's last letter
    return value if again == text and unicodedata.is_normalized("NFC", flat) else None
class Court:
    def __init__(self) -> None:
        self.procedures, self.registers = dict[str, Line](), dict[str, list[Line]]()
        self.leaves, self.roots, self.ways = dict[int, bytes](), dict[int, str](), Counter[Any]()
        self.faults, self.seen, self.mine = list[Any](), Counter[str](), list[int]()
    def check(self, good: object, key: str, n: int, code: str) -> None:
        self.faults += [] if good else [(key, n, code)]
    def stream(self, head: Line, lines: list[Line]) -> None:
        before, key, prev = len(self.faults), head["id"], ""
        facts = [line for line in lines if line["is"] == "event"]
        for n, line in enumerate(facts, 1):
            line["body"], prev = self.body(key, n, prev, line), line["hash"]
        self.check((head["count"], head["head"]) == (len(facts), prev), key, 0, "chain")
        self.seen.update(streams=1, events=len(facts))
        self.mine += [line["leaf"] for line in facts if line.get("leaf") is not None]
        held = {(e["actor"], e["on"]): {*map(tuple, e["roles"])} for e in lines if "roles" in e}
        case = (Dossier if head["of"] == "dossier" else Register)(self, key, held, facts)
        try:
            for fact in facts if len(self.faults) == before else ():
                case.take(fact)
        except Exception:  # whatever somebody wrote there
            self.check(False, key, getattr(case, "n", 0), "bytes")
    def body(self, key: str, n: int, prev: str, line: Line) -> Any:
        whole = sha(b"\x03", line["body"].encode()).hex() == line["hash"]
        body = canonical(line["body"]) if whole else None
        if not isinstance(body, dict) or body.get("v") != 1:
            return self.check(False, key, n, "bytes")
        told = [body.get(name) for name in ("stream", "n", "prev")]
        self.check(told == [key, n, prev] and line["n"] == n, key, n, "chain")
        for name, (salt, value) in line.get("values", {}).items():
            made = sha(b"\x02", bytes.fromhex(salt), unicodedata.normalize("NFC", value).encode())
            self.check(made.hex() == body["commit"].get(name), key, n, "bytes")
        node, index = sha(b"\x00", bytes.fromhex(line["hash"])), line.get("leaf")
        self.check(index is None or self.leaves.setdefault(index, node) == node, key, n, "tree")
        return body
    def tree(self) -> None:
        stack: list[tuple[int, bytes]] = []
        for size in range(1, len(self.leaves) + 1):
            node, height = self.leaves.get(size - 1, b""), 0
            while stack and stack[-1][0] == height:
                node, height = sha(b"\x01", stack.pop()[1], node), height + 1
            stack.append((height, node))
            for _, left in reversed(stack[:-1]) if size in self.roots else ():
                node = sha(b"\x01", left, node)
            self.check(self.roots.get(size, node.hex()) == node.hex(), "tree", size, "tree")
        self.check(not self.leaves or max([0, *self.roots]) <= len(self.leaves), "tree", 0, "tree")
class Register:
    def __init__(self, court: Court, key: str, held: dict[Any, Any], facts: list[Line]) -> None:
        self.court, self.key, self.held, self.facts = court, key, held, facts
        self.kept = court.registers[key] = list[Line]()  # a dossier keeps nothing there
    def take(self, fact: Line) -> None:
        self.b, self.n = b, _ = fact["body"], fact["n"]
        self.day = str((datetime.fromisoformat(b["at"]) + timedelta(hours=7)).date())  # Hà Nội
        self.kept.append({**b, "day": self.day})
        self.check((act := b["act"]) != "create", "step")  # a dossier, whatever `of` says
        may = act in FREE or self.has(b["by"], act)
        self.check(may and ("entered" not in b or self.may_enter()), "who")
    def has(self, actor: str, right: str) -> bool:
        mine = {role for role, _ in self.held.get((actor, self.day), ())}
        return any(mine & set(p["who"].get(right, ())) for p in self.court.procedures.values())
    def may_enter(self) -> bool:
        b, told = self.b, self.court.registers.get(str(self.b.get("substitution")))
        if told is None:
            return "substitution" not in b and self.has(b["entered"], "enter_for")
        between = told[0]["from"] <= self.day <= (told[-1]["to"] or self.day)
        return between and [told[0]["actor"], told[0]["for"]] == [b["entered"], b["by"]]
    def check(self, good: object, code: str) -> None:
        self.court.check(good, self.key, self.n, code)
class Dossier(Register):  # replayed: every step legal, by who may, conditions true, votes right
    def __init__(self, court: Court, key: str, held: dict[Any, Any], facts: list[Line]) -> None:
        super().__init__(court, key, held, facts)
        self.state = self.pause = self.came_from = self.unit = None
        self.lines, self.tasks, self.votes = dict[str, Line](), dict[int, Line](), dict[Any, str]()
        self.waived, self.papers, self.acted = set[str](), set[str](), dict[str, set[str]]()
        self.ends, self.gone = list[Any]([None, 0, 0]), set[str]()
    def take(self, fact: Line) -> None:
        self.fact, self.n, self.b, act = fact, fact["n"], (b := fact["body"]), fact["body"]["act"]
        if act in ("create", "migrate"):
            self.rules = self.court.procedures[b.get("onto", b.get("procedure"))]
        self.check((act == "create") == (self.n == 1) and not (self.pause and act in STILL), "step")
        self.unit, self.day = b["unit"] if act == "create" else self.unit, b["at"][:10]
        self.rule, self.key_of = self.rules["rounds"].get(b.get("round"), {}), b.get("round_id")
        self.check(("ends" in b) == (self.n == self.ends[2] + 1), "ends")
        self.ends = b.get("ends", self.ends)
        if b["by"] == "engine":
            self.check(act in BOTH | OWN and not {"role", "entered"} & set(b), "engine")
            self.check(act not in BOTH or 0 < b.get("cause", 0) < self.n, "engine")
        else:
            self.person()
        getattr(self, "on_" + act, self.moved if "to" in b else lambda: None)()
        self.rows()
        self.court.ways.update({(b.get("origin"), self.key), (self.key, b.get("starts"))})
        self.check(self.n < self.ends[2] or self.state == self.ends[0], "ends")
    def person(self) -> None:
        b, act, by, role = self.b, self.b["act"], self.b["by"], self.b.get("role")
        about = b.get("condition") or b.get("round") or f"{b.get('trigger')}|{b.get('from')}"
        allowed = self.rules["who"].get(f"{act}|{about}", self.rules["who"].get(act, []))
        meeting = self.lines[b["round_id"]]["meeting"] if act == "breaktie" else ""
        chair = [e["presides"] for e in self.court.registers.get(meeting, []) if "presides" in e]
        self.check(act not in OWN, "engine")
        self.check(self.sits(b["seat"], by) if act in SEATED else by == chair[-1] if chair
                   else role in allowed and self.holds(by, [role]), "who")
        who, gone = self.rules["who"], act != "recuse" and self.gone & {by, b.get("entered")}
        party = {*who.get("supplement", ())} - {*who.get("return", ())}
        hands = {by, b["entered"]} if "substitution" in b else {by}
        self.check((not gone or role in party) and ("entered" not in b or self.may_enter()), "who")
        if role is not None:
            clash = (x for pair in self.rules["apart"] if role in pair for x in pair if x != role)
            self.check(not any(hands & self.acted.get(other, set()) for other in clash), "who")
            self.acted.setdefault(role, set()).update(hands)
    def holds(self, actor: str, roles: Any) -> bool:
        own, held = self.rules["own_unit"], self.held.get((actor, self.day), ())
        return any(r in roles and (r not in own or u == self.unit) for r, u in held)
    def sits(self, seat: str, actor: str) -> bool:
        role, _, person = (seat, "", "") if "@" in seat.partition(":")[0] else seat.partition(":")
        role, _, unit = role.partition("@")
        fit = {role, self.rule.get("confirm"), self.rule.get("asks_back")}
        held = self.held.get((actor, self.day), ())
        return person in ("", actor) and any(r in fit and unit in ("", u) for r, u in held)
    def has(self, actor: str, right: str) -> bool:
        return self.holds(actor, self.rules["who"].get(right, ()))
    def moved(self) -> None:
        b, act, was = self.b, self.b["act"], self.state
        to = {"recall": self.came_from, "withdraw": self.rules["out"],
              "create": self.rules["initial"], "migrate": b.get("states", {}).get(was, was)}[act]
        self.check([b.get("from"), b["to"]] == [was, to] and was not in self.rules["final"], "step")
        self.state, self.came_from = b["to"], was if act == "withdraw" else None
    def on_fire(self) -> None:
        b, none = self.b, {"to": None, "by": None, "conditions": (), "decision": False, "over": ()}
        step = self.rules["steps"].get(f"{b['trigger']}|{b['from']}", none)
        good = [b["from"], b["to"], "starts" in b] == [self.state, step["to"], "starts" in step]
        self.check(good, "step")
        if b["by"] == "engine" != step["by"]:
            self.check(self.rules["then"].get(self.state) == b["trigger"], "engine")
            self.check(self.due(f"fire:{b['trigger']}", None), "engine")
        self.check(b["by"] == "engine" or step["by"] != "engine", "engine")
        self.check(all(map(self.met, step["conditions"])), "condition")
        decides = step["decision"] or "decision" in b
        runs = [each["name"] for each in self.lines.values() if each["closed"] is None]
        over = set(runs if decides else step["over"]) - {n[:-7] for n in self.waived}
        self.check(not over & set(runs), "condition")
        self.check(not decides or self.decided(b.get("decision")), "decision")
        self.state, self.came_from = b["to"], None if {"decision", "starts"} & set(b) else b["from"]
    def decided(self, key: Any) -> bool:
        told, mine = self.court.registers.get(key, []), [None, 0]
        for each in told:
            for dossier, *rest in each.get("lines", ()):
                mine = [*mine[: 2 - len(rest)], *rest] if dossier == self.key else mine
            mine = [None, 0] if self.key in each.get("dossiers", ()) else mine
        since = {e["body"]["act"] for e in self.facts[mine[1] : self.n - 1]} & LOOK_AGAIN
        done = [e["paper"]["number"] for e in told if e["act"] == "number" and e["day"] <= self.day]
        return bool(done) and mine[0] == self.b["trigger"] and not since
    def met(self, name: str) -> bool:
        """What the engine found; of rounds and ballots it is reckoned again from the journal."""
        found, (subject, _, asked) = self.fact["conditions"].get(name, False), name.partition(".")
        mine = [line for line in self.lines.values() if line["name"] == subject]
        last = max(mine, key=lambda line: line["opened"], default={"outcome": "cancelled"})
        if name in self.waived or found is not True:
            gone = subject == "host" or any("erased" in each["body"] for each in self.facts)
            return bool(found == "waived" and name in self.waived or found is None and gone)
        again = {"opened": True, "closed": last.get("closed"), "disagreements_answered": True}
        good = again.get(asked, last["outcome"] == asked) and last["outcome"] != "cancelled"
        return bool(good) or subject not in self.rules["rounds"]
    def of(self, kind: str, key: Any) -> list[Line]:
        return [t for t in self.tasks.values() if (t["kind"], t["round"]) == (kind, key)]
    def due(self, what: str, key: Any) -> bool:
        open_ = [t for t in self.of("effect", key) if [t["what"], t["status"]] == [what, "open"]]
        return any(t["due"] is not None and t["due"] < self.day for t in open_)
    def on_cast(self) -> None:
        b, key = self.b, (self.key_of, self.b["seat"])
        free = [t["seat"] for t in self.of("vote", self.key_of) if t["status"] == "open"]
        good = self.lines[key[0]]["closed"] is None and key not in self.votes
        self.check(good and b["seat"] in free and b["way"] in self.rule["ways"], "seat")
        self.votes[key] = "sealed" if "box" in b else b["way"]
    def on_answer(self) -> None:
        self.check(self.b["seat"] in [task["seat"] for task in self.of("ask", self.key_of)], "seat")
    def on_close_round(self) -> None:
        b, close, key = self.b, self.rule["close"], self.key_of
        self.check([*map(self.lines[key].get, ("closed", "name"))] == [None, b["round"]], "round")
        if self.rule["kind"] == "ballot":
            self.check(b["by"] != "engine", "engine")
            self.count(b["verdict"])
        elif b["by"] == "engine":
            asked = [t for t in self.of("ask", key) if t["status"] not in ("cancelled", "expired")]
            done, share = sum(t["status"] == "done" for t in asked), Fraction(close["share"] or 2)
            enough = done >= min(len(asked), share * len(asked), close["answers"] or len(asked))
            late = self.rule["proof"] in self.papers or self.due(f"close:{b['round']}", key)
            self.check(late if b["outcome"] == "expired" else enough or close["units"], "engine")
    def count(self, verdict: Line) -> None:
        entitled = {t["seat"] for t in self.of("vote", self.key_of) if t["outcome"] != "recused"}
        voted = {s: w for (k, s), w in self.votes.items() if k == self.key_of and s in entitled}
        old = not ("roll" in verdict or any("reckoned" in e["body"] for e in self.facts[: self.n]))
        counts = next(each[2] for each in self.b["lines"] if each[0] == self.key_of)
        wrote = [seat for seat, way in voted.items() if way == "written"]
        given = [*self.fact["openly"], *(slips := self.b.get("slips", []))]
        papers = Counter(self.b.get("papers") or (self.fact["papers"] if old else {}))
        roll = verdict.get("roll", {"entitled": entitled, "voted": voted, "written": wrote})
        self.check([set(roll["entitled"]), set(roll["voted"])] == [entitled, set(voted)], "tally")
        shut = self.rule["secret"] and verdict["outcome"] == "no_quorum"
        sealed = 0 if shut else list(voted.values()).count("sealed")
        here = len(roll.get("present", set(roll["voted"]) - set(roll["written"])))
        told = {"entitled": len(entitled), "written": len(wrote) + papers["written"],
                "present": here + ("present" not in roll) * papers["present"],
                **{name: len(given) + papers[name] for name in ("issued", "returned", "valid")}}
        left = [counts[name] - papers[name] - given.count(c) for c, name in CHOICES.items()]
        whole = len(slips) == sealed and min(left) >= 0 and sum(left) == given.count("")
        whole = whole and {**counts, **told, "invalid": papers["invalid"]} == counts
        self.check(whole and min(papers.values(), default=0) >= 0, "tally")
        self.check(verdict["outcome"] == self.outcome(counts), "threshold")
    def outcome(self, c: Line) -> str:
        rule, q = self.rule["pass"], self.rule["quorum"]
        base = {"entitled": c["entitled"], "present": c["present"] + c["written"],
                "cast": c["returned"], "valid": c["valid"]}[rule["of"]]
        apart = rule["of"] != "entitled" and rule["abstained"] == "left_out"
        share = Fraction(rule["more_than"] or rule["at_least"]) * (base - apart * c["abstained"])
        needed = share // 1 + 1 if rule["more_than"] else max(1, -(-share // 1))
        if sum(c[way] for way in q["counts"]) < max(1, Fraction(q["at_least"]) * c["entitled"]):
            return "no_quorum"
        if c["votes_for"] >= needed:
            return "counted" if self.rule["seats"] else "passed"
        even = c["votes_for"] == c["votes_against"] == needed - 1 > 0
        return "tie" if even and self.rule["tie"] != "fails" else "failed"
    def rows(self) -> None:
        b, act, condition = self.b, self.b["act"], {self.b.get("condition")}
        self.pause = act if act in ("return", "hold") else self.pause
        self.pause = None if act in ("release", "withdraw") or b.get("done") is True else self.pause
        self.gone |= {s.partition(":")[2] for s in b.get("recused", b.get("seats", ())) if ":" in s}
        self.papers |= {b["kind"]} if act == "attach" else set()
        self.waived |= condition if act == "waive" else set()
        self.waived -= condition if act == "redeem" and b["by"] == "engine" else set()
        for key, name, meeting in b.get("joined", ()):
            self.check(self.court.registers[key][0]["name"] == name, "round")
            self.lines[key] = {"name": name, "meeting": meeting, "opened": self.n, **NEW}
        for n, kind, what, seat, key, due, *_ in b.get("opened", ()):
            self.tasks[n] = dict(NEW, kind=kind, what=what, seat=seat, round=key, due=due)
        for n, status, outcome, _, due, *_ in b.get("tasks", ()):
            task, done = self.tasks[n], status == "done" != self.tasks[n]["status"]
            own = act in ("answer", "cast") and b["seat"] == task["seat"]
            self.check(not done or own or task["kind"] not in ("ask", "vote"), "seat")
            self.check(outcome != "recused" or act == "recuse", "seat")
            task.update(status=status, outcome=outcome, due=due)
        for key, outcome, _, closed in b.get("lines", ()):
            verdict = b["verdict"]["outcome"] if "verdict" in b and key == self.key_of else ""
            fell = outcome == "failed" and verdict in ("tie", "no_quorum")
            was = {"settle": "counted", "breaktie": "tie"}.get(act, self.lines[key]["outcome"])
            free = fell or act != "close_round" or outcome not in COUNTED
            good = act in BROUGHT.get(outcome, {act}) and (outcome == verdict or free)
            self.check(b.get("outcome", outcome) == outcome, "round")
            self.check(good and self.lines[key]["outcome"] in (was, outcome), "round")
            self.lines[key].update(outcome=outcome, closed=closed)
def judged(path: str) -> Court:
    court, block = Court(), list[Line]()
    with Path(path).open(encoding="utf-8") as file:
        for line in chain(map(json.loads, file), [{"is": "stream", "id": None}]):
            if line["is"] == "stream" and block:
                court.stream(block[0], block[1:])
            if line["is"] == "procedure":
                whole = sha(line["text"].encode()).hex() == line["hash"]
                court.check(whole, line["hash"], 0, "procedure")
                court.procedures[line["hash"]] = line["normal"]
            elif line["is"] == "checkpoint":
                court.roots[line["size"]] = line["root"]
            elif line["is"] == "leaves":  # of streams that are left out of this export
                nodes = (sha(b"\x00", bytes.fromhex(each)) for each in line["hashes"])
                court.leaves.update(enumerate(nodes, line["from"]))
            elif line["is"] in ("stream", "held", "event"):
                block = [] if line["is"] == "stream" else block
                block.append(line)
    for (a, z), said in court.ways.items():  # both of a linked pair say so, where both are here
        court.check(said == 2 or not {(a, None), (z, None)} <= {*court.ways}, str(z), 0, "step")
    court.tree()
    return court
def anchored(court: Court, option: str, given: str) -> int:
    lines = Path(given).read_text(encoding="utf-8").splitlines() if Path(given).is_file() else ()
    size, root = (lines[1], base64.b64decode(lines[2]).hex()) if lines else given.split(":")
    same = court.roots.get(int(size), "").startswith(root.lower().replace(" ", "") or "-")
    court.check(same and option == "--checkpoint", "checkpoint", int(size), "tree")
    return sum(leaf < int(size) for leaf in court.mine)
def main(words: list[str]) -> int:
    try:
        court = judged(words[0])
        known = [anchored(court, *given) for given in (words[1:],) if given]
    except Exception as error:  # whatever it is that is no export
        sys.stderr.write(f"Không đọc được / not readable: {error!r}\n{__doc__}")
        return 2
    sys.stdout.writelines(f"{k} #{n}: {' / '.join(SAID[c])} [{c}]\n" for k, n, c in court.faults)
    seen, word = court.seen, "KHÔNG KHỚP / DOES NOT HOLD" if court.faults else "KHỚP / HOLDS"
    end = "".join(f"; {n} có trong điểm kiểm tra/are under the checkpoint" for n in known)
    sys.stdout.write(f"{word}: {seen['streams']} chuỗi/streams, {seen['events']} mục/events{end}\n")
    return int(bool(court.faults))
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
