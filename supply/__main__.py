"""`python -m supply audit [--strict] | scan | sbom FOLDER | wheel FOLDER`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from supply import wheel
from supply.audit import audit, installed
from supply.scan import product, scan


def main(words: Sequence[str]) -> int:
    """Do what the words ask for; the exit code."""
    asked = _parser().parse_args(words)
    return int(asked.do(asked))


def _audit(asked: argparse.Namespace) -> int:
    found = audit(installed())
    print(*found.lines(), sep="\n")
    return int(bool(found.flawed) or (asked.strict and bool(found.unaudited)))


def _scan(_: argparse.Namespace) -> int:
    found = scan(product())
    print(*found.findings, sep="\n", end="\n" if found.findings else "")
    counts = f"{len(found.findings)} findings, {len(found.reasoned)} with a reason"
    print(f"bandit: {counts}, {found.hushed} hushed, {found.files} files")
    return int(bool(found.findings or found.hushed))


def _sbom(asked: argparse.Namespace) -> int:
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(wheel.commit_time()))
    from supply.bill import bill, moment

    asked.folder.mkdir(parents=True, exist_ok=True)
    path = asked.folder / f"thidua-{version('thidua')}.cdx.json"
    path.write_text(bill(moment()), encoding="utf-8")
    print(path)
    return 0


def _wheel(asked: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        source = wheel.clone(Path(folder) / "thidua")
        print(wheel.build(source, asked.folder, epoch=wheel.commit_time()))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("supply", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    audits = verbs.add_parser("audit", help="known flaws of what is installed")
    audits.add_argument("--strict", action="store_true", help="fail for what was not audited")
    audits.set_defaults(do=_audit)
    verbs.add_parser("scan", help="bandit over the product").set_defaults(do=_scan)
    for name, do in (("sbom", _sbom), ("wheel", _wheel)):
        verb = verbs.add_parser(name)
        verb.add_argument("folder", type=Path)
        verb.set_defaults(do=do)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
