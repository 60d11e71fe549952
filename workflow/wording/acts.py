"""Sentences about acts on dossiers: rights, moves, pauses, papers and fields."""

ACTS: dict[str, tuple[str, str]] = {
    "error": (
        "Có lỗi xảy ra.",
        "Something went wrong.",
    ),
    "refused": (
        "Không thực hiện được thao tác.",
        "The act is refused.",
    ),
    "unknown": (
        "Không tìm thấy.",
        "Not found.",
    ),
    "stale": (
        "Hồ sơ đã thay đổi (phiên bản {version}, không còn là {expected}). Hãy xem lại rồi"
        " thực hiện.",
        "The dossier has changed (version {version}, not {expected} any more). Look at it again,"
        " then act.",
    ),
    "seen-again": (
        "Sau khi dự thảo quyết định (mục {seen}) hồ sơ có thêm: {since}. Người ký xem lại rồi ghi"
        " nhận bằng `thidua decisions again`, hoặc đưa ra khỏi quyết định bằng `thidua decisions"
        " strike`.",
        "After the decision was drafted (entry {seen}) the dossier has had: {since}. Let the"
        " signer look and record it by `thidua decisions again`, or take the line out by `thidua"
        " decisions strike`.",
    ),
    "command-reused": (
        "Mã lệnh này đã được dùng cho thao tác {act} của {by} (mục {n}). Hãy dùng mã lệnh khác.",
        "This command id was used for {act} by {by} (entry {n}). Use another one.",
    ),
    "engine-reserved": (
        "“engine” là tên dành riêng cho hệ thống. Hãy dùng mã của người thực hiện.",
        "“engine” is reserved for the system itself. Give the id of the person who acts.",
    ),
    "engine-may-not": (
        "Hệ thống không có quyền tự thực hiện bước này.",
        "The system may not take this step by itself.",
    ),
    "not-allowed": (
        "{actor} không có quyền thực hiện thao tác này. Vai trò có quyền: {roles}.",
        "{actor} may not do this. Roles that may: {roles}.",
    ),
    "duties-apart": (
        "{actor} đã tham gia hồ sơ này với vai trò {other} nên không thể làm {role}. Hãy giao cho"
        " người khác.",
        "{actor} has acted on this dossier as {other} and so may not act as {role}. Have somebody"
        " else do it.",
    ),
    "may-not-enter-for": (
        "{actor} không có quyền nhập thay {decider}.",
        "{actor} may not enter this for {decider}.",
    ),
    "ground-missing": (
        "Thiếu văn bản làm căn cứ (số, ký hiệu, ngày, người ký) cho việc của {decider}.",
        "The paper that the act of {decider} rests on is missing (number, symbol, date, signer).",
    ),
    "promise-whose": (
        "Dòng này nói về {count} nơi; lời hẹn là của một nơi. Hãy ghi từng nơi bằng `thidua rounds"
        " promise`.",
        "This line is about {count} seats, and a promise is given by one. Note each of them by"
        " `thidua rounds promise`.",
    ),
    "promise-passed": (
        "Ngày hứa trả lời {until} đã qua. Hãy ghi ngày hôm nay hoặc một ngày sau đó.",
        "The promised day {until} has passed. Give today or a later day.",
    ),
    "nothing-to-promise": (
        "{seat} không còn việc nào đang chờ tại “{round}”, nên không có gì để hẹn. Xem `thidua"
        " rounds status`.",
        "{seat} has nothing left to answer in “{round}”, so there is nothing to promise. See"
        " `thidua rounds status`.",
    ),
    "not-from-here": (
        "Không thể “{trigger}” khi hồ sơ đang ở trạng thái {state}. Chỉ thực hiện được từ:"
        " {sources}.",
        "“{trigger}” is not possible from the state {state}. It is from: {sources}.",
    ),
    "paused": (
        "Hồ sơ đang tạm dừng ({pause}). Cần kết thúc tạm dừng trước.",
        "The dossier is paused ({pause}). End the pause first.",
    ),
    "text-unreadable": (
        "Nội dung của “{name}” có ký tự không lưu được. Hãy gõ lại.",
        "The text of “{name}” has characters that cannot be kept. Type it again.",
    ),
    "proof-later": (
        "Dấu bưu điện, dấu công văn điện tử hoặc thời điểm cổng tiếp nhận ({at}) muộn hơn hiện tại."
        " Hãy kiểm tra lại.",
        "The postmark, stamp or portal time ({at}) is still to come. Check it.",
    ),
    "happened-later": (
        "Thời điểm thực hiện {happened} muộn hơn hiện tại.",
        "It can't have happened at {happened}, which is still to come.",
    ),
    "note-missing": (
        "Thao tác {trigger} cần ghi rõ lý do hoặc nội dung.",
        "The act {trigger} needs a note that says why.",
    ),
    "dossier-final": (
        "Hồ sơ đã kết thúc ở trạng thái {state}. Thông tin sai thì đính chính (`thidua dossiers"
        " correct`); phải thay đổi kết quả khen thưởng thì hủy bỏ (`thidua dossiers revoke`).",
        "The dossier has ended in the state {state}. Put wrong facts right by `thidua dossiers"
        " correct`; an award that must not stand is undone by `thidua dossiers revoke`.",
    ),
    "dossier-exists": (
        "Đã có hồ sơ mang mã {dossier}. Hãy dùng mã khác.",
        "A dossier with the id {dossier} exists. Use another id.",
    ),
    "candidate-nameless": (
        "Thiếu tên cá nhân, tập thể, hộ gia đình được đề nghị.",
        "The candidate's name is missing.",
    ),
    "not-in-force": (
        "Quy trình {procedure} bản {version} không có hiệu lực vào ngày {on}.",
        "Version {version} of the procedure {procedure} is not in force on {on}.",
    ),
    "assumed": (
        "Căn cứ “{ground}” của quy trình {procedure} mới là giả định: {text}. Hãy xác nhận bằng"
        " `thidua procedures confirm`, hoặc lưu quy trình với --demo.",
        "The ground “{ground}” of the procedure {procedure} is only assumed: {text}. Confirm it"
        " with `thidua procedures confirm`, or store the procedure with --demo.",
    ),
    "field-missing": (
        "Thiếu thông tin “{label}” ({field}).",
        "The field “{label}” ({field}) is missing.",
    ),
    "document-missing": (
        "Thiếu thành phần hồ sơ “{label}” ({kind}).",
        "The document “{label}” ({kind}) is missing.",
    ),
    "field-type": (
        "Giá trị của trường {field} không đúng kiểu {type}. Hãy ghi như mẫu: date 2018-06-11;"
        " period 2017-06-01/2018-05-31; yes_no: yes hoặc no; number 12.5.",
        "The value of the field {field} is no {type}. Write it so: date 2018-06-11; period"
        " 2017-06-01/2018-05-31; yes_no: yes or no; number 12.5.",
    ),
    "belongs-to-submission": (
        "“{kind}” là văn bản của tờ trình, hãy đính kèm vào tờ trình.",
        "“{kind}” is a paper of the submission: attach it there.",
    ),
    "not-asked-for": (
        "“{item}” không nằm trong nội dung được yêu cầu bổ sung.",
        "“{item}” is not among what was asked to be supplemented.",
    ),
    "items-missing": (
        "Cần nêu rõ trường thông tin hoặc văn bản phải bổ sung.",
        "Name the fields or documents to be supplemented.",
    ),
    "not-returned": (
        "Hồ sơ không ở tình trạng chờ bổ sung.",
        "The dossier is not waiting for a supplement.",
    ),
    "not-held": (
        "Hồ sơ không bị tạm giữ.",
        "The dossier is not held.",
    ),
    "nothing-to-correct": (
        "Không có nội dung nào để đính chính.",
        "There is nothing to correct; give a field or the candidate.",
    ),
    "nothing-to-recall": (
        "Không có bước nào để thu hồi từ trạng thái {state}.",
        "There is no step to recall from the state {state}.",
    ),
    "recall-decided": (
        "Không thu hồi được bước đến {state}: bước này do quyết định {decision} đưa tới. Chỉ một "
        "quyết định khác mới làm khác đi được: đính chính, hoặc hủy bỏ khi hồ sơ đã kết thúc "
        "(revoke).",
        "The step to {state} can't be recalled: the decision {decision} brought it. Only another "
        "decision can change that: a correcting one, or one that revokes the award once the "
        "dossier is at its end (revoke).",
    ),
    "recall-started": (
        "Không thu hồi được bước chuyển sang {state} vì bước này đã mở một hồ sơ liên kết. Nếu"
        " không đề nghị nữa thì rút hồ sơ liên kết.",
        "The step to {state} can't be recalled: it opened a linked dossier. Withdraw that one if"
        " it is not to go on.",
    ),
    "starts-nothing": (
        "Bước “{trigger}” không mở hồ sơ liên kết. Hãy bỏ --starts và --starts-award.",
        "The step “{trigger}” opens no linked dossier. Leave out --starts and --starts-award.",
    ),
    "starts-refused": (
        "Bước này mở hồ sơ liên kết theo quy trình {procedure}, nhưng không mở được:",
        "The step opens a linked dossier under {procedure}, which can't be opened:",
    ),
    "starts-award": (
        "Chưa rõ hồ sơ liên kết đề nghị hình thức nào theo quy trình {procedure}. Hãy nêu"
        " --starts-award: {known}.",
        "It is not clear which award of {procedure} the linked dossier is for. Name it by"
        " --starts-award: {known}.",
    ),
    "recall-too-late": (
        "Không thể thu hồi bước đến {state}: đã có ý kiến hoặc phiếu của bước này.",
        "The step to {state} can't be recalled: it already has answers or votes.",
    ),
    "recall-repeated": (
        "Thu hồi không có tác dụng: hệ thống sẽ lập tức thực hiện lại “{trigger}”.",
        "A recall would be of no use: the engine would take “{trigger}” again at once.",
    ),
    "nothing-awarded": (
        "Hồ sơ ở trạng thái {state}, chưa được khen thưởng nên không có gì để hủy bỏ.",
        "In the state {state} nothing has been awarded that could be revoked.",
    ),
    "revoked-already": (
        "Quyết định khen thưởng đối với hồ sơ này đã bị hủy bỏ.",
        "This award has been revoked already.",
    ),
    "no-destination": (
        "Quy trình không khai báo trạng thái đến của thao tác {act}.",
        "The procedure names no state for the act {act}.",
    ),
    "not-waivable": (
        "Điều kiện {condition} không được phép miễn.",
        "The condition {condition} may not be waived.",
    ),
    "not-later": (
        "Ngày {until} không muộn hơn thời hạn hiện tại.",
        "{until} is not later than the present due.",
    ),
    "not-due": (
        "Việc số {task} chưa đến hạn.",
        "Task {task} is not due yet.",
    ),
    "nothing-to-assign": (
        "Hồ sơ không còn việc nào đang chờ để giao.",
        "The dossier has no task left to assign.",
    ),
    "outside-role": (
        "{actor} không giữ vai trò “{role}” của việc được giao: việc nằm ở bàn này, nhưng chỉ người"
        " giữ vai trò đó mới làm được. Hãy giao cho người giữ vai trò, hoặc ghi vai trò (roles"
        " import) hay việc làm thay (substitutes add) cho người này.",
        "{actor} does not hold the role “{role}” of the task: it lies on this desk, but only who"
        " holds the role can do it. Assign it to somebody who does, or enter the role (roles"
        " import) or a substitution (substitutes add) for this person.",
    ),
    "task-ended": (
        "Việc số {task} đã kết thúc ({status}).",
        "Task {task} has ended ({status}).",
    ),
    "condition-unmet": (
        "Chưa đạt điều kiện “{condition}”. Hãy xem lại: {called}.",
        "The condition “{condition}” does not hold. Look at: {called}.",
    ),
    "condition-value-missing": (
        "Chưa xét được điều kiện “{condition}” vì chưa có: {called}. Hãy bổ sung.",
        "The condition “{condition}” cannot be judged without: {called}. Fill it in.",
    ),
    "host-condition-unmet": (
        "Điều kiện “{name}” của đơn vị sử dụng chưa đạt.",
        "The application's condition “{name}” does not hold.",
    ),
    "host-condition-unknown": (
        "Ứng dụng chưa khai báo điều kiện “{name}” mà quy trình yêu cầu.",
        "The application has not declared the condition “{name}” that the procedure uses.",
    ),
}
