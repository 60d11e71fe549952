"""The manual of units, people, roles, the council and the provinces."""

from thidua.cli.language import Words

_ALL = (
    " Có một dòng sai thì không nhập dòng nào.",
    " One wrong row and nothing is entered.",
)

PEOPLE: dict[str, Words] = {
    "units": ("Đơn vị, có thời gian hiệu lực.", "Units, dated."),
    "units import": (
        "Nhập đơn vị từ tệp CSV. Các cột: id, name, kind, code, parent, from_on, to_on, successor,"
        " groups (cluster=C01;region=…), mailbox, phone." + _ALL[0],
        "Enter units from a CSV file. Columns: id, name, kind, code, parent, from_on, to_on,"
        " successor, groups (cluster=C01;region=…), mailbox, phone." + _ALL[1],
    ),
    "units list": ("Đơn vị trong một ngày.", "The units of a day."),
    "people": ("Người.", "People."),
    "people import": (
        "Nhập người từ tệp CSV. Các cột: id, name, lang, mailbox, phone, account (tài khoản máy"
        " tính), from_on, to_on." + _ALL[0],
        "Enter people from a CSV file. Columns: id, name, lang, mailbox, phone, account (of the"
        " computer), from_on, to_on." + _ALL[1],
    ),
    "people list": ("Người và địa chỉ.", "People and their addresses."),
    "roles": ("Ai giữ vai trò nào, từ ngày nào.", "Who holds which role, since when."),
    "roles import": (
        "Nhập vai trò từ tệp CSV. Các cột: actor, role, unit, from_on, to_on, ground." + _ALL[0],
        "Enter roles from a CSV file. Columns: actor, role, unit, from_on, to_on, ground."
        + _ALL[1],
    ),
    "roles list": ("Ai giữ vai trò nào trong một ngày.", "Who holds what on a day."),
    "council": (
        "Hội đồng: những người có quyền bỏ phiếu, theo nhiệm kỳ.",
        "The council: who is entitled to vote, by terms.",
    ),
    "council import": (
        "Nhập thành viên từ tệp CSV. Các cột: actor, from_on, to_on, ground. Vai trò lấy từ quy"
        " trình đã lưu, hoặc --role." + _ALL[0],
        "Enter members from a CSV file. Columns: actor, from_on, to_on, ground. The role is that"
        " of the stored procedures' ballots, or --role." + _ALL[1],
    ),
    "council list": ("Thành viên trong một ngày.", "The members on a day."),
    "provinces": ("Tỉnh, thành phố và đơn vị của từng nơi.", "Provinces, and a unit in each."),
    "provinces import": (
        "Tạo cho mỗi tỉnh, thành phố một đơn vị loại --kind, có ngày hiệu lực (63, từ 1/7/2025 là"
        " 34). --with TỆP.csv thêm các cột province (mã hoặc tên), groups, mailbox, phone, parent.",
        "Make a unit of --kind in every province, dated (63, from 1 July 2025 on 34). --with"
        " FILE.csv adds the columns province (code or name), groups, mailbox, phone, parent.",
    ),
    "provinces list": ("Tỉnh, thành phố trong một ngày.", "The provinces of a day."),
}
