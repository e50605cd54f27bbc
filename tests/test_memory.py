"""The memory of a long run does not grow with its pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cases import ROOT


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell a process's memory")
def test_memory_is_flat_after_the_first_pages():
    command = [sys.executable, ROOT / "bench" / "memory.py", "--pages", "1500"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout.splitlines()[-1])["grown_megabytes"] < 4, told.stdout
