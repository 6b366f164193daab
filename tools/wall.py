"""Writes the migration that loads the `wall.sql` of some capabilities again, after those that loaded them before.

python -m tools.wall <name> <capability>…     for example: python -m tools.wall draft_hours cms/sessions
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools import pg
from tools.paths import CLONE

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader

TEXT = '''"""What it is for, in a sentence."""

from django.db import migrations

from cms.wall.sql import wall_load


class Migration(migrations.Migration):
    dependencies = [{dependencies}]

    operations = wall_load({capabilities})
'''


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or not re.fullmatch(r"[a-z][a-z0-9_]*", arguments[0]):
        print(__doc__, file=sys.stderr)
        return 2
    name, *capabilities = arguments
    if unknown := [each for each in capabilities if not (CLONE / each / "wall.sql").is_file()]:
        print(f"Sans wall.sql : {', '.join(unknown)}", file=sys.stderr)
        return 1
    os.environ["DJANGO_SETTINGS_MODULE"] = pg.TEST_SETTINGS_MODULE
    import django

    django.setup()
    path, text = migration_of(name, capabilities)
    path.write_text(text)
    print(f"{path.relative_to(CLONE)} : dites en une phrase à quoi il sert, puis « make schema ».")
    return 0


def migration_of(name: str, capabilities: Sequence[str]) -> tuple[Path, str]:
    """Return where the migration is written and what it says: in the app of the first capability, after the latest
    migration of each app that loads one of them.
    """
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    apps = [app for each in capabilities for app in _apps_of(loader, each)]
    leaves = sorted(key for app in dict.fromkeys(apps) for key in loader.graph.leaf_nodes(app))
    number = max(int(leaf[:4]) for app, leaf in leaves if app == apps[0]) + 1
    package, _ = loader.migrations_module(apps[0])
    folder = CLONE / str(package).replace(".", "/")
    return folder / f"{number:04}_{name}_wall.py", TEXT.format(
        dependencies=", ".join(f'("{app}", "{leaf}")' for app, leaf in leaves),
        capabilities=", ".join(f'"{each}"' for each in capabilities),
    )


def _apps_of(loader: MigrationLoader, capability: str) -> list[str]:
    """Return the apps whose migrations load a capability: that of its folder first, or the first one when its models
    belong to another app.
    """
    from django.apps import apps

    paths = {label: Path(apps.get_app_config(label).path) for label in loader.migrated_apps}
    inside = [label for label, path in paths.items() if (CLONE / capability).is_relative_to(path)]
    home = max(inside, key=lambda label: len(paths[label].parts), default=None)
    loaded = {
        app
        for (app, _), migration in loader.disk_migrations.items()
        if f'"{capability}"' in Path(str(sys.modules[migration.__module__].__file__)).read_text()
    }
    named = [label for label in (home, *sorted(loaded)) if label]
    if not named:
        raise SystemExit(f"Aucune application à migrations ne tient {capability}.")
    return list(dict.fromkeys(named))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
