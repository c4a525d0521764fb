"""Running one notebook: papermill with a kernel of this very interpreter, and no ports that kernels could race for."""

import os
import sys
import tempfile
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from gia_analysis.errors import GiaError
from gia_analysis.publishing.parameters import check_parameters

_CELL_SECONDS = 300


_sockets: list[tempfile.TemporaryDirectory[str]] = []
_sockets_lock = threading.Lock()


def _socket_folder() -> str:
    """Return the folder of this process's kernel sockets, made once and gone with the process."""
    with _sockets_lock:
        if not _sockets:
            _sockets.append(tempfile.TemporaryDirectory(prefix="gia-"))
        return _sockets[0].name


class OwnKernelManager(AsyncKernelManager):
    """Starts kernels with the running interpreter, whatever kernels are installed beside it.

    Where there are Unix sockets it uses one path a kernel in place of TCP ports, so that parallel kernels cannot collide.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if os.name == "posix":
            self.transport = "ipc"
            self.ip = f"{_socket_folder()}/{uuid.uuid4().hex[:12]}"

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


@dataclass(frozen=True, slots=True)
class Run:
    """What became of a notebook run: the executed notebook, or what went wrong and in which cell."""

    notebook: NotebookNode | None
    message: str | None
    seconds: float


def run_notebook(path: Path, parameters: Mapping[str, Any]) -> Run:
    """Execute a notebook with parameters. A notebook that fails is a ``Run`` with a message, no error.

    Raises:
        ParameterError: the notebook cannot take these parameters; found out before a kernel starts.
    """
    checked = check_parameters(path, parameters)
    start = perf_counter()
    try:
        executed = papermill.execute_notebook(
            str(path), None, checked, kernel_name="python3", progress_bar=False, execution_timeout=_CELL_SECONDS,
            kernel_manager_class=OwnKernelManager, shutdown_kernel="immediate",
        )  # fmt: skip
    except PapermillExecutionError as error:
        return Run(None, f"{path.name}, cell {error.exec_count}: {error.ename}: {error.evalue}", perf_counter() - start)
    except (GiaError, RuntimeError, TimeoutError, OSError) as error:
        return Run(None, f"{path.name}: {type(error).__name__}: {error}", perf_counter() - start)
    return Run(executed, None, perf_counter() - start)
