"""What reading one page after the other asks of the system, and of the process that reads."""

import gc
import platform
import subprocess
import sys

import pytest

from gia_analysis.documents import read_bytes
from gia_analysis.errors import DocumentError

READ_SEVERAL = """
import resource
from gia_analysis.documents import read_bytes

run = '<span style="font-size:10.5pt;font-family:仿宋_GB2312;color:black">公开</span><o:p></o:p>'
page = f"<html><body>{f'<p class=MsoNormal>{run * 8}</p>' * 500}</body></html>".encode()
for turn in range(15):
    if turn == 5:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    read_bytes(page, "page.html")
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) // 10)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep memory otherwise")
def test_a_page_is_read_in_the_memory_of_the_one_before_it() -> None:
    run = subprocess.run([sys.executable, "-c", READ_SEVERAL], capture_output=True, text=True, check=True)

    assert int(run.stdout) < 200  # pages of memory that are given anew for each; a thousand where none is kept


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("markup", ["<p>政府信息公开</p>", "<p></p>"])
def test_the_collector_is_afterwards_as_it_was(markup: str, enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        read_bytes(markup.encode(), "page.html")
    except DocumentError:
        pass
    finally:
        found = gc.isenabled()
        gc.enable()

    assert found == enabled
