import os

# Tests and demo start a dozen processes: each would compile three thousand files again, ten seconds of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
