"""LibreOffice as a process: found, started for some files, watched, and ended with everything that it has started."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_VARIABLE = "GIA_SOFFICE"
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
_TARGET = "docx:MS Word 2007 XML"
_POSIX = os.name == "posix"
_PAUSE, _GRACE = 0.05, 5.0  # seconds
_MOST_MEMORY_BYTES = 3_000_000_000
_MOST_OUTPUT_BYTES = 500_000_000  # of one file that it writes

# The profile: no macro runs, no link of a document is followed (nor could it be: the proxy is a port where nobody answers).
_SETTINGS: Sequence[tuple[str, str, object]] = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("org.openoffice.Office.Common/Misc", "FirstRun", False),
    ("org.openoffice.Office.Common/Misc", "CrashReport", False),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", False),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", False),
    ("org.openoffice.Office.Writer/Content/Update", "Link", 0),
    ("org.openoffice.Office.Writer/Content/Update", "Field", False),
    ("org.openoffice.Office.Calc/Content/Update", "Link", 2),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", 9),
)
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'


def find_program() -> str | None:
    """Return the path of LibreOffice: what GIA_SOFFICE says, else what is on the PATH or in a usual place; or None."""
    told = os.environ.get(_VARIABLE)
    if told:
        return shutil.which(told)
    found = (shutil.which(name) for name in (*_NAMES, *_USUAL_PLACES))
    return next(filter(None, found), None)


class OfficeProgram:
    """LibreOffice with a profile and folders of its own, all of them inside ``place``."""

    def __init__(self, program: str, place: Path, seconds: float) -> None:
        self._program = program
        self._place = place
        self._seconds = seconds
        self._results = place / "out"
        _write_profile(place / "profile")

    def result_of(self, source: Path) -> Path:
        """Return where the program writes what it makes of a file."""
        return self._results / f"{source.stem}.docx"

    def convert(self, sources: Sequence[Path]) -> str | None:
        """Let the program convert files in their order; return what went wrong if it did not come to its end."""
        process = self._start(sources)
        try:
            return self._watch(process, sources)
        finally:
            _end(process)

    def _start(self, sources: Sequence[Path]) -> "subprocess.Popen[bytes]":
        profile = (self._place / "profile").as_uri()
        process = subprocess.Popen(
            [
                *(self._program, f"-env:UserInstallation={profile}", *_OPTIONS),
                *("--convert-to", _TARGET, "--outdir", str(self._results), *map(str, sources)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=_POSIX,
            cwd=self._place,
            env=_environment(self._place),
        )
        _limit(process.pid)
        return process

    def _watch(self, process: "subprocess.Popen[bytes]", sources: Sequence[Path]) -> str | None:
        """Wait until the program ends, or has made nothing of any file for too long."""
        done, deadline = 0, time.monotonic() + self._seconds
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(_PAUSE)
                return f"the office program (LibreOffice) broke down over it (exit status {code})" if code else None
            now = sum(self.result_of(source).exists() for source in sources)
            if now > done:
                done, deadline = now, time.monotonic() + self._seconds
            if time.monotonic() > deadline:
                return f"the office program (LibreOffice) took more than {self._seconds:g} seconds and was ended"


def _write_profile(profile: Path) -> None:
    items = [_ITEM.format(path=path, name=name, value=_written(value)) for path, name, value in _SETTINGS]
    (profile / "user").mkdir(parents=True)
    registry = profile / "user" / "registrymodifications.xcu"
    registry.write_text(_REGISTRY.format(items="\n".join(items)), encoding="utf-8")


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _environment(place: Path) -> Mapping[str, str]:
    """Return the environment of the program: nothing that it leaves stays behind, and no display or network is its own."""
    nowhere = "http://127.0.0.1:9"
    return {
        **{name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")},
        **{name: str(place) for name in ("HOME", "TMPDIR", "TMP", "TEMP")},
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), nowhere),
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _limit(process_id: int) -> None:
    """Let the program take so much memory and write such large files. Only Linux can be told so of another process."""
    try:
        import resource

        for what, most in ((resource.RLIMIT_AS, _MOST_MEMORY_BYTES), (resource.RLIMIT_FSIZE, _MOST_OUTPUT_BYTES)):
            resource.prlimit(process_id, what, (most, most))
    except (ImportError, AttributeError, OSError, ValueError):
        return


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and whatever it has started, at once."""
    with contextlib.suppress(OSError):
        if _POSIX:
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
