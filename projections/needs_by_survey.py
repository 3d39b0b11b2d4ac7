"""Of what surveys found lacking, how much became cases, and how much is solved?"""

from casework.projection import Example, Tally, case, count, happened, stock, survey

of_survey = case.survey != ""

tally = Tally(
    version=1,
    over=survey,
    by=[survey.stream.named("survey")],
    measures={
        "asked": count(survey.asked != 0, sum=survey.asked),
        "answered": count(survey.answered == 1),
        "raised": stock(of_survey & case.exists, survey=case.survey),
        "open": stock(of_survey & case.is_open, survey=case.survey),
        "solved": stock(of_survey & (case.outcome == "solved"), survey=case.survey),
    },
    rates={"solved_rate": ("solved", ("raised",))},
    titles={"zh": "需求调查办理情况", "en": "Needs by survey"},
    definitions={
        "asked": ("计划调查人数，按现行问卷", "People to be asked, as the survey stands"),
        "answered": ("答卷份数，每人一份", "Answers, one for each person"),
        "raised": ("转为办件的需求件数，登记有误的不计", "Needs that became cases, those in error not"),
        "open": ("尚未办结的需求件数", "Of these, still to be worked on"),
        "solved": ("现为已解决的需求件数，重办的不再计入", "Of these, standing solved: one that was reopened is not"),
        "solved_rate": ("解决率：已解决占转为办件的比例", "Solved, of those that became cases"),
    },
    examples=[
        # three are to be asked, two answer, one states a need; it is solved, and then reopened
        Example(
            [
                happened(
                    "survey-opened.v1", on="2026-03-02", title="骑手缺什么", group="riders", units=["pine-office"],
                    area="pine", starts="2026-03-01", ends="2026-03-31", asked=3, questions=[],
                ),
                *(
                    happened("survey-answered.v1", on="2026-03-03", respondent=f"resident/{n}f", version=1, replies=[])
                    for n in (1, 2)
                ),
                happened("case-registered.v1", on="2026-03-04", number="1", kind="difficulty", survey="survey/1"),
                happened("case-closed.v1", on="2026-03-05", outcome="solved", basis="callback"),
                happened("case-reopened.v1", on="2026-03-06", to="dispatch", reason="not_solved", round=2),
            ],
            [
                {"day": "2026-03-02", "asked": 3, "answered": 0, "raised": 0, "solved": 0},
                {"day": "2026-03-03", "asked": 0, "answered": 2, "raised": 0, "solved": 0},
                {"day": "2026-03-04", "asked": 0, "answered": 0, "raised": 1, "open": 1},
                {"day": "2026-03-05", "raised": 1, "open": 0, "solved": 1},
                {"day": "2026-03-06", "raised": 1, "open": 1, "solved": 0},
            ],
            by=["day"],
        )
    ],
)  # fmt: skip
