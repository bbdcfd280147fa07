"""From decoded pixels of any colours to 8-bit sRGB."""

import numpy as np
from PIL import Image

from bot.imaging.colour import icc_profiles
from bot.imaging.colour.light import rendered
from bot.imaging.colour.pixels import Colour, DeepPixels, Pixels
from bot.imaging.colour.spaces import RgbSpace

_GREY = (232, 232, 235)
"""What shows through transparent pictures where transparency cannot be: pale, but white still stands out."""


def needs_depth(colour: Colour) -> bool:
    """Whether 8 bits are too few to decode a file's numbers to."""
    space = _space(colour)
    return space is not None and space.needs_depth


def is_hdr(colour: Colour) -> bool:
    """Whether the colours go beyond the white of paper."""
    space = _space(colour)
    return space is not None and space.hdr is not None


def srgb(pixels: Pixels, colour: Colour) -> Image.Image:
    """Pixels as sRGB: RGBA if really transparent, else RGB."""
    if isinstance(pixels, DeepPixels):
        return _from_deep(pixels, colour)
    alpha = pixels.getchannel("A") if pixels.mode in ("LA", "RGBA") else None
    image = pixels.convert("L" if pixels.mode == "LA" else "RGB") if alpha is not None else pixels
    colours = icc_profiles.from_lab(image) if image.mode == "LAB" else _converted(image, colour)
    return _with_alpha(colours, alpha)


def flat(image: Image.Image) -> Image.Image:
    """An RGB or RGBA `image` without transparency, on pale grey."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, _GREY)
    ground.paste(image, mask=image)
    return ground


def _converted(image: Image.Image, colour: Colour) -> Image.Image:
    """An L, RGB or CMYK image as sRGB."""
    if isinstance(colour, bytes) and not is_hdr(colour):
        return icc_profiles.converted(image, colour) or image.convert("RGB")
    space = _space(colour)
    if space is None or image.mode == "CMYK":
        return image.convert("RGB")
    return Image.fromarray(rendered(np.asarray(image.convert("RGB")), 255, space))


def _from_deep(pixels: DeepPixels, colour: Colour) -> Image.Image:
    space = _space(colour)
    if space is None:
        return srgb(eight_bit(pixels), colour)
    values = pixels.values
    if values.ndim == 2:
        values = np.repeat(values[..., np.newaxis], 3, axis=2)
    alpha = eight_bit(DeepPixels(values[..., 3], pixels.white)) if values.shape[2] == 4 else None
    return _with_alpha(Image.fromarray(rendered(values[..., :3], pixels.white, space)), alpha)


def eight_bit(pixels: DeepPixels) -> Image.Image:
    """Deep pixels with the highest 8 of their bits: L, RGB or RGBA."""
    return Image.fromarray((pixels.values * np.float32(255 / pixels.white)).round().clip(0, 255).astype(np.uint8))


def _with_alpha(colours: Image.Image, alpha: Image.Image | None) -> Image.Image:
    if alpha is not None and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _space(colour: Colour) -> RgbSpace | None:
    """What the colours are in matrix and curves; None for sRGB, and for profiles of another kind."""
    return icc_profiles.rgb_space(colour) if isinstance(colour, bytes) else colour
