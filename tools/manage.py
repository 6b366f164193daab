"""Several commands of Django in one process: starting one takes as long as what most of them do.

python -m tools.manage "migrate --noinput" sync_roles

The first command decides whether the connection is the owner's (`cms.settings.database`): all of them share it.
"""

from __future__ import annotations

import shlex
import sys


def main(lines: list[str]) -> None:
    commands = [shlex.split(line) for line in lines]
    sys.argv[1:] = commands[0]  # before the settings are read: they look there
    import django
    from django.core.management import call_command

    django.setup()
    for command in commands:
        call_command(*command)


if __name__ == "__main__":
    main(sys.argv[1:])
