"""Archives: what in them is read, what is left alone and why, and that none can take more than it may."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping

import pytest

from kg.errors import InputError
from kg.read.formats import archive, records
from kg.read.inputs import Document, Input, Limits, Skipped, Unread

FILES = {"b.md": b"# On review\n", "a/c.txt": b"Ask early.\n" * 9, "d.html": b"<p>Ask."}


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", method) as packed:
            for name, data in files.items():
                packed.writestr(name, data)
        return file.getvalue()


def tarred(files: Mapping[str, bytes], *others: tarfile.TarInfo) -> bytes:
    with io.BytesIO() as file:
        with tarfile.open(fileobj=file, mode="w") as packed:
            for name, data in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
                packed.addfile(info, io.BytesIO(data))
            for info in others:
                packed.addfile(info)
        return file.getvalue()


def read(path: str, data: bytes, limits: Limits | None = None) -> list[Input | Skipped | Unread]:
    outcomes = archive.documents(Input.of_bytes(path, data, limits))
    return [outcome for outcome in outcomes if not isinstance(outcome, Document)]


def texts(path: str, data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Return the bytes of each part by its path in the archive."""
    parts = (part for part in read(path, data, limits) if isinstance(part, Input))
    return {part.path.removeprefix(f"{path}/"): part.data for part in parts}


