"""One case under strain: what escaped, whether it ended, how much memory the process grew to."""

import random
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from thidua.workflow.errors import DefinitionError, Reason

PATIENCE = 20
"""Seconds for one case; the slowest known takes two."""
ROOM = 1_500_000
"""Kilobytes that the process may have grown to."""

Case = Callable[[], object]


class _TooSlow(Exception):
    pass


def tried(cases: Iterator[Case], told: Callable[[int], None]) -> Counter[str]:
    """What became of each case: "used" or "refused", "escaped", "placeless" or "slow"."""
    count: Counter[str] = Counter()
    with _alarm():
        for n, case in enumerate(cases):
            count[_tried(case)] += 1
            told(n)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count["fat"] += int(peak > ROOM)
    return count


def _tried(case: Case) -> str:
    signal.alarm(PATIENCE)
    try:
        case()
    except DefinitionError as error:
        return "refused" if all(_placed(reason) for reason in error.reasons) else "placeless"
    except _TooSlow:
        return "slow"
    except Exception:
        print(traceback.format_exc(limit=-4), file=sys.stderr)
        return "escaped"
    finally:
        signal.alarm(0)
    return "used"


def _placed(reason: Reason) -> bool:
    """Whether a finding has a file, a line and a column, and words in both languages."""
    lines = reason.fields.get("line"), reason.fields.get("column")
    said = all(str(reason.fields["file"]) in reason.text(lang) for lang in ("vi", "en"))
    return said and all(isinstance(n, int) and n >= 1 for n in lines)


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(_: int, __: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


def seeded(seed: int) -> random.Random:
    """Chances of a case, the same in every run."""
    return random.Random(seed)  # noqa: S311 -- draws cases, keeps no secret
