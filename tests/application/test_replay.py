"""Tests the words of a replay."""

from casework.application.cases.replay import replay
from tests.stories.terminal import LOG

DISPATCHER, HEAD = ("cadre/heron", "dispatcher"), ("cadre/egret", "unit_lead")


def test_a_second_dispatch_and_a_change_of_lead_are_called_reassigning(runtime, do):
    case = do("register-case", "cadre/finch", "caller", area="menglang-1", category="water", summary="没有水").stream
    do("accept-case", *DISPATCHER, case=case)
    do("dispatch-case", *DISPATCHER, case=case, unit="water-station")
    do("request-return", *HEAD, case=case, reason="wrong_place")
    do("approve-return", *DISPATCHER, case=case)
    do("dispatch-case", *DISPATCHER, case=case, unit="water-station")
    do("assign-officer", *HEAD, case=case, lead="cadre/crane")
    do("assign-officer", *HEAD, case=case, lead="cadre/egret")

    assert [one.what_zh for one in replay(runtime, LOG, case)] == [
        "登记", "受理", "派单", "退单申请", "同意退单", "改派", "指派", "改派",
    ]  # fmt: skip
    dispatched, assigned = [one.what_en for one in replay(runtime, LOG, case) if one.what_zh == "改派"]
    assert dispatched == "Sent anew to a unit that must handle it; the handling clock starts"
    assert assigned == "The unit names another cadre to lead"
