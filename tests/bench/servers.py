"""A gunicorn as it is deployed, and the CPU that all of its processes take. Needs /proc."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

GUNICORN = ("-w", "2", "-k", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Connection:
    """One kept-alive connection, and so one worker; each answer but a 200 is an error."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = dict(headers)

    def ask(self, method: str, address: str, body: str | None = None) -> bytes:
        self._connection.request(method, address, body, self._headers)
        answer = self._connection.getresponse()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{address} answered {answer.status}")
        return answer.read()

    def close(self) -> None:
        self._connection.close()


class Server:
    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port

    def cpu(self) -> float:
        """Seconds so far, of the master and its workers; exact to a tick (10 ms) a process."""
        return sum(_cpu(stat) for stat in _stats() if self.pid in (stat.pid, stat.parent))


@contextmanager
def serving(settings: str) -> Iterator[Server]:
    """The product's WSGI application under these settings on a free port, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = [sys.executable, "-m", "gunicorn", "mlarch.wsgi", *GUNICORN, "-b", f"fd://{listening.fileno()}"]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings}
        process = subprocess.Popen(command, env=environment, pass_fds=[listening.fileno()])
        try:
            yield Server(process.pid, listening.getsockname()[1])
        finally:
            process.terminate()
            process.wait(timeout=30)


class _Stat:
    """A line of /proc/PID/stat; its second field, the name, may hold blanks."""

    def __init__(self, line: str) -> None:
        self.pid = int(line.split(" ", 1)[0])
        fields = line.rpartition(")")[2].split()
        self.parent = int(fields[1])
        self.ticks = int(fields[11]) + int(fields[12])


def _stats() -> Iterator[_Stat]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield _Stat(path.read_text())
        except OSError:  # ended meanwhile
            continue


def _cpu(stat: _Stat) -> float:
    return stat.ticks / _TICKS_A_SECOND
