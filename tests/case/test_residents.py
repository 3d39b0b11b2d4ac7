"""Tests residents' additions, data requests, messages, receipts and answers (补充情况、个人信息请求、回执)."""

import pytest
from msgspec.structs import replace

from casework.law.cases.calling_back import CallbackRecorded, RecordCallback
from casework.law.cases.reopening import ReopenCase
from casework.law.cases.residents import (
    AddInformation,
    AnswerDataRequest,
    AskAboutData,
    ChooseMessages,
    DataRequestAnswered,
    DataRequestMade,
    InformationAdded,
    IssueReceipt,
    MessagesChosen,
    ReceiptIssued,
)
from casework.law.cases.withdrawing import CaseWithdrawn, WithdrawCase
from casework.testing import CASE, given, step
from tests.case.scenes import CALLBACK, CLOSED, EVERY_STATUS, REGISTERED, UNIT

ADD = AddInformation(case=CASE)
ERASE = AskAboutData(case=CASE, what="erasure")
SOLVED = RecordCallback(case=CASE, reached=True, solved="yes", satisfaction=5)
NOT_SOLVED = RecordCallback(case=CASE, reached=True, solved="no")
STRANGER = "resident/77777777"


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_a_resident_adds_information_in_every_state_and_changes_none(status):
    before = given(*EVERY_STATUS[status]).when(ADD, role="resident", sealed=("details",))
    before.then(InformationAdded()).leaves(status=status)


def test_adding_empty_information_is_refused():
    given(*REGISTERED).when(ADD, role="resident").refused("nothing-added")


@pytest.mark.parametrize("command", [ADD, ERASE, ChooseMessages(case=CASE, wanted=False), NOT_SOLVED])
def test_a_resident_cannot_act_for_another_resident(command):
    given(*CALLBACK).when(command, role="resident", actor=STRANGER, sealed=("details",)).refused("not-your-request")


def test_a_caller_makes_a_data_request_for_a_resident():
    given(*REGISTERED).when(ERASE, role="caller").then(DataRequestMade(what="erasure"))


def test_a_data_request_waits_for_the_privacy_officer():
    asked = given(*CLOSED, DataRequestMade(what="erasure"), DataRequestMade(what="copy"))
    answer = AnswerDataRequest(case=CASE, what="erasure", result="done")
    asked.when(ERASE, role="resident").leaves(data_requests=("erasure", "copy"))
    asked.when(answer, role="privacy_officer").then(DataRequestAnswered(what="erasure", result="done")).leaves(
        data_requests=("copy",)
    )
    asked.when(answer, role="supervisor").refused("role-not-allowed")
    given(*CLOSED).when(answer, role="privacy_officer").refused("no-such-data-request")


def test_a_data_correction_request_must_say_what_is_wrong():
    correction = AskAboutData(case=CASE, what="correction")
    given(*REGISTERED).when(correction, role="resident").refused("nothing-to-correct")
    given(*REGISTERED).when(correction, role="resident", sealed=("details",)).then(DataRequestMade(what="correction"))


def test_choosing_the_same_about_messages_again_changes_nothing():
    no = ChooseMessages(case=CASE, wanted=False)
    given(*REGISTERED).when(no, role="resident").then(MessagesChosen(wanted=False)).leaves(no_messages=True)
    given(*REGISTERED, MessagesChosen(wanted=False)).when(no, role="resident").then()
    given(*REGISTERED).when(ChooseMessages(case=CASE, wanted=True), role="resident").then()


def test_the_unit_that_handles_a_case_cannot_issue_its_receipt():
    lost = IssueReceipt(case=CASE, reason="lost")
    given(*CALLBACK).when(lost, role="caller", unit="pine-hotline").then(ReceiptIssued(reason="lost"))
    given(*CALLBACK).when(lost, role="caller", unit=UNIT).refused("receipt-by-the-unit")
    given(*CALLBACK).when(lost, role="cadre").refused("role-not-allowed")


def test_a_resident_states_whether_the_case_is_solved():
    given(*CALLBACK).when(SOLVED, role="resident").then(
        CallbackRecorded(reached=True, solved="yes", satisfaction=5, attempt=1)
    ).leaves(called=True, said_no=False)
    given(*CALLBACK).when(NOT_SOLVED, role="resident").leaves(called=True, said_no=True)


def test_praise_by_a_receipt_that_the_unit_issued_is_refused():
    by_the_unit = (*CALLBACK, step(ReceiptIssued(reason="lost"), unit=UNIT))
    given(*by_the_unit).when(SOLVED, role="resident").refused("receipt-of-the-unit")
    given(*by_the_unit).when(NOT_SOLVED, role="resident").leaves(said_no=True)
    brought_by_it = (step(REGISTERED[0], unit=UNIT), *CALLBACK[1:])
    given(*brought_by_it).when(SOLVED, role="resident").refused("receipt-of-the-unit")
    by_another = step(ReceiptIssued(reason="exposed"), unit="pine-hotline")
    given(*brought_by_it, by_another).when(SOLVED, role="resident").leaves(called=True)


def test_the_receipt_of_an_anonymous_case_allows_acting_as_its_resident():
    nobody = (replace(REGISTERED[0], resident=""), *CALLBACK[1:])
    holder = CASE.replace("case/", "resident/")
    again = ReopenCase(case=CASE, to="dispatch", reason="not_solved")
    given(*nobody).when(NOT_SOLVED, role="resident", actor=holder).leaves(said_no=True)
    given(*nobody).when(again, role="resident", actor=holder).leaves(status="accepted", round=2)
    given(*nobody[:1]).when(WithdrawCase(case=CASE, reason="settled"), role="resident", actor=holder).then(
        CaseWithdrawn(on_word_of="resident", reason="settled")
    )
    given(*nobody).when(NOT_SOLVED, role="resident", actor=STRANGER).refused("not-your-request")
