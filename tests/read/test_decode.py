"""Bytes become text in whatever encoding they are, or are refused with the reason."""

from __future__ import annotations

import random

import pytest

from kg.errors import InputError
from kg.read.decode import text_of
from kg.read.inputs import Input

TEXTS = {
    "cp1252": "Der Präsident sagte: „Größe zählt nicht“ – das müssen wir prüfen, bevor die Straße schließt.",
    "iso8859-2": "Zażółć gęślą jaźń. Ziemniaki na szóstej, surówka na dziesiątej. Jak pomagać, żeby nie zaszkodzić.",
    "cp1250": "Zażółć gęślą jaźń. Ziemniaki na szóstej, surówka na dziesiątej. Jak pomagać, żeby nie zaszkodzić.",
    "cp1251": "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "koi8-r": "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "big5": "這是一個測試文章,用來檢查編碼是否正確。我們希望它能夠順利地被讀取出來。",
    "gb18030": "这是一个测试文章,用来检查编码是否正确。我们希望它能够顺利地被读取出来。",
    "euc-kr": "이것은 인코딩을 확인하기 위한 시험용 기사입니다. 제대로 읽히기를 바랍니다.",
    "shift_jis": "これはエンコーディングを確認するためのテスト記事です。正しく読めることを願っています。",
    "euc-jp": "これはエンコーディングを確認するためのテスト記事です。正しく読めることを願っています。",
    "iso-2022-jp": "これはエンコーディングを確認するためのテスト記事です。正しく読めることを願っています。",
}


def read(data: bytes, declared: str = "", name: str = "a.txt") -> str:
    return text_of(Input.of_bytes(name, data), declared)


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("declared", ["", "utf-8", "klingon", "idna", "unicode-escape", "hex"])
def test_the_bytes_tell_what_no_declaration_does(encoding: str, declared: str) -> None:
    assert read(TEXTS[encoding].encode(encoding), declared) == TEXTS[encoding]


@pytest.mark.parametrize("encoding", [e for e in TEXTS if e != "iso-2022-jp"])
@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_wrong_declaration_does_no_harm(encoding: str, written: str) -> None:
    assert read(TEXTS[encoding].encode(written), encoding) == TEXTS[encoding]


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("“Café”".encode("cp1252"), "ISO-8859-1", "“Café”"),
        ("“Café”".encode("cp1252"), "us-ascii", "“Café”"),
        ("朱镕基".encode("gb18030"), "gb2312", "朱镕基"),
        ("①表".encode("cp932"), "x-sjis", "①表"),
        ("Größe".encode("utf-16-le"), "utf-16le", "Größe"),
        (b"<meta charset=utf-16><p>Plain", "", "<meta charset=utf-16><p>Plain"),
        ("<?xml encoding='koi8-r'?>Мир".encode("koi8-r"), "", "<?xml encoding='koi8-r'?>Мир"),
        (b"<meta content='text/html; charset=big5'>\xa4\xa4", "", "<meta content='text/html; charset=big5'>中"),
    ],
)  # fmt: skip
def test_a_declaration_means_what_the_web_means_by_it(data: bytes, declared: str, text: str) -> None:
    assert read(data, declared) == text


def test_a_broken_character_does_not_change_the_encoding() -> None:
    assert read("Größe und Länge und Höhe, Äpfel".encode() + b"\xff") == "Größe und Länge und Höhe, Äpfel\ufffd"


def test_line_ends_and_controls() -> None:
    assert read(b"a\r\nb\rc\x0cd\x1be\xe2\x80\xa8f") == "a\nb\nc d e\nf"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \r\n"])
def test_nothing_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(InputError, match="is empty"):
        read(data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, bytes(100), bytes(range(0, 256, 3)) * 9]
)
def test_what_is_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="is binary, not text"):
        read(data)


@pytest.mark.parametrize("encoding", TEXTS)
def test_no_bytes_break_it(encoding: str) -> None:
    chance = random.Random(encoding)  # noqa: S311 - nothing secret
    for _ in range(100):
        data = bytearray(TEXTS[encoding].encode(encoding))
        for _ in range(chance.randrange(8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        data = data[: chance.randrange(len(data))] * chance.randrange(1, 3)
        try:
            assert read(bytes(data), chance.choice(["", encoding, "utf-8"]))
        except InputError:
            continue
