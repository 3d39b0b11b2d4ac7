"""Makes random commands to a case: every command, with members that mostly fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.law.cases.co_handling import CoHandling
from casework.law.command import Command
from casework.law.kinds import COMMANDS

if TYPE_CHECKING:
    from tests.case.random_history import Wanderer

ACTS = ("visit", "phone_call", "mediation", "repair", "coordination", "material", "hearing", "photo", "other")
AREAS = ("pine-1", "pine-1a", "pine-2", "reed-1", "pine", "reed", "")
UNITS = ("pine-office", "pine-water", "reed-office")
TOPICS = {"road": ("pothole", "lamp", ""), "water": ("leak", "meter", ""), "quarrel": ("noise", ""), "": ("",)}
EVIDENCE = ("ab" * 32,)


def random_command(w: Wanderer, name: str, stream: str) -> Command:
    """A command of that name for this case, fit for its state where that is not left to chance."""
    random, state = w.random, w.story.state(stream)
    pick, maybe = random.choice, lambda *of: random.choice((*of, ""))
    category = pick(("road", "water", "quarrel"))
    members: dict[str, Any] = {"case": stream}
    match name:
        case "register-case" | "record-handled" | "record-ledger-case":
            members |= {
                "kind": pick(("matter", "difficulty", "difficulty")), "category": category,
                "topic": pick(TOPICS[category]), "channel": pick(("counter", "hotline", "courier")),
                "area": pick(AREAS), "urgency": pick(("normal", "urgent")),
            }  # fmt: skip
            if name == "record-handled":
                members |= {
                    "area": pick(("pine-1", "pine-2")), "action": pick(ACTS), "result": pick(("solved", "explained")),
                    "beneficiaries": random.randint(0, 20), "evidence": EVIDENCE,
                }  # fmt: skip
            elif name == "record-ledger-case":
                row = int(stream[-12:], 16)
                members |= w.due() | {"external_ref": f"census:{row}", "unit": maybe(*UNITS), "row_hash": "cd"}
            else:
                members |= w.due() | {"resident": maybe("resident/0f1e2d3c")}
                if members["kind"] == "matter":
                    members["planned_beneficiaries"] = random.randint(0, 300)
        case "raise-need":
            members |= {
                "survey": w.survey, "respondent": pick(w.respondents), "question": maybe("lacks", "hours"),
                "category": category, "topic": pick(TOPICS[category]), "area": pick(AREAS),
            }  # fmt: skip
        case "accept-case":
            members |= w.due() | {"category": pick((category, state.category, ""))}
        case "reject-case":
            members |= {"reason": "out_of_scope", "told": pick(("phone", "not_possible"))}
        case "merge-case":
            members["into"] = pick(w.cases)
        case "unmerge-case":
            members["out_of"] = state.merged_into or pick(w.cases)
        case "dispatch-case":
            unit = pick(UNITS)
            members |= w.due() | {"unit": unit, "lead": maybe(w.cadre(unit))}
            if random.random() < 0.4:
                other = pick(UNITS)
                members["co_handlers"] = (CoHandling(unit=other, cadre=maybe(w.cadre(other))),)
        case "acknowledge-case":
            members["lead"] = maybe(w.cadre(state.unit))
        case "assign-officer":
            members |= {"lead": w.cadre(state.unit or "pine-office")}
        case "request-transfer":
            members["to_unit"] = pick(UNITS)
        case "accept-transfer":
            members["lead"] = maybe(w.cadre(state.pending.to_unit)) if state.pending else ""
        case "add-co-handler":
            other = pick(UNITS)
            members |= {"unit": other, "cadre": maybe(w.cadre(other))}
        case "remove-co-handler":
            known = [(h.unit, h.cadre) for h in state.co_handlers]
            unit, cadre = pick(known or [(pick(UNITS), "")])
            members |= {"unit": unit, "cadre": cadre}
        case "log-action" | "record-ledger-action":
            members["action"] = pick(ACTS)
            if name == "log-action" and random.random() < 0.5:
                members["evidence"] = EVIDENCE
        case "contact-resident":
            members |= {"channel": "phone", "reached": random.random() < 0.6}
        case "request-return":
            members["reason"] = "not_our_duty"
        case "refuse-return":
            members["final"] = random.random() < 0.3
        case "request-extension":
            members |= {"due_on": w.day(1, 25), "reason": "weather"}
        case "pause-clock":
            members["reason"] = "awaiting_resident"
        case "park-case" | "review-park":
            members["review_on"] = w.day(0, 60)
            if name == "park-case":
                members["reason"] = "funding"
        case "open-supervision":
            members["reply_due_on"] = w.day(0, 5)
        case "mark-due-passed":
            members["due"] = state.due or "2026-03-01T00:00:00.000Z"
        case "plan-milestone" | "reach-milestone":
            members["milestone"] = pick(("ground_broken", "paved"))
            if name == "plan-milestone":
                members["planned_on"] = w.day(1, 60)
        case "submit-resolution":
            members |= {"result": pick(("solved", "explained", "not_solved", "filled", "partly_solved"))}
            members |= {"beneficiaries": random.randint(0, 30), "evidence": EVIDENCE}
        case "send-back-resolution":
            members["reason"] = "incomplete"
        case "record-callback":
            members["reached"] = random.random() < 0.8
            if members["reached"]:
                members |= {"solved": pick(("yes", "yes", "no", "")), "satisfaction": random.randint(0, 5)}
        case "close-case":
            members |= {"outcome": pick(("", "", "not_solved", "solved"))}
            members["waiver"] = maybe("", "declined", "sample")
        case "reopen-case":
            members |= w.due() | {"to": pick(("same_unit", "dispatch")), "reason": "not_solved"}
            members["override"] = maybe("", "found_later")
        case "withdraw-case":
            members["reason"] = "settled"
        case "void-case":
            members["reason"] = "typed_twice"
        case "add-information":
            members["evidence"] = EVIDENCE
        case "ask-about-data" | "answer-data-request":
            members["what"] = pick(("correction", "erasure", "copy"))
            if name == "answer-data-request":
                members |= {"what": pick(state.data_requests or ("copy",)), "result": pick(("done", "refused"))}
        case "issue-receipt":
            members["reason"] = pick(("lost", "exposed", "first"))
        case "choose-messages":
            members["wanted"] = random.random() < 0.5
        case "change-confidentiality":
            members |= {"level": pick(("public", "internal", "confidential", "secret")), "basis": "minor"}
        case "correct-record":
            members |= {"rev": 0, "member": "area", "value": pick(AREAS), "reason": "wrong_place"}
        case "record-ledger-closing":
            members |= {"outcome": pick(("solved", "unstated")), "reason": "done"}
    return COMMANDS[name](**members)
