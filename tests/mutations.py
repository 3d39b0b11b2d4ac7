"""Forty faults for the code, each with the tests that should notice it.

A place is a file of `src/casework` and a text that stands in it exactly once.
"""

from typing import NamedTuple

LAW = "tests/case"
FOLD = "tests/case tests/change"
SCOPE = "tests/application/test_scope.py tests/application/test_subjects.py tests/http/reading"
SEAL = "tests/seal"
LOG = "tests/log"
COUNT = "tests/projections"


class Mutation(NamedTuple):
    """A fault: its name, file, text as it is, text instead, folders of tests."""

    name: str
    file: str
    old: str
    new: str
    tests: str


FORTY = tuple(
    Mutation(*one)
    for one in (
        # law
        ("the return window is turned round", "law/cases/returning.py",
         "over = now > until", "over = now < until", LAW),
        ("a return beyond the allowed number is taken", "law/cases/returning.py",
         ">= policy.returns_allowed", "> policy.returns_allowed", LAW),
        ("a return refused for good may be asked again", "law/cases/returning.py",
         "if state.return_final:", "if False:", LAW),
        ("the submitter may review", "law/cases/resolving.py",
         "    _check_not_the_submitter(state, context)\n    return [(command.case, ResolutionApproved())]",
         "    return [(command.case, ResolutionApproved())]", LAW),
        ("a case without an action is submitted", "law/cases/resolving.py", "if not state.acted:", "if False:", LAW),
        ("who led the case waives its callback", "law/cases/closing.py",
         'check_answers_not_for_it(state, context, Text("决定免予回访", "waive the callback"))', "pass", LAW),
        ("the resident's word needs no override", "law/cases/closing.py",
         'if not (state.said_no and outcome == "solved"):', "if True:", LAW),
        ("the reopening window ends a day early", "law/cases/reopening.py",
         "if context.windows_on > ends_on:", "if context.windows_on >= ends_on:", LAW),
        ("a claimed time asks for an extension after the due instant", "law/cases/extending.py",
         "if context.windows_at > state.due:", "if context.happened_at > state.due:", LAW),
        ("an extension may be of any length", "law/cases/extending.py", "if due_on > latest:", "if False:", LAW),
        ("officers' pauses move the due instant without limit", "law/cases/pausing.py",
         "seconds = min(seconds, max(0, context.policy.pause_days * 86_400 - state.paused_in_round))", "pass", LAW),
        ("a case is merged into a closed one", "law/cases/merging.py", "if not target.is_open:", "if False:", LAW),
        ("acts may be dated back without limit", "law/cases/guards.py",
         "if context.occurred_on < earliest:", "if False:", LAW),
        ("who enters for another passes as the lead", "law/cases/guards.py",
         "and context.counts_for != state.lead", "and context.actor != state.lead", LAW),
        # fold
        ("what is done at the due instant is late", "law/cases/deadlines.py",
         "late = at > due if due and at else on > due_on", "late = at >= due if due and at else on > due_on", FOLD),
        ("the closer stays when a case is reopened", "law/cases/state_changes.py",
         '    put(s, "closer", "")\n', "", FOLD),
        ("returns of the last round count in the next", "law/cases/reopening.py",
         '    put(s, "returns_in_round", 0)\n', "", FOLD),
        ("a parked case is no longer parked after unmerging", "law/cases/merging.py",
         'put(s, "parked", int(s.before_merge == "parked"))', 'put(s, "parked", 0)', FOLD),
        ("the effective date goes back", "law/cases/evolve.py",
         "if recorded.occurred_on > state.effective_on:", "if recorded.occurred_on:", FOLD),
        ("a stake whose facts moved counts as ended", "change/case_lines.py",
         "lines.append((1, (*start, *key, -1, 0, 0, 0, 0, *was)))",
         "lines.append((1, (*start, *key, -1, 0, 1, 0, 0, *was)))", FOLD),
        ("a correction reverses one line of many", "change/rows.py",
         "for weight, values in was]", "for weight, values in was[:1]]", FOLD),
        # visibility
        ("closed levels are open to the whole unit", "application/access/visibility.py",
         'of_unit = {} if sight.closed != "hand" else {"confidentiality": OPEN}', "of_unit = {}", SCOPE),
        ("the area of a token is ignored", "application/access/visibility.py",
         "home = _nearer(roster, day, unit.area, who.area)", "home = unit.area", SCOPE),
        ("other cases that a command names are not checked", "application/access/action_check.py",
         "if stream != HISTORY:", "if False:",
         f"{SCOPE} tests/application"),
        ("what names one cadre is seen by the whole unit", "application/access/visibility.py",
         "return self._heads or (not cadre and state.confidentiality not in NAMED)",
         "return self._heads or state.confidentiality not in NAMED", SCOPE),
        ("a turn is theirs in any place", "application/access/visibility.py",
         "if turn is None or self.place is None or not _holds(self.place, state):", "if turn is None:", SCOPE),
        # seal
        ("the digest of a sealed part is not compared", "seal/sealing.py",
         "if (digest, size) != (commitment.sha256, commitment.len):",
         "if size != commitment.len:", SEAL),
        ("an erasure leaves the tokens", "seal/erasure.py",
         "for table in BY_KID:\n            gone",
         "for table in (table for table in BY_KID if table is not keyed_token):\n            gone", SEAL),
        ("an erasure leaves the digests of commands", "seal/erasure.py", "if sealing:", "if False:", SEAL),
        ("what mentions others counts as one's own", "seal/erasure.py", "if subject not in person:", "if False:", SEAL),
        ("the account of a lost part is not asked for", "seal/sealing.py",
         'reason = "erased" if commitment.kid in erased else "missing"', 'reason = "erased"', SEAL),
        # writer
        ("the head moves without being compared", "log/sql_append.py", "if moved != 1:", "if False:", LOG),
        ("another actor's command id is answered", "log/repeats.py",
         "if before.actor != submission.actor:", "if False:", LOG),
        ("a claim is given twice in a batch", "log/draft.py",
         "work.claims.get(place) or self.claims.get(place) or", "work.claims.get(place) or", LOG),
        ("the cache survives a failed attempt", "log/batch.py", "self._caches.pop(log, None)", "pass", LOG),
        ("recorded times go back with the clock", "log/draft.py", "at = max(now, self.head.at)", "at = now", LOG),
        ("case numbers go on over the turn of the year", "log/draft.py",
         "return self.head.number_count + 1 if self.head.number_year == int(today[:4]) else 1",
         "return self.head.number_count + 1", LOG),
        # projection
        ("acts are counted on the wrong axis", "projection/compile.py",
         "yield AFTER, table.c.occurred_on, condition, weight, nothing, nothing",
         "yield AFTER, table.c.effective_on, condition, weight, nothing, nothing", COUNT),
        ("both sides of a moved fact are added", "projection/compile.py",
         "value = table.c.weight if sign > 0 else -table.c.weight", "value = table.c.weight", COUNT),
        ("two projectors count the same window", "projection/catch_up.py",
         "return done.rowcount == 1", "return True", COUNT),
    )
)  # fmt: skip
