"""Runs attacks and prints what each tried and what went wrong; exit code 1 if anything did."""

import argparse
import sys

from attacks import ATTACKS

_SHOWN = 5


def main() -> int:
    """Run the attacks of one make target, or the one that is named."""
    parser = argparse.ArgumentParser(prog="attacks", description=__doc__)
    parser.add_argument("command", choices=["chaos", "fuzz"])
    parser.add_argument("tries", type=int, help="how many tries each attack makes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="NAME", help="run one attack alone")
    arguments = parser.parse_args()
    failed = 0
    for attack in ATTACKS:
        if attack.command != arguments.command or arguments.only not in (None, attack.name):
            continue
        outcome = attack.run(arguments.tries, arguments.seed)
        note = f", {outcome.note}" if outcome.note else ""
        print(f"{attack.name}: {outcome.tries:,} tries{note}: {len(outcome.failures)} did harm")
        for failure in outcome.failures[:_SHOWN]:
            print(f"  {failure}")
        failed += len(outcome.failures)
    return 1 if failed else 0


sys.exit(main())
