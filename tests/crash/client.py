"""A process that appends until it is killed and prints each acknowledgement.

    python -m tests.crash.client URL ROUND

Eight threads each register cases of their own and take them through their first steps. A line is written only once
the answer is there: `command seq size`. Commands without an answer are sent again under the same id, as clients do.
"""

import sys
import threading

from casework.database.engine import engine_for
from casework.log.errors import OutcomeUnknown, StoreUnavailable
from casework.log.writer import Writer
from tests.log.county import accept, act, dispatch, register

THREADS = 8
STEPS = (register, accept, dispatch, act, act)


def main(url, round_):
    writer = Writer(engine_for(url))
    line = threading.Lock()

    def load(thread):
        for place in range(100_000):
            number = (round_ * THREADS + thread) * 100_000 + place
            for step, ask in enumerate(STEPS):
                command_id = f"{number}-{step}"
                while True:
                    try:
                        answer = writer.submit(ask(number, command_id=command_id)).result()
                        break
                    except (OutcomeUnknown, StoreUnavailable):
                        continue
                with line:
                    sys.stdout.write(f"{command_id} {answer.seq} {answer.size}\n")
                    sys.stdout.flush()

    threads = [threading.Thread(target=load, args=(thread,), daemon=True) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
