"""For tests of hosts and procedures: an office in memory, a standing clock, every way walked."""

from thidua.notifiers.channels import Recording
from thidua.testing.cast import Cast
from thidua.testing.clock import FixedClock
from thidua.testing.drawer import KeyDrawer
from thidua.testing.memory import memory_engine
from thidua.testing.office import Office
from thidua.testing.walker import walk
from thidua.testing.walks import Step, Walk, Walks

__all__ = [
    "Cast",
    "FixedClock",
    "KeyDrawer",
    "Office",
    "Recording",
    "Step",
    "Walk",
    "Walks",
    "memory_engine",
    "walk",
]
