"""Writes a trained network as the package ships it: `python export.py RUN_FOLDER MODEL_FOLDER`.

encoder.onnx and stage2.onnx: int8 weights with one scale per output, inputs quantised when they
come; `--precision fp32` leaves everything in single precision, for comparison. heads.json: sizes,
label names, the linear layer of stage 1 (in heads.bin), thresholds, hash. pieces.model.

The graphs are built by hand from onnxruntime's fused operators, since the ones an exporter
traces spend a third of their time on masks. They take one window (one article's candidates) at a
time and need no padding, so what they give for one text cannot depend on any other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType

import numpy as np
import onnx
import torch
from corpora import MEDIA, NAMES, ROLES, TYPES
from network import Network
from onnx import TensorProto, helper, numpy_helper
from sentencepiece import SentencePieceProcessor

from beleg.encoder.pieces import cut_windows
from beleg.rules.segmentation import segmentation_table
from beleg.text import segment

_MS = "com.microsoft"
_SMOOTHING = 0.7
_EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


class Graph:
    """Collects the nodes and constants of one ONNX graph."""

    def __init__(
        self, *, int8: bool, peaks: Mapping[str, np.ndarray] = MappingProxyType({})
    ) -> None:
        self.int8 = int8
        self.peaks = peaks  # linear layer → largest absolute input of each channel
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.quantised: dict[str, tuple[str, str, str]] = {}
        self.count = 0

    def constant(self, value: np.ndarray, name: str) -> str:
        """A stored tensor."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def node(
        self, kind: str, inputs: list[str], outputs: int = 1, domain: str = "", **extra: object
    ) -> str:
        """Adds an operator; the name of its first output."""
        self.count += 1
        names = [f"t{self.count}" + (f"_{i}" if i else "") for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **extra))
        return names[0]

    def linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        """x times the layer's weights plus its bias."""
        weight = layer.weight.detach().numpy().T
        bias = self.constant(layer.bias.detach().numpy(), name + ".bias")
        if not self.int8:
            y = self.node("MatMul", [x, self.constant(weight, name + ".weight")])
            return self.node("Add", [y, bias])
        if name in self.peaks:
            x, weight = self._smooth(x, weight, name)
        if x not in self.quantised:
            q = self.node("DynamicQuantizeLinear", [x], 3)
            self.quantised[x] = (q, q + "_1", q + "_2")
        q, scale, zero = self.quantised[x]
        scales = np.maximum(np.abs(weight).max(0), 1e-8).astype(np.float32) / 127
        whole = np.clip(np.rint(weight / scales), -127, 127).astype(np.int8)
        return self.node(
            "MatMulIntegerToFloat",
            [
                q,
                self.constant(whole, name + ".weight"),
                scale,
                self.constant(scales, name + ".scale"),
                zero,
                self.constant(np.zeros(len(scales), np.int8), f"zero{len(scales)}"),
                bias,
            ],
            domain=_MS,
        )

    def _smooth(self, x: str, weight: np.ndarray, name: str) -> tuple[str, np.ndarray]:
        """Input and weights with large inputs made small and their weights large.

        A few channels of this encoder are far larger than the others, and 8 bits for all would
        leave the others few (Xiao et al. 2023, SmoothQuant). The strength gave the least error of
        0.35 to 1: 0.06 of the size of a word's vector, where quantising plainly costs 0.14.
        """
        large = np.maximum(self.peaks[name], 1e-5) ** _SMOOTHING
        factors = large / np.maximum(np.abs(weight).max(1), 1e-5) ** (1 - _SMOOTHING)
        factors = factors.astype(np.float32)
        return (
            self.node("Mul", [x, self.constant(1 / factors, name + ".smooth")]),
            weight * factors[:, None],
        )

    def add_norm(self, x: str, added: str, norm: torch.nn.LayerNorm, name: str) -> str:
        """Layer norm of the sum. The fused operator for both takes ten times as long on a processor."""
        return self.norm(self.node("Add", [x, added]), norm, name)

    def norm(self, x: str, norm: torch.nn.LayerNorm, name: str) -> str:
        """Layer norm."""
        return self.node("LayerNormalization", [x, *self._norm(norm, name)], epsilon=norm.eps)

    def _norm(self, norm: torch.nn.LayerNorm, name: str) -> list[str]:
        return [
            self.constant(norm.weight.detach().numpy(), name + ".weight"),
            self.constant(norm.bias.detach().numpy(), name + ".bias"),
        ]

    def transformer(self, x: str, layer: torch.nn.Module, name: str, mask: str | None) -> str:
        """One transformer layer; mask: [rows, places] of int32, 1 where there is something."""
        mixed = self.linear(x, layer.qkv, name + ".qkv")
        width = layer.out.in_features
        parts = self.node(
            "Split",
            [mixed, self.constant(np.array([width] * 3, np.int64), f"split{width}")],
            3,
            axis=-1,
        )
        inputs = [parts, parts + "_1", parts + "_2"]
        if mask:
            inputs += ["", mask]
        attended = self.node("MultiHeadAttention", inputs, domain=_MS, num_heads=layer.heads)
        x = self.add_norm(
            x, self.linear(attended, layer.out, name + ".out"), layer.norm1, name + ".norm1"
        )
        inner = self.node("Gelu", [self.linear(x, layer.up, name + ".up")], domain=_MS)
        return self.add_norm(
            x, self.linear(inner, layer.down, name + ".down"), layer.norm2, name + ".norm2"
        )

    def embed(self, ids: str, table: torch.nn.Embedding, name: str) -> str:
        """Rows of a table; a large one is stored in int8 with a scale per row."""
        weight = table.weight.detach().numpy()
        if not self.int8 or len(weight) < 1000:
            return self.node("Gather", [self.constant(weight, name), ids], axis=0)
        scales = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
        whole = np.rint(weight / scales).astype(np.int8)
        rows = self.node("Gather", [self.constant(whole, name), ids], axis=0)
        rows = self.node("Cast", [rows], to=TensorProto.FLOAT)
        scale = self.node(
            "Gather", [self.constant(scales.astype(np.float32), name + ".scale"), ids], axis=0
        )
        return self.node("Mul", [rows, scale])

    def save(
        self, path: Path, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> None:
        """Writes the graph."""
        graph = helper.make_graph(
            self.nodes, "beleg", inputs, outputs, list(self.constants.values())
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_MS, 1)],
            producer_name="beleg",
            ir_version=8,
        )
        path.write_bytes(model.SerializeToString(deterministic=True))


