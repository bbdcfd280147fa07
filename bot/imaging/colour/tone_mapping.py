"""HDR light brought to what an ordinary screen shows, where 1 is the white of paper."""

import numpy as np

from bot.imaging.colour.transfers import PAPER_WHITE, Array

_WEIGHTS = np.array([0.2627, 0.6780, 0.0593], np.float32)
"""Luminance of BT.2020's channels (ITU-R BT.2100-2, table 5)."""
_HLG_PEAK, _HLG_GAMMA = 1000.0, 1.2
"""Candela per square metre of HLG's reference screen, and its system gamma (BT.2100-2, table 5)."""
_KNEE = 0.8
"""Light up to which nothing changes: faces and paper stay as they are, lamps and skies share the rest."""


def hlg_display_light(scene: Array) -> Array:
    """Light on HLG's reference screen for the light a camera saw (OOTF, BT.2100-2, table 5)."""
    luminance = np.maximum(scene @ _WEIGHTS, 0)[..., np.newaxis]
    return np.asarray(scene * np.power(luminance, _HLG_GAMMA - 1) * (_HLG_PEAK / PAPER_WHITE), np.float32)


def tone_mapped(light: Array, peak: float) -> Array:
    """Linear RGB with everything between the knee and `peak` rolled off to 1; hues are kept.

    Reinhard et al., "Photographic Tone Reproduction for Digital Images", 2002, equation 4, above the knee and on the
    largest channel.
    """
    largest = light.max(axis=-1, keepdims=True)
    span, top = 1 - _KNEE, (peak - _KNEE) / (1 - _KNEE)
    over = np.maximum(largest - _KNEE, 0) / span
    mapped = _KNEE + span * over * (1 + over / (top * top)) / (1 + over)
    return np.where(largest > _KNEE, light * (mapped / np.maximum(largest, _KNEE)), light).astype(np.float32)
