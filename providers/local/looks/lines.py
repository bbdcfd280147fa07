"""Lines as a hand would draw them: one stroke along every outline, none for mere noise.

Difference of Gaussians steadied along the flow: Kang et al., "Coherent Line Drawing" (2007), with the soft
threshold of Winnemöller's XDoG (2011).
"""

import numpy as np

from providers.local.looks.arrays import Plane, blur
from providers.local.looks.flow import Flow, along

_RATIO = 1.6
"""Of the two Gaussians; the customary stand-in for a Laplacian."""


def lines(tone: Plane, course: Flow, width: float, sensitivity: float) -> Plane:
    """How much ink (0 to 1) lines about `width` pixels wide put on every pixel.

    `sensitivity` is the contrast (0 to 1) at which a line begins; the smaller, the more lines.
    """
    inner = blur(tone, width)
    dark = blur(tone, width * _RATIO) - inner
    # Relative to how bright it is around: in shadow smaller steps are seen.
    dark /= 0.25 + inner
    steady = along(dark, course, max(4, round(width * 4)))
    return np.asarray(np.clip(np.tanh((steady - sensitivity) / sensitivity), 0, 1))
