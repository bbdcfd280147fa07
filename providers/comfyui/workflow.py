"""A workflow of the user's own, and which of its inputs take the prompt, the photos, the seed and the size."""

import copy
import json
import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from providers.contract.errors import BadInput
from providers.contract.model import Model
from providers.contract.provider import Request
from providers.shared.model_wire import bad, wire_of

Graph: TypeAlias = Mapping[str, Any]
"""ComfyUI's API format: node id to its class and its inputs."""
SIDES: Mapping[str, int] = {"1K": 1024, "2K": 2048, "4K": 4096}
"""Pixels on a side when the picture is square."""
STEP = 8
"""Width and height are multiples of this many pixels: a latent pixel stands for 8 x 8."""


@dataclass(frozen=True, slots=True)
class WorkflowWire:
    """What the model list says of a workflow; an input is written as "node.input", such as "6.text"."""

    workflow: str
    """Path of the file, absolute or from the folder the bot is started in."""
    prompt: str
    seed: str
    """Without another seed the server would take the picture from its cache."""
    output: str
    """The node that saves the picture."""
    width: str | None = None
    height: str | None = None
    references: tuple[str, ...] = ()
    """One input for each photo; every one of them is filled."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow that has been read and fits its wire."""

    graph: Graph
    wire: WorkflowWire

    @property
    def classes(self) -> set[str]:
        """The classes of its nodes, which the server must have."""
        return {node["class_type"] for node in self.graph.values()}


def load(model: Model) -> Workflow:
    """The workflow of a model; raises SettingError."""
    wire = wire_of(model, WorkflowWire)
    graph = _graph(model, Path(wire.workflow))
    _check(model, wire, graph)
    return Workflow(graph, wire)


@dataclass(frozen=True, slots=True)
class Filling:
    """What is put into a workflow beside the request: the names under which the server has the photos, the seed,
    and our key of the call."""

    photos: Sequence[str]
    seed: int
    key: str


def filled(workflow: Workflow, request: Request, filling: Filling) -> Graph:
    """The graph of one picture; raises BadInput."""
    wire = workflow.wire
    if len(filling.photos) != len(wire.references):
        raise BadInput(f"the workflow takes {len(wire.references)} photos", problem="needs_reference")
    graph = copy.deepcopy(dict(workflow.graph))
    values: list[tuple[str | None, Any]] = [(wire.prompt, request.prompt), (wire.seed, filling.seed)]
    values += zip(wire.references, filling.photos, strict=True)
    if size := pixels(request.aspect, request.size):
        values += zip((wire.width, wire.height), size, strict=True)
    for where, value in values:
        if where:
            node, _, name = where.partition(".")
            graph[node]["inputs"][name] = value
    _save_anew(graph[wire.output]["inputs"], filling.key)
    return graph


def pixels(aspect: str, size: str) -> tuple[int, int] | None:
    """Width and height in pixels; None for `auto`, which leaves them as the workflow has them.

    At 2K and 4K `auto` is square, for the workflow's own size is that of 1K.
    Raises BadInput for an aspect or a size nobody knows.
    """
    if aspect == "auto" and size == "1K":
        return None
    try:
        across, down = (1, 1) if aspect == "auto" else map(int, aspect.split(":"))
        root = math.sqrt(across / down)
        return round(SIDES[size] * root / STEP) * STEP, round(SIDES[size] / root / STEP) * STEP
    except (ValueError, KeyError, ZeroDivisionError) as exc:
        raise BadInput(f"there is no aspect {aspect!r} or no size {size!r}") from exc


def prompt_id_of(key: str) -> str:
    """The id we give the server for our call, so that it can be found again."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, key))


def seed_in(graph: Any, wire: WorkflowWire) -> int | None:
    """The seed that a graph was drawn with."""
    node, _, name = wire.seed.partition(".")
    seed = graph.get(node, {}).get("inputs", {}).get(name) if isinstance(graph, dict) else None
    return seed if isinstance(seed, int) else None


def _save_anew(inputs: dict[str, Any], key: str) -> None:
    """Another file name for every call: a server skips the nodes whose inputs it has seen, and the same wish with the
    same seed would save nothing."""
    if isinstance(prefix := inputs.get("filename_prefix"), str):
        inputs["filename_prefix"] = f"{prefix}-{key}"


def _graph(model: Model, path: Path) -> Graph:
    try:
        graph = json.loads(path.read_text("utf-8"))
    except OSError as exc:
        raise bad(model, f"there is no workflow at {path.absolute()}; correct wire.workflow") from exc
    except ValueError as exc:
        raise bad(model, f"{path} is no JSON; save the workflow again with 'Export (API)'") from exc
    if not isinstance(graph, dict) or not graph or not all(_is_node(node) for node in graph.values()):
        raise bad(model, f"{path} is not in API format; save it in ComfyUI with 'Export (API)'")
    return graph


def _is_node(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)


def _check(model: Model, wire: WorkflowWire, graph: Graph) -> None:
    named = {"prompt": wire.prompt, "seed": wire.seed, "width": wire.width, "height": wire.height}
    slots = {f"references[{number}]": slot for number, slot in enumerate(wire.references)}
    for key, where in {**named, **slots}.items():
        node, _, name = (where or "").partition(".")
        if where is not None and name not in graph.get(node, {}).get("inputs", {}):
            raise bad(model, f"wire.{key} is {where!r}, but {wire.workflow} has no such node and input")
    if wire.output not in graph:
        raise bad(model, f"wire.output is {wire.output!r}, but {wire.workflow} has no such node")
    _check_capabilities(model, wire)


def _check_capabilities(model: Model, wire: WorkflowWire) -> None:
    """What the model list promises, the workflow must be able to keep."""
    can = model.capabilities
    if not can.min_references == can.max_references == len(wire.references):
        photos = len(wire.references)
        raise bad(model, f"its workflow takes {photos} photos; write min_references and max_references = {photos}")
    if (can.aspects != ("auto",) or can.sizes != ("1K",)) and not (wire.width and wire.height):
        raise bad(model, "to choose an aspect or a size, write wire.width and wire.height")
