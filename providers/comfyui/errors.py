"""Errors of a ComfyUI server in our words. It is the user's own machine, so nothing that fails costs money."""

from collections.abc import Iterator, Mapping
from typing import Any

import aiohttp

from providers.contract.errors import (
    BadInput,
    Broken,
    Misconfigured,
    ProviderError,
    RateLimited,
    Unavailable,
    UnknownOutcome,
)
from providers.shared.http import GATEWAY

_WORDS = 500


def translated(exc: Exception) -> ProviderError:
    """The ProviderError for what aiohttp raised: only where there was no connection is it known that nothing was
    accepted."""
    detail = f"{type(exc).__name__}: {exc}"[:_WORDS]
    match exc:
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Unavailable(detail)
        case aiohttp.InvalidURL():
            return Misconfigured(detail)
        case _:
            return UnknownOutcome(detail, cost=0)


def of_answer(status: int, body: Any) -> ProviderError:
    """The ProviderError for an answer that is not 200; of a graph that is refused it names the nodes."""
    detail = f"{status} {'; '.join(_complaints(body))}".strip()[:_WORDS]
    match status:
        case 400:  # the graph is the operator's; a person only fills its inputs
            return Broken(detail)
        case 413:
            return BadInput(detail, problem="photo")
        case 429:
            return RateLimited(detail)
        case code if code in GATEWAY:
            return UnknownOutcome(detail, cost=0)
        case code if code >= 500:
            return Unavailable(detail)
        case _:
            return Misconfigured(detail)


def of_execution(messages: Any) -> ProviderError:
    """How a call ended that the history says failed; `messages` are the pairs of name and data it keeps.

    Too little memory and a stop from outside may pass. A node that fails would fail again with the same inputs, and is
    the operator's to mend: nobody else sees the machine.
    """
    for name, data in _pairs(messages):
        said = f"node {data.get('node_id')} ({data.get('node_type')}): {data.get('exception_message', '')}".strip()
        if name == "execution_interrupted":
            return Unavailable(f"interrupted at {said}"[:_WORDS])
        if name == "execution_error":
            short = "memory" in f"{data.get('exception_type')} {said}".lower()
            return Broken(said[:_WORDS], again=short)
    return Unavailable("the server says that it failed, and not why")


def of_queued(body: Any, output: str) -> ProviderError | None:
    """What a graph that was queued with errors means; None when the node `output` is going to run all the same."""
    nodes = body.get("node_errors") if isinstance(body, dict) else None
    if not isinstance(nodes, dict) or not nodes:
        return None
    is_queued = isinstance(body.get("prompt_id"), str)
    hit = [one for id_, node in nodes.items() for one in (id_, *_outputs(node))]
    if is_queued and output not in map(str, hit):
        return None
    return Broken("; ".join(_complaints(body)).strip("; ")[:_WORDS])


def _outputs(node: Any) -> list[Any]:
    """The outputs that cannot be made because of a node's errors."""
    found = node.get("dependent_outputs") if isinstance(node, dict) else None
    return found if isinstance(found, list) else []


def _complaints(body: Any) -> Iterator[str]:
    if not isinstance(body, dict):
        return
    error = body.get("error")
    yield str(error.get("message")) if isinstance(error, dict) else str(error or "")
    nodes = body.get("node_errors")
    for id_, node in nodes.items() if isinstance(nodes, dict) else ():
        for one in node.get("errors", ()) if isinstance(node, dict) else ():
            if isinstance(one, dict):
                yield f"node {id_} ({node.get('class_type')}): {one.get('message')} {one.get('details') or ''}".strip()


def _pairs(messages: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for message in messages if isinstance(messages, list) else ():
        match message:
            case [str(name), dict(data)]:
                yield name, data
            case _:
                pass
