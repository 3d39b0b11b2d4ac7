"""Tests the wording of the law's refusals in both languages."""

from msgspec.structs import replace

from casework.law.cases.accepting import AcceptCase
from casework.law.cases.dispatching import AcknowledgeCase, DispatchCase
from casework.law.cases.extending import RequestExtension
from casework.law.cases.resolving import SubmitResolution
from casework.law.cases.withdrawing import WithdrawCase
from casework.testing import CASE, given
from tests.case.scenes import ACCEPTED, CLOSED, DISPATCHED, IN_PROGRESS, NUMBER, registered


def said(when):
    return when.said.zh, when.said.en


def test_a_refusal_uses_chinese_names_of_states_roles_and_commands():
    assert said(given(*CLOSED).when(SubmitResolution(case=CASE, result="solved"), role="cadre")) == (
        f"不能办理【提交办结】：办件 {NUMBER} 现在是“已办结”，须为“办理中”；"
        "现在可以办理的有【办理记录】、【首次联系】、【督办反馈】、【补充情况】、【个人信息请求】、【消息意愿】。",
        f"submit-resolution is not possible: case {NUMBER} is closed, and it would have to be in_progress."
        " Possible now: log-action, contact-resident, reply-supervision, add-information, ask-about-data,"
        " choose-messages.",
    )
    assert said(given(registered).when(AcceptCase(case=CASE), role="cadre")) == (
        "【受理】不能以“干部”的身份办理：请由“派单员”办理。",
        "accept-case is not for cadre; ask one who acts as dispatcher.",
    )


def test_a_refusal_names_units_by_their_declared_names():
    assert said(given(*DISPATCHED).when(AcknowledgeCase(case=CASE), actor="cadre/frog")) == (
        f"办件 {NUMBER} 由“松果镇政府”（pine-office）主办，您所在的单位是“芦花乡政府”（reed-office）："
        "须由主办单位的人员办理。",
        f"Case {NUMBER} is led by unit “pine-office”, and you act for “reed-office”: somebody of “pine-office”"
        " must do this.",
    )


def test_a_refusal_of_an_unknown_code_lists_the_nearest_by_name():
    assert said(given(*ACCEPTED).when(DispatchCase(case=CASE, unit="pine-watr")))[0].startswith(
        "2026-03-02 没有登记单位“pine-watr”，相近的有“松果镇水管站”（pine-water）、"
    )


def test_a_chinese_refusal_states_instants_in_local_time():
    asked = RequestExtension(case=CASE, due_on="2026-03-09", reason="weather")
    assert said(given(*IN_PROGRESS).when(asked, at="2026-03-08T01:00:00.000Z")) == (
        f"办件 {NUMBER} 的办理期限是 2026-03-07 23:59:59，现在是 2026-03-08 09:00:00，已经超期："
        "延期须在到期前申请，请抓紧办理并报告督办领导。",
        f"Case {NUMBER} was due at 2026-03-07T15:59:59.999Z, and now is 2026-03-08T01:00:00.000Z:"
        " more time must be asked for before; handle it, and let the supervisor know.",
    )


def test_a_refusal_says_that_a_missing_value_is_missing():
    nobodys = replace(registered, resident="")
    withdrawn = given(nobodys).when(WithdrawCase(case=CASE, reason="settled"), role="resident")
    assert said(withdrawn)[0].startswith(f"办件 {NUMBER} 没有登记由谁提出，您是 resident/")