@torch.no_grad()
def input_peaks(network: Network, pieces_model: Path) -> dict[str, np.ndarray]:
    """The largest absolute input of each channel of the encoder's layers, on the examples."""
    peaks: dict[str, np.ndarray] = {}

    def keep(
        name: str,
    ) -> Callable[[torch.nn.Module, tuple[torch.Tensor, ...], torch.Tensor], None]:
        def hook(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...], __: torch.Tensor) -> None:
            found = inputs[0].abs().flatten(0, -2).amax(0).numpy()
            peaks[name] = np.maximum(peaks.get(name, found), found)

        return hook

    hooks = [
        getattr(layer, part).register_forward_hook(keep(f"layer{i}.{part}"))
        for i, layer in enumerate(network.encoder.layers)
        for part in ("qkv", "out", "up", "down")
    ]
    tokenizer = SentencePieceProcessor(model_file=str(pieces_model))
    for file in sorted(_EXAMPLES.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        sentences = segment(text, segmentation_table())
        for window in cut_windows(text, sentences, tokenizer, longest=network.sizes.positions):
            pieces = torch.tensor([window.pieces])
            network.encoder(pieces, torch.zeros_like(pieces))
    for hook in hooks:
        hook.remove()
    return peaks


def write_encoder(
    network: Network, path: Path, *, int8: bool, peaks: Mapping[str, np.ndarray]
) -> None:
    """pieces, marks: [1, length] int64 → hidden [1, length, width]."""
    g = Graph(int8=int8, peaks=peaks)
    encoder = network.encoder
    x = g.node(
        "Add", [g.embed("pieces", encoder.word, "word"), g.embed("marks", encoder.mark, "mark")]
    )
    shape = g.node("Shape", ["pieces"])
    length = g.node("Gather", [shape, g.constant(np.array([1], np.int64), "one")], axis=0)
    places = g.node(
        "Slice",
        [
            g.constant(encoder.position.weight.detach().numpy(), "position"),
            g.constant(np.array([0], np.int64), "zero"),
            length,
        ],
    )
    x = g.norm(g.node("Add", [x, places]), encoder.norm, "norm")
    for i, layer in enumerate(encoder.layers):
        x = g.transformer(x, layer, f"layer{i}", None)
    g.nodes[-1].output[0] = "hidden"
    width = network.sizes.width
    g.save(
        path,
        [
            helper.make_tensor_value_info(n, TensorProto.INT64, [1, "length"])
            for n in ("pieces", "marks")
        ],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "length", width])],
    )


