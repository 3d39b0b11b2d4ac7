"""Tests the pages in a real browser: phone, office, dark mode, print."""

import re

import pytest

from tests.pages.looking import OFFICE, PHONE, pale
from tests.stories.terminal import LOG

pytestmark = pytest.mark.may_skip(
    "a developer's machine need not have a browser; where it must be, its lack is a failure"
)
INSIDE = ("desk", "case", "figures", "list", "problem")
#: what a browser says of a page that is answered with 404, which `problem` is on purpose
_NOT_FOUND = re.compile("Failed to load resource.*404")


def test_a_browser_signs_in_reads_a_case_and_figures_and_signs_out(look, seen):
    with look.page(seen, signed_in=False) as page:
        page.goto("/")
        assert page.evaluate("document.activeElement.id") == "login"
        page.locator("details.sign-in summary").click()
        page.fill("#token", "cw.530828.0123456789ab." + "a" * 43)
        page.keyboard.press("Enter")
        assert "令牌无效" in page.text_content("[role=alert]")
        page.locator("details.sign-in summary").click()
        page.fill("#token", look.token)
        page.keyboard.press("Enter")

        page.wait_for_url(f"{look.address}/{LOG}")
        assert page.text_content("h1") == "我的待办"
        page.goto(look.inside["case"])
        steps = page.locator(".timeline > li")
        assert steps.count() == 5
        assert "上门查看" in steps.last.text_content()
        assert "已签收" in page.text_content("h1") or "办理中" in page.text_content("h1")

        page.goto(look.inside["desk"])
        page.get_by_role("link", name="各乡镇办结情况").click()
        assert "勐朗镇" in page.text_content("table")
        page.get_by_role("link", name="看清单").first.click()
        assert page.locator("tbody tr").count() == 13
        page.get_by_role("link", name=look.case).click()
        assert look.case in page.text_content("h1")
        page.get_by_role("button", name="退出").click()
        assert page.get_by_role("button", name="登录").first.is_visible()
    assert [said for said in seen.errors if "401" not in said] == []
    assert seen.hosts == {look.host}


@pytest.mark.parametrize("width", [PHONE, 740, OFFICE])
def test_pages_fit_every_width_and_load_nothing_from_other_hosts(look, seen, width):
    with look.page(seen, width) as page:
        for name in INSIDE:
            page.goto(look.inside[name])
            wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide[0] <= wide[1], f"{name} is {wide[0]} wide at {width}"
            small = page.evaluate(
                "[...document.querySelectorAll('button, input:not([type=hidden]):not([type=checkbox]), select')]"
                ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
            )
            assert small == [], f"{name}: too small for a thumb"
    assert [said for said in seen.errors if not _NOT_FOUND.search(said)] == []
    assert seen.hosts == {look.host}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast_in_light_and_dark_mode(look, seen, scheme):
    with look.page(seen, scheme=scheme) as page, look.page(seen, scheme=scheme, signed_in=False) as outside:
        for name in INSIDE:
            page.goto(look.inside[name])
            assert pale(page, scheme == "dark") == [], name
        outside.goto("/")
        assert pale(outside, scheme == "dark") == []
        by_day = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 252, 252)"
        assert by_day == (scheme == "light")


def test_keyboard_focus_is_visible_on_every_element(look, seen):
    with look.page(seen) as page:
        for name in ("desk", "figures", "case"):
            page.goto(look.inside[name])
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.className") == "skip"
            assert page.locator(".skip").bounding_box()["width"] > 20
            for _ in range(20):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement === document.body"):
                    break  # once round
                outline = page.evaluate("getComputedStyle(document.activeElement).outline")
                assert re.search(r"solid [23]px", outline), (name, outline)


def test_a_printed_case_shows_its_timeline_and_no_buttons(look, seen):
    with look.page(seen) as page:
        page.goto(look.inside["case"])
        page.emulate_media(media="print", color_scheme="dark")
        pressed = "[...document.querySelectorAll('form, button')].filter(e => e.checkVisibility()).length"
        assert page.evaluate(pressed) == 0
        assert page.locator(".timeline > li").last.is_visible()
        assert pale(page) == []
        assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_a_case_page_shows_chinese_labels_instead_of_codes(look, seen):
    with look.page(seen) as page:
        page.goto(look.inside["case"])
        told = page.text_content(".facts")
        assert "热线" in told
        assert not re.search(r"\b(hotline|resident|difficulty|internal)\b", told), told
        assert "供水" in told
    with look.page(seen, language="en") as page:
        page.goto(look.inside["case"])
        assert "hotline" in page.text_content(".facts")
