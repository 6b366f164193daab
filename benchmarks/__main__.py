"""Every measure of speed, one after the other: `python -m benchmarks`, or `make bench`.

They run on the database in use, filled by `load_demo`: medians in milliseconds, and their ratio to the goal.
"""

from benchmarks import board, indicators, matching, wall

MEASURES = (indicators, matching, board, wall)


def main() -> None:
    for measure in MEASURES:
        print(f"\n{measure.__doc__.splitlines()[0]}\n")
        measure.main()


if __name__ == "__main__":
    main()
