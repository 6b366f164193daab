"""Recompiles the pinned lists, with hashes and no address of any index. Arguments go to uv, as `--upgrade`.

python -m tools.lock [--upgrade]
"""

from __future__ import annotations

import subprocess
import sys

from tools.paths import CLONE, VENV

# What each list is compiled from, and the list to whose versions it is held.
LISTS = {
    "uv": (["--group", "pyproject.toml:install"], None),
    "base": (["pyproject.toml"], None),
    "demo": (["pyproject.toml", "--group", "demo"], "base"),
    "test": (["pyproject.toml", "--group", "test"], "demo"),
    "quality": (["pyproject.toml", "--group", "quality"], "test"),
}
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--universal",
    "--python-version=3.11",
)


def main(arguments: list[str]) -> int:
    for name, (sources, below) in LISTS.items():
        held = ["-c", f"requirements/{below}.txt"] if below else []
        files = [*sources, "-o", f"requirements/{name}.txt"]
        command = [VENV / "bin" / "uv", "pip", "compile", *OPTIONS, *held, *files, *arguments]
        if code := subprocess.call([str(part) for part in command], cwd=CLONE):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
