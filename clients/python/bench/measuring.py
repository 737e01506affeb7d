"""What the benches of this folder share."""

import json
import os
import resource
import statistics
from pathlib import Path


def cpu_seconds(process_id=None):
    """Processor time of this process, or of another one (Linux)."""
    if process_id is None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime
    fields = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def server_seconds(server):
    """Processor time of the process of a server; 0 before it has started."""
    return 0.0 if server._process is None else cpu_seconds(server._process._popen.pid)


def read(path):
    """The rows of a file of results. There are none if there is no file."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def append(path, row):
    with path.open("a") as file:
        file.write(json.dumps(row) + "\n")


def quartiles(values, form):
    """The median, and the quartiles in brackets."""
    low, median, high = (format(value, form) for value in statistics.quantiles(values, n=4, method="inclusive"))
    return f"{median} ({low} to {high})"
