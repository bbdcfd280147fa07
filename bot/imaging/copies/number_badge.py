"""Numbers on pictures, so that people can name them."""

from PIL import Image, ImageDraw, ImageFont

_SMOOTH = 4
"""Badges are drawn this many times larger and averaged down: Pillow draws circles with stairs."""
_WHITE, _BLACK = (255, 255, 255), (17, 18, 20)


def badge(number: int, size: int) -> Image.Image:
    """A white disc in a dark ring with the number in black, `size` px wide: readable on any picture."""
    side = size * _SMOOTH
    drawn = Image.new("RGBA", (side, side), (*_BLACK, 0))
    draw = ImageDraw.Draw(drawn)
    draw.ellipse((0, 0, side - 1, side - 1), fill=(*_BLACK, 255))
    ring = side // 16
    draw.ellipse((ring, ring, side - 1 - ring, side - 1 - ring), fill=(*_WHITE, 255))
    font = ImageFont.load_default(side * 0.6)
    draw.text((side / 2, side / 2), str(number), fill=(*_BLACK, 255), font=font, anchor="mm", stroke_width=side // 64)
    return drawn.reduce(_SMOOTH)
