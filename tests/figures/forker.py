"""Measures figures, each in a process forked from this one, which has read all that they need.

A line on stdin is JSON: the words for `figures` and the environment's changes. So is the answer:
exit code, what was printed, what was told on stderr.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile

from figures.__main__ import figures_of, main
from thidua.forms import letters


def measure(words: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `python -m figures` with these words."""
    figures_of(words[0])
    with TemporaryFile("w+") as out, TemporaryFile("w+") as told:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(told.fileno(), 2)
            os.environ.update(environment)
            sys.exit(main(words))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        told.seek(0)
        return code, out.read(), told.read()


if __name__ == "__main__":
    letters()  # proves every template: nearly a second
    for line in iter(sys.stdin.readline, ""):
        print(json.dumps(measure(*json.loads(line))), flush=True)
