"""What is said of exports and evidence folders."""

EVIDENCE = {
    "export-there": (
        "Đã có {file}. Hãy chọn tên khác: bản xuất cũ có thể là bằng chứng.",
        "{file} is there already. Choose another name: an older export may be evidence.",
    ),
    "evidence-not-yours": (
        "Bạn không được xem toàn bộ hồ sơ {dossier}, nên không lập được hồ sơ chứng cứ. Người lập"
        " phải được xem mọi ý kiến, kết quả kiểm phiếu, căn cứ tạm dừng và kết quả của hồ sơ.",
        "You may not see all of {dossier}, so there is no evidence folder for you. Who makes one"
        " has to see every opinion, tally, ground of a hold and the outcome of the dossier.",
    ),
}
