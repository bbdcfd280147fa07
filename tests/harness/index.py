"""A package index in a folder, with small wheels made on the spot: pip installs from it without a network."""

import hashlib
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Release:
    """One version of a package and its wheel's metadata."""

    name: str
    version: str
    requires: Sequence[str] = ()
    extras: Sequence[str] = ()

    @property
    def file(self) -> str:
        """The wheel's name."""
        return f"{self.name}-{self.version}-py3-none-any.whl"


@dataclass(slots=True)
class Index:
    """A simple index (PEP 503) under `folder`."""

    folder: Path
    hashes: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """What pip takes as an index."""
        return self.folder.as_uri()

    def add(self, release: Release) -> None:
        """Publish a release."""
        project = self.folder / release.name
        project.mkdir(parents=True, exist_ok=True)
        path = project / release.file
        _write(path, release)
        self.hashes[release.name, release.version] = hashlib.sha256(path.read_bytes()).hexdigest()
        names = sorted(wheel.name for wheel in project.glob("*.whl"))
        (project / "index.html").write_text("".join(f'<a href="{name}">{name}</a>\n' for name in names), "utf-8")

    def pins(self, versions: Mapping[str, str]) -> str:
        """Requirements with their hashes, as the files in requirements/ write them."""
        return "".join(
            f"{name}=={version} \\\n    --hash=sha256:{self.hashes[name, version]}\n"
            for name, version in versions.items()
        )


def _write(path: Path, release: Release) -> None:
    folder = f"{release.name}-{release.version}.dist-info"
    metadata = [
        "Metadata-Version: 2.1", f"Name: {release.name}", f"Version: {release.version}",
        *(f"Provides-Extra: {extra}" for extra in release.extras),
        *(f"Requires-Dist: {requirement}" for requirement in release.requires),
    ]  # fmt: skip
    files = {
        f"{release.name}.py": "",
        f"{folder}/METADATA": "\n".join([*metadata, ""]),
        f"{folder}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={_digest(text)},{len(text)}\n" for name, text in files.items())
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, f"{folder}/RECORD": f"{record}{folder}/RECORD,,\n"}.items():
            wheel.writestr(name, text)


def _digest(text: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
