"""What did auditors find, how does it stand, and which units answer late?"""

from casework.projection import Example, Tally, count, finding, happened, stock

found = {"due_on": "2026-03-09", "kind": "fake_closure", "unit": "pine-office", "area": "pine", "township": "pine"}

tally = Tally(
    version=1,
    over=finding,
    by=[finding.kind.named("finding_kind")],
    measures={
        "recorded": count(finding.is_finding == 1),
        "open": stock(finding.status.among(("open", "overdue"))),
        "overdue": stock(finding.status == "overdue"),
        "answered": stock(finding.status == "answered"),
        "closed": stock(finding.status == "closed"),
        "upheld": stock(finding.outcome == "upheld"),
        "unfounded": stock(finding.outcome == "unfounded"),
        "remedied": stock(finding.outcome == "remedied"),
        "answers": count(finding.answered == 1),
        "late_answers": count(finding.late == 1),
        "days_to_answer": count(finding.answered == 1, sum=finding.days_to_answer),
    },
    rates={"late_rate": ("late_answers", ("answers",))},
    titles={"zh": "审计发现", "en": "Auditors' findings"},
    definitions={
        "recorded": ("审计员记录的问题项数", "Findings recorded"),
        "open": ("待责任单位答复的项数，含逾期的", "Findings that wait for an answer, overdue ones among them"),
        "overdue": ("其中期限已过的项数，自期限次日至答复", "Of these, with the day for the answer passed"),
        "answered": ("已答复、待销号的项数", "Findings that were answered and wait to be closed"),
        "closed": ("已销号的项数", "Findings that are closed"),
        "upheld": ("其中以“问题属实”销号的项数", "Of these, closed as upheld"),
        "unfounded": ("其中以“问题不成立”销号的项数", "Of these, closed as unfounded"),
        "remedied": ("其中以“已整改”销号的项数", "Of these, closed as remedied"),
        "answers": ("首次答复的项数；补充答复不另计", "First answers; what is added to an answer counts no more"),
        "late_answers": ("其中录入时期限已过的，填报的日期不算", "Of these, entered late, whatever they claim"),
        "days_to_answer": ("自记录至录入首次答复的天数合计", "Days from recording to first answers, in all"),
        "late_rate": ("逾期答复占首次答复的比例", "Late answers, of first answers"),
    },
    examples=[
        # one is answered two days late under an earlier date, then closed; one is answered in time; one is not
        Example(
            [
                *(happened("finding-recorded.v1", n, on="2026-03-07", **found) for n in (1, 2, 3)),
                happened("finding-answered.v1", 2, on="2026-03-08"),
                happened("finding-answered.v1", 1, on="2026-03-11", occurred_on="2026-03-09"),
                happened("finding-closed.v1", 1, on="2026-03-12", outcome="remedied"),
            ],
            [
                {"day": "2026-03-07", "unit": "pine-office", "recorded": 3, "open": 3, "overdue": 0},
                {"day": "2026-03-08", "open": 2, "answered": 1, "answers": 1, "days_to_answer": 1},
                {"day": "2026-03-09", "open": 2, "overdue": 0, "late_answers": 1, "days_to_answer": 4},
                {"day": "2026-03-10", "open": 2, "overdue": 2, "answered": 1},
                {"day": "2026-03-11", "open": 1, "overdue": 1, "answered": 2},
                {"day": "2026-03-12", "open": 1, "overdue": 1, "answered": 1, "closed": 1, "remedied": 1, "upheld": 0},
            ],
            by=["day", "unit"],
        )
    ],
)  # fmt: skip
