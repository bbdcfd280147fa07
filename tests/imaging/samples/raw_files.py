"""RAW files in the structures of their makers, with small sensor data and JPEGs of several sizes."""

import struct

from tests.imaging.samples.colour_spaces import ADOBE, SKIN, numbers, power
from tests.imaging.samples.files import exif, flat, saved, tiff_file
from tests.imaging.samples.sample import Sample, Taken

_FULL, _THUMB = (640, 480), (160, 120)
_DNG_VERSION = 0x00000401
_SHOWN = Taken(size=_FULL, notes=("raw-preview",))
_TURNED = Taken(size=(480, 640), notes=("raw-preview",))
_SENSOR, _LINEAR = 32803, 34892


def jpeg(size: tuple[int, int] = _FULL, **options: object) -> bytes:
    return saved(flat(size=size), "JPEG", **options)


def lossless_jpeg(size: tuple[int, int]) -> bytes:
    """The beginning of sensor data as DNG and CR2 code it (SOF3)."""
    frame = struct.pack(">BHHB", 14, size[1], size[0], 2) + bytes((1, 0x11, 0, 2, 0x11, 0))
    return b"\xff\xd8\xff\xc3" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\0\x08\1\1\0\0\1\0" + bytes(500)


class Layout:
    """Data that lies behind a TIFF header, and the directories that point at it."""

    def __init__(self) -> None:
        self.body = b""
        self.directories: list[dict[int, tuple[int, ...]]] = []

    def stored(self, data: bytes) -> tuple[int, int]:
        """Offset and length of data that is added."""
        at = 8 + len(self.body)
        self.body += data + bytes(len(data) % 2)
        return at, len(data)

    def add(self, **tags: object) -> None:
        self.directories.append(
            {int(tag[1:]): value if isinstance(value, tuple) else (value,) for tag, value in tags.items()}
        )

    def file(self, magic: bytes = b"II*\0") -> bytes:
        return tiff_file([(b"", directory) for directory in self.directories], self.body, magic)


def _pixels(layout: Layout, size: tuple[int, int] = _THUMB) -> dict[str, object]:
    at, length = layout.stored(bytes(SKIN) * (size[0] * size[1]))
    return {
        "t256": size[0], "t257": size[1], "t258": (8, 8, 8), "t259": 1, "t262": 2, "t273": at, "t277": 3,
        "t278": size[1], "t279": length,
    }  # fmt: skip


def _coded(
    layout: Layout, data: bytes, size: tuple[int, int], compression: int = 7, photometric: int = 6
) -> dict[str, object]:
    at, length = layout.stored(data)
    return {
        "t256": size[0], "t257": size[1], "t258": (8, 8, 8), "t259": compression, "t262": photometric, "t273": at,
        "t277": 3, "t278": size[1], "t279": length,
    }  # fmt: skip


def _sensor(layout: Layout, size: tuple[int, int] = _FULL) -> dict[str, object]:
    return {**_coded(layout, lossless_jpeg(size), size, 7, _SENSOR), "t254": 0}


def dng(preview: tuple[int, int] | None, **more: object) -> bytes:
    """A phone's: a thumbnail first, then sensor data, and a JPEG of some size."""
    layout = Layout()
    layout.add(**_pixels(layout), t254=1, t50706=_DNG_VERSION, t274=1, **more)
    layout.add(**_sensor(layout))
    if preview:
        layout.add(**_coded(layout, jpeg(preview), preview), t254=1)
    return layout.file()


def _dng_lossy() -> bytes:
    """Sensor data that is coded as a JPEG anybody could decode, and looks like nothing."""
    layout = Layout()
    layout.add(**_pixels(layout), t254=1, t50706=_DNG_VERSION)
    layout.add(**_coded(layout, jpeg(), _FULL, 34892, _LINEAR), t254=0)
    return layout.file()


def _dng_sensor_first() -> bytes:
    layout = Layout()
    layout.add(**_sensor(layout), t50706=_DNG_VERSION)
    layout.add(**_coded(layout, jpeg(_THUMB), _THUMB), t254=1)
    return layout.file()


