"""What can happen to a case: the stored vocabulary.

The classes stand by what they are about in the files beside this one. Each docstring documents every member as
`member — 中文 — meaning (unit)`; a test holds them complete.
`name` is stored forever: rename the class freely, never the name. Instants are UTC `YYYY-MM-DDTHH:MM:SS.mmmZ`,
dates county-local `YYYY-MM-DD`, codes English slugs. Who, when and in which role stand in the envelope.
"""

from __future__ import annotations

from casework.law.cases.closing.events import (
    CallbackRecorded,
    CaseArchived,
    CaseClosed,
    CaseReopened,
    CaseVoided,
    CaseWithdrawn,
    ResolutionApproved,
    ResolutionSentBack,
    ResolutionSubmitted,
)
from casework.law.cases.correction.events import (
    ConfidentialityChanged,
    RecordCorrected,
)
from casework.law.cases.handling.events import (
    ActionLogged,
    CaseAcknowledged,
    CaseDispatched,
    CoHandlerAdded,
    CoHandlerRemoved,
    MilestonePlanned,
    MilestoneReached,
    OfficerAssigned,
    ResidentContacted,
    ReturnApproved,
    ReturnRefused,
    ReturnRequested,
    TransferAccepted,
    TransferRefused,
    TransferRequested,
)
from casework.law.cases.intake.events import (
    CaseAbsorbed,
    CaseAccepted,
    CaseMerged,
    CaseRegistered,
    CaseRejected,
    CaseReleased,
    CaseUnmerged,
)
from casework.law.cases.ledger.events import (
    LedgerActionRecorded,
    LedgerCaseRecorded,
    LedgerClosingRecorded,
)
from casework.law.cases.residents.events import (
    DataRequestAnswered,
    DataRequestMade,
    InformationAdded,
    MessagesChosen,
    ReceiptIssued,
)
from casework.law.cases.supervision.events import (
    CaseEscalated,
    CaseParked,
    CaseUnparked,
    ClockPaused,
    ClockResumed,
    DuePassed,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    ParkReviewed,
    ReminderSent,
    SupervisionClosed,
    SupervisionOpened,
    SupervisionReplied,
)
from casework.law.event import Event

CASE_EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        CaseRegistered, CaseAccepted, CaseRejected, CaseMerged, CaseAbsorbed, CaseUnmerged, CaseReleased,
        CaseDispatched, CaseAcknowledged, ReturnRequested, ReturnApproved, ReturnRefused, OfficerAssigned,
        TransferRequested, TransferAccepted, TransferRefused, CoHandlerAdded, CoHandlerRemoved,
        ActionLogged, ResidentContacted, ExtensionRequested, ExtensionGranted, ExtensionRefused,
        ClockPaused, ClockResumed, CaseParked, ParkReviewed, CaseUnparked, ReminderSent,
        SupervisionOpened, SupervisionReplied, SupervisionClosed, CaseEscalated, DuePassed,
        MilestonePlanned, MilestoneReached, ResolutionSubmitted, ResolutionApproved, ResolutionSentBack,
        CallbackRecorded, CaseClosed, CaseReopened, CaseWithdrawn, CaseArchived, CaseVoided,
        InformationAdded, DataRequestMade, DataRequestAnswered, ReceiptIssued, MessagesChosen,
        ConfidentialityChanged, RecordCorrected, LedgerCaseRecorded, LedgerClosingRecorded, LedgerActionRecorded,
    )
}  # fmt: skip
