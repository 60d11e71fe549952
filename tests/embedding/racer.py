"""One of several processes that act on the same dossiers; told what to do line by line."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine

from thidua import By, Correct, Done, Fire, Thidua, ThiduaError, retry, sqlite_engine
from thidua.definitions import load

NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)


def engine_of(kind: str, url: str) -> Engine:
    """An engine as the host of that kind makes it."""
    if kind == "sqlite-begin":
        return sqlite_engine(url)
    # A stock driver waits 5 s for a lock, unfairly: with 8 writers on a slow disk too short.
    options = {"connect_args": {"timeout": 30}} if kind == "sqlite-stock" else {}
    if kind == "pg-serializable":
        options = {"isolation_level": "SERIALIZABLE"}
    return create_engine(url, **options)


def act(engine: Engine, wf: Thidua, told: dict[str, Any]) -> Done:
    """Carry out one line."""
    correct = Correct({"merit": told.get("merit", "")}, note="sai")
    command = Fire(told["trigger"]) if "trigger" in told else correct

    def fn(db: Connection) -> Done:
        terms = {"by": By("clerk"), "now": NOW, "expect": told.get("expect")}
        return wf.act(db, told["dossier"], command, **terms)

    if told["again"]:
        return retry(engine, fn)
    with engine.begin() as db:
        return fn(db)


def main() -> None:
    """Answer each line with what it came to."""
    toy = load((Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8"), "toy")
    engines: dict[tuple[str, str], Engine] = {}
    wf = Thidua(conditions={"has_budget": lambda view: True})
    wf.shelf.put(toy)
    print("ready", flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        place = told["kind"], told["url"]
        if place not in engines:
            engines[place] = engine_of(*place)
        try:
            done = act(engines[place], wf, told)
            answer = {"came": "Done", "state": done.state, "version": done.version}
        except ThiduaError as error:
            codes = sorted({reason.code for reason in error.reasons})
            answer = {"came": type(error).__name__, "codes": codes}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
