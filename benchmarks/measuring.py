"""What benchmarks share: candidates timed in turns, the peak of a fresh process, tables in Markdown."""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

Task = Callable[[], object]


def seconds(task: Task) -> float:
    """Return the processor time of a task, which other processes disturb least; what ran before has left no garbage."""
    gc.collect()
    start = time.process_time()
    task()
    return time.process_time() - start


def in_turns(rounds: Sequence[Mapping[str, Task]]) -> dict[str, float]:
    """Run the candidates of each round one after the other; return the median seconds of each. The first round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in rounds[0]}
    for number, candidates in enumerate(rounds):
        for name, task in candidates.items():
            spent = seconds(task)
            if number:
                taken[name].append(spent)
    return {name: median(times) for name, times in taken.items()}


_REPORTED = """
import json, resource, sys, time
{imports}
started = time.process_time()
{code}
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({{
    "peak_mb": max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children.ru_maxrss) / 1024,
    "seconds": time.process_time() - started + children.ru_utime + children.ru_stime,
}}))
"""


def run_apart(imports: str, code: str, *arguments: object) -> dict[str, float]:
    """Run code in a fresh process; return its peak of memory (MB) and its processor time (s), its imports not counted.

    The time is that of its own children too, the peak that of the largest of them all.
    On Linux a process begins with the peak of the one that starts it; so start it before that one has grown.
    """
    command = [sys.executable, "-c", _REPORTED.format(imports=imports, code=code), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def markdown(title: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as a table; numbers get three figures."""
    heads = list(rows[0])
    lines = [f"### {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(_shown(row[head]) for head in heads)} |" for row in rows]
    return "\n".join([*lines, ""])


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else "—" if value is None else str(value)
