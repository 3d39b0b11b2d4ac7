"""Tests that each test's name can be read alone in a list of failures."""

import re

from tests.architecture.tree import modules, name

LONGEST = 70
FEWEST_WORDS = 4
# A name that begins with one of these leaves its subject in the test before it, or names none.
NO_SUBJECT = {
    "nor", "and", "but", "so", "or", "yet", "then", "also", "still", "too", "again", "it", "its", "this", "that",
    "they", "he", "she", "there", "here", "what", "whatever", "who", "whom", "whose", "whoever", "which", "where",
    "when", "why", "how", "however", "nobody", "nothing", "none", "somebody", "something",
}  # fmt: skip
NOWHERE = {"whoever", "whomever", "whatever", "whom"}


def fault(test: str) -> str:
    """Why TEST cannot be read alone; empty if it can."""
    words = test.split("_")[1:]
    if len(test) > LONGEST:
        return f"has {len(test)} characters"
    if len(words) < FEWEST_WORDS:
        return f"has {len(words)} words"
    if words[0] in NO_SUBJECT:
        return f"begins with {words[0]!r}"
    return ", ".join(f"has {word!r}" for word in words if word in NOWHERE)


def test_every_test_name_is_a_claim_that_can_be_read_alone():
    tests = [
        (name(path), test)
        for path in modules("tests")
        for test in re.findall(r"^\s*(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    ]
    faults = [f"{file}: {test} {why}" for file, test in tests if (why := fault(test))]

    assert len(tests) > 1000
    assert faults == []
