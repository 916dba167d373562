"""The reader's own process: a file on standard input, what was understood of it (or its text) as JSON on standard
output.

    python -m tracker.read_process

It imports no Django, so that it starts in a moment. It takes no more memory and no more processor time than the
limits here, writes no file, and is killed when it is late: a file made to exhaust a library costs a worker nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tracker.interchange.readers import read_file, text_of
from tracker.interchange.reading import Columns, ReadError

MOST_SECONDS = 8
MOST_PROCESSOR_SECONDS = 7
MOST_MEMORY = 350_000_000  # of address space, Python itself included
TOO_HEAVY = "the file is too heavy to be read: it takes more time or memory than any résumé needs"
_ROOT = Path(__file__).parent.parent


class TooHeavyError(Exception):
    """The process gave no answer: out of memory, out of time, or killed by what it read."""


def answer_of(data: bytes, columns: Columns | None = None, *, only_text: bool = False) -> dict[str, Any]:
    """`{"reading": ...}` as `Reading.as_json` wrote it, or `{"text": ...}` where only that is asked, or
    `{"refused": why}`. Raises TooHeavyError."""
    command = [sys.executable, "-B", "-m", "tracker.read_process"]
    given = json.dumps([columns, only_text]).encode() + b"\n" + data
    try:
        done = subprocess.run(
            command,
            cwd=_ROOT,
            input=given,
            capture_output=True,
            check=True,
            timeout=MOST_SECONDS,
            start_new_session=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise TooHeavyError(TOO_HEAVY) from None
    return answer


def _limit() -> None:
    """The process's own bounds, where the system can hold it to them."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer_to(data: bytes, columns: Columns | None, *, only_text: bool = False) -> dict[str, Any]:
    """What the readers say of the file, and their refusal as a value."""
    try:
        if only_text:
            return {"text": text_of(data)}
        reading = read_file(data, columns)
    except ReadError as error:
        return {"refused": str(error)}
    except (MemoryError, RecursionError):
        return {"refused": TOO_HEAVY}
    return {"reading": reading.as_json()}


def main() -> None:
    _limit()
    asked, _, data = sys.stdin.buffer.read().partition(b"\n")
    columns, only_text = json.loads(asked)
    answer = answer_to(data, Columns(*columns) if columns else None, only_text=only_text)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
