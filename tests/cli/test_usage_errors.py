"""Tests that usage errors are answered in the configured language."""

import ast
import re

from click.testing import CliRunner

from casework.__main__ import WIRING
from casework.cli import main
from tests.architecture.tree import ROOT, modules, name
from tests.chinese import HAN

#: one way to ask wrongly for each sentence that click or the program has
WRONG = (
    "dispach",
    "--unheard-of",
    "ask --unheard-of",
    "do register-case --role caller",
    "do register-case --as",
    "demo --serve=1",
    "ask --axis sideways",
    "ask one two",
    "survey unheard-of",
    "case",
    "serve --port 99999",
    "serve --port seven",
    "survey open no-such-file --as cadre/x --role caller",
    "survey open . --as cadre/x --role caller",
    "demo --share 2",
    "roster load",
    "init",
)
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


def said(tmp_path, language, words):
    environment = {"CASEWORK_LANGUAGE": language, "CASEWORK_FOLDER": str(tmp_path), "CASEWORK_LOG": ""}
    answer = CliRunner(env=environment).invoke(main, words.split(), obj=WIRING)
    assert answer.exit_code == 2, (words, answer.output)
    return answer.output.strip()


def test_every_usage_error_is_in_chinese_when_that_is_configured(tmp_path):
    answers = {words: said(tmp_path, "zh-CN", words) for words in WRONG}

    assert [(words, one) for words, one in answers.items() if not HAN.search(one) or ENGLISH.search(one)] == []


def test_every_usage_error_is_in_english_when_that_is_configured(tmp_path):
    answers = {words: said(tmp_path, "en", words) for words in WRONG}

    assert [(words, one) for words, one in answers.items() if HAN.search(one)] == []


def test_every_usage_error_in_the_source_has_both_languages():
    calls = [
        (f"{name(path)}:{node.lineno}", node.func.attr)
        for path in modules("src")
        if path.is_relative_to(ROOT / "src/casework/cli")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]

    assert len(calls) > 500
    assert [where for where, called in calls if called in ("UsageError", "BadParameter", "fail")] == []
