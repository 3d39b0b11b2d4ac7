"""Every route of the API below `/api`, with the guard for tokens."""

from __future__ import annotations

from litestar import Controller

from casework.http.api import batch, commands
from casework.http.api.accounts import AccountsController
from casework.http.api.blobs import MARGIN, AttachmentsController, AttachmentUploadController
from casework.http.api.cases import CasesController
from casework.http.api.counts import ProjectionsController
from casework.http.api.findings import FindingsController
from casework.http.api.log import LogController
from casework.http.api.outbox import OutboxController
from casework.http.api.own_tokens import OwnTokensController
from casework.http.api.places import RosterChangesController
from casework.http.api.privacy import AccessLedgerController, PrivacyController
from casework.http.api.reassignments import ReassignmentsController
from casework.http.api.receipts import ReceiptsController
from casework.http.api.roster import RosterFilesController
from casework.http.api.signing_in import OwnSessionController, sign_in
from casework.http.api.surveys import SurveysController
from casework.http.app_router import AppRouter
from casework.http.caller import except_options, signed_in

#: behind a token or a session
QUESTIONS: tuple[type[Controller], ...] = (
    CasesController,
    ProjectionsController,
    SurveysController,
    FindingsController,
    LogController,
    ReassignmentsController,
    RosterFilesController,
    RosterChangesController,
    PrivacyController,
    AccessLedgerController,
    OutboxController,
    AttachmentsController,
    AccountsController,
)
#: behind a session, or number and secret of a receipt
OWN: tuple[type[Controller], ...] = (OwnSessionController, OwnTokensController, ReceiptsController)


def router(attachment_bytes: int) -> AppRouter:
    """The API; ATTACHMENT_BYTES is the size of the largest attachment that it takes."""
    upload = AppRouter(
        "/", request_max_body_size=attachment_bytes + MARGIN, route_handlers=[AttachmentUploadController]
    )
    questions = AppRouter("/{log:str}", guards=[except_options(signed_in)], route_handlers=[*QUESTIONS, upload])
    # commands look at the token themselves: a guard costs a copy of the handler each time
    return AppRouter("/api", route_handlers=[*commands.handlers(), batch.commands, questions, sign_in, *OWN])
