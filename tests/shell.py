"""Keeps settings that the shell exports out of the tests."""

from collections.abc import MutableMapping

#: what the tests themselves are told by
_OF_TESTS = ("CASEWORK_TEST_", "CASEWORK_REQUIRE_", "CASEWORK_CRASH_")


def drop_settings(environ: MutableMapping[str, str]) -> None:
    """Remove the product's settings: the README has its reader export some, and each test makes its own."""
    for name in [name for name in environ if name.startswith("CASEWORK_") and not name.startswith(_OF_TESTS)]:
        del environ[name]
