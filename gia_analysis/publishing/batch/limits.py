"""What one run may take, and how a process is held to it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Seconds of one cell and of one run, and bytes of memory beyond those of a kernel that has done nothing yet.

    The time holds on every system, the memory on Linux.
    """

    cell_seconds: float = 300.0
    run_seconds: float = 900.0
    memory_bytes: int = 2_000_000_000


def limit_memory(memory_bytes: int) -> None:
    """Let this process, and each it starts, take so many bytes more than it holds now. Only Linux can be told so."""
    try:
        import resource

        status = Path("/proc/self/status").read_text()
    except (ImportError, OSError):
        return
    held = int(status.split("VmData:")[1].split()[0]) * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = held + memory_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
