"""The digest of a definition changes with its meaning alone."""

from casework.projection import Tally, case, count, entered, hold, stock
from casework.projection.source import Term


def tally(**measures: object) -> Tally:
    return Tally(
        version=1,
        over=case,
        by=[case.township],
        measures=measures,  # type: ignore[arg-type]
        titles={"zh": "某数", "en": "a figure"},
        definitions=dict.fromkeys(measures, ("口径", "definition")),
    )


FIGURE = tally(figure=stock(case.outcome == "solved"))


def test_tallies_of_different_meaning_have_different_digests() -> None:
    others = [
        tally(figure=stock(case.outcome == "explained")),
        tally(figure=stock(case.outcome != "solved")),
        tally(figure=stock(~(case.outcome == "solved"))),
        tally(figure=stock((case.outcome == "solved") & (case.kind == "matter"))),
        tally(figure=stock((case.outcome == "solved") | (case.kind == "matter"))),
        tally(figure=stock(case.outcome.among(("solved",)))),
        tally(figure=stock(case.outcome == "solved", sum=case.beneficiaries)),
        tally(figure=stock(case.outcome == "solved", township=case.area.named("township"))),
        tally(figure=count(entered("closed"))),
        tally(figure=stock(hold.hold_role == "lead")),
        tally(other=stock(case.outcome == "solved")),
    ]
    digests = {FIGURE.digest(), *(other.digest() for other in others)}

    assert len(digests) == 1 + len(others)


def test_tallies_of_the_same_meaning_have_the_same_digest() -> None:
    assert tally(figure=stock(case.outcome == "solved")).digest() == FIGURE.digest()


def test_a_condition_is_written_out_in_projection_terms() -> None:
    condition: Term = (case.outcome == "solved") & ~(case.round > 1)

    assert condition.says == "((case.outcome = 'solved') and not (case.round > 1))"