def reasons(path: str, data: bytes, limits: Limits | None = None) -> dict[str, str]:
    """Return why the other parts are not read."""
    outcomes = read(path, data, limits)
    return {o.path.removeprefix(f"{path}/"): o.reason for o in outcomes if not isinstance(o, Input)}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_files_in_a_zip_file_are_read_in_the_order_of_their_names(method: int) -> None:
    assert texts("a.zip", zipped(FILES, method)) == FILES
    assert list(texts("a.zip", zipped(FILES, method))) == sorted(FILES)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_files_in_a_tar_file_are_read_however_it_is_packed(pack: Callable[[bytes], bytes]) -> None:
    path = "a.tar.gz" if pack is gzip.compress else "a.tar"
    part = Input(path, lambda: io.BytesIO(pack(tarred(FILES))), kind="tar")
    assert [p.data for p in archive.documents(part) if isinstance(p, Input)] == list(FILES.values())


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_is_no_article_is_named_with_the_reason(pack: Callable[[Mapping[str, bytes]], bytes]) -> None:
    files = FILES | {".hidden/a.md": b"x", "__MACOSX/._b.md": b"x", "photo.PNG": b"x", "LICENSE": b"x", "empty.md": b""}
    outside = {"../up.md": b"x", "/etc/root.md": b"x", "C:\\drive.md": b"x", "a\\..\\..\\up.md": b"x"}
    data = pack({"folder/": b"", "win\\dows.md": b"win", **files, **outside})
    assert set(texts("a.zip", data)) == {*FILES, "empty.md", "win/dows.md"}
    outward = "has a name that leads out of the archive"
    assert reasons("a.zip", data) == {
        ".hidden/a.md": "is hidden",
        "__MACOSX/._b.md": "is hidden",
        "photo.PNG": ".png files are not read",
        "LICENSE": "nameless files are not read",
        **dict.fromkeys(("up.md", "etc/root.md", "C:/drive.md", "a/up.md"), outward),
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_both_read() -> None:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("a.md", b"one")
            packed.writestr("a.md", b"two")
        assert texts("a.zip", file.getvalue()) == {"a.md": b"one", "a~2.md": b"two"}


def test_links_and_devices_are_left_alone() -> None:
    link, device = tarfile.TarInfo("link.md"), tarfile.TarInfo("device.md")
    link.type, link.linkname, device.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.CHRTYPE
    assert reasons("a.tar", tarred(FILES, link, device)) == {"link.md": "is a link", "device.md": "is a device"}


def test_a_locked_file_does_not_stop_the_others() -> None:
    data = bytearray(zipped(FILES))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert reasons("a.zip", bytes(data)) == {"b.md": "is locked with a password"}
    assert set(texts("a.zip", bytes(data))) == {"a/c.txt", "d.html"}


def test_a_damaged_file_does_not_stop_the_others() -> None:
    data = zipped(FILES, zipfile.ZIP_STORED).replace(b"# On review", b"# On revoew")
    assert reasons("a.zip", data) == {"b.md": "is damaged (Bad CRC-32 for file 'b.md')"}
    assert set(texts("a.zip", data)) == {"a/c.txt", "d.html"}


def test_of_a_truncated_archive_what_can_be_read_is_read() -> None:
    assert reasons("a.tar", tarred(FILES)[:1100]) == {
        "a.tar": "is damaged behind the last file that was read",
    }
    assert (
        reasons("a.tar", tarred({"b.md": b"x" * 3000})[:1100])["b.md"] == "cannot be unpacked (unexpected end of data)"
    )
    packed = gzip.compress(random.Random(7).randbytes(9000))  # noqa: S311 - no secret
    assert "is damaged (" in refused("a.txt.gz", packed[:5000])
    assert "is damaged (" in refused("a.zip", zipped(FILES)[:200])


def refused(path: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(path, data, limits)
    return str(caught.value)


def test_a_gzip_file_is_known_by_its_own_name() -> None:
    lines = b"\n".join(json.dumps({"id": i, "text": "Ask."}).encode() for i in range(3))
    [inner] = read("a.jsonl.gz", gzip.compress(lines))
    assert isinstance(inner, Input)
    assert (inner.path, inner.kind) == ("a.jsonl.gz", "jsonl")
    parts = [part for part in records.documents(inner) if isinstance(part, Input)]
    assert [part.path for part in parts] == ["a.jsonl.gz/0", "a.jsonl.gz/1", "a.jsonl.gz/2"]
    [twice] = read("a.md.gz", gzip.compress(gzip.compress(b"# On review")))
    assert isinstance(twice, Input)
    assert [(p.kind, p.data) for p in archive.documents(twice) if isinstance(p, Input)] == [
        ("markdown", b"# On review")
    ]
    assert "holds a file of a kind that is not read (.png)" in refused("a.png.gz", gzip.compress(b"x"))


def test_an_archive_in_a_gzip_file_is_read() -> None:
    [inner] = read("a.gz", gzip.compress(zipped(FILES)))
    assert isinstance(inner, Input)
    assert inner.kind == "zip"
    assert {p.path for p in archive.documents(inner) if isinstance(p, Input)} == {f"a.gz/{name}" for name in FILES}


BOMB = zipped({"a.txt": b"Ask.", "b.txt": b"\0" * 30_000_000, "c.txt": b"Ask."})


def test_what_comes_out_of_an_archive_is_limited() -> None:
    told = {"b.txt": "is larger than 1 MB"}
    assert reasons("a.zip", BOMB, Limits(file_bytes=1_000_000, expansion_ratio=2000)) == told
    assert reasons("a.zip", BOMB) == {"a.zip": "expands to more than 200 times its size"}
    most = Limits(expanded_bytes=2_000_000, expansion_ratio=2000)
    assert reasons("a.zip", BOMB, most) == {"a.zip": "expands to more than 2 MB"}
    tar = gzip.compress(tarred({"photo.png": b"\0" * 30_000_000, "c.txt": b"Ask."}))
    assert reasons("a.tar.gz", tar)["a.tar.gz"] == "expands to more than 200 times its size"
    [inner] = read("a.txt.gz", gzip.compress(b"\0" * 300_000), Limits())
    assert isinstance(inner, Input)
    assert "--max-ratio" in refused("a.txt.gz", gzip.compress(b"\0" * 3_000_000))


def test_what_is_read_twice_counts_once() -> None:
    lines = gzip.compress(b'{"text": "Ask."}\n' * 70_000)
    [inner] = read("a.jsonl.gz", lines, Limits(expanded_bytes=1_200_000, expansion_ratio=1000))
    assert isinstance(inner, Input)
    for _ in range(3):
        with inner.open() as file:
            assert len(file.read()) == 1_190_000


def leaves(input_: Input) -> Iterator[Input | Skipped | Unread]:
    for outcome in archive.documents(input_):
        if isinstance(outcome, Input) and outcome.suffix == ".zip":
            yield from leaves(outcome)
        elif not isinstance(outcome, Document):
            yield outcome


def test_archives_in_an_archive_share_its_limits() -> None:
    nest = zipped({f"{i}.zip": zipped({"a.txt": random.Random(i).randbytes(9) * 50_000}) for i in range(300)})  # noqa: S311
    limits = Limits(expansion_ratio=20, expanded_bytes=9_000_000)
    found = list(leaves(Input.of_bytes("a.zip", nest, limits)))
    assert sum(len(o.data) for o in found if isinstance(o, Input)) < 9_000_000
    assert [o.path for o in found if isinstance(o, Unread)][-1] == "a.zip"


def test_a_header_that_claims_a_long_name_takes_no_memory() -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    assert "is damaged" in refused("a.tar", info.tobuf(tarfile.GNU_FORMAT) + b"a" * 5000)


SAMPLES = {
    "a.zip": zipped(FILES),
    "b.zip": zipped(FILES, zipfile.ZIP_LZMA),
    "a.tar": tarred(FILES),
    "a.tar.gz": gzip.compress(tarred(FILES | {"x" * 300 + ".md": b"long"})),
    "a.txt.gz": gzip.compress(b"Ask early.\n" * 99),
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with some flipped, cut off, or doubled."""
    start, end = sorted(rng.choices(range(len(data) + 1), k=2))
    some = bytearray(data)
    for _ in range(rng.randrange(8)):
        some[rng.randrange(len(some))] = rng.randrange(256)
    changed = bytes(some)
    return rng.choice((changed, changed, changed[:end], changed[:end] + changed[start:], changed + changed))


@pytest.mark.untraced
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("path", sorted(SAMPLES))
def test_broken_archives_give_files_or_one_error(path: str) -> None:
    rng = random.Random(7)  # noqa: S311 - no secret
    for _ in range(1000):
        data = mutated(SAMPLES[path], rng)
        for kind in ("zip", "tar", "gzip"):
            part = Input(path, lambda data=data: io.BytesIO(data), kind=kind)  # type: ignore[misc]
            try:
                outcomes = [(o.path, o.data) if isinstance(o, Input) else o for o in archive.documents(part)]
            except InputError:
                continue
            repr(outcomes).encode()
