"""What every command does, in two languages, by the words that lead to it."""

from thidua.cli.manual.acting import ACTING
from thidua.cli.manual.calendar import CALENDAR, CALENDAR_EXAMPLES
from thidua.cli.manual.example import EXAMPLES as OTHERS
from thidua.cli.manual.keeping import KEEPING
from thidua.cli.manual.papers import PAPERS, PAPERS_EXAMPLES
from thidua.cli.manual.people import PEOPLE

EXAMPLES = {**OTHERS, **CALENDAR_EXAMPLES, **PAPERS_EXAMPLES}
COMMANDS = {**ACTING, **CALENDAR, **KEEPING, **PAPERS, **PEOPLE}

__all__ = ["COMMANDS", "EXAMPLES"]
