"""Sentences about pictures of procedures and about overlays."""

_AT = "{file}:{line}:{column}: "

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
    "overlay-extends": (
        _AT + "“{found}” không nêu rõ bản nào; hãy viết như “ministers-certificate@2018.2”",
        _AT + "“{found}” names no version; write it as “ministers-certificate@2018.2”",
    ),
    "overlay-base": (
        _AT
        + "không có quy trình “{found}”, chưa lưu mà cũng không kèm theo chương trình; hãy viết: "
        "{nearest}",
        _AT + "there is no “{found}”, neither stored nor shipped; write: {nearest}",
    ),
    "overlay-over-idle": (
        _AT
        + "tệp này không sửa “{point}” của quy trình gốc; hãy bỏ dòng này, hoặc viết: {nearest}",
        _AT + "this file changes no “{point}” of the base; delete the line, or write: {nearest}",
    ),
    "overlay-unrecorded": (
        _AT + "tệp này chưa ghi quy trình gốc vốn quy định thế nào ở: {points}; hãy chạy “thidua "
        "procedures rebase {file}” để ghi vào, khi bản gốc đổi thì mới biết mà hỏi lại",
        _AT + "this file does not say what the base says about: {points}; run “thidua procedures "
        "rebase {file}”, which writes it down, so that you are asked when the base changes it",
    ),
    "overlay-version": (
        _AT + "bản “{found}” là bản của chính quy trình gốc; hãy đặt bản riêng, ví dụ "
        "“{found}+stp.1”",
        _AT + "“{found}” is the version of the base itself; write one of its own, such as "
        "“{found}+stp.1”",
    ),
    "overlay-key": (
        _AT
        + "tệp phủ không được sửa “{key}”; chỉ được sửa: {nearest}. Muốn sửa chỗ khác, hãy chép "
        "cả quy trình thành tệp riêng",
        _AT + "an overlay may not touch “{key}”; write: {nearest}. For more than that, copy the "
        "whole procedure",
    ),
    "overlay-nothing": (
        _AT + "quy trình gốc không có “{name}” trong “{part}”; hãy viết: {nearest}",
        _AT + "the base has no “{name}” among its “{part}”; write: {nearest}",
    ),
    "overlay-engine": (
        _AT + "bước “{trigger}” không thể chuyển giữa người và hệ thống bằng tệp phủ; hãy ghi một "
        "vai trò khác, hoặc bỏ dòng này",
        _AT + "an overlay cannot move the step “{trigger}” between a person and the engine; name "
        "another role, or delete the line",
    ),
    "overlay-answers": (
        _AT
        + "“answers” chỉ dùng khi chuyển sang bản gốc mới; hãy chạy “thidua procedures rebase”, "
        "hoặc bỏ mục này",
        _AT + "“answers” belong to a move to a newer base; run “thidua procedures rebase”, or "
        "delete them",
    ),
    "overlay-conflict": (
        _AT + "quy trình gốc bản mới cũng sửa “{point}”: trước là {old}, nay là {new}, tệp này ghi "
        "{mine}; hãy ghi dưới “answers: {{{target}: …}}” một trong hai dòng “{point}: keep” "
        "(giữ như tệp này) hoặc “{point}: take” (theo bản gốc mới), rồi chạy “thidua procedures "
        "rebase {file} --to {target}”",
        _AT
        + "the newer base changes “{point}” too: it was {old}, is now {new}, and this file says "
        "{mine}; write under “answers: {{{target}: …}}” either “{point}: keep” (as this file "
        "says) or “{point}: take” (as the newer base says), then run “thidua procedures rebase "
        "{file} --to {target}”",
    ),
    "overlay-gone": (
        _AT + "quy trình gốc bản mới không còn “{thing}” nên “{point}” (tệp này ghi {mine}) không "
        "giữ được; hãy ghi “answers: {{{target}: {{{point}: take}}}}” để bỏ chỗ này, rồi chạy "
        "“thidua procedures rebase {file} --to {target}”",
        _AT + "the newer base has no “{thing}” any more, so “{point}” (this file says {mine}) "
        "cannot stay; write “answers: {{{target}: {{{point}: take}}}}”, which drops it, then run "
        "“thidua procedures rebase {file} --to {target}”",
    ),
    "overlay-answer": (
        _AT + "“{found}” không phải là trả lời; hãy viết “keep” hoặc “take”",
        _AT + "“{found}” is no answer; write “keep” or “take”",
    ),
    "overlay-answer-idle": (
        _AT + "không có gì phải trả lời ở “{point}”; hãy bỏ dòng này, hoặc viết: {nearest}",
        _AT + "nothing is asked about “{point}”; delete the line, or write: {nearest}",
    ),
    "overlay-other": (
        _AT + "tệp này phủ lên quy trình “{name}”, không phải “{found}”; hãy ghi một bản khác của "
        "“{name}” sau --to",
        _AT + "this file is laid over “{name}”, not over “{found}”; name another version of "
        "“{name}” with --to",
    ),
    "overlay-new-version": (
        _AT + "không suy ra được bản mới từ “{version}”; hãy ghi --version",
        _AT + "no new version follows from “{version}”; say it with --version",
    ),
    "not-an-overlay": (
        _AT + "tệp này không có “extends”, nên không phải là tệp phủ; hãy ghi “extends: QUY- "
        "TRÌNH@BẢN”",
        _AT + "this file has no “extends” and is no overlay; add “extends: PROCEDURE@VERSION”",
    ),
}
