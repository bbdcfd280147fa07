"""Answers that APIs, gateways and models were seen to give, and what each must become.

The wrappings of a picture, errors inside an answer of status 200, and every spelling of whose fault something is.
"""

import base64
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote

from PIL import Image

from tests.servers.answering import PNG, Script

B64 = base64.b64encode(PNG).decode()
USAGE = {
    "promptTokenCount": 300,
    "candidatesTokenCount": 1120,
    "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1120}],
}
PICTURE = "picture"
GEMINI_COST = 34_050
"""Microdollars of USAGE by the shipped prices: 300 tokens at $1.50 and 1,120 at $30 a million."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and what it must become: a picture or the code of an error, in the request's part `fault`.

    `cost` is in microdollars, None for the list price; `photos` is how many the request sent.
    """

    provider: str
    what: str
    script: Script
    becomes: str
    cost: int | None = 0
    fault: str = ""
    photos: int = 1


def drawn_as(kind: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(buffer, kind)
    return buffer.getvalue()


def part(found: Mapping[str, Any], *, reason: str = "STOP") -> Script:
    """A Gemini answer with one part."""
    candidate = {"content": {"role": "model", "parts": [found]}, "finishReason": reason}
    return Script({"candidates": [candidate], "usageMetadata": USAGE})


def inline(data: str) -> Script:
    return part({"inlineData": {"mimeType": "image/png", "data": data}})


def google(code: int, status: str, message: str, *, http: int | None = None) -> Script:
    return Script({"error": {"code": code, "status": status, "message": message}}, http or code)


def item(**found: Any) -> Script:
    """An answer of the Images API with one picture."""
    return Script({"created": 1, "data": [found]})


def openai(status: int, message: str, code: str | None = None, **more: Any) -> Script:
    return Script({"error": {"message": message, "code": code, **more}}, status)


def output(found: Any) -> Script:
    return Script({"id": "c1", "status": "succeeded", "output": found, "input": {}, "started_at": "x"})


def failed(error: str, *photos: str) -> Script:
    return Script({"id": "c1", "status": "failed", "error": error, "input": {"image_input": list(photos)}})


def fal(**found: Any) -> Script:
    return Script(found)


def problem(type_: str, message: str, *loc: str | int, status: int = 422) -> Script:
    return Script({"detail": [{"type": type_, "msg": message, "loc": ["body", *loc]}]}, status)


def _wrapped() -> Iterator[Answer]:
    """Pictures that were paid, as each provider may wrap them."""
    gemini: Mapping[str, Script] = {
        "3 bytes after a PNG's end": inline(base64.b64encode(PNG + bytes(3)).decode()),
        "base64 in lines of 76": inline(base64.encodebytes(PNG).decode()),
        "base64 without padding": inline(B64.rstrip("=")),
        "URL-safe base64": inline(base64.urlsafe_b64encode(PNG).decode()),
        "base64 with spaces for its plus signs": inline(B64.replace("+", " ")),
        "base64 of base64": inline(base64.b64encode(B64.encode()).decode()),
        "percent-encoded base64": inline(quote(B64, safe="")),
        "base64 of gzip": inline(base64.b64encode(gzip.compress(PNG)).decode()),
        "a data URI in inlineData": inline(f"data:image/png;base64,{B64}"),
        "snake case": part({"inline_data": {"mime_type": "image/png", "data": B64}}),
        "a Markdown picture in words": part({"text": f"Here it is: ![fox](data:image/png;base64,{B64})"}),
        "a file's address": part({"fileData": {"mimeType": "image/png", "fileUri": "{origin}/p.png"}}),
        "the answer inside a list": Script([inline(B64).body]),
        "server-sent events": Script(b"data: " + json.dumps(inline(B64).body).encode() + b"\n\ndata: [DONE]\n"),
        "gzip that no header tells of": Script(gzip.compress(json.dumps(inline(B64).body).encode())),
        "an AVIF": inline(base64.b64encode(drawn_as("AVIF")).decode()),
        "a GIF": inline(base64.b64encode(drawn_as("GIF")).decode()),
    }
    twice = gzip.compress(gzip.compress(json.dumps(item(b64_json=B64).body).encode()))
    images: Mapping[str, Script] = {
        "a URL with localhost for 127.0.0.1": item(url="http://localhost:{port}/p.png"),
        "a URL with 0.0.0.0": item(url="http://0.0.0.0:{port}/p.png"),
        "a relative URL": item(url="/files/p.png"),
        "a URL that redirects": item(url="{origin}/elsewhere"),
        "a data URI as URL": item(url=f"data:image/png;base64,{B64}"),
        "a data URI in b64_json": item(b64_json=f"data:image/png;base64,{B64}"),
        "b64_json beside an empty URL": item(url="", b64_json=B64),
        "another name of the field": item(image_base64=B64),
        "the picture as text/plain": Script(
            item(url="{origin}/p.png").body, file=PNG, file_headers={"Content-Type": "text/plain"}
        ),
        "the picture as octet-stream": Script(
            item(url="{origin}/p").body, file=PNG, file_headers={"Content-Type": "application/octet-stream"}
        ),
        "the file is gzip": Script(item(url="{origin}/p.png").body, file=gzip.compress(PNG)),
        "the file is base64": Script(item(url="{origin}/p.png").body, file=B64.encode()),
        "the file is JSON around base64": Script(
            item(url="{origin}/p.png").body, file=json.dumps({"image": B64}).encode()
        ),
        "gzip twice": Script(twice, headers={"Content-Encoding": "gzip"}),
        "gzip announced and absent": Script(json.dumps(item(b64_json=B64).body).encode(), headers={"X": "y"}),
        "the picture itself as the body": Script(PNG, headers={"Content-Type": "image/png"}),
        "a list instead of data": Script({"images": [B64]}),
        "a byte array": Script({"data": [{"image": {"type": "Buffer", "data": list(PNG)}}]}),
        "a byte order mark before the JSON": Script(b"\xef\xbb\xbf" + json.dumps(item(b64_json=B64).body).encode()),
        "a chat's answer": Script(
            {"choices": [{"message": {"images": [{"image_url": {"url": f"data:image/png;base64,{B64}"}}]}}]}
        ),
    }
    predictions: Mapping[str, Script] = {
        "a data URI as output": output(f"data:application/octet-stream;base64,{B64}"),
        "a list of addresses": output(["{origin}/p.png"]),
        "an object as output": output({"images": [{"url": "{origin}/p.png"}]}),
        "bare base64 as output": output(B64),
    }
    queued: Mapping[str, Script] = {
        "a data URI as URL": fal(images=[{"url": f"data:image/png;base64,{B64}"}]),
        "an image that is a string": fal(images=["{origin}/p.png"]),
        "one image": fal(image={"url": "{origin}/p.png"}),
        "the result inside data": fal(data={"images": [{"url": "{origin}/p.png"}]}),
    }
    for provider, cost, scripts in (
        ("gemini", GEMINI_COST, gemini),
        ("openai", None, images),
        ("replicate", None, predictions),
        ("fal", None, queued),
    ):
        for what, script in scripts.items():
            yield Answer(provider, what, script, PICTURE, cost)


WRAPPED = tuple(_wrapped())
BROKEN = (
    Answer("gemini", "a picture cut off", inline(base64.b64encode(PNG[:-20]).decode()), "unusable", GEMINI_COST),
    Answer("gemini", "base64 with other characters", inline("%" + B64 * 9), "unusable", GEMINI_COST),
    Answer("openai", "an SVG file", Script(item(url="{origin}/p.svg").body, file=b"<svg/>"), "unusable", None),
    Answer("openai", "a file at a private address", item(url="http://10.0.0.1/p.png"), "unusable", None),
    Answer(
        "replicate", "a page in place of the file", Script(output("{origin}/p").body, file=b"<html>"), "unusable", None
    ),
)
INSIDE = (
    Answer(
        "gemini",
        "a 429 inside a 200",
        google(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted", http=200),
        "rate_limited",
    ),
    Answer(
        "gemini", "a 503 inside a 200", google(503, "UNAVAILABLE", "The model is overloaded.", http=200), "unavailable"
    ),
    Answer(
        "gemini",
        "a bad key inside a 200",
        google(401, "UNAUTHENTICATED", "Request had no key", http=200),
        "misconfigured",
    ),
    Answer("openai", "overloaded inside a 200", openai(200, "upstream overloaded", "overloaded"), "unavailable"),
    Answer("openai", "a 429 inside a 200", openai(200, "Too many requests", 429), "rate_limited"),  # type: ignore[arg-type]
    Answer("openai", "a lost upstream inside a 200", openai(200, "upstream request timeout"), "unknown_outcome", None),
    Answer(
        "openai", "no credit inside a 200", openai(200, "Insufficient balance", "insufficient_quota"), "out_of_credit"
    ),
    Answer(
        "openai", "a refusal inside a 200", openai(200, "Rejected by the content filter"), "refused", fault="prompt"
    ),
    Answer("openai", "an error as plain text", Script({"error": "Too many requests"}), "rate_limited"),
    Answer("fal", "an error inside a result", fal(detail="Exhausted balance"), "out_of_credit"),
)
WORDS = (
    Answer(
        "gemini",
        "a question",
        part({"text": "Which of the two people should wear the hat?"}),
        "model_asks",
        GEMINI_COST,
    ),
    Answer(
        "gemini",
        "a soft refusal",
        part({"text": "I cannot draw that, but I can describe it."}),
        "model_asks",
        GEMINI_COST,
    ),
    Answer(
        "openai", "a chat's question", Script({"choices": [{"message": {"content": "Which hat?"}}]}), "model_asks", None
    ),
    Answer("replicate", "a question as output", output("Which of the two should wear the hat?"), "model_asks", None),
    Answer("fal", "a description alone", fal(images=[], description="Which of them?"), "model_asks", None),
    Answer("gemini", "nothing at all", Script({}), "no_image", None),
    Answer("openai", "no data", Script({"data": []}), "no_image", None),
    Answer("replicate", "no output", output(None), "no_image", None),
)
REFUSED = (
    Answer(
        "openai",
        "Azure's contentFilter",
        openai(400, "Your task failed as a result of our safety system.", "contentFilter"),
        "refused",
        fault="prompt",
    ),
    Answer(
        "openai",
        "content_policy_violation",
        openai(400, "Rejected", "content_policy_violation"),
        "refused",
        fault="prompt",
    ),
    Answer(
        "openai",
        "ResponsibleAIPolicyViolation",
        openai(400, "Filtered", "ResponsibleAIPolicyViolation"),
        "refused",
        fault="prompt",
    ),
    Answer(
        "openai",
        "moderation of a photo",
        openai(400, "The uploaded image was flagged", "moderation_blocked"),
        "refused",
        fault="photo",
    ),
    Answer(
        "openai",
        "moderation of a photo that was not sent",
        openai(400, "The uploaded image was flagged", "moderation_blocked"),
        "refused",
        fault="prompt",
        photos=0,
    ),
    Answer(
        "openai",
        "a chat's refusal",
        Script({"choices": [{"message": {"refusal": "I cannot do that."}}]}),
        "refused",
        None,
        "prompt",
    ),
    Answer(
        "gemini",
        "a reason Google adds",
        part({"text": ""}, reason="IMAGE_POLICY_VIOLATION"),
        "refused",
        34_050,
        "result",
    ),
    Answer(
        "gemini",
        "a refusal as a 400",
        google(400, "INVALID_ARGUMENT", "The prompt violates our usage policies"),
        "refused",
        fault="prompt",
    ),
    Answer(
        "replicate", "E005", failed("The input or output was flagged as sensitive. (E005)"), "refused", fault="prompt"
    ),
    Answer("replicate", "nsfw", failed("NSFW content detected. Try another prompt."), "refused", fault="prompt"),
    Answer(
        "fal",
        "content_policy_violation",
        problem("content_policy_violation", "flagged", "image_urls", 0),
        "refused",
        fault="photo",
    ),
)
FAULTS = (
    Answer(
        "gemini",
        "a photo that cannot be used",
        google(400, "INVALID_ARGUMENT", "Unable to process input image."),
        "bad_input",
        fault="photo",
    ),
    Answer(
        "gemini",
        "the same without a photo",
        google(400, "INVALID_ARGUMENT", "Unable to process input image."),
        "bad_input",
        fault="input",
        photos=0,
    ),
    Answer(
        "gemini",
        "asked to retry",
        google(400, "INVALID_ARGUMENT", "Unable to process input image. Please retry or report"),
        "bad_input",
        fault="again",
        photos=0,
    ),
    Answer(
        "gemini",
        "a prompt too long",
        google(400, "INVALID_ARGUMENT", "The input token count exceeds the maximum: prompt is too long"),
        "bad_input",
        fault="prompt",
    ),
    Answer(
        "openai",
        "a bad photo",
        openai(400, "Invalid image file", "invalid_image_file", param="image"),
        "bad_input",
        fault="photo",
    ),
    Answer("openai", "a body too large", Script({"error": {"message": "too large"}}, 413), "bad_input", fault="photo"),
    Answer("openai", "no image content", openai(400, "No image content found in response"), "no_image"),
    Answer("replicate", "E006", failed("The input was invalid. (E006)"), "bad_input", fault="input"),
    Answer(
        "replicate",
        "a photo it cannot read",
        failed("cannot identify image file", "https://x/y.png"),
        "bad_input",
        fault="photo",
    ),
    Answer(
        "replicate",
        "a photo blamed and none sent",
        failed("cannot identify image file"),
        "bad_input",
        fault="input",
        photos=0,
    ),
    Answer("replicate", "no image in the answer", failed("No image content found in response"), "no_image"),
    Answer("replicate", "interrupted", failed("Prediction interrupted; please retry (code: PA)"), "unavailable"),
    Answer("replicate", "an unknown failure", failed("list index out of range"), "unavailable"),
    Answer(
        "fal", "a photo too small", problem("image_too_small", "too small", "image_urls", 0), "bad_input", fault="photo"
    ),
    Answer("fal", "a model's plain no", problem("value_error", "No image was generated", "prompt"), "no_image"),
)
OPERATORS = (
    Answer("openai", "a model that is gone", openai(400, "The model 'x' has been deprecated"), "gone"),
    Answer("openai", "a key that is refused", openai(401, "Incorrect API key provided"), "misconfigured"),
    Answer(
        "openai", "no credit", openai(429, "You exceeded your current quota", "insufficient_quota"), "out_of_credit"
    ),
    Answer("openai", "a gateway's page", Script(b"<html>Sign in</html>"), "misconfigured"),
    Answer("gemini", "a retired model", google(404, "NOT_FOUND", "models/x is not found"), "gone"),
    Answer(
        "openai", "a gateway that gave up", Script({"error": {"message": "Bad gateway"}}, 502), "unknown_outcome", None
    ),
    Answer("openai", "a server that is down", openai(503, "Service unavailable"), "unavailable"),
)
ANSWERS = (*WRAPPED, *BROKEN, *INSIDE, *WORDS, *REFUSED, *FAULTS, *OPERATORS)
