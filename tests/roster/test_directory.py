"""Tests directory lookups by day, by parent and by similar names, and rolling back."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as some

from casework.law.roster.directory import Directory
from casework.law.roster.events import AreaDeclared, UnitDeclared
from casework.law.roster.state import Timeline, evolve
from tests.roster.county import TODAY, lancang, recorded

days = some.dates().map(str)


@some.composite
def declarations(draw):
    """Declarations of one area, each with a name of its own; some run out."""
    events = []
    for number in range(draw(some.integers(1, 8))):
        from_ = draw(some.sampled_from([f"20{year}-01-01" for year in range(10, 20)]))
        until = draw(some.sampled_from(["", f"{from_[:4]}-07-01", "2031-01-01"]))
        events.append(AreaDeclared(label=f"name {number}", level="township", from_=from_, until=until))
    return events


def held(events, on):
    """The name that holds on a day, read plainly: the last to begin wins, and of equals the last said."""
    begun = [event for event in events if event.from_ <= on]
    if not begun:
        return None
    last = [event for event in begun if event.from_ == max(event.from_ for event in begun)][-1]
    return None if last.until and last.until <= on else last.label


def directory_of(events):
    directory = Directory()
    for rev, event in enumerate(events):
        directory.apply(recorded("area/a", rev, event))
    return directory


@given(declarations(), some.dates().map(str))
def test_a_lookup_by_day_agrees_with_the_plain_rule(events, on):
    area = directory_of(events).area("a", on)

    assert (area.label if area else None) == held(events, on)


@given(declarations().flatmap(lambda e: some.tuples(some.just(e), some.permutations(e))), some.integers(2009, 2032))
def test_the_order_of_arrival_matters_only_for_the_same_day(both, year):
    events, shuffled = both
    # of those for one day the later recorded wins, so their own order is kept
    for day in {event.from_ for event in events}:
        same = iter([event for event in events if event.from_ == day])
        shuffled = [next(same) if event.from_ == day else event for event in shuffled]
    on = f"{year}-03-01"

    assert directory_of(shuffled).area("a", on) == directory_of(events).area("a", on)


def test_of_two_declarations_for_the_same_day_the_later_wins():
    said = [AreaDeclared(label=name, level="township", from_="2020-01-01") for name in ("甲", "乙")]

    assert directory_of(said).labels("area") == {"a": "乙"}
    assert directory_of(said[::-1]).labels("area") == {"a": "甲"}


@given(declarations())
def test_a_timeline_is_the_fold_of_its_history(events):
    history = [recorded("area/a", rev, event) for rev, event in enumerate(events)]
    state = Timeline()
    for entry in history:
        state = evolve(state, entry)

    assert reduce(evolve, history, Timeline()) == state == directory_of(events).timeline("area/a")
    assert state.rev == len(events) - 1


def test_a_township_is_found_from_any_place_below_it():
    directory = lancang().directory

    assert [directory.township_of(code, TODAY) for code in ("m1a", "m1", "m", "530828", "x", "")] == [
        "m", "m", "m", "", "", "",
    ]  # fmt: skip


def test_a_village_that_moves_belongs_to_each_township_in_its_time():
    county = lancang()
    assert county.directory.township_of("m1a", TODAY) == "m"
    county.given("declare-area", area="m1", label="佛房社区", level="village", parent="s", from_="2025-01-01")

    assert county.directory.township_of("m1a", "2024-12-31") == "m"
    assert county.directory.township_of("m1a", TODAY) == "s"


def test_a_lookup_ends_at_places_that_lie_in_each_other():
    directory = Directory()
    directory.apply(recorded("area/a", 0, AreaDeclared(label="a", level="other", parent="b", from_="2020-01-01")))
    directory.apply(recorded("area/b", 0, AreaDeclared(label="b", level="other", parent="a", from_="2020-01-01")))

    assert directory.township_of("a", TODAY) == ""
    assert directory.responsible_for("a", TODAY) == ()


def test_a_similar_name_finds_its_code():
    directory = lancang().directory

    assert directory.nearest("area", "勐朗")[0] == "m"
    assert directory.nearest("area", " 勐朗镇 ") == ("m",)
    assert directory.nearest("unit", "便民服务中心") == ("m-centre",)
    assert directory.nearest("cadre", "li") == ("cadre/li",)
    assert directory.nearest("category", "x") == directory.nearest("planet", "x") == ()


def test_labels_are_the_last_declared_and_cadres_have_none():
    county = lancang().given("declare-area", area="m", label="勐朗街道", level="township", from_="2030-01-01")

    assert county.directory.labels("area")["m"] == "勐朗街道"
    assert county.directory.labels("area", TODAY)["m"] == "勐朗镇"
    assert county.directory.labels("cadre") == {}


def test_the_directory_ignores_entries_of_other_streams():
    directory = Directory()
    directory.apply(recorded("case/1", 0, UnitDeclared(label="x", from_="2020-01-01")))

    assert directory.edition == 0


@given(some.integers(0, 20))
def test_entries_applied_since_the_last_settle_can_be_rolled_back(kept):
    history = (
        lancang()
        .given(
            "assign-responsibility",
            responsibility=f"responsibility/{'0' * 8}{'-0000' * 3}-{'0' * 12}",
            cadre="cadre/li",
            area="m1",
        )
        .given("declare-area", area="m", label="勐朗街道", level="township", parent="530828")
        .history
    )
    directory, expected = Directory(), Directory()
    for entry in history[:kept]:
        directory.apply(entry)
        expected.apply(entry)
    directory.settle()
    for entry in history[kept:]:
        directory.apply(entry)
    assert directory.township_of("m1a", TODAY) == "m"
    directory.rollback()

    for entry in history:
        assert directory.timeline(entry.stream) == expected.timeline(entry.stream)
    assert directory.labels("area") == expected.labels("area")
    for place in ("m1a", "m1", "m"):
        assert directory.township_of(place, TODAY) == expected.township_of(place, TODAY)
        assert directory.responsible_for(place, TODAY) == expected.responsible_for(place, TODAY)
        assert directory.nearest("area", place) == expected.nearest("area", place)


def test_settled_entries_stay_after_a_rollback():
    directory = lancang().directory
    directory.settle()
    directory.rollback()

    assert directory.area("m", TODAY).label == "勐朗镇"
