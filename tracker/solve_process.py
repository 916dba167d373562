"""The solver's own process: a question on standard input, its answer as JSON on standard output.

    python -m tracker.solve_process

It imports no Django, so that it starts in a moment, and ends by itself even where nobody waits for it any more. The
memory of the solver (numpy, HiGHS) is so never that of a web worker.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from tracker.engine.framework import Framework
from tracker.plan_form import answer_to

SECONDS_TO_START_AND_END = 10
_ROOT = Path(__file__).parent.parent


class SolveError(Exception):
    """The process gave no answer: killed at the limit, or ended by an error."""


def answer_of(framework: Framework, question: dict[str, Any], *, time_limit: float) -> dict[str, Any]:
    """The answer, from a process that is killed if it outlives the solver's limit. Raises SolveError."""
    command = [sys.executable, "-m", "tracker.solve_process"]
    given = pickle.dumps((framework, question, time_limit))
    try:
        done = subprocess.run(
            command,
            cwd=_ROOT,
            input=given,
            capture_output=True,
            check=True,
            timeout=time_limit + SECONDS_TO_START_AND_END,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise SolveError(f"no answer within {error.timeout:.0f} s") from None
    except subprocess.CalledProcessError as error:
        raise SolveError(error.stderr.decode(errors="replace").strip()[-500:]) from None
    except (OSError, ValueError) as error:
        raise SolveError(str(error)) from None
    return answer


def _end_by_itself(seconds: float) -> None:
    """No more processor time than was given, where the system can say so."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))


def main() -> None:
    framework, question, time_limit = pickle.load(sys.stdin.buffer)
    _end_by_itself(time_limit + SECONDS_TO_START_AND_END)
    json.dump(answer_to(framework, question, time_limit=time_limit), sys.stdout)


if __name__ == "__main__":
    main()
