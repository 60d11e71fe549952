"""Sentences about lists, and about what the command line is told."""

_AT_ROW = ("{file}, dòng {row}: ", "{file}, row {row}: ")
_AT_CELL = ("{file}, dòng {row}, cột {column}: ", "{file}, row {row}, column {column}: ")

_ROWS: dict[str, tuple[str, str]] = {
    "list-empty": (
        "tệp không có dòng nào. Dòng đầu ghi tên cột: {known}.",
        "the file is empty. Its first row names the columns: {known}.",
    ),
    "list-no-rows": (
        "tệp chỉ có dòng tên cột, chưa có gì để nhập. Hãy ghi từng dòng bên dưới.",
        "the file has the names of its columns and no rows. Write rows below them.",
    ),
    "list-too-large": (
        "tệp có {size} byte, nhiều hơn {limit}. Hãy chia thành nhiều tệp.",
        "the file has {size} bytes, more than {limit}. Split it.",
    ),
    "list-not-utf8": (
        "chữ không phải bảng mã UTF-8. Hãy lưu lại tệp dạng “CSV UTF-8”.",
        "this is not UTF-8. Save the file as “CSV UTF-8”.",
    ),
    "list-broken": (
        "không đọc được dòng này ({problem}). Hãy kiểm tra dấu nháy kép.",
        "this row cannot be read ({problem}). Look at the double quotes.",
    ),
    "list-row-long": (
        "có {found} ô nhưng chỉ có {wanted} cột. Ô chứa dấu phẩy phải đặt trong dấu nháy kép.",
        "it has {found} cells for {wanted} columns. Put a cell with a comma in double quotes.",
    ),
    "list-row-refused": ("{why}", "{why}"),
}

_CELLS: dict[str, tuple[str, str]] = {
    "list-column-unknown": (
        "không có cột này. Dùng: {nearest}.",
        "there is no such column. Use: {nearest}.",
    ),
    "list-column-twice": (
        "tên cột lặp lại. Hãy bỏ một cột.",
        "the column comes twice. Delete one.",
    ),
    "list-column-missing": (
        "thiếu cột này. Hãy thêm vào dòng đầu.",
        "the column is missing. Add it to the first row.",
    ),
    "list-cell-missing": (
        "ô để trống. Hãy điền giá trị.",
        "the cell is empty. Fill it in.",
    ),
    "list-cell-unprintable": (
        "có ký tự không nhìn thấy được. Hãy gõ lại ô này.",
        "it has a character that cannot be seen. Type the cell again.",
    ),
    "list-cell-id": (
        "“{value}” không dùng làm mã được: không có dấu cách, “@”, “#”, và không phải “engine”.",
        "“{value}” cannot be an id: no spaces, no “@” or “#”, and not “engine”.",
    ),
    "list-cell-name": (
        "“{value}” không đúng dạng. Chỉ dùng chữ thường không dấu, chữ số và “_”.",
        "“{value}” is no name. Use lower-case letters, digits and “_” only.",
    ),
    "list-cell-date": (
        "“{value}” không phải là ngày. Hãy ghi dạng 11/06/2018 hoặc 2018-06-11.",
        "“{value}” is no date. Write it as 11/06/2018 or 2018-06-11.",
    ),
    "list-cell-number": (
        "“{value}” không phải là số nguyên không âm.",
        "“{value}” is no whole number from 0 on.",
    ),
    "list-cell-choice": (
        "không nhận “{value}”. Chọn một trong: {known}.",
        "“{value}” is none of: {known}.",
    ),
    "list-cell-mailbox": (
        "“{value}” không phải là một địa chỉ thư. Hãy ghi dạng ten@co-quan.gov.vn.",
        "“{value}” is not one mail address. Write it as name@office.gov.vn.",
    ),
    "list-cell-groups": (
        "“{value}” không đúng dạng. Hãy ghi dạng cluster=C01;region=R2, mỗi nhóm một lần.",
        "“{value}” is no group. Write them as cluster=C01;region=R2, each once.",
    ),
    "list-dates-reversed": (
        "ngày kết thúc {value} trước ngày bắt đầu. Hãy sửa một trong hai.",
        "the end {value} lies before the beginning. Correct one of them.",
    ),
    "list-received-before": (
        "ngày nhận {value} trước ngày ký. Hãy sửa một trong hai.",
        "it was received on {value}, before it was signed. Correct one of them.",
    ),
    "list-row-twice": (
        "“{value}” đã có ở dòng {first}. Hãy bỏ một dòng.",
        "“{value}” stands in row {first} already. Delete one of the two.",
    ),
    "list-id-used": (
        "mã “{value}” đã được dùng. Hãy dùng mã khác.",
        "the id “{value}” is used already. Choose another.",
    ),
    "list-overlap": (
        "thời gian của “{value}” trùng với dòng bắt đầu từ {since}. Hãy ghi ngày kết thúc của"
        " dòng trước.",
        "the time of “{value}” overlaps with the one since {since}. Give the earlier one its end.",
    ),
    "list-not-known": (
        "không có “{value}”. Hãy nhập trước, hoặc sửa mã.",
        "there is no “{value}”. Enter it first, or correct the id.",
    ),
    "list-not-unique": (
        "mã “{value}” có thời kỳ thuộc tỉnh khác. Hãy ghi tên.",
        "the code “{value}” was another province's at some time. Write the name.",
    ),
    "list-own-parent": (
        "đơn vị “{value}” không thể là cấp trên của chính nó.",
        "the unit “{value}” cannot be above itself.",
    ),
    "list-successor-early": (
        "đơn vị “{value}” còn tồn tại từ {since}, nên chưa có đơn vị kế thừa. Hãy ghi successor ở"
        " dòng cuối của đơn vị.",
        "the unit “{value}” stands again from {since}, so nothing takes its place yet. Name the"
        " successor in the unit's last row.",
    ),
    "list-account-taken": (
        "tài khoản “{value}” đã thuộc về {other}. Mỗi tài khoản của một người.",
        "the account “{value}” belongs to {other}. An account is one person's.",
    ),
    "list-file": (
        "không đọc được tệp “{value}” ({problem}). Đường dẫn tính từ thư mục của danh sách.",
        "the file “{value}” cannot be read ({problem}). Paths count from the list's folder.",
    ),
    "list-not-in-round": (
        "hồ sơ “{value}” không có trong đợt bỏ phiếu này.",
        "the dossier “{value}” is not in this ballot.",
    ),
    "list-cell-refused": ("{why}", "{why}"),
}