def _nef(preview: tuple[int, int] | None, magic: bytes = b"MM\0*", **more: object) -> bytes:
    """Nikon's: a thumbnail first, a JPEG by old-style tags, and sensor data in Nikon's own coding."""
    layout = Layout()
    layout.add(**_pixels(layout), t254=1, **more)
    if preview:
        at, length = layout.stored(jpeg(preview))
        layout.add(t254=1, t513=at, t514=length)
    at, length = layout.stored(bytes(2000))
    layout.add(t254=0, t256=_FULL[0], t257=_FULL[1], t258=14, t259=34713, t262=_SENSOR, t273=at, t277=1, t279=length)
    return layout.file(magic)


def _cr2(size: tuple[int, int] = _FULL) -> bytes:
    """Canon's: the JPEG first, a thumbnail, and sensor data; the header goes on behind the first offset."""
    layout = Layout()
    layout.body = b"CR\2\0" + bytes(4)
    layout.add(**{**_coded(layout, jpeg(size), _FULL if size == _FULL else size, 6), "t274": 6})
    at, length = layout.stored(jpeg(_THUMB))
    layout.add(t513=at, t514=length)
    at, length = layout.stored(lossless_jpeg(_FULL))
    layout.add(t259=6, t273=at, t279=length, t50752=(1, 320, 320))
    return layout.file()


def _arw(preview: tuple[int, int]) -> bytes:
    """Sony's: the JPEG first by old-style tags, and sensor data."""
    layout = Layout()
    at, length = layout.stored(jpeg(preview))
    layout.add(t254=1, t259=6, t513=at, t514=length)
    layout.add(t254=0, t256=6000, t257=4000, t258=14, t259=32767, t262=_SENSOR, t273=8, t277=1, t279=2000)
    return layout.file()


def _rw2(size: tuple[int, int]) -> bytes:
    """Panasonic's: a magic number of its own, sizes in tags 2 and 3, the JPEG in tag 46."""
    picture = jpeg(size)
    padded = picture + bytes(-len(picture) % 4)
    words = struct.unpack(f"<{len(padded) // 4}I", padded)
    layout = Layout()
    layout.add(t2=_FULL[0] + 16, t3=_FULL[1] + 12, t46=words, t274=1)
    return layout.file(b"IIU\0")


def _orf(size: tuple[int, int]) -> bytes:
    """Olympus': a magic number of its own, the JPEG somewhere in the maker's notes."""
    layout = Layout()
    layout.stored(b"OLYMPUS\0II\3\0" + bytes(300) + jpeg(size))
    layout.add(t256=_FULL[0], t257=_FULL[1], t258=12, t259=1, t262=1, t273=8, t277=1, t279=300)
    return layout.file(b"IIRO")


def _raf(size: tuple[int, int], declared: bool = True) -> bytes:
    """Fujifilm's: offsets in a header, the JPEG, and a table that begins with the sensor's size."""
    picture = jpeg(size, exif=b"Exif\0\0" + exif(orientation=8))
    table = struct.pack(">IHHHH", 1 if declared else 0, 0x100, 4, _FULL[1] + 8, _FULL[0] + 8)
    head = b"FUJIFILMCCD-RAW 0201FF129502X-T30".ljust(84, b"\0")
    at = len(head) + 24
    head += struct.pack(
        ">IIIIII", at, len(picture), at + len(picture), len(table), at + len(picture) + len(table), 4000
    )
    return head + picture + table + bytes(4000)


def _box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + kind + body


def _cr3(size: tuple[int, int]) -> bytes:
    """Canon's newer: boxes with EXIF, the sizes of tracks, small previews, and JPEG and sensor data behind them."""
    entry = _box(b"CRAW", bytes(8 + 16) + struct.pack(">HH", *_FULL) + bytes(50))
    notes = _box(b"uuid", bytes(16), _box(b"CMT1", exif(orientation=6)), _box(b"THMB", bytes(16), jpeg(_THUMB)))
    preview = _box(b"uuid", bytes(16), bytes(8), _box(b"PRVW", bytes(16), jpeg((320, 240))))
    media = _box(b"mdat", jpeg(size), bytes(3000))
    return _box(b"ftyp", b"crx \0\0\0\1crx isom") + _box(b"moov", notes, entry) + preview + media


