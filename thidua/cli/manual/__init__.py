"""What every command does, in two languages, by the words that lead to it."""

from thidua.cli.manual.acting import ACTING
from thidua.cli.manual.calendar import CALENDAR, CALENDAR_EXAMPLES
from thidua.cli.manual.example import EXAMPLES as OTHERS
from thidua.cli.manual.exchange import EXCHANGE, EXCHANGE_EXAMPLES
from thidua.cli.manual.keeping import KEEPING
from thidua.cli.manual.papers import PAPERS, PAPERS_EXAMPLES
from thidua.cli.manual.people import PEOPLE
from thidua.cli.manual.secrecy import SECRECY, SECRECY_EXAMPLES

EXAMPLES = {
    **OTHERS,
    **CALENDAR_EXAMPLES,
    **EXCHANGE_EXAMPLES,
    **PAPERS_EXAMPLES,
    **SECRECY_EXAMPLES,
}
COMMANDS = {**ACTING, **CALENDAR, **EXCHANGE, **KEEPING, **PAPERS, **PEOPLE, **SECRECY}

__all__ = ["COMMANDS", "EXAMPLES"]
