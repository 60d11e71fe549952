"""What every command does, in two languages, by the words that lead to it."""

from thidua.cli.manual.acting import ACTING
from thidua.cli.manual.example import EXAMPLES
from thidua.cli.manual.keeping import KEEPING
from thidua.cli.manual.people import PEOPLE

COMMANDS = {**ACTING, **KEEPING, **PEOPLE}

__all__ = ["COMMANDS", "EXAMPLES"]
