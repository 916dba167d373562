"""ZIPs made to exhaust or to escape: counted while they inflate, and never left."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from tracker.interchange.readers import archive
from tracker.interchange.readers.archive import Archive
from tracker.interchange.reading import ReadError


def packed(*members: tuple[str, bytes], link: str = "", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as made:
        warnings.simplefilter("ignore")
        for name, content in members:
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = method, 3
            entry.external_attr = (0o120777 if name == link else 0o100644) << 16
            made.writestr(entry, content)
    return buffer.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """The ZIP with another size of its only member in its directory and before the member."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = changed.find(mark)
        changed[start + at : start + at + 4] = struct.pack("<I", size)
    return bytes(changed)


def test_members_are_read_by_their_paths() -> None:
    found = Archive(packed(("a/one.txt", b"1"), ("a/", b""), ("b\\two.txt", b"2")))
    assert found.names == ("a/one.txt", "b/two.txt")
    assert found.read("b/two.txt") == b"2"


@pytest.mark.parametrize("name", ["", "../x", "/etc/x", "a/../../x", "..\\x", "C:\\x", "C:/x"])
def test_what_leads_out_is_no_member(name: str) -> None:
    found = Archive(packed((name, b"evil"), ("x", b"good")))
    assert found.names == ("x",)
    assert found.strays == [name.replace("\\", "/")]


def test_links_and_what_a_mac_adds_are_no_members() -> None:
    found = Archive(packed(("link", b"/etc/passwd"), ("__MACOSX/x", b""), ("a/._x", b""), ("x", b""), link="link"))
    assert found.names == ("x",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04nonsense", "broken or was cut off"),
        (packed(("x", b"1" * 5000))[:60], "broken or was cut off"),
        (b"PK\x05\x06" + b"\0" * 18, "is empty"),
        (packed(*((str(n), b"") for n in range(301))), "more than 300 files"),
        (packed(("x", b"1"), ("x", b"2")), "twice"),
        (packed(("a\\x", b"1"), ("a/x", b"2")), "twice"),
        (packed(*((str(n), b"\0" * 1_000_000) for n in range(31))), "more than 30 MB"),
    ],
)
def test_what_is_no_zip_to_be_taken_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        Archive(data)


def test_a_member_too_large_is_refused_however_small_it_is_packed() -> None:
    found = Archive(packed(("x", b"\0" * 10_000_001)))
    with pytest.raises(ReadError, match='"x" in the ZIP is larger than 10 MB'):
        found.read("x")


def test_what_is_inflated_in_all_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Archive(packed(*((str(n), b"\0" * 60_000) for n in range(3))))
    monkeypatch.setattr(archive, "MOST_BYTES_IN_ALL", 150_000)
    found.read("0")
    found.read("1")
    with pytest.raises(ReadError, match="inflates to more than"):
        found.read("2")


def test_a_directory_that_lies_is_refused() -> None:
    found = Archive(lying(packed(("x", b"A" * 8_000_000)), 100))
    with pytest.raises(ReadError, match="broken"):
        found.read("x")


def test_a_locked_member_is_refused() -> None:
    data = bytearray(packed(("x", b"1")))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReadError, match="password"):
        Archive(bytes(data)).read("x")


def test_an_unusual_way_of_packing_is_refused() -> None:
    with pytest.raises(ReadError, match="ordinary ZIP"):
        Archive(packed(("x", b"1"), method=zipfile.ZIP_LZMA)).read("x")
