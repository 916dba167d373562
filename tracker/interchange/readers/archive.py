"""A ZIP from outside, read in memory and bounded: bytes are counted while they inflate, whatever the directory says."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tracker.interchange.reading import ReadError
from tracker.interchange.strict_json import shown

MOST_MEMBERS = 300
MOST_BYTES_OF_ONE = 10_000_000
MOST_BYTES_IN_ALL = 30_000_000

_CHUNK = 65_536
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, IndexError, OverflowError
)  # fmt: skip
_SAY_AGAIN = "the ZIP is broken or was cut off: download it again"


class Archive:
    """The members of a ZIP that stand inside it: those whose path leads out of it, links and what a Mac adds are none.

    Raises ReadError when made: no ZIP, empty, too many members, too large when inflated, one name twice.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise ReadError(_SAY_AGAIN) from None
        self._inflated = 0
        self.strays: list[str] = []  # names that lead out of the archive
        self._members = dict(self._checked())

    @property
    def names(self) -> tuple[str, ...]:
        """Paths of the files inside, `/` between folders."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """The content of one member. Raises ReadError: larger than allowed, encrypted, broken."""
        member, parts, size = self._members[name], [], 0
        if member.flag_bits & _ENCRYPTED:
            raise ReadError(f"{shown(name)} in the ZIP is locked with a password: pack it without one")
        if member.compress_type not in _PLAIN:
            raise ReadError(f"{shown(name)} in the ZIP is packed in a way that is not read: pack it as an ordinary ZIP")
        try:
            with self._file.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    parts.append(chunk)
                    size += len(chunk)
                    self._count(name, size, len(chunk))
        except _BROKEN as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(_SAY_AGAIN) from None
        return b"".join(parts)

    def _count(self, name: str, size: int, more: int) -> None:
        self._inflated += more
        if size > MOST_BYTES_OF_ONE:
            raise ReadError(f"{shown(name)} in the ZIP is larger than {MOST_BYTES_OF_ONE // 1_000_000} MB")
        if self._inflated > MOST_BYTES_IN_ALL:
            raise ReadError(_too_large())

    def _checked(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        members = self._file.infolist()
        if not members:
            raise ReadError("the ZIP is empty")
        if len(members) > MOST_MEMBERS:
            raise ReadError(f"the ZIP holds more than {MOST_MEMBERS} files: pack only those that are meant")
        if sum(member.file_size for member in members) > MOST_BYTES_IN_ALL:
            raise ReadError(_too_large())
        seen: set[str] = set()
        for member in members:
            name = member.filename.replace("\\", "/")
            if name in seen:
                raise ReadError(f"the ZIP holds {shown(name)} twice: pack it again with one of them")
            seen.add(name)
            if _leads_out(name):
                self.strays.append(name)
            elif not member.is_dir() and not _is_link(member) and not _is_of_a_mac(name):
                yield name, member


def _too_large() -> str:
    return f"the ZIP inflates to more than {MOST_BYTES_IN_ALL // 1_000_000} MB"


def _leads_out(name: str) -> bool:
    """Whether it is no path below the archive; zipfile itself stumbles over a name without a letter."""
    parts = name.split("/")
    return not name or name.startswith("/") or ".." in parts or parts[0].endswith(":")


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _is_of_a_mac(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")
