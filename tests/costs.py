"""Counting what a page asks of the database."""

FREE = (
    *("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SET CONSTRAINTS"),
    *("SELECT scope_enter_system(", "SELECT scope_open_system(", "SELECT scope_back("),
    "SELECT account_take(",
    "SELECT set_config(",
    "SELECT state, has_just_ended",
    "SELECT s.is_stopped",
)
"""Not counted: transactions; a system actor entered within a page, and the scope given back; memory that figures
take; the clock of the sign-in and the brake, the same for every page.
"""


def counted(queries) -> list[str]:
    """The statements of a page, as `CaptureQueriesContext` heard them."""
    return [query["sql"] for query in queries if not query["sql"].startswith(FREE)]
