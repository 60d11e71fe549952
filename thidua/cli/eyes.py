"""Who looks at an answer: the operator, and whoever is named by `--as` as well."""

from typing import TYPE_CHECKING

from thidua.cli.call import Call
from thidua.workflow.errors import Misuse
from thidua.workflow.sight import Eyes

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def eyes_of(call: Call, db: "Connection") -> tuple[Eyes, ...]:
    """Every pair of eyes, each of which must be allowed to see; none when nobody is known."""
    try:
        actors = call.viewer(db)
    except Misuse:
        return ()
    people = call.place.wf.people
    return tuple(Eyes(actor, people.held(db, actor, call.today)) for actor in actors)
