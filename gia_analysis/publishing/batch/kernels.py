"""Kernels of this very interpreter: started as usual, or forked from a process that has imported everything already."""

import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from uuid import uuid4

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

FORKED = "gia-forked-kernel"  # the entry point in jupyter_client.kernel_provisioners
_LONGEST_PATH = 90  # bytes: a socket's may have 103 on some systems, and a number is added
_ARGUMENTS = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]


@cache
def _own_folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="gia-")


class OwnKernelManager(AsyncKernelManager):
    """Starts kernels with the running interpreter, whatever kernels are installed beside it.

    Where there are Unix sockets it uses one path a kernel in place of TCP ports, so that parallel kernels cannot
    collide; they are in the folder that ``GIA_KERNEL_SOCKETS`` names, or one of this process that is gone with it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        path = f"{os.environ.get('GIA_KERNEL_SOCKETS') or _own_folder().name}/{uuid4().hex[:12]}"
        if os.name == "posix" and len(os.fsencode(path)) <= _LONGEST_PATH:
            self.transport, self.ip = "ipc", path

    @property
    def kernel_spec(self) -> KernelSpec:
        metadata = {"kernel_provisioner": {"provisioner_name": FORKED}} if WaitingKernel.here else {}
        argv = [sys.executable, "-m", "ipykernel_launcher", *_ARGUMENTS]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata=metadata)


@dataclass(slots=True)
class WaitingKernel:
    """A child process that becomes a kernel when it is told its arguments, and ends when its parent does."""

    pid: int
    line: socket.socket
    code: int | None = None
    stdin = stdout = stderr = None  # what subprocess.Popen has and a provisioner closes

    here: ClassVar["WaitingKernel | None"] = None

    @classmethod
    def fork(cls) -> None:
        """Make the one waiting kernel of this process, which must not have started a thread yet."""
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            _become_kernel(theirs)
        theirs.close()
        cls.here = cls(pid, ours)

    def become(self, argv: list[str], env: Mapping[str, str], cwd: str) -> None:
        self.line.sendall(json.dumps({"argv": argv, "env": dict(env), "cwd": cwd}).encode() + b"\n")
        self.line.close()

    def poll(self) -> int | None:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def wait(self) -> int:
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkedKernelProvisioner(LocalProvisioner):
    """Lets the waiting kernel of this process be the kernel; where there is none, or no more, starts one as usual."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        waiting, WaitingKernel.here = WaitingKernel.here, None
        if waiting is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.cwd = kwargs.get("cwd") or str(Path.cwd())
        waiting.become(cmd[cmd.index("ipykernel_launcher") + 1 :], kwargs["env"], str(self.cwd))
        self.process, self.pid = waiting, waiting.pid  # type: ignore[assignment]
        return self.connection_info


def _become_kernel(line: socket.socket) -> None:
    """Wait for the arguments of a kernel, and be it until it ends; never return."""
    code = 1
    try:
        with line.makefile("rb") as stream:
            told = stream.readline()
        line.close()
        if told:
            _run_kernel(**json.loads(told))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code)


def _run_kernel(argv: list[str], env: dict[str, str], cwd: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # an interrupt ends a cell that takes too long
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    np.random.seed()
    app = IPKernelApp.instance(parent_handle=os.getppid())  # so that it ends with this process
    app.initialize(argv)
    assert app.shell
    app.shell.enable_matplotlib("inline")  # its hooks, set when it was imported, found no shell
    app.start()
