"""Sentences about a story that the demo cannot play."""

DEMO: dict[str, tuple[str, str]] = {
    "demo-no-story": (
        "Không có tệp {path}. Hãy chỉ thư mục có tệp đó bằng --files.",
        "There is no file {path}. Name the folder that has one with --files.",
    ),
    "demo-line": (
        "{file}, dòng {line}: không hiểu dòng này. Viết dạng “2018-03-05 08:00 người$ thidua …”, "
        "“== Cảnh | Scene”, “tên = giá trị” hoặc “# ghi chú”.",
        "{file}, line {line}: this is not understood. Write “2018-03-05 08:00 who$ thidua …”, "
        "“== Cảnh | Scene”, “name = value” or “# remark”.",
    ),
    "demo-program": (
        "{file}, dòng {line}: chỉ lệnh `thidua` mới chạy được, không phải “{found}”.",
        "{file}, line {line}: only `thidua` commands are played, not “{found}”.",
    ),
    "demo-back": (
        "{file}, dòng {line}: {at} sớm hơn lệnh trước đó. Hãy xếp các lệnh theo thời gian.",
        "{file}, line {line}: {at} is earlier than the command before. Put them in order.",
    ),
    "demo-head": (
        "{file}: thiếu {missing} ở đầu tệp. Viết dạng “tên = giá trị”.",
        "{file}: {missing} missing at its top. Write “name = value”.",
    ),
    "demo-empty": (
        "{file}: không có lệnh nào để chạy. Hãy thêm lệnh.",
        "{file}: there is no command to play. Add one.",
    ),
    "demo-failed": (
        "{file}, dòng {line}: “{command}” không diễn ra như kịch bản:\n{words}\nHãy sửa dòng đó, "
        "hoặc tệp mà nó dùng.",
        "{file}, line {line}: “{command}” did not go as the story has it:\n{words}\nMend that "
        "line, or the file it uses.",
    ),
    "demo-folder": (
        "Thư mục {path} đã có tệp khác, không phải của lần chạy trước. Hãy chọn thư mục khác "
        "bằng --into.",
        "The folder {path} holds other files than those of an earlier run. Choose another with "
        "--into.",
    ),
}
