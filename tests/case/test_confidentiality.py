"""Changing who may see a case (变更密级)."""

import pytest

from casework.law.cases.confidentiality import ChangeConfidentiality, ConfidentialityChanged
from casework.testing import CASE, given
from tests.case.scenes import EVERY_STATUS, REGISTERED

SECRET = ChangeConfidentiality(case=CASE, level="secret", basis="petition_secrecy")
changed = ConfidentialityChanged(level="secret", before="internal", basis="petition_secrecy")


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_a_privacy_officer_changes_it_in_every_state(status):
    given(*EVERY_STATUS[status]).when(SECRET, role="privacy_officer").then(changed).leaves(
        status=status, confidentiality="secret"
    )


def test_to_what_it_is_already_changes_nothing():
    given(*REGISTERED, changed).when(SECRET).nothing_happens()


def test_and_back():
    public = ChangeConfidentiality(case=CASE, level="public", basis="declassified")
    given(*REGISTERED, changed).when(public).then(
        ConfidentialityChanged(level="public", before="secret", basis="declassified")
    )


@pytest.mark.parametrize("role", ["supervisor", "dispatcher", "cadre", "administrator", "auditor"])
def test_nobody_else_does(role):
    given(*REGISTERED).when(SECRET, role=role).refused("role-not-allowed")


def test_of_a_case_that_is_there():
    given().when(SECRET).refused("no-such-case")
