"""XML made to exhaust or to fetch, and the small ways to walk a tree."""

from __future__ import annotations

import pytest

from tracker.interchange.readers import xml
from tracker.interchange.reading import ReadError


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<a>" * 61 + b"</a>" * 61, "deeper than 60"),
        (b"<a>" * 20_000, "deeper than 60"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "more than 100,000 elements"),
        (b"<a>" + b"x" * 3_000_000 + b"</a>", "larger than 3 MB"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type or entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type or entities"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', "document type or entities"),
        (b"<a>\n<b></a>", "broken at line 2, column 6"),
        (b"", "broken at line 1"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding"),
    ],
)
def test_what_cannot_be_taken_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        xml.parse(data)


def test_a_tree_is_walked_by_local_names() -> None:
    root = xml.parse(b'<r xmlns:p="urn:p"><p:a> <b>1</b></p:a><!-- c --><a><b/><c> 2 <d>3</d></c></a></r>')
    assert [xml.local(child) for child in root] == ["a", "a"]
    assert xml.text_at(root, "a", "b") == "1"
    assert xml.text_at(root, "a", "c") == ""
    assert xml.at(None, "a") is None
    assert len(list(xml.below(root, "b"))) == 2
    assert len(list(xml.children(root, "b"))) == 0
    assert xml.first_text(root, "none", "c", "b") == "2 3"
    assert xml.first_text(None, "b") == xml.first_text(root, "none") == ""
