#!/usr/bin/env python
"""Entry point of the management commands."""

import sys

from cms.settings.entry import settings_choose


def main() -> None:
    settings_choose(sys.argv[1:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
