"""Looking an installation over: what would lose data, stop the work or stay unsaid, and what to do.

Reads only. Nothing here changes the database or the host's engine.
"""

from thidua.doctor.examination import examine
from thidua.doctor.finding import Finding, Level

__all__ = ["Finding", "Level", "examine"]