def write_stage2(network: Network, path: Path, *, int8: bool) -> None:
    """words [quotes, places, width], features [quotes, places, 5], mask [quotes, places + 1]
    → parts [quotes, places, 5], labels [quotes, n]; the mask's first column is always 1."""
    g = Graph(int8=int8)
    stage = network.stage2
    x = g.linear("words", stage.project, "project")
    for i, name in enumerate(("inside", "to_start", "to_end", "step", "mark")):
        ids = g.node(
            "Gather", ["features", g.constant(np.array(i, np.int64), f"column{i}")], axis=2
        )
        x = g.node("Add", [x, g.embed(ids, getattr(stage, name), name)])
    width = network.sizes.stage_width
    rows = g.node(
        "Gather", [g.node("Shape", ["words"]), g.constant(np.array([0], np.int64), "first")], axis=0
    )
    target = g.node("Concat", [rows, g.constant(np.array([1, width], np.int64), "tail")], axis=0)
    whole = g.node("Expand", [g.constant(stage.whole.detach().numpy(), "whole"), target])
    x = g.norm(g.node("Concat", [whole, x], axis=1), stage.norm, "norm")
    for i, layer in enumerate(stage.layers):
        x = g.transformer(x, layer, f"layer{i}", "mask")
    end = g.constant(np.array([1 << 30], np.int64), "end")
    axis = g.constant(np.array([1], np.int64), "axis")
    start = g.constant(np.array([1], np.int64), "start")
    g.linear(g.node("Slice", [x, start, end, axis]), stage.parts, "parts")
    g.nodes[-1].output[0] = "parts_out"
    first = g.node("Gather", [x, g.constant(np.array(0, np.int64), "place")], axis=1)
    g.linear(first, stage.labels, "labels")
    g.nodes[-1].output[0] = "labels_out"
    value = helper.make_tensor_value_info
    g.save(
        path,
        [
            value("words", TensorProto.FLOAT, ["quotes", "places", network.sizes.width]),
            value("features", TensorProto.INT64, ["quotes", "places", 5]),
            value("mask", TensorProto.INT32, ["quotes", "all"]),
        ],
        [
            value("parts_out", TensorProto.FLOAT, ["quotes", "places", 1 + len(ROLES)]),
            value("labels_out", TensorProto.FLOAT, ["quotes", sum(stage.split)]),
        ],
    )


_NO_NAME = 8  # of the linear layer's outputs, behind those of two levels of quotations


def write_heads(
    network: Network, folder: Path, name: str, steps: int, window: int, decoding: dict
) -> None:
    """heads.npz: the linear layer of stage 1; heads.json: what the numbers mean."""
    linear = network.stage1.linear
    bias = linear.bias.detach().numpy().astype(np.float32)
    bias[_NO_NAME] += decoding.get("no_name", 0.0)
    np.savez(
        folder / "heads.npz",
        weight=linear.weight.detach().numpy().T.astype(np.float32),
        bias=bias,
    )
    digest = hashlib.sha256()
    for file in ("encoder.onnx", "stage2.onnx", "heads.npz", "pieces.model"):
        digest.update((folder / file).read_bytes())
    heads = {
        "name": name,
        "hash": digest.hexdigest()[:12],
        "window": window,
        "steps": steps,
        "sizes": asdict(network.sizes),
        "decoding": {name: value for name, value in decoding.items() if name != "no_name"},
        "types": TYPES,
        "media": MEDIA,
        "roles": ROLES,
        "names": NAMES,
    }
    (folder / "heads.json").write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")


def load(run: Path) -> tuple[Network, int]:
    """The network of a training run, its averaged weights, and after how many steps."""
    saved = torch.load(run / "average.pt", weights_only=False, map_location="cpu")
    network = Network(saved["sizes"])
    network.load_state_dict(saved["weights"])
    return network.eval(), saved["step"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--precision", choices=["int8", "fp32"], default="int8")
    parser.add_argument("--name", default="beleg-news")
    options = parser.parse_args()
    network, steps = load(options.run)
    options.folder.mkdir(parents=True, exist_ok=True)
    int8 = options.precision == "int8"
    peaks = input_peaks(network, options.run / "pieces.model") if int8 else {}
    write_encoder(network, options.folder / "encoder.onnx", int8=int8, peaks=peaks)
    write_stage2(network, options.folder / "stage2.onnx", int8=int8)
    shutil.copy(options.run / "pieces.model", options.folder / "pieces.model")
    thresholds = options.run / "decoding.json"
    decoding = json.loads(thresholds.read_text()) if thresholds.exists() else {}
    config = tomllib.loads((options.run / "config.toml").read_text(encoding="utf-8"))
    write_heads(network, options.folder, options.name, steps, config["window"], decoding)
    for file in sorted(options.folder.iterdir()):
        print(f"{file.name:16} {file.stat().st_size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
