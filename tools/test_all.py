"""What `make test` leaves out, then what it samples, run whole, then the parts that read a clock at nasty instants.

python -m tools.test_all [--parts 1] [--minutes 60] [arguments of pytest]

`--parts`: the first ones alone, in the order above. `--minutes`: no further part begins once they are over; what was
not run is said, and is no failure.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

from tools.paths import CLONE

INSTANTS = {
    "2026-12-01T23:30": "premier jour d’un mois, tard le soir",
    "2026-11-30T15:00": "dernier jour d’un mois",
    "2026-12-31T23:58": "dernier jour de l’année, minuit passe",
    "2027-01-01T09:00": "premier jour de l’année, férié",
    "2028-02-29T10:00": "29 février",
    "2027-03-28T01:57": "passage à l’heure d’été",
    "2027-10-31T02:57": "passage à l’heure d’hiver",
    "2026-11-26T03:00": "trois heures du matin",
    "2026-11-29T11:00": "dimanche",
    "2027-07-14T10:00": "jour férié en semaine",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--parts", type=int, default=None)
    options, others = parser.parse_known_args(arguments)
    deadline = time.monotonic() + 60 * options.minutes
    parts = [("hors de make test", {}, "whole"), ("en entier", {"HAVRE_TESTS": "whole"}, "sampled")]
    parts += [
        (f"{label} ({instant})", {"HAVRE_TEST_INSTANT": instant}, "clock and not slow")
        for instant, label in INSTANTS.items()
    ]
    failed, remaining = [], []
    for label, extra, marked in parts[: options.parts]:
        if time.monotonic() > deadline:
            remaining.append(label)
            continue
        print(f"\n== {label}", flush=True)
        command = [sys.executable, "-m", "tools.run_tests", "-q", "-m", marked, *others]
        if subprocess.call(command, cwd=CLONE, env=os.environ | extra):
            failed.append(label)
    for title, labels in (("Non lancé, faute de temps", remaining), ("En échec", failed)):
        if labels:
            print(f"\n{title} : {', '.join(labels)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
