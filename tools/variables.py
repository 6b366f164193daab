"""Writes again what lists the settings: the table of `docs/production.md`, and `.env.example`.

python -m tools.variables
"""

from __future__ import annotations

import re
import sys
from textwrap import wrap

from cms.settings.environment import VARIABLES, Area, Variable
from tools.paths import CLONE

BOOK = CLONE / "docs" / "production.md"
EXAMPLE = CLONE / ".env.example"
REGION = re.compile(r"(<!-- settings -->\n).*?(<!-- /settings -->)", re.DOTALL)
HEAD = """\
# Every environment variable that is read; `python -m tools.variables` writes this file from
# cms/settings/environment.py. None is needed for `make demo` and `make test`.
# The program does not read this file: give them to what starts it (systemd EnvironmentFile=, container, shell).
"""


def table() -> str:
    """Return the settings as Markdown, a table an area."""
    return "\n".join(
        f"### {area.label}\n\n| variable | type | default | meaning |\n|---|---|---|---|\n"
        + "".join(_row(variable) for variable in VARIABLES if variable.area == area)
        for area in Area
    )


def example() -> str:
    """Return the settings as a file of the environment, all of them commented out."""
    parts = [HEAD]
    for area in Area:
        parts.append(f"\n# {area.label}\n")
        for variable in (each for each in VARIABLES if each.area == area):
            required = "Required in production: " if variable.is_required else ""
            said = f"{required}{variable.meaning}.".replace("`", "")
            parts += [f"# {line}\n" for line in wrap(said, 116)]
            parts.append(f"#{variable.name}={variable.default}\n")
    return "".join(parts)


def book_with(text: str) -> str:
    """Return the book, its table made again."""
    return REGION.sub(lambda found: f"{found[1]}{table()}{found[2]}", text)


def _row(variable: Variable) -> str:
    kind = variable.kind.label
    if any(variable.choices):
        kind = ", ".join(f"`{choice}`" for choice in variable.choices if choice)
    if variable.is_secret:
        kind += "; secret"
    default = variable.shown or (f"`{variable.default}`" if variable.default else "")
    required = "**Compulsory**: " if variable.is_required else ""
    return f"| `{variable.name}` | {kind} | {default} | {required}{variable.meaning} |\n"


def main() -> int:
    BOOK.write_text(book_with(BOOK.read_text()))
    EXAMPLE.write_text(example())
    return 0


if __name__ == "__main__":
    sys.exit(main())
