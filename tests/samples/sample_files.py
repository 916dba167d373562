"""The sample files beside the repository; tests over them are skipped, and say so, where they are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples"
needs_samples = pytest.mark.skipif(not FOLDER.is_dir(), reason="the sample files (../shared/samples) are not here")
