"""Tests changing who may see a case (变更知悉范围)."""

import pytest

from casework.law.cases.confidentiality import ChangeConfidentiality, ConfidentialityChanged
from casework.testing import CASE, given
from tests.case.scenes import EVERY_STATUS, REGISTERED

SECRET = ChangeConfidentiality(case=CASE, level="secret", basis="petition_secrecy")
changed = ConfidentialityChanged(level="secret", before="internal", basis="petition_secrecy")


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_a_privacy_officer_changes_confidentiality_in_every_state(status):
    given(*EVERY_STATUS[status]).when(SECRET, role="privacy_officer").then(changed).leaves(
        status=status, confidentiality="secret"
    )


def test_setting_the_same_confidentiality_again_changes_nothing():
    given(*REGISTERED, changed).when(SECRET).nothing_happens()


def test_a_secret_case_may_be_made_public_again():
    public = ChangeConfidentiality(case=CASE, level="public", basis="declassified")
    given(*REGISTERED, changed).when(public).then(
        ConfidentialityChanged(level="public", before="secret", basis="declassified")
    )


@pytest.mark.parametrize("role", ["supervisor", "dispatcher", "cadre", "administrator", "auditor"])
def test_other_roles_cannot_change_confidentiality(role):
    given(*REGISTERED).when(SECRET, role=role).refused("role-not-allowed")


def test_changing_the_confidentiality_of_an_unknown_case_is_refused():
    given().when(SECRET).refused("no-such-case")
