"""Opens pages in a browser by person, width and colour scheme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from tests.stories.terminal import LOG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: the smallest phone in common use, and an office screen
PHONE, OFFICE = 390, 1280

#: contrast below which a text is hard to read
LEGIBLE = 4.5
_CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text("utf-8")


def pale(page: Page, night: bool = False) -> list[list[Any]]:
    """Texts of the page that are hard to read: contrast, element, text. There must be texts at all."""
    found = page.evaluate(_CONTRASTS[_CONTRASTS.index("night =>") :], night)
    assert len(found) > 2
    return [one for one in found if one[0] < LEGIBLE]


@dataclass
class Seen:
    """What the browser said."""

    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Keep errors and requested hosts of PAGE from now on."""
        page.on("console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", lambda request: self.errors.append(f"not had: {request.url}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))


class Look:
    """The browser, and the county that it looks at."""

    def __init__(self, browser: Browser, address: str, token: str, case: str) -> None:
        self.browser, self.address, self.token, self.case = browser, address, token, case
        self.host = urlsplit(address).netloc
        self.inside = {
            "desk": f"/{LOG}",
            "case": f"/{LOG}/cases/{case}",
            "figures": f"/{LOG}/projections/resolved_by_township",
            "list": f"/{LOG}/projections/cases",
            "problem": f"/{LOG}/projections/nothing_of_that_name",
        }

    @contextmanager
    def page(
        self,
        seen: Seen,
        width: int = OFFICE,
        scheme: Literal["light", "dark"] = "light",
        language: str = "zh-CN",
        signed_in: bool = True,
    ) -> Iterator[Page]:
        """A page in a window of its own."""
        context: Any = self.browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, locale=language, base_url=self.address
        )
        try:
            if signed_in:
                context.add_cookies([{"name": "casework", "value": self.token, "url": self.address}])
            page = context.new_page()
            seen.watch(page)
            yield page
        finally:
            context.close()
