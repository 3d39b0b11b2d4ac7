"""What was done for people, day by day?"""

from casework.projection import Example, Tally, activity, case, count, happened

tally = Tally(
    version=1,
    over=case,
    by=[case.township],
    measures={
        "actions": count(case.is_action == 1),
        "contacts": count(case.is_contact == 1),
        "reached": count(case.is_contact == 1, sum=case.reached),
        "late_entries": count(((case.is_action == 1) | (case.is_contact == 1)) & (case.days_late_recorded > 0)),
        "activities": count(activity.is_activity == 1),
        "households": count(activity.households != 0, sum=activity.households),
        "participants": count(activity.participants != 0, sum=activity.participants),
    },
    titles={"zh": "每日办理", "en": "Actions by day"},
    definitions={
        "actions": ("办理记录条数，按发生日期", "Actions, by the day on which they occurred"),
        "contacts": ("联系群众次数，含未联系上的", "Contacts with residents, attempts included"),
        "reached": ("联系上的次数", "Contacts that reached the resident"),
        "late_entries": ("补录条数：记录日期晚于发生日期", "Of actions and contacts, those recorded on a later day"),
        "activities": ("不属于办件的日常服务次数", "Acts without a case: visits, patrols, services"),
        "households": ("走访户数", "Households visited"),
        "participants": ("参加人次", "People who took part"),
    },
    examples=[
        # entered on the 4th for the 3rd: counts on the 3rd, as a late entry
        Example(
            [
                happened("case-registered.v1", on="2026-03-02", number="1", kind="difficulty", township="pine"),
                happened("action-logged.v1", on="2026-03-04", occurred_on="2026-03-03", action="visit"),
                happened("activity-recorded.v1", on="2026-03-04", activity="patrol", township="pine", households=5),
            ],
            [
                {"day": "2026-03-03", "actions": 1, "late_entries": 1, "activities": 0, "households": 0},
                {"day": "2026-03-04", "actions": 0, "late_entries": 0, "activities": 1, "households": 5},
            ],
            by=["day"],
            since="2026-03-03",
        )
    ],
)