def _adobe_nef() -> bytes:
    """A camera set to Adobe RGB, which says so in the file and not in the JPEG inside."""
    layout = Layout()
    picture = saved(flat(numbers(ADOBE, power(563 / 256)), size=_FULL), "JPEG")
    at, length = layout.stored(picture)
    # EXIF directories that stand in the data: colour space 0xFFFF and the pointer to R03
    pointer, _ = layout.stored(struct.pack("<HHHII", 1, 1, 2, 4, 0x00333052) + bytes(4))
    space, _ = layout.stored(
        struct.pack("<H", 2)
        + struct.pack("<HHII", 40961, 3, 1, 0xFFFF)
        + struct.pack("<HHII", 40965, 4, 1, pointer)
        + bytes(4)
    )
    layout.add(**_pixels(layout), t254=1, t34665=space)
    layout.add(t254=1, t513=at, t514=length)
    at, length = layout.stored(bytes(2000))
    layout.add(t254=0, t256=_FULL[0], t257=_FULL[1], t258=14, t259=34713, t262=_SENSOR, t273=at, t277=1, t279=length)
    return layout.file()


def _thumbnail_then_page() -> bytes:
    """No RAW file: a TIFF whose first page calls itself a reduced copy of the second."""
    layout = Layout()
    layout.add(**_pixels(layout), t254=1)
    layout.add(**_pixels(layout, _FULL), t254=0)
    return layout.file()


def _only_thumbnail(magic: bytes) -> bytes:
    """A thumbnail whose sub-directory lies nowhere."""
    layout = Layout()
    layout.add(**_pixels(layout), t254=1, t330=8)
    return layout.file(magic)


SAMPLES = (
    Sample("DNG of a phone with a full-size JPEG inside", lambda: dng(_FULL), _SHOWN),
    Sample("DNG with a small JPEG alone", lambda: dng((320, 240)), "raw"),
    Sample("DNG with a thumbnail alone", lambda: dng(None), "raw"),
    Sample(
        "DNG held upright, with a full-size JPEG",
        lambda: dng(_FULL).replace(struct.pack("<HHII", 274, 4, 1, 1), struct.pack("<HHII", 274, 4, 1, 6)),
        _TURNED,
    ),
    Sample("DNG whose sensor data comes first", _dng_sensor_first, "raw"),
    Sample("DNG whose sensor data is itself coded as JPEG", _dng_lossy, "raw"),
    Sample("NEF (Nikon) with a full-size JPEG", lambda: _nef(_FULL), _SHOWN),
    Sample("NEF with a small JPEG alone", lambda: _nef((320, 240)), "raw"),
    Sample("NEF with a thumbnail alone", lambda: _nef(None), "raw"),
    Sample("NEF of a camera set to Adobe RGB", _adobe_nef, _SHOWN),
    Sample("CR2 (Canon) with a full-size JPEG, held upright", _cr2, _TURNED),
    Sample("CR3 (Canon) with a full-size JPEG, held upright", lambda: _cr3(_FULL), _TURNED),
    Sample("CR3 with a small JPEG alone", lambda: _cr3((320, 240)), "raw"),
    Sample("ARW (Sony) with a JPEG of 1,616 px for 6,000", lambda: _arw((1616, 1080)), "raw"),
    Sample("RAF (Fujifilm) with a full-size JPEG, held upright", lambda: _raf(_FULL), _TURNED),
    Sample("RAF with a small JPEG alone", lambda: _raf((320, 240)), "raw"),
    Sample("RAF that does not tell its size, with a JPEG of 640 px", lambda: _raf(_FULL, declared=False), "raw"),
    Sample("RW2 (Panasonic) with a full-size JPEG", lambda: _rw2(_FULL), _SHOWN),
    Sample("RW2 with a small JPEG alone", lambda: _rw2((320, 240)), "raw"),
    Sample("ORF (Olympus) with a full-size JPEG", lambda: _orf(_FULL), _SHOWN),
    Sample("ORF with a small JPEG alone", lambda: _orf((320, 240)), "raw"),
    Sample("X3F (Sigma)", lambda: b"FOVb" + bytes(4000), "raw"),
    Sample("CRW (Canon)", lambda: b"II\x1a\0\0\0HEAPCCDR" + bytes(4000), "raw"),
    Sample("MRW (Minolta)", lambda: b"\0MRM" + bytes(4000), "raw"),
    Sample("TIFF, little-endian, of a thumbnail alone", lambda: _only_thumbnail(b"II*\0"), "raw"),
    Sample("TIFF, big-endian, of a thumbnail alone", lambda: _only_thumbnail(b"MM\0*"), "raw"),
    Sample("TIFF with a thumbnail as its first page", _thumbnail_then_page, Taken(size=_FULL)),
)
