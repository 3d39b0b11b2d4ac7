"""An auditor looks back, replays a case and counts one figure again.

审计员的问题：三月一日时你们知道多少？这一件是怎么办的？这个数对不对？

    TOKEN=cw.530828.… python3 an_auditors_question.py [DAY] [NOTEBOOK]

DAY       2026-03-01, say; the last 1 March unless given
NOTEBOOK  a file of your own, in which the size and the fingerprint of the log are kept from one visit to the next;
          audit.json unless given
TOKEN     an auditor's token: `make demo` prints one, `casework token create` makes one
CASEWORK  where the county answers; http://127.0.0.1:8000/api/530828 unless set

It needs Python's standard library and nothing else: no line of it is casework's own. It changes nothing, and ends with
status 1 where something does not agree.
"""

import hashlib
import json
import os
import sys
import unicodedata
import urllib.error
import urllib.request
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

COUNTY = os.environ.get("CASEWORK", "http://127.0.0.1:8000/api/530828")
TOKEN = os.environ.get("TOKEN") or sys.exit("a token: TOKEN=cw.… python3 an_auditors_question.py")
TODAY = date.today()
LAST_MARCH = date(TODAY.year if TODAY.month >= 3 else TODAY.year - 1, 3, 1)
DAY = sys.argv[1] if len(sys.argv) > 1 else LAST_MARCH.isoformat()
NOTEBOOK = Path(sys.argv[2] if len(sys.argv) > 2 else "audit.json")
#: the figure that is questioned: its projection, its name there, and the same in this program's own words
PROJECTION, FIGURE = "livelihood_figures", "difficulties_solved"


