"""What the child processes of this one have used, as Linux counts it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    """Processor seconds and the largest resident memory in bytes."""

    cpu: float
    peak_rss: int


def worker_usage() -> Usage:
    """Summed over the living children (proc(5): stat, status)."""
    cpu, peak = 0.0, 0
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) != os.getpid():
                continue
            status = (entry / "status").read_text()
        except OSError:  # gone meanwhile
            continue
        cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        peak = max(peak, int(lines.get("VmHWM", lines.get("VmRSS", "0 kB")).split()[0]) * 1024)
    return Usage(cpu, peak)
