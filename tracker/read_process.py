"""The reader's own process: a file on standard input, what was understood of it (its text, or the framework that it
holds) as JSON on standard output.

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
TOO_HEAVY_FRAMEWORK = "the file takes more time or memory than is given here: `manage.py load_framework` takes it"
_ROOT = Path(__file__).parent.parent


class TooHeavyError(Exception):
    """The process gave no answer: out of memory, out of time, or killed by what it read."""


def answer_of(data: bytes, columns: Columns | None = None, *, only_text: bool = False) -> dict[str, Any]:
    """`{"reading": ...}` as `Reading.as_json` wrote it, or `{"text": ...}` where only that is asked, or
    `{"refused": why}`. Raises TooHeavyError."""
    return _asked({"columns": columns, "only_text": only_text}, data)


def framework_answer_of(data: bytes, target: int) -> dict[str, Any]:
    """`{"framework": {"document", "form", "notes"}}` as `read_framework_file` gives it, or `{"refused": lines}`. Raises
    TooHeavyError."""
    return _asked({"target": target}, data)


def _asked(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-B", "-m", "tracker.read_process"]
    given = json.dumps(question).encode() + b"\n" + data
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


def framework_answer_to(data: bytes, target: int) -> dict[str, Any]:
    """The framework that the file holds, checked, and a refusal as a value."""
    from tracker.interchange.framework import FrameworkError
    from tracker.interchange.framework_file import read_framework_file, text_form

    try:
        read = read_framework_file(data, form=text_form(data), target=target)
    except FrameworkError as error:
        return {"refused": error.lines}
    except (MemoryError, RecursionError):
        return {"refused": [TOO_HEAVY_FRAMEWORK]}
    return {"framework": {"document": read.document, "form": read.form, "notes": read.notes}}


def main() -> None:
    _limit()
    asked, _, data = sys.stdin.buffer.read().partition(b"\n")
    question = json.loads(asked)
    if "target" in question:
        answer = framework_answer_to(data, question["target"])
    else:
        columns = question["columns"]
        answer = answer_to(data, Columns(*columns) if columns else None, only_text=question["only_text"])
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
