"""Bootstrap's style sheet as a static file, taken from the installed package."""

from collections.abc import Iterator
from typing import Any

from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

# The map is named by the last line of the sheet: hashed storage stops where it is missing.
SERVED = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")
PREFIX = "bootstrap/"


class BootstrapFinder(BaseFinder):
    """Finds `bootstrap/css/bootstrap.min.css` and its map, and nothing else of the package."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=get_bootstrap_dir())
        self.storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]  # where collectstatic puts them

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file's place on disk; a list of places when all are asked for; empty if it is not ours."""
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in SERVED:
            return []
        place = self.storage.path(name)
        return [place] if find_all else place

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """The served files, for collectstatic."""
        for name in SERVED:
            yield name, self.storage
