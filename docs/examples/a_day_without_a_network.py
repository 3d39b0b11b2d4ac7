"""A phone that was offline for a day sends its batch twice.

一部离线一天的手机，把一批记录发了两遍：只入账一次，日期是事情发生的时候。

    TOKEN=cw.530828.… python3 a_day_without_a_network.py

TOKEN     a cadre's token: `make demo` prints one, `casework token create` makes one
CASEWORK  where the county answers; http://127.0.0.1:8000/api/530828 unless set

It needs Python's standard library and nothing else. It changes the county it is pointed at: take the demo's.
"""

import http.client
import json
import os
import secrets
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

COUNTY = urlsplit(os.environ.get("CASEWORK", "http://127.0.0.1:8000/api/530828"))
TOKEN = os.environ.get("TOKEN") or sys.exit("a token: TOKEN=cw.… python3 a_day_without_a_network.py")

# Nobody set this phone's clock: it is three hours fast. It need not know.
FAST = timedelta(hours=3)


def phone_clock() -> datetime:
    """What the phone believes that it is."""
    return datetime.now(UTC) + FAST


def written(moment: datetime) -> str:
    """An instant as the API wants it: UTC, in milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_id() -> str:
    """A UUID of version 7: it begins with the time, so that what is made together lies together in the database."""
    bits = (time.time_ns() // 1_000_000) << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))


def sent(method: str, path: str, body: bytes | None = None) -> http.client.HTTPConnection:
    """A line on which this was sent, and the answer is still to come."""
    kind = http.client.HTTPSConnection if COUNTY.scheme == "https" else http.client.HTTPConnection
    line = kind(COUNTY.netloc, timeout=30)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    try:
        line.request(method, COUNTY.path + path, body, headers)
    except OSError as why:
        sys.exit(f"{COUNTY.geturl()} does not answer: {why}")
    return line


def ask(method: str, path: str, body: bytes | None = None) -> Any:
    """What is answered; a refusal ends the program with its own words."""
    line = sent(method, path, body)
    answer = line.getresponse()
    said = json.load(answer)
    line.close()
    if answer.status >= 400:
        sys.exit(f"{method} {path}: {answer.status} {said['detail']}")
    return said


# While there still is a network: what the phone keeps for the day. One of my cases says where I work.
mine = ask("GET", "/cases?mine=true&limit=1")["rows"]
if not mine:
    sys.exit("this token has no case yet: take a cadre's who has one")
AREA, CATEGORY = mine[0]["area"], mine[0]["category"]


class Outbox:
    """What waits to be sent, in the order in which it happened; a real phone keeps this in a file."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.waiting: list[dict[str, Any]] = []

    def put(self, ago: timedelta, do: str, **members: Any) -> None:
        """Something that happened so long AGO, with an id that stays the same however often it is sent."""
        clocks = {"id": self.device, "captured": written(phone_clock() - ago)}
        self.waiting.append({"do": do, "command": new_id(), **members, "device": clocks})

    def batch(self) -> bytes:
        """Everything that waits; `sent` is the phone's clock right now, beside which the server puts its own."""
        now = written(phone_clock())
        batch = [{**one, "device": {**one["device"], "sent": now}} for one in self.waiting]
        return json.dumps({"commands": batch}).encode()

    def forget(self, outcomes: list[dict[str, Any]]) -> None:
        """What is stored need not be sent again; what is refused never will be taken. Only `retry` stays."""
        again = {one["command"] for one in outcomes if one["outcome"] == "retry"}
        self.waiting = [one for one in self.waiting if one["command"] in again]


# The day itself, without a network. The case gets its id here, so that it can be acted on before any server saw it.
outbox = Outbox("phone-17")
case = f"case/{new_id()}"
hours = [timedelta(hours=ago) for ago in (20, 19, 2, 1)]
outbox.put(hours[0], "register-case", case=case, area=AREA, category=CATEGORY, channel="visit", summary="水管冻裂")
outbox.put(hours[1], "log-action", case=case, action="visit", note="已关总阀，联系维修")
outbox.put(hours[2], "contact-resident", case=case, channel="visit", reached=True, note="已告知进度")
outbox.put(hours[3], "record-activity", what="household_visit", area=AREA, households=3)
print(f"the phone has {len(outbox.waiting)} things to tell")

# The network is back, for a moment: the batch goes out, and the line breaks before the answer is there.
sent("POST", "/commands", outbox.batch()).close()
print("sent; the answer was lost")
time.sleep(2)

# The phone cannot know what became of it, so it sends everything again, with the same ids.
outcomes = ask("POST", "/commands", outbox.batch())["outcomes"]
for told, outcome in zip(outbox.waiting, outcomes, strict=True):
    why = outcome["problem"]["detail"] if "problem" in outcome else f"entry {outcome['answer']['seq']}"
    print(f"  {told['do']}: {outcome['outcome']}, {why}")
outbox.forget(outcomes)
print(f"left to send: {len(outbox.waiting)}")

# What the county has of it: each step once, at the time at which it happened by a right clock.
for step in ask("GET", f"/cases/{case.removeprefix('case/')}")["timeline"]:
    print(f"  {step['type']}: happened {step['occurred']}, recorded {step['at']}, from {step['source']}")
