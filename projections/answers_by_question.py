"""What did people answer, question by question?"""

from casework.projection import Example, Tally, count, happened, survey

tally = Tally(
    version=1,
    over=survey,
    by=[survey.stream.named("survey"), survey.question, survey.choice],
    measures={
        "picks": count(survey.picks == 1),
        "replies": count(survey.replies == 1),
        "number": count(survey.picks == 1, sum=survey.number),
    },
    titles={"zh": "答卷统计", "en": "Answers by question"},
    definitions={
        "picks": ("选择次数：多选题每个选项各计一次", "Times chosen: of several choices, each is one"),
        "replies": (
            "作答人数，每题每人计一次，记在第一个所选项下：请按题目汇总",
            "People who answered, once for each question, at their first choice: to be read by question",
        ),
        "number": ("数字题所填数值之和，除以作答人数即平均", "Sum of the numbers given; by replies it is the mean"),
    },
    examples=[
        # two people answer, one of them with two choices: three picks; seven and nine hours are sixteen
        Example(
            [
                happened(
                    "survey-opened.v1", on="2026-03-02", title="骑手缺什么", group="riders", units=["pine-office"],
                    area="pine", starts="2026-03-01", ends="2026-03-31", questions=[],
                ),
                happened(
                    "survey-answered.v1", on="2026-03-03", respondent="resident/1f", version=1,
                    replies=[{"question": "lacks", "choices": ["rest", "water"]}, {"question": "hours", "number": 7}],
                ),
                happened(
                    "survey-answered.v1", on="2026-03-03", respondent="resident/2f", version=1,
                    replies=[{"question": "lacks", "choices": ["water"]}, {"question": "hours", "number": 9}],
                ),
            ],
            [
                {"question": "hours", "choice": "", "picks": 2, "replies": 2, "number": 16},
                {"question": "lacks", "choice": "rest", "picks": 1, "replies": 1, "number": 0},
                {"question": "lacks", "choice": "water", "picks": 2, "replies": 1, "number": 0},
            ],
            by=["question", "choice"],
        )
    ],
)  # fmt: skip
