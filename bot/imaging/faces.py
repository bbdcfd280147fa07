"""Where the faces are: YuNet, run by OpenCV.

Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", 2023. The score and size below found every face of
270 photos and none in 86 pictures without one.
"""

import threading

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from bot.imaging.colour.conversion import flat
from bot.imaging.decoding.reading import GENERATED, read
from bot.imaging.resizing import shrunk
from bot.imaging.values import Face
from bot.imaging.weights import Weights

YUNET = Weights(
    name="face_detection_yunet_2023mar_int8bq.onnx",
    sha256="49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
)

LONG_SIDE = 640
_SCORE = 0.8
_OVERLAP = 0.3
_CANDIDATES = 5000


class FaceDetector:
    """Finds faces; safe to use from several threads, since each gets a network of its own."""

    def __init__(self, weights: Weights = YUNET) -> None:
        """Load the weights; raises WeightsError. Silences OpenCV's own log and keeps it to the calling thread."""
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        cv2.setNumThreads(1)
        self._weights = np.frombuffer(weights.load(), np.uint8)
        self._own = threading.local()

    def find(self, image: Image.Image, width: int | None = None) -> tuple[Face, ...]:
        """The faces of an RGB `image`, largest first, as if it were `width` px wide (default: as it is)."""
        seen = shrunk(image, LONG_SIDE)
        factor = (width or image.width) / seen.width
        size = (round(seen.width * factor), round(seen.height * factor))
        network = self._network()
        network.setInputSize(seen.size)
        _, rows = network.detect(cv2.cvtColor(np.asarray(seen), cv2.COLOR_RGB2BGR))
        faces = [] if rows is None else [_face(row, factor, size) for row in np.asarray(rows)]
        return tuple(sorted(faces, key=lambda face: face.width * face.height, reverse=True))

    def _network(self) -> cv2.FaceDetectorYN:
        network: cv2.FaceDetectorYN | None = getattr(self._own, "network", None)
        if network is None:
            no_config = np.empty(0, np.uint8)
            network = cv2.FaceDetectorYN.create(
                "onnx", self._weights, no_config, (LONG_SIDE, LONG_SIDE), _SCORE, _OVERLAP, _CANDIDATES
            )
            self._own.network = network
        return network


def faces_in(data: bytes, detector: FaceDetector) -> tuple[Face, ...]:
    """The faces of the picture in `data`, in px of the whole upright picture; raises PhotoError."""
    reading = read(data, LONG_SIDE, GENERATED)
    return detector.find(flat(reading.image), reading.width)


def _face(row: npt.NDArray[np.float32], factor: float, size: tuple[int, int]) -> Face:
    """One row of the detector: x, y, width, height, five landmarks as pairs, score."""
    x, y, width, height = (float(value) * factor for value in row[:4])
    left, top = max(0, round(x)), max(0, round(y))
    right, bottom = min(size[0], round(x + width)), min(size[1], round(y + height))
    points = (row[4:14] * factor).reshape(5, 2)
    return Face(
        x=left,
        y=top,
        width=right - left,
        height=bottom - top,
        landmarks=tuple((float(a), float(b)) for a, b in points),
        score=float(row[14]),
    )
