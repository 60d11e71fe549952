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
    "people export": (
        "Ghi mọi dữ liệu đang lưu về một người ra thư mục: danh bạ, hồ sơ, thao tác, thư; một tệp"
        " JSON và một trang để đọc. Dành cho người đó và người có quyền xóa dữ liệu.",
        "Write everything held about a person to a folder: lists, dossiers, acts, mails; as JSON"
        " and as a page to read. For that person, and whoever may erase.",
    ),
    "people redact": (
        "Xóa tên, tài khoản, địa chỉ thư, số điện thoại của một người trong danh mục, nhật ký danh"
        " mục và thư đã lập; mã và những việc đã làm vẫn giữ. Người đó không còn giữ vai trò nào."
        " Cần căn cứ (--paper-…).",
        "Erase a person's name, account, mailbox and telephone from the lists, their journal and"
        " mails made; the id and what was done stay. Of who holds no role any more. Needs a paper"
        " (--paper-…).",
    ),
    "people hand-over": (
        "Bàn giao toàn bộ việc của một người: việc đang giữ, vai trò, ủy quyền."
        " Cần căn cứ (--paper-number…). Việc hỏi đích danh (phiếu bầu) không bàn giao được.",
        "Hand over everything on somebody's desk: tasks, roles, substitutions. Needs a paper"
        " (--paper-number…). What is asked in person, such as a vote, stays.",
    ),
    "substitutes": ("Ai thay ai, theo văn bản nào.", "Who stands in for whom, on what paper."),
    "substitutes add": (
        "Ghi văn bản ủy quyền: `add NGƯỜI_THAY NGƯỜI_ĐƯỢC_THAY`. Người thay dùng --as để làm thay;"
        " vai trò không được ủy quyền (delegable: no) vẫn phải tự làm.",
        "Enter an authority: `add ACTOR FOR`. The substitute acts with --as; roles that are not"
        " delegable stay with their holder.",
    ),
    "substitutes end": ("Cho hết sớm hơn.", "Let one end sooner."),
    "substitutes list": ("Ai thay ai trong một ngày.", "Who stands in for whom on a day."),
    "directory": ("Nhật ký thay đổi danh mục.", "The journal of the office's lists."),
    "directory history": (
        "Ai đã sửa đơn vị, người, vai trò, địa chỉ, khi nào, từ gì thành gì.",
        "Who changed units, people, roles and addresses, when, from what to what.",
    ),
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
    "council form": (
        "Lập hội đồng cho một nhiệm kỳ, kèm quyết định thành lập.",
        "Form a council for a term, with the decision that does so.",
    ),
    "council terms": ("Các hội đồng theo nhiệm kỳ.", "The councils by terms."),
    "council appoint": (
        "Ghi thành viên và chức danh từ tệp CSV. Các cột: actor, post (chair, deputy, secretary,"
        " ordinary), from_on, to_on. Ghi lại một người với to_on là ghi ngày thôi." + _ALL[0],
        "Enter members and posts from a CSV file. Columns: actor, post (chair, deputy, secretary,"
        " ordinary), from_on, to_on. A row given again with to_on is the last day." + _ALL[1],
    ),
    "council show": (
        "Thành viên của một hội đồng trong một ngày, theo chức danh.",
        "The members of a council on a day, by post.",
    ),
    "council relatives": (
        "Nhập quan hệ người thân đã kê khai từ tệp CSV. Các cột: person, relative, ground. Dùng"
        " cho `recuse_if: [relative]`." + _ALL[0],
        "Enter declared relatives from a CSV file. Columns: person, relative, ground. For"
        " `recuse_if: [relative]`." + _ALL[1],
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
