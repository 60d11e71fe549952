"""What is said of exports and evidence folders."""

EVIDENCE = {
    "export-there": (
        "Đã có {file}. Hãy chọn tên khác: bản xuất cũ có thể là bằng chứng.",
        "{file} is there already. Choose another name: an older export may be evidence.",
    ),
    "document-not-yours": (
        "Tài liệu của hồ sơ {dossier} chỉ giao cho người xử lý hồ sơ, nơi được hỏi ý kiến, thành "
        "viên được bỏ phiếu và bên đề nghị. Nếu bạn làm thay ai, hãy ghi --as.",
        "The documents of {dossier} are for those who handle it, who are asked or vote about it, "
        "and the side that proposes. Acting for somebody, say for whom with --as.",
    ),
    "files-missing": (
        "Chưa có nơi giữ tệp tài liệu: Thidua(files=…), THIDUA_FILES.",
        "There is no place that keeps documents' files: Thidua(files=…), THIDUA_FILES.",
    ),
    "evidence-not-yours": (
        "Bạn không được xem toàn bộ hồ sơ {dossier}, nên không lập được hồ sơ chứng cứ. Người lập"
        " phải được xem mọi ý kiến, kết quả kiểm phiếu, căn cứ tạm dừng và kết quả của hồ sơ.",
        "You may not see all of {dossier}, so there is no evidence folder for you. Who makes one"
        " has to see every opinion, tally, ground of a hold and the outcome of the dossier.",
    ),
}
