"""docs/FILES.md, made of the samples: `python -m tests.imaging.files_page > docs/FILES.md`."""

from types import ModuleType

from bot.imaging.values import Note, Problem
from bot.locales.words import render
from tests.imaging.samples import colours, formats, odd_files, raw_files, sizes, whole_files
from tests.imaging.samples.sample import Sample

PARTS: dict[str, ModuleType] = {
    "Formats and turns": formats,
    "Colours": colours,
    "RAW files": raw_files,
    "Whole and cut files": whole_files,
    "Sizes": sizes,
    "What is no photo": odd_files,
}
SAMPLES: list[Sample] = [sample for part in PARTS.values() for sample in part.SAMPLES]

_INTRODUCTION = """# What each kind of file gets

Every line is a file that a test makes and sends through `bot/imaging/intake.py`; this page is written from the same
table (`tests/imaging/files_page.py`), and a test keeps the two alike.

A photo that is taken is stored upright, in 8-bit sRGB, without metadata, with 2,048 px on its long side at most.
Colours are decided by what a profile, code points or EXIF say, never by a name: what is stored differs by 6 of 255 at
most from what a colour-managed viewer shows. HDR up to the white of paper (203 cd/m²) stays as it is, and what is
brighter is rolled off. Limits are read from the header before anything is decoded: 20 MB; 60 megapixels for JPEG and
HEIC, 40 for others, and fewer where a pixel takes more memory; 30,000 px a side; at least 64 px a side; at most 16
times as long as wide.
"""
_NOTES: dict[Note, str] = {
    "cmyk-converted": "the person is told that print colours were converted",
    "depth-reduced": "8 bits are kept, and the person is told",
    "hdr-reduced": "the person is told that HDR was brought down",
    "raw-preview": "the JPEG inside, and the person is told",
    "several-faces": "the person is told of several faces",
    "face-small": "the person is told that the face is small",
}
_FACTS: dict[Problem, dict[str, int]] = {
    "too_heavy": {"megabytes": 21},
    "too_many_pixels": {"megapixels": 61, "limit": 60},
    "too_long": {"pixels": 65_500, "limit": 30_000},
    "too_small": {"pixels": 48, "limit": 64},
    "too_narrow": {"ratio": 17, "limit": 16},
}
"""What stands for the numbers in a sentence of this page."""


def page() -> str:
    """The whole page."""
    problems = sorted({sample.gets for sample in SAMPLES if isinstance(sample.gets, str)})
    sentences = [f"| {name} | {_sentence(name)} |" for name in problems]
    parts = [_INTRODUCTION]
    for title, module in PARTS.items():
        rows = [f"| {sample.what} | {_gets(sample)} |" for sample in module.SAMPLES]
        parts.append("\n".join((f"## {title}\n", module.__doc__ or "", "", "| Sent | Gets |", "|---|---|", *rows, "")))
    parts.append("\n".join(("## Refusals, in words\n", "| Refusal | Sentence |", "|---|---|", *sentences, "")))
    return "\n".join(parts)


def _gets(sample: Sample) -> str:
    if isinstance(sample.gets, str):
        return f"refused: {sample.gets}"
    kept = ["as PNG"] if sample.gets.media_type == "image/png" else []
    return "; ".join(("taken", *kept, *filter(None, [sample.remark]), *(_NOTES[note] for note in sample.gets.notes)))


def _sentence(problem: Problem) -> str:
    facts = _FACTS.get(problem, {})
    return render(f"photo-{problem}", {"name": "photo.jpg", **facts}, "en")


if __name__ == "__main__":
    print(page(), end="")
