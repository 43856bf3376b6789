"""What share of the machine's matrix-multiplication rate the encoder reaches, by length of window.

    pip install onnx
    python benchmarks/encoder.py [MODEL_FOLDER ...] [-o FILE]

The machine's rate is measured with products of the encoder's own shapes in int8, done by the same
library, and nothing else; the encoder also has attention, norms and the quantising of inputs.
Without a folder, the shipped model is measured.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from support import cores, publish, table

from beleg.encoder.model import FOLDER, Encoder

_LENGTHS = (64, 128, 256, 384, 512)
_SECONDS = 1.5  # of each measurement


def rate(run: Callable[[], object], threads: int) -> float:
    """Runs a second, on so many threads at once; the best of three measurements."""
    run()
    best = 0.0
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(3):
            start = time.perf_counter()
            stop = start + _SECONDS / 3

            def work(stop: float = stop) -> int:
                count = 0
                while time.perf_counter() < stop:
                    run()
                    count += 1
                return count

            done = sum(pool.map(lambda _: work(), range(threads)))
            best = max(best, done / (time.perf_counter() - start))
    return best


def session(model: bytes | str) -> onnxruntime.InferenceSession:
    """A session on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def products(rows: int, width: int, inner: int, layers: int) -> bytes:
    """A graph of nothing but the encoder's matrix products, in int8."""
    from onnx import TensorProto, helper, numpy_helper

    shapes = [(width, 3 * width), (width, width), (width, inner), (inner, width)]
    nodes, weights, outputs = [], [], []
    for layer in range(layers):
        for i, (a, b) in enumerate(shapes):
            name = f"w{layer}_{i}"
            whole = np.random.default_rng(i).integers(-127, 127, (a, b)).astype(np.int8)
            weights.append(numpy_helper.from_array(whole, name))
            nodes.append(helper.make_node("MatMulInteger", [f"x{a}", name], [f"y{layer}_{i}"]))
            outputs.append(helper.make_tensor_value_info(f"y{layer}_{i}", TensorProto.INT32, [rows, b]))  # fmt: skip
    inputs = [
        helper.make_tensor_value_info(f"x{a}", TensorProto.UINT8, [rows, a]) for a in (width, inner)
    ]
    graph = helper.make_graph(nodes, "products", inputs, outputs, weights)
    opset = [helper.make_opsetid("", 17)]
    model: bytes = helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()
    return model


def rows_of(folder: Path, threads: int) -> list[list[str]]:
    """One line for each length of window."""
    sizes = Encoder(folder).about["sizes"]
    width, inner, layers = sizes["width"], sizes["inner"], sizes["layers"]
    encoder = session(str(folder / "encoder.onnx"))
    lines = []
    for length in _LENGTHS:
        pieces = np.random.default_rng(1).integers(5, sizes["pieces"], (1, length))
        feed = {"pieces": pieces, "marks": np.zeros_like(pieces)}
        ours = rate(lambda: encoder.run(None, feed), threads)  # noqa: B023
        plain = session(products(length, width, inner, layers))
        inputs = {
            f"x{n}": np.random.default_rng(2).integers(0, 255, (length, n)).astype(np.uint8)
            for n in (width, inner)
        }
        theirs = rate(lambda: plain.run(None, inputs), threads)  # noqa: B023
        linear = 2 * length * layers * (4 * width * width + 2 * width * inner)
        attention = 2 * layers * 2 * length * length * width
        lines.append(
            [
                f"{layers} layers, {length} pieces",
                f"{ours:.1f}",
                f"{ours * length:,.0f}",
                f"{ours * (linear + attention) / 1e9:.0f}",
                f"{theirs * linear / 1e9:.0f}",
                f"{ours / theirs * (linear + attention) / linear:.0%}",
            ]
        )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", nargs="*", type=Path, default=[FOLDER])
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    threads = cores()
    header = ["", "windows/s", "pieces/s", "Gop/s", "plain products, Gop/s", "share"]
    publish(
        "The encoder beside plain matrix products",
        [
            f"{threads} threads, each with a window of its own; int8; best of three.",
            *(table(header, rows_of(folder, threads)) for folder in options.models),
        ],
        options.output,
    )


if __name__ == "__main__":
    main()
