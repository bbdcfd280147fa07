"""Recognising what programs write into pictures about how they made them: prompts, parameters, whole workflows.

ComfyUI: PNG texts `prompt` and `workflow`, WebP EXIF `prompt:{…}` and `workflow:{…}`. AUTOMATIC1111 and its kin: PNG
text `parameters`, JPEG and WebP EXIF UserComment (UTF-16). InvokeAI, Fooocus, SwarmUI and NovelAI have their own texts.
"""

import re

_TELLTALE = re.compile(
    rb"class_type|workflow|negative.?prompt|\bsteps: ?\d|sampler|\bseed\b|invokeai|sui_image_params|fooocus"
    rb"|^(prompt|parameters|comment|description|dream|generation_data)\0",
    re.IGNORECASE,
)


def reveals_generation(text: bytes) -> bool:
    """Whether metadata tells what a picture was made from; the zeros of UTF-16 are passed over."""
    return bool(_TELLTALE.search(text) or _TELLTALE.search(text.replace(b"\0", b"")))
