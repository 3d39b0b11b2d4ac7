"""Tests settings: defaults, file, environment, refusal of unknown names."""

import pytest

from casework.settings import Settings, SettingsRefused, load
from tests.shell import drop_settings


def test_settings_without_any_source_are_the_defaults(tmp_path):
    settings = load({}, tmp_path)

    assert settings == Settings()
    assert settings.url == "sqlite:///casework-data/casework.db"
    assert str(settings.wrapping_key_file) == "casework-data/wrapping.key"


def test_the_environment_takes_precedence_over_the_settings_file(tmp_path):
    (tmp_path / "casework.toml").write_text(
        'language = "en"\nlog = "530828"\n[database]\nurl = "sqlite:///a.db"\n[writer]\nqueue = 5\n', "utf-8"
    )

    settings = load({"CASEWORK_DATABASE__URL": "sqlite:///b.db", "CASEWORK_READING__WAIT_MS": "250"}, tmp_path)

    assert (settings.language, settings.log, settings.writer.queue) == ("en", "530828", 5)
    assert (settings.url, settings.reading.wait_ms) == ("sqlite:///b.db", 250)


def test_projection_folders_are_separated_like_paths(tmp_path):
    assert load({"CASEWORK_PROJECTION_FOLDERS": "a:b"}, tmp_path).projection_folders == ("a", "b")


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ('langage = "en"', "did you mean language?"),
        ('[database]\nurll = "x"', "did you mean database.url?"),
        ("database = 3", "group of settings"),
        ('language = "fr"', "zh-CN and en"),
        ("[writer]\nqueue = []", "wrong form"),
        ("= 3", "no TOML file"),
    ],
)
def test_an_invalid_setting_is_refused_with_advice(tmp_path, file, hint):
    (tmp_path / "casework.toml").write_text(file, "utf-8")

    with pytest.raises(SettingsRefused, match=hint.replace("?", r"\?")):
        load({}, tmp_path)


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        ("CASEWORK_LANGAUGE", "CASEWORK_LANGUAGE"),
        ("CASEWORK_DATABASE__ULR", "CASEWORK_DATABASE__URL"),
        ("CASEWORK_DATABASE", "CASEWORK_DATABASE__"),
        ("CASEWORK_LOG__X", "sets nothing"),
    ],
)
def test_a_misspelled_environment_variable_is_refused(tmp_path, variable, hint):
    with pytest.raises(SettingsRefused, match=hint):
        load({variable: "x"}, tmp_path)


def test_variables_of_tests_and_of_the_key_are_not_settings(tmp_path):
    others = {"CASEWORK_WRAPPING_KEY": "x", "CASEWORK_TEST_POSTGRES_URL": "x", "CASEWORK_REQUIRE_POSTGRES": "1"}

    assert load(others, tmp_path) == Settings()


def test_a_named_settings_file_that_is_missing_is_refused(tmp_path):
    with pytest.raises(SettingsRefused, match="no such file"):
        load({"CASEWORK_SETTINGS": str(tmp_path / "none.toml")}, tmp_path)


def test_settings_exported_in_the_shell_do_not_reach_the_tests():
    environ = {"CASEWORK_LOG": "1", "CASEWORK_DATABASE__URL": "x", "CASEWORK_TEST_DAY": "2027-12-01", "HOME": "/root"}
    drop_settings(environ)

    assert environ == {"CASEWORK_TEST_DAY": "2027-12-01", "HOME": "/root"}
