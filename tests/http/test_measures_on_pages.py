"""Tests how pages write figures: units of time and names of columns."""

import pytest
from msgspec.structs import replace

from casework.application.figures.answers import Figures
from casework.http.pages import measured
from casework.http.pages.views import name_of
from casework.http.pages.words import Words
from casework.projection import shelf
from tests.chinese import HAN

ZH, EN = Words("zh-CN"), Words("en")
FOUND = Figures(
    name="time_to_resolve", log="530828", title_zh="", title_en="", question="", kind="count", rows=[], size=1,
    columns=["closed", "seconds_n", "seconds_p50", "days_p90"],
    measures=["closed", "seconds_n", "seconds_p50", "days_p90"],
    definitions={
        "closed": ("现为已办结的件数；一件只计一次", "Cases that stand closed"),
        "seconds": ("从登记到提交办结的秒数", "Seconds"),
        "days": ("补录晚的天数：照录", "Days late"),
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "zh", "en"),
    [
        ("closed", "现为已办结的件数", "closed"),
        ("seconds_n", "用时已知件数", "time, known of"),
        ("seconds_p50", "用时中位数", "time, median"),
        ("days_p90", "补录晚的天数90%分位数", "days, 90th percentile"),
    ],
)
def test_each_measure_has_a_heading_in_both_languages(column, zh, en):
    assert (measured.title(ZH, column, FOUND), measured.title(EN, column, FOUND)) == (zh, en)


@pytest.mark.parametrize(
    ("column", "value", "zh"),
    [
        ("seconds_p50", 160_768.0, "44.7 小时"),
        ("seconds_p50", 2_408_448.0, "27.9 天"),
        ("seconds_p50", 600.0, "10 分"),
        ("seconds_p50", None, "–"),
        ("seconds_n", 17_992, "17,992"),
        ("days_p90", 3.4, "3"),
        ("closed", {"numerator": 676, "denominator": 840, "rate": 676 / 840}, "80.5% (676/840)"),
        ("closed", {"numerator": 0, "denominator": 0, "rate": None}, "– (0/0)"),
    ],
)
def test_a_figure_is_written_with_its_unit(column, value, zh):
    assert measured.text(ZH, column, value, FOUND) == zh


@pytest.mark.parametrize("projection", shelf.shipped(), ids=lambda projection: projection.name)
def test_every_column_of_a_shipped_projection_has_a_chinese_heading(projection):
    told = projection.definition
    found = replace(FOUND, definitions=dict(told.definitions))
    heads = {name: measured.title(ZH, name, found) for name in (*told.definitions, *getattr(told, "rates", ()))}
    heads |= {name: name_of(ZH, name) for name in getattr(told, "kept", getattr(told, "columns", ()))}

    assert [name for name, head in heads.items() if not HAN.search(head)] == []
    assert heads
