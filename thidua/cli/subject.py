"""Everything held about one person, written out: `thidua people export`."""

import html
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import without_results
from thidua.cli.label import ACTS, KINDS, PRESENCES, STATUSES, called
from thidua.cli.language import Words
from thidua.cli.screen import day, moment, plain, say, show
from thidua.cli.shell import option, verb
from thidua.workflow.errors import Misuse, Refused

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

WRITTEN: Words = (
    "Đã ghi dữ liệu về {actor} vào {folder}: {dossiers} hồ sơ, {acts} thao tác, {mails} thư.",
    "Wrote what is held about {actor} to {folder}: {dossiers} dossiers, {acts} acts, {mails}"
    " mails.",
)
DATA, PAGE = "du-lieu.json", "du-lieu.html"
LISTS = {
    "person": "Người", "roles": "Vai trò", "addresses": "Địa chỉ", "relatives": "Quan hệ thân nhân",
    "council_seats": "Thành viên Hội đồng", "substitutions": "Ủy quyền, thay thế",
}  # fmt: skip
STYLE = (
    "body{font:16px/1.5 serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%;margin-bottom:1.5em}"
    "th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}"
)


@verb("export")
@click.argument("actor")
@option("--to", "folder", required=True, metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path), said=(
            "Thư mục ghi kết quả, chưa có tệp trùng tên.", "The folder to write to."))  # fmt: skip
@click.pass_obj
def export(call: Call, *, actor: str, folder: Path) -> None:
    """Everything held about a person."""
    held = call.read(lambda db: _held(call, db, actor))
    for name in (DATA, PAGE):
        if (folder / name).exists():
            raise Misuse("paper-there", file=str(folder / name))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / DATA, json.dumps(held, ensure_ascii=False, indent=2) + "\n")
    _write(folder / PAGE, _page(call, actor, held))
    counts = {name: len(held[name]) for name in ("dossiers", "acts", "mails")}
    told = {"actor": actor, "folder": str(folder), **counts}
    show(call, told, lambda: say(call, WRITTEN, **told))


def _held(call: Call, db: "Connection", actor: str) -> dict[str, Any]:
    """For the person, and for whoever may erase; a vote's choice is for the person alone, and what
    is not announced for those who may know it.
    """
    from thidua.reference import shown
    from thidua.storage import about_person

    own = call.viewer(db) == (actor,)
    if not own:
        _check_eraser(call, db)
        call.check_known(db, actor)
    t, wf = call.tables, call.place.wf
    acts, mails = about_person.acts(db, t, actor), about_person.mails(db, t, actor)
    said = shown(db, t, [each["content"] for each in mails])
    for each in acts if not own else ():
        each["private"] = {k: v for k, v in each["private"].items() if k != "choice"}
    return {
        "actor": actor,
        "at": call.now.isoformat(),
        "directory": about_person.directory(db, t, actor),
        "erased": plain([each for each in wf.directory.history(db) if each.erased == actor]),
        "dossiers": without_results(call, db, about_person.dossiers(db, t, actor)),
        "meetings": about_person.meetings(db, t, actor),
        "tasks": about_person.tasks(db, t, actor),
        "acts": acts,
        "mails": [{**each, "content": told} for each, told in zip(mails, said, strict=True)],
    }


def _check_eraser(call: Call, db: "Connection") -> None:
    """`Refused` unless the operator may erase under some stored procedure."""
    wf, operator = call.place.wf, call.operator(db)
    roles = wf.shelf.roles(db, "redact")
    if not roles & {h.role for h in wf.people.held(db, operator, call.today)}:
        raise Refused.of("not-allowed", actor=operator, roles=", ".join(sorted(roles)) or "-")


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _page(call: Call, actor: str, held: dict[str, Any]) -> str:
    """The page an office hands over, in Vietnamese."""
    names = [row["name"] for row in held["directory"]["person"]]
    heading = f"Dữ liệu đang lưu về {names[0] if names else actor}"
    parts = [f"<h1>{html.escape(heading)}</h1>", f"<p>Lập lúc {moment(call.now)}.</p>"]
    for name, title in LISTS.items():
        rows = [list(row.values()) for row in held["directory"][name]]
        parts += _table(title, [], rows)
    parts += _table("Đã xóa dữ liệu trong danh mục", ["Lúc", "Người xóa", "Căn cứ", "Mục"], [
        [moment(each["at"]), each["by"], each["ground"], each["n"]] for each in held["erased"]
    ])  # fmt: skip
    parts += _table("Hồ sơ đề nghị khen thưởng", ["Số", "Tên", "Ngày lập", "Nội dung"], [
        [d["id"], d["candidate_name"], day(d["created_at"][:10]), _told(d["fields"])]
        for d in held["dossiers"]
    ])  # fmt: skip
    parts += _table("Phiên họp", ["Ngày", "Phiên họp", "Chủ trì", "Có mặt", "Lý do"], [
        [day(m["held_on"]), m["title"], "x" if m["presides"] else "",
         called(PRESENCES, m["presence"], "vi"), m["why"]]
        for m in held["meetings"]
    ])  # fmt: skip
    parts += _table("Việc được giao, được hỏi", ["Hồ sơ", "Việc", "Ở", "Tình trạng", "Hạn"], [
        [k["dossier_id"], called(KINDS, k["kind"], "vi"), k["seat"],
         called(STATUSES, k["status"], "vi"), day(k["due_on"])]
        for k in held["tasks"]
    ])  # fmt: skip
    parts += _table("Thao tác đã thực hiện", ["Lúc", "Thao tác", "Ở", "Lời ghi"], [
        [moment(a["body"]["at"]), called(ACTS, a["body"]["act"], "vi"), a["stream"],
         _told(a["private"])] for a in held["acts"]
    ])  # fmt: skip
    parts += _table("Thư đã lập", ["Lúc", "Gửi đến", "Tình trạng"], [
        [moment(m["made_at"]), m["mailbox"], m["status"]] for m in held["mails"]
    ])  # fmt: skip
    body = "\n".join(parts)
    return (f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
            f"<title>{html.escape(heading)}</title><style>{STYLE}</style></head>\n"
            f"<body>\n{body}\n</body></html>\n")  # fmt: skip


def _told(values: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items() if value)


def _table(title: str, heads: list[str], rows: list[list[Any]]) -> list[str]:
    if not rows:
        return []
    cells = [[html.escape(str(each)) if each is not None else "" for each in row] for row in rows]
    lines = ["<tr>" + "".join(f"<td>{each}</td>" for each in row) + "</tr>" for row in cells]
    head = "<tr>" + "".join(f"<th>{each}</th>" for each in heads) + "</tr>" if heads else ""
    return [f"<h2>{title}</h2>", f"<table>{head}", *lines, "</table>"]
