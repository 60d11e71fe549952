"""Sentences about pictures of procedures and about overlays."""

VERSIONS: dict[str, tuple[str, str]] = {
    "drawing-too-large": (
        "Quy trình có {found} ô, nhiều hơn {limit}: hình sẽ không ai đọc được. Hãy dùng Mermaid "
        "(tệp .mmd), hoặc chia quy trình.",
        "The procedure has {found} boxes, more than {limit}; nobody could read the picture. Use "
        "Mermaid (a .mmd file), or split the procedure.",
    ),
    "extra-missing": (
        "Việc này cần thư viện {library}. Hãy cài đặt: pip install “thidua[{extra}]”.",
        "This needs the library {library}. Install it: pip install “thidua[{extra}]”.",
    ),
    "picture-kind": (
        "Không biết vẽ vào tệp “{file}”. Hãy đặt tên tệp kết thúc bằng một trong: {known}.",
        "It is not known how to draw into “{file}”. Let the file's name end in one of: {known}.",
    ),
}
