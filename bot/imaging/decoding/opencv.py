"""Decoding with OpenCV, which lets go of the interpreter lock and keeps more than 8 bits."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from bot.imaging.values import PhotoError


def decoded(data: bytes) -> npt.NDArray[Any]:
    """The picture as stored, channels in OpenCV's order (BGR, BGRA); raises PhotoError and cv2.error."""
    values: npt.NDArray[Any] | None = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise PhotoError("truncated")
    return values
