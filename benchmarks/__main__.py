"""Every measure of speed, one after the other: `python -m benchmarks`, or `make bench`.

They run on the database in use, filled by `load_demo`, and signing on a copy of that of the tests: times, and their
ratio to the goal.
"""

import subprocess
import sys

from benchmarks import board, indicators, matching, proof, releases, standards, wall

MEASURES = (indicators, matching, board, standards, wall, proof, releases)


def main() -> None:
    for measure in MEASURES:
        print(f"\n{(measure.__doc__ or '').splitlines()[0]}\n")
        measure.main()
    # On a database of its own: a process is tied to one.
    subprocess.run([sys.executable, "-m", "benchmarks.signing"], check=True)


if __name__ == "__main__":
    main()
