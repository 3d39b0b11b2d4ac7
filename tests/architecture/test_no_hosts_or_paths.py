"""Tests that files name no registry host, machine folder or unfinished work."""

import re

import pytest

from tests.architecture.tree import ROOT, name, tracked

# Put together from pieces, so that this file does not match itself.
HOSTS = [
    "py" + r"pi\.org",
    "python" + "hosted",
    "registry" + r"\.npm",
    "npm" + r"js\.(org|com)",
    "deb" + r"\.debian",
    "archive" + r"\.ubuntu",
    "conda" + r"\.anaconda",
    "registry" + r"\.yarn",
]
PATHS = [
    r"/" + "work/",
    r"/" + "farm/",
    r"/" + "root/",
    r"/home" + "/[a-z]",
    r"/Users" + "/[a-z]",
    r"C:" + r"\\Users",
]
UNDONE = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "NotImplemented" + "Error", "coming " + "soon"]

HOST = re.compile("|".join(HOSTS), re.IGNORECASE)
PATH = re.compile(r"(^|[^\w.~-])(" + "|".join(PATHS) + ")")
LEFT = re.compile(r"\b(" + "|".join(UNDONE) + r")\b")


def found(pattern: re.Pattern[str], *folders: str) -> list[str]:
    """Where the pattern occurs, as file:line."""
    return [
        f"{name(path)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if not folders or path.relative_to(ROOT).parts[0] in folders
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_registry_host():
    assert found(HOST) == []


def test_no_file_names_a_folder_of_a_machine():
    assert found(PATH) == []


def test_no_file_mentions_unfinished_work():
    assert found(LEFT, "src", "projections", "docs", "README.md", "Makefile", ".ci") == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (HOST, "https://files.python" + "hosted.org/packages"),
        (HOST, "index-url = https://test.Py" + "PI.org/simple"),
        (PATH, "cd /" + "work/main"),
        (PATH, 'open("/home' + '/li/x")'),
        (LEFT, "# TO" + "DO: later"),
        (LEFT, "raise NotImplemented" + "Error"),
    ],
)
def test_a_forbidden_host_path_or_note_is_found(pattern, line):
    assert pattern.search(line)


@pytest.mark.parametrize("line", ["the home/work balance", "docs/work/", "~/work/", "a network/root/ node"])
def test_ordinary_words_with_slashes_are_not_taken_for_paths(line):
    assert not PATH.search(line)
