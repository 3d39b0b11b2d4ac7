"""Who may do this: the one place where the doors' privacy officer is checked."""

from __future__ import annotations

from casework.application.house import House
from casework.application.people import Person
from casework.application.problem import Problem
from casework.application.scope import scope_of

ROLE = "privacy_officer"


def check_officer(house: House, log: str, who: Person) -> None:
    """Refuse everybody but a privacy officer of the whole county: a person's cases lie in every township."""
    if who.role != ROLE:
        raise Problem(
            "not-your-role",
            "查找、复制、留存和删除个人信息只由个人信息保护员办理",
            "finding, copying, holding and erasing personal data is for privacy officers",
        )
    if not scope_of(house, log, who).is_everything:
        raise Problem(
            "outside-your-area",
            "个人信息分布在全县各处：请使用范围为全县的令牌",
            "a person's data lie all over the county: come with a token for the whole of it",
        )
