"""A few lines to copy, under the help of commands that take more than a name."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": (
        "thidua db init",
        "thidua procedures store ministers-certificate",
        "thidua inbox",
        "thidua dossiers list --state proposed",
    ),
    "inbox": (
        "thidua inbox",
        "thidua inbox --unit stp-an-giang",
        "thidua inbox --as user:lan --ics han.ics",
    ),
    "late": ("thidua late --within 2", "thidua late --csv qua-han.csv"),
    "desks": ("thidua desks --by unit",),
    "timeliness": (
        "thidua timeliness --by unit --from 01/01/2018 --to 30/06/2018",
        "thidua timeliness --by officer --plot dung-han.png",
    ),
    "dossiers act": (
        "thidua dossiers act HS-001 accept",
        "thidua dossiers act accept --state proposed --campaign 2018 --yes",
        "thidua dossiers act HS-001 convene --meeting hop-1",
    ),
    "rounds answer": (
        "thidua rounds answer opinions agree --seat stp-an-giang --as user:an-giang \\",
        "    --paper-number 45 --paper-date 20/06/2018 --signer 'Lê Văn A' \\",
        "    --except 'HS-007=disagree:Chưa đủ thời gian công tác'",
    ),
    "votes count": ("thidua votes count vote kiem-phieu.csv",),
    "decisions draft": (
        "thidua decisions draft 'Quyết định tặng Bằng khen' \\",
        "    --trigger grant --state submitted",
    ),
    "decisions number": (
        "thidua decisions number QD-1 --paper-number 2142 --paper-symbol QĐ-BTP \\",
        "    --paper-date 28/08/2018 --signer 'Nguyễn Văn A' --capacity KT.",
    ),
    "units import": ("thidua units import units.csv --dry-run",),
    "decisions apply": ("thidua decisions apply QD-1 --as user:thu-truong",),
    "meetings add": ("thidua meetings add 'Phiên họp xét khen thưởng' 22/05/2018 --id hop-1",),
    "meetings attend": (
        "thidua meetings attend hop-1 'user:m4=excused:đi công tác' --all present",
    ),
    "meetings preside": (
        "thidua meetings preside hop-1 user:m2 --paper-number 9 --paper-symbol UQ \\",
        "    --paper-date 20/05/2018 --signer 'Nguyễn Văn A'",
    ),
    "meetings defer": ("thidua meetings defer hop-1 HS-3 --to hop-2 --note 'Chờ xác minh'",),
    "council form": ("thidua council form 'Hội đồng TĐKT' 01/01/2016 --quorum 2/3 --id hd",),
    "meetings move": (
        "thidua meetings move hop-1 12/06/2018 --dry-run",
        "thidua meetings move hop-1 12/06/2018 --note 'Phòng họp bận' --yes",
    ),
    "procedures simulate": (
        "thidua procedures simulate ministers-certificate --dossiers 3000 --seed 7",
        "thidua procedures simulate stp.yaml --against ministers-certificate \\",
        "    --behaviour hanh-vi.yaml --plot hang-doi.svg",
    ),
    "procedures migrate": (
        "thidua procedures migrate ministers-certificate@2018.2 \\",
        "    ministers-certificate@2018.3 --map proposed=received --dry-run",
        "thidua procedures migrate ministers-certificate@2018.2 \\",
        "    ministers-certificate@2018.3 --map doi-ten.yaml --yes \\",
        "    --paper-number 45 --paper-symbol QĐ-BTP",
    ),
    "mails show": ("thidua mails show 3f2a91c0 --html thu.html",),
    "paper-list": (
        "thidua paper-list > can-bao.txt",
        "thidua paper-list --done 1 --spoke-to 'bà Lan' --promised 10/05/2018",
    ),
    "run": ("thidua run --every 60", "thidua run --once"),
}
