"""An ordinary process that does one run after the other, each with an ordinary kernel."""

import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from gia_analysis.publishing.batch.execution import Request, execute
from gia_analysis.publishing.batch.limits import limit_memory


def main(arguments: Sequence[str]) -> None:
    """Do the runs that the standard input names, a line of JSON each. ``arguments``: scratch folder, bytes of memory."""
    scratch, memory_bytes = Path(arguments[0]), int(arguments[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the batch alone to handle
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    limit_memory(memory_bytes)  # its kernels are held to it too
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        run = order["run"]
        outcome = execute(Request.from_json(order["request"]), scratch / f"{run}.cell")
        (scratch / f"{run}.json").write_text(json.dumps(outcome.to_dict()), encoding="utf-8")
        print(run, file=answers, flush=True)