_SAID: dict[str, tuple[str, str]] = {
    "earlier-without-column": (
        "Danh sách đã khen thưởng {file} thiếu cột “{column}”. Hãy thêm cột đó: mỗi dòng là mã "
        "định danh của một người (person) và mã hình thức khen thưởng đã được tặng (award).",
        "The list of earlier awards {file} has no column “{column}”. Add it: a line is a person's "
        "id (person) and the code of an award already held (award).",
    ),
    "bad-setting": (
        "{name} là “{found}”. Hãy dùng một trong: {known}.",
        "{name} is “{found}”. Use one of: {known}.",
    ),
    "bad-database": (
        "Không dùng được địa chỉ cơ sở dữ liệu {database}: {problem}. Ví dụ: sqlite:///thidua.db,"
        " postgresql://may-chu/ten.",
        "The database address {database} does not serve: {problem}. Examples:"
        " sqlite:///thidua.db, postgresql://server/name.",
    ),
    "sqlite-unmerged": (
        "Tệp {file} nằm ở nơi chỉ đọc, mà {beside} bên cạnh còn phần chưa gộp vào. Hãy chép cả hai"
        " sang một thư mục ghi được rồi xem bản chép.",
        "{file} lies where nothing can be written, and {beside} beside it holds what was not merged"
        " yet. Copy both into a folder that can be written to, and look at the copy.",
    ),
    "unknown-database": (
        "Không có tệp cơ sở dữ liệu {file}. Hãy chạy `thidua db init`, hoặc chỉ đúng tệp bằng"
        " --database.",
        "There is no database file {file}. Run `thidua db init`, or name the file by --database.",
    ),
    "unknown-revision": (
        "Không có bản {revision} của bảng. Các bản: {known}.",
        "The tables have no revision {revision}. There are: {known}.",
    ),
    "clock-is-real": (
        "--now chỉ dùng được khi THIDUA_TEST_CLOCK=1 (chạy minh họa, kiểm thử).",
        "--now is honoured only with THIDUA_TEST_CLOCK=1 (demos and tests).",
    ),
    "operator-unknown": (
        "Chưa biết bạn là ai: tài khoản “{account}” gắn với: {found}. Hãy nhập người có cột"
        " account bằng `thidua people import`, hoặc đặt THIDUA_OPERATOR.",
        "Nobody knows who you are: the account “{account}” belongs to: {found}. Enter a person"
        " with that account by `thidua people import`, or set THIDUA_OPERATOR.",
    ),
    "unknown-actor": (
        "Không có người nào mang mã {actor}. Xem `thidua people list`.",
        "There is nobody with the id {actor}. See `thidua people list`.",
    ),
    "unknown-unit": (
        "Không có đơn vị {unit}. Xem `thidua units list`.",
        "There is no unit {unit}. See `thidua units list`.",
    ),
    "unknown-role": (
        "Không quy trình nào có vai trò “{role}”. Các vai trò: {known}.",
        "No procedure has the role “{role}”. Roles: {known}.",
    ),
    "unknown-state": (
        "Không có trạng thái “{state}”. Các trạng thái: {known}.",
        "There is no state “{state}”. States: {known}.",
    ),
    "unknown-ground": (
        "Quy trình {procedure} không có căn cứ giả định “{ground}”. Các căn cứ: {known}.",
        "The procedure {procedure} has no assumed ground “{ground}”. It has: {known}.",
    ),
    "unknown-submission": (
        "Không có tờ trình {submission}. Xem `thidua submissions list`.",
        "There is no submission {submission}. See `thidua submissions list`.",
    ),
    "unknown-decision": (
        "Không có quyết định {decision}. Xem `thidua decisions list`.",
        "There is no decision {decision}. See `thidua decisions list`.",
    ),
    "unknown-paper-line": (
        "Danh sách không có dòng {line}. Xem `thidua paper-list`.",
        "The list has no line {line}. See `thidua paper-list`.",
    ),
    "unknown-round-here": (
        "Không có đợt “{round}”. Các đợt đã mở: {known}.",
        "There is no round “{round}”. Opened so far: {known}.",
    ),
    "which-round": (
        "“{round}” có nhiều đợt. Hãy ghi rõ một trong: {known}.",
        "“{round}” may be several rounds. Name one of: {known}.",
    ),
    "not-that-kind": (
        "“{round}” không phải là đợt {kind}.",
        "“{round}” is no {kind}.",
    ),
    "which-role": (
        "Chưa rõ vai trò nào là thành viên Hội đồng ({known}). Hãy ghi --role.",
        "It is not clear which role the council's members hold ({known}). Give --role.",
    ),
    "which-step": (
        "Chưa rõ bước nào mở đợt “{round}” từ đây ({known}). Hãy ghi --trigger.",
        "It is not clear which step opens the round “{round}” from here ({known}). Give --trigger.",
    ),
    "before-no-meeting": (
        "Hồ sơ {dossier} chưa được đưa ra phiên họp nào. Muốn đưa vào, hãy ghi bước chuyển"
        " (--trigger).",
        "The dossier {dossier} is before no meeting. To bring it, name the step (--trigger).",
    ),
    "confirm-needs-paper": (
        "Xác nhận căn cứ “{ground}” cần số văn bản: --paper-number, --paper-date, --signer.",
        "To confirm the ground “{ground}” name the paper: --paper-number, --paper-date, --signer.",
    ),
    "to-or-nobody": (
        "Hãy ghi --to NGƯỜI, hoặc --nobody.",
        "Give --to ACTOR, or --nobody.",
    ),
    "of-dossier": ("{dossier}: {why}", "{dossier}: {why}"),
    "which-task": (
        "Hồ sơ có {found} việc đang chờ. Hãy ghi --task N.",
        "{found} tasks of the dossier are waiting. Give --task N.",
    ),
    "none-chosen": (
        "Chưa chọn hồ sơ nào. Hãy ghi mã hồ sơ, --from-file TỆP hoặc --state TRẠNG_THÁI.",
        "No dossier is chosen. Give ids, --from-file FILE or --state STATE.",
    ),
    "ids-and-more": (
        "Đã ghi mã hồ sơ thì không lọc thêm bằng --state, --campaign, --field…. Giá trị mới ghi"
        " ngay sau mã, không kèm --field, ví dụ: `thidua dossiers correct HS-1 TÊN=GIÁ_TRỊ`.",
        "Ids are given: leave out --state, --campaign, --field and the other filters. New values go"
        " without --field, for example: `thidua dossiers correct HS-1 NAME=VALUE`.",
    ),
    "say-yes": (
        "Sẽ tác động đến {count} hồ sơ như trên. Thêm --yes để thực hiện.",
        "This would touch {count} dossiers, as shown. Add --yes to do it.",
    ),
    "sweep-yes": (
        "Sẽ xóa {count} tệp như trên. Thêm --yes để thực hiện.",
        "This would remove {count} files, as shown. Add --yes to do it.",
    ),
    "not-a-pair": (
        "“{value}” không đúng dạng {form}.",
        "“{value}” is not of the form {form}.",
    ),
    "not-a-month": (
        "“{value}” không phải là tháng. Hãy ghi dạng 2018-09 hoặc 09/2018.",
        "“{value}” is no month. Write it as 2018-09 or 09/2018.",
    ),
}

FILES: dict[str, tuple[str, str]] = {
    **{code: (_AT_ROW[0] + vi, _AT_ROW[1] + en) for code, (vi, en) in _ROWS.items()},
    **{code: (_AT_CELL[0] + vi, _AT_CELL[1] + en) for code, (vi, en) in _CELLS.items()},
    **_SAID,
}
