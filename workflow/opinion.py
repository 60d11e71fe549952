"""The opinions that there are."""

OPINIONS = (
    "agree",
    "agree_with_remarks",
    "no_comment",
    "disagree",
    "no_information",
    "conflict_of_interest",
)
