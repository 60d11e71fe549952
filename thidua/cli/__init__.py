"""The command line: `thidua NOUN VERB …`, one file for each noun."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thidua.bootstrap import Desk


def main() -> None:
    """Run what the process was called with, and end it with the exit code."""
    sys.exit(run(sys.argv[1:]))


def run(
    words: Sequence[str],
    *,
    desk: "Desk | None" = None,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Run one command in this process; its exit code.

    `desk` keeps databases open between several commands; without one they are closed at the end.
    """
    from thidua.cli.call import Call
    from thidua.cli.root import root

    call = Call(os.environ if environment is None else environment, desk)
    try:
        return int(root.main(list(words), "thidua", standalone_mode=False, obj=call))
    finally:
        call.close()
