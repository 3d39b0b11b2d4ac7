"""Tests running the tests on a chosen day."""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.day import environment, offset

#: folders whose tests read the machine's clock; the others hand a clock of their own to the law
BESIDE_THE_CLOCK = "application cli http operators pages packaging projections stories"
#: days before this one are past wherever the tests run; what is never reached is written as 2999
WRITTEN = "2026-11-28"
DAY = re.compile(r"\b(20\d\d-(?:0[1-9]|1[0-2])-\d\d)\b")


def test_a_day_without_a_time_begins_at_nine_local_time():
    now = datetime.fromisoformat("2026-11-30T01:00:00+00:00").timestamp()

    assert offset("2026-11-30", now) == 0
    assert offset("2026-12-31T23:59", now) == (31 * 24 + 14) * 3600 + 59 * 60
    with pytest.raises(ValueError, match="Invalid isoformat"):
        offset("tomorrow", now)


@pytest.mark.may_skip(reason="faketime is Debian's")
def test_a_child_process_has_the_chosen_day_and_a_running_clock():
    try:
        chosen = environment("2028-02-29T12:00")
    except FileNotFoundError as why:
        pytest.skip(str(why))
    asked = "import time; a = time.monotonic(); time.sleep(0.05); print(time.time_ns(), time.monotonic() - a)"

    said = subprocess.run([sys.executable, "-c", asked], env=chosen, capture_output=True, text=True, check=True).stdout

    then, waited = said.split()
    wanted = datetime.fromisoformat("2028-02-29T12:00:00+08:00").timestamp()
    assert 0 <= int(then) / 1e9 - wanted < 60
    assert 0.05 <= float(waited) < 30


def test_no_test_on_the_real_clock_names_a_future_day():
    here = Path(__file__).parent
    files = [path for folder in BESIDE_THE_CLOCK.split() for path in sorted((here / folder).rglob("*.py"))]
    assert len(files) > 100

    found = {f"{path.relative_to(here)}: {day}" for path in files for day in DAY.findall(path.read_text("utf-8"))}

    assert sorted(line for line in found if line.rpartition(" ")[2] > WRITTEN) == []
