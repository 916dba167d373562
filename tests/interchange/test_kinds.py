"""What a file is, its bytes tell."""

from __future__ import annotations

import pytest

from tracker.interchange.readers.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        (b" \r\n\t", Kind.EMPTY),
        (b"\xef\xbb\xbf\n", Kind.EMPTY),
        (b"%PDF-1.7", Kind.PDF),
        (b"HTTP junk\r\n%PDF-1.4 PK\x03\x04", Kind.PDF),
        (b"PK\x03\x04rest", Kind.ZIP),
        (b"\x89PNG\r\n\x1a\nrest", Kind.PNG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", Kind.WORD_97),
        (b"{\\rtf1", Kind.RTF),
        (b' \n{"a": 1}', Kind.JSON),
        (b'\xef\xbb\xbf{"a": 1}', Kind.JSON),
        ('{"a": 1}'.encode("utf-16"), Kind.JSON),
        (b"[1]", Kind.JSON),
        (b"eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln", Kind.JWT),
        (b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', Kind.SVG),
        (b'<?xml version="1.0"?><p:Candidate xmlns:p="x"/>', Kind.XML),
        (b"<!DOCTYPE html><html></html>", Kind.HTML),
        (b'<?xml version="1.0"?><html xmlns="x"></html>', Kind.HTML),
        (b"<div>An advert</div>", Kind.HTML),
        (b"<!-- saved --><ul><li>x</ul>", Kind.HTML),
        (b"Name\r\nPy\x00thon\r\n", Kind.TEXT),
        ("Entwickler in Zürich".encode("cp1252"), Kind.TEXT),
        (b"MZ" + b"\x90\x00" * 200, Kind.BINARY),
    ],
)
def test_the_content_tells_the_kind(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind
