"""Sentences about dossiers that move to another version, and dues that move with a meeting."""

CROSSING: dict[str, tuple[str, str]] = {
    "migrate-ground": (
        "Chuyển hồ sơ sang bản khác của quy trình phải có văn bản làm căn cứ; hãy ghi số, ký hiệu, "
        "ngày (--paper-number, --paper-symbol, --paper-date).",
        "Moving dossiers to another version of their procedure needs a paper; give its number, "
        "symbol and date (--paper-number, --paper-symbol, --paper-date).",
    ),
    "migrated-already": (
        "Hồ sơ đã theo bản {version}.",
        "The dossier goes by version {version} already.",
    ),
    "migrate-other": (
        "Hồ sơ theo quy trình “{procedure}”, không chuyển sang quy trình khác là “{other}” được; "
        "hãy chọn một bản của “{procedure}”.",
        "The dossier goes by the procedure “{procedure}” and cannot move to another one, "
        "“{other}”; name a version of “{procedure}”.",
    ),
    "migrate-state": (
        "Bản mới không có trạng thái “{to}” cho hồ sơ đang ở “{state}”; hãy ghi "
        "--map {state}=… với một trong: {known}.",
        "The new version has no state “{to}” for a dossier in “{state}”; write --map {state}=… "
        "with one of: {known}.",
    ),
    "migrate-final": (
        "Không được chuyển hồ sơ đang ở “{state}” thẳng đến trạng thái kết thúc “{to}”; hãy chọn "
        "một trạng thái chưa kết thúc, rồi kết thúc bằng bước của quy trình.",
        "A dossier in “{state}” cannot be moved straight to the final state “{to}”; map it to one "
        "that is not final, and end it by a step of the procedure.",
    ),
    "migrate-item": (
        "Hồ sơ đang chờ bổ sung “{item}” mà bản mới không có; hãy nhận bổ sung xong rồi chuyển.",
        "The dossier waits for “{item}”, which the new version does not have; take the supplement "
        "first, then move it.",
    ),
    "migrate-round": (
        "Đợt “{label}” đang chạy mà bản mới không có đợt “{round}” cùng loại; hãy kết thúc đợt "
        "này rồi chuyển, hoặc giữ đợt trong bản mới.",
        "“{label}” is running and the new version has no round “{round}” of that kind; let it end "
        "first, or keep the round in the new version.",
    ),
    "migrate-ballot": (
        "Cuộc bỏ phiếu “{label}” đang chạy mà bản mới đổi cách bỏ phiếu; hãy kiểm phiếu xong rồi "
        "chuyển, hoặc giữ nguyên quy định của đợt “{round}” trong bản mới.",
        "The ballot “{label}” is running and the new version rules it otherwise; count it first, "
        "or leave the round “{round}” as it is in the new version.",
    ),
    "migrate-elsewhere": (
        "Đợt “{label}” đang chạy mà trạng thái “{to}” của bản mới không mở đợt này; hãy chuyển hồ "
        "sơ đến trạng thái có mở đợt, hoặc kết thúc đợt trước.",
        "“{label}” is running and the state “{to}” of the new version does not open it; map the "
        "dossier to a state that does, or let the round end first.",
    ),
    "migrate-paused": (
        "Hồ sơ đang tạm dừng mà bản mới mở ngay đợt “{label}”; hãy cho xét tiếp rồi chuyển.",
        "The dossier is paused and the new version opens “{label}” at once; let it go on first, "
        "then move it.",
    ),
    "map-text": (
        "“{found}” không phải là cách ghi chuyển trạng thái; hãy ghi CŨ=MỚI, cách nhau bằng dấu "
        "phẩy, ví dụ proposed=received.",
        "“{found}” maps no states; write OLD=NEW, separated by commas, such as proposed=received.",
    ),
    "map-unknown": (
        "Bản {version} không có trạng thái “{state}” đang xử lý; các trạng thái: {known}.",
        "Version {version} has no state “{state}” that is not final; its states: {known}.",
    ),
    "meeting-begun": (
        "Phiên họp đã bắt đầu hoặc đã kết thúc, không đổi ngày được; hãy triệu tập phiên khác "
        "(`thidua meetings add`).",
        "The meeting has begun or is over and cannot be moved; call another one (`thidua meetings "
        "add`).",
    ),
    "meeting-past": (
        "Ngày {on} đã qua; hãy ghi ngày từ hôm nay trở đi.",
        "{on} is past; name today or a later day.",
    ),
    "meeting-same-day": (
        "Phiên họp đã được triệu tập vào ngày {on}; hãy ghi ngày khác.",
        "The meeting is called for {on} already; name another day.",
    ),
    "behaviour-value": (
        "{file}:{line}:{column}: “{found}” không dùng được ở đây; hãy ghi như: {expected}",
        "{file}:{line}:{column}: “{found}” does not serve here; write: {expected}",
    ),
    "behaviour-key": (
        "{file}:{line}:{column}: tệp hành vi không có mục “{key}”; hãy ghi: {nearest}",
        "{file}:{line}:{column}: a behaviour has no “{key}”; write: {nearest}",
    ),
    "behaviour-shares": (
        "{file}:{line}:{column}: các phần {names} cộng lại là {sum}; hãy sửa cho tổng bằng 1",
        "{file}:{line}:{column}: the shares {names} add up to {sum}; make them 1",
    ),
    "behaviour-name": (
        "{file}: quy trình “{procedure}” không có vai, bước hoặc trường nào tên: {names}; hãy bỏ "
        "hoặc sửa tên dưới people, roles, steps, fields",
        "{file}: the procedure “{procedure}” has no role, step or field called: {names}; drop them "
        "or correct them under people, roles, steps and fields",
    ),
    "simulation-title": (
        "{procedure}: {dossiers} hồ sơ giả, đọng ở đâu",
        "{procedure}: where {dossiers} synthetic dossiers stood",
    ),
    "simulation-decided": (
        "{dossiers} có quyết định: 1/2 trong {median}, 9/10 trong {p90} ngày",
        "{dossiers} decided: half in {median}, 9 of 10 in {p90} days",
    ),
    "simulation-undecided": ("Chưa hồ sơ nào có quyết định", "None was decided"),
    "simulation-days": (
        "Ngày làm việc từ khi đề nghị đến khi có quyết định",
        "Working days from the proposal to the decision",
    ),
    "simulation-weeks": ("Tuần kể từ ngày bắt đầu", "Weeks from the first day"),
    "simulation-dossiers": ("Hồ sơ đang xử lý", "Dossiers under way"),
    "event-migrated": (
        "Mục {n}: hồ sơ rời một bản quy trình mà trước đó không theo.",
        "Entry {n}: the dossier leaves a version of the procedure that it did not go by.",
    ),
}