def fetched(path: str) -> bytes:
    """The answer as it came; a refusal ends the program with its own words."""
    request = urllib.request.Request(COUNTY + path, headers={"Authorization": f"Bearer {TOKEN}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read()
    except urllib.error.HTTPError as refused:
        sys.exit(f"{path}: {refused.code} {refused.read().decode()}")
    except OSError as why:
        sys.exit(f"{COUNTY} does not answer: {why}")


def ask(path: str) -> Any:
    """The answer as JSON."""
    return json.loads(fetched(path))


def figure(question: str = "") -> int:
    """What the server says: the figure for the whole county; there is no row before there was a case."""
    return sum(row[FIGURE] for row in ask(f"/projections/{PROJECTION}?by={question}")["rows"])


def is_canonical(line: bytes) -> bool:
    """The one way to write an entry: sorted keys, no blanks, characters as they are, in their composed form."""
    text = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() == line and unicodedata.is_normalized("NFC", text)


def root(leaves: list[bytes]) -> str:
    """The fingerprint of these entries: the root of the Merkle tree of RFC 6962 over their leaf hashes, as hex."""
    peaks: list[tuple[int, bytes]] = []  # (height, hash) of whole subtrees, the largest first
    for leaf in leaves:
        height, node = 0, leaf
        while peaks and peaks[-1][0] == height:
            node = hashlib.sha256(b"\x01" + peaks.pop()[1] + node).digest()
            height += 1
        peaks.append((height, node))
    if not peaks:
        return hashlib.sha256().hexdigest()
    node = peaks.pop()[1]
    while peaks:
        node = hashlib.sha256(b"\x01" + peaks.pop()[1] + node).digest()
    return node.hex()


def solved(entries: list[dict[str, Any]]) -> int:
    """The figure from the entries alone: difficulties that stand solved, each once.

    A case solved, reopened and solved again is one. A correction says what another entry should have said; it may
    itself be corrected, so the latest is looked at first.
    """
    histories: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry["stream"].startswith("case/"):
            histories.setdefault(entry["stream"], []).append(entry)
    count = 0
    for history in histories.values():
        corrected: dict[tuple[int, str], Any] = {}
        for entry in reversed(history):
            if entry["type"] == "record-corrected.v1":
                value = corrected.get((entry["rev"], "value"), entry["data"]["value"])
                corrected.setdefault((entry["data"]["rev"], entry["data"]["member"]), value)
        kind = outcome = ""
        for entry in history:
            match entry["type"]:
                case "case-registered.v1" | "ledger-case-recorded.v1":
                    kind = entry["data"].get("kind", "difficulty")
                case "case-closed.v1" | "ledger-closing-recorded.v1":
                    said = entry["data"].get("outcome", "unstated")
                    outcome = corrected.get((entry["rev"], "outcome"), said)
                case "case-reopened.v1" | "case-voided.v1":
                    outcome = ""
        count += (kind, outcome) == ("difficulty", "solved")
    return count


def gapless(entries: list[dict[str, Any]]) -> bool:
    """Whether the log, and each stream in it, is numbered from 0 without a gap."""
    steps: Counter[str] = Counter()
    for place, entry in enumerate(entries):
        if entry["seq"] != place or entry["rev"] != steps[entry["stream"]]:
            return False
        steps[entry["stream"]] += 1
    return True


failed: list[str] = []


def check(what: str, holds: bool) -> None:
    """Say whether it holds, and remember where it does not."""
    print(f"  {'yes' if holds else 'NO '}  {what}")
    if not holds:
        failed.append(what)


# 1. The log itself, page by page, each entry byte for byte as it is stored. It may grow meanwhile: what this visit
#    looks at ends where the log ended when a page came back short.
lines: list[bytes] = []
while page := fetched(f"/entries?since={len(lines)}&limit=5000").splitlines():
    lines += page
    if len(page) < 5000:
        break
entries = [json.loads(line) for line in lines]
leaves = [hashlib.sha256(b"\x00" + line).digest() for line in lines]
size = len(entries)
print(f"the log of {entries[0]['data']['county']}: {size} entries")
check("every entry is in canonical form", all(map(is_canonical, lines)))
check("they are numbered without a gap, each case's own too", gapless(entries))
check("they are in the order of time", all(a["at"] <= b["at"] for a, b in pairwise(entries)))

# 2. What was shown last time must be the beginning of what is shown today, or history was rewritten in between.
if NOTEBOOK.exists():
    last = json.loads(NOTEBOOK.read_text("utf-8"))
    check(f"the first {last['size']} entries are those of the last visit", root(leaves[: last["size"]]) == last["root"])
else:
    print(f"  the first visit: {NOTEBOOK} remembers it for the next")

# 3. What did we know on that day? By when it happened, what came in late is in it; by when it was recorded, it is not.
#    A size of the log is exact: a published figure names it, and it never moves.
known = sum(entry["recorded_on"] <= DAY for entry in entries)
happened, recorded, exactly = figure(f"&as_of={DAY}"), figure(f"&as_of={DAY}&axis=recorded"), figure(f"&as_of={known}")
print(f"{FIGURE} on {DAY}: {happened} by when it happened, {recorded} by when it was recorded")
check(f"as of the first {known} entries it is the same as recorded by that day: {exactly}", exactly == recorded)

# 4. Is the figure right? Counted here from the entries, for that day and for the whole log; and counted once more by
#    the server from its own rows.
check(f"counted here from the first {known} entries: {solved(entries[:known])}", solved(entries[:known]) == exactly)
now = figure(f"&as_of={size}")
check(f"counted here from all {size}: {solved(entries)}", solved(entries) == now)
again = ask(f"/projections/{PROJECTION}/recount")
check(f"counted again by the server: {again['differing']} rows differ", again["equal"])

# 5. How did one case come about? One that was reopened has most to tell; else the first that was closed.
streams = {entry["type"]: entry["stream"] for entry in reversed(entries) if entry["stream"].startswith("case/")}
case = streams.get("case-reopened.v1") or streams.get("case-closed.v1")
if case:
    steps = ask(f"/cases/{case.removeprefix('case/')}/timeline?until={size}")
    print(f"{case}, in {len(steps)} steps:")
    for step in steps:
        moved = [f"{one['before'] or '-'} → {one['after']}" for one in step["changes"] if one["fact"] == "status"]
        print(f"  {step['step']['at'][:16]}  {step['step']['role']:<11} {step['what_en']}  {'; '.join(moved)}")
    in_the_log = [entry["seq"] for entry in entries if entry["stream"] == case]
    check("its steps are those of the log", [one["step"]["seq"] for one in steps] == in_the_log)

if failed:
    sys.exit(f"this does not agree: {'; '.join(failed)}")
NOTEBOOK.write_text(json.dumps({"size": size, "root": root(leaves)}), "utf-8")
