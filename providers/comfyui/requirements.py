"""What a workflow needs of a server: its nodes, the files it names, and a node that saves the picture."""

from collections.abc import Iterator, Mapping
from typing import Any

from providers.comfyui.workflow import Workflow

_PREVIEWS = "Preview"
"""How the names of nodes begin that show a picture and keep it for a while only."""


def lacks(workflow: Workflow, known: Mapping[str, Any]) -> Iterator[str]:
    """What the server lacks, in words with the node; `known` is what its /object_info says of each class."""
    for class_ in sorted(workflow.classes):
        if not known.get(class_):
            yield f"the server has no node {class_}; install it there"
    yield from _absent(workflow, known)
    yield from _unsaved(workflow, known)


def _absent(workflow: Workflow, known: Mapping[str, Any]) -> Iterator[str]:
    """Files, and other choices, that the workflow names and the server does not offer."""
    filled = _filled(workflow)
    for id_, node in workflow.graph.items():
        class_ = node["class_type"]
        for name, value in node["inputs"].items():
            choices = _choices(known.get(class_), name)
            if isinstance(value, str) and choices and value not in choices and f"{id_}.{name}" not in filled:
                where = f"{name} of node {id_} ({class_})"
                yield f"the server has no {value!r} for {where}; put it there, or correct the workflow"


def _filled(workflow: Workflow) -> set[str]:
    """The inputs that every picture fills anew."""
    wire = workflow.wire
    return {where for where in (wire.prompt, wire.seed, wire.width, wire.height, *wire.references) if where}


def _unsaved(workflow: Workflow, known: Mapping[str, Any]) -> Iterator[str]:
    id_ = workflow.wire.output
    class_ = workflow.graph[id_]["class_type"]
    about = known.get(class_)
    if isinstance(about, Mapping) and (not about.get("output_node", True) or class_.startswith(_PREVIEWS)):
        yield f"node {id_} ({class_}), its output, saves nothing; name one such as SaveImage in wire.output"


def _choices(about: Any, name: str) -> list[str]:
    """What an input may be chosen from: a list in place of its type, or the options of a COMBO; none otherwise.

    Both forms are those of ComfyUI's `node_info` (its server.py) and of its newer schema (comfy_api).
    """
    inputs = about.get("input") if isinstance(about, Mapping) else None
    for group in ("required", "optional"):
        match inputs.get(group, {}).get(name) if isinstance(inputs, Mapping) else None:
            case [list() as listed, *_]:
                return [one for one in listed if isinstance(one, str)]
            case ["COMBO", {"options": list() as listed}, *_]:
                return [one for one in listed if isinstance(one, str)]
            case _:
                continue
    return []
