"""Writes an encoder as an ONNX graph and makes its weights 8-bit."""

import logging
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Array = NDArray[Any]
_OPSET = 20
_IR_VERSION = 9
_EPSILON = 1e-12


class _Graph:
    """Nodes and constants in the order they were added; each call returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def op(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def affine(self, x: str, name: str, weight: Array, bias: Array) -> str:
        product = self.op("MatMul", [x, self.constant(f"{name}.w", weight)], f"{name}.m")
        return self.op("Add", [product, self.constant(f"{name}.b", bias)], f"{name}.y")

    def norm(self, x: str, name: str, weight: Array, bias: Array) -> str:
        inputs = [x, self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)]
        return self.op("LayerNormalization", inputs, f"{name}.y", axis=-1, epsilon=_EPSILON)


def export(weights: dict[str, Any], n_heads: int, path: Path) -> None:
    """Write the encoder: takes ids, which of them are marked, and the task; gives a value per label of that task."""
    graph = _Graph()
    x = _embedding(graph, weights)
    for number, layer in enumerate(weights["layers"]):
        x = _layer(graph, f"l{number}", x, layer, n_heads)
    _decision(graph, x, weights)
    proto = helper.make_graph(
        graph.nodes,
        "encoder",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("marked", TensorProto.FLOAT, [1, "pieces"]),
            helper.make_tensor_value_info("task", TensorProto.INT64, [1]),
        ],
        [helper.make_tensor_value_info("decision", TensorProto.FLOAT, [1, weights["head_w"].shape[1]])],
        graph.constants,
    )
    model = helper.make_model(proto, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(model, whole)
        # It tells of every tensor on the root logger, which says nothing to whoever trains.
        logging.disable(logging.WARNING)
        try:
            quantize_dynamic(
                whole,
                path,
                per_channel=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul"],
                extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
            )
        finally:
            logging.disable(logging.NOTSET)


def _embedding(graph: _Graph, weights: dict[str, Any]) -> str:
    """Rows of the piece table are stored in 8 bits with a scale each."""
    table = weights["word"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127.0
    rounded = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
    rows = graph.op("Gather", [graph.constant("pieces", rounded), "ids"], "e.rows")
    scales = graph.op("Gather", [graph.constant("scales", scale.astype(np.float32)), "ids"], "e.scales")
    x = graph.op("Mul", [graph.op("Cast", [rows], "e.float", to=TensorProto.FLOAT), scales], "e.word")
    length = graph.op("Shape", ["ids"], "e.length", start=1, end=2)
    zero = graph.constant("zero", np.array([0]))
    places = graph.op("Slice", [graph.constant("places", weights["place"]), zero, length, zero], "e.place")
    mark = graph.op("Gather", [graph.constant("marks", weights["mark"]), "task"], "e.mark")
    shown = graph.op("Unsqueeze", ["marked", graph.constant("last", np.array([2]))], "e.shown")
    x = graph.op("Add", [graph.op("Add", [x, places], "e.sum"), graph.op("Mul", [shown, mark], "e.marked")], "e.all")
    return graph.norm(x, "e.norm", weights["norm_w"], weights["norm_b"])


def _layer(graph: _Graph, name: str, x: str, layer: dict[str, Array], n_heads: int) -> str:
    width = layer["qkv_w"].shape[0]
    shape = graph.constant(f"{name}.heads", np.array([0, 0, 3, n_heads, width // n_heads]))
    # The query is scaled beforehand, which saves a step per layer.
    scale = np.concatenate([np.full(width, (width // n_heads) ** -0.5), np.ones(2 * width)]).astype(np.float32)
    both = graph.affine(x, f"{name}.qkv", layer["qkv_w"] * scale, layer["qkv_b"] * scale)
    heads = graph.op("Transpose", [graph.op("Reshape", [both, shape], f"{name}.r")], f"{name}.t", perm=[2, 0, 3, 1, 4])
    parts = [f"{name}.q", f"{name}.k", f"{name}.v"]
    for i, part in enumerate(parts):
        graph.op("Gather", [heads, graph.constant(f"{part}.i", np.array(i))], part, axis=0)
    keys = graph.op("Transpose", [parts[1]], f"{name}.kt", perm=[0, 1, 3, 2])
    share = graph.op("Softmax", [graph.op("MatMul", [parts[0], keys], f"{name}.s")], f"{name}.a", axis=-1)
    seen = graph.op("Transpose", [graph.op("MatMul", [share, parts[2]], f"{name}.c")], f"{name}.ct", perm=[0, 2, 1, 3])
    flat = graph.op("Reshape", [seen, graph.constant(f"{name}.flat", np.array([0, 0, width]))], f"{name}.cf")
    out = graph.affine(flat, f"{name}.out", layer["out_w"], layer["out_b"])
    x = graph.norm(graph.op("Add", [x, out], f"{name}.x1"), f"{name}.n1", layer["n1_w"], layer["n1_b"])
    wide = graph.op(
        "Gelu", [graph.affine(x, f"{name}.up", layer["up_w"], layer["up_b"])], f"{name}.g", approximate="tanh"
    )
    narrow = graph.affine(wide, f"{name}.down", layer["down_w"], layer["down_b"])
    return graph.norm(graph.op("Add", [x, narrow], f"{name}.x2"), f"{name}.n2", layer["n2_w"], layer["n2_b"])


def _decision(graph: _Graph, x: str, weights: dict[str, Any]) -> None:
    """The mean of all pieces, that of the marked ones and the first piece, through the task's own matrix.

    The matrix is written as a product and a sum, so that it is not stored in 8 bits: it is small and decides.
    """
    one = graph.constant("one", np.array([1]))
    mean = graph.op("ReduceMean", [x, one], "h.mean", keepdims=0)
    total = graph.op("ReduceSum", [graph.op("Mul", [x, "e.shown"], "h.weighted"), one], "h.total", keepdims=0)
    count = graph.op("ReduceSum", ["marked", one], "h.count", keepdims=1)
    unit = graph.constant("unit", np.ones(1, np.float32))
    marked = graph.op("Div", [total, graph.op("Max", [count, unit], "h.n")], "h.marked")
    first = graph.op("Gather", [x, graph.constant("first", np.array(0))], "h.first", axis=1)
    read = graph.op("Concat", [mean, marked, first], "h.read", axis=1)
    matrix = graph.op("Gather", [graph.constant("head.w", weights["head_w"]), "task"], "h.matrix", axis=0)
    offset = graph.op("Gather", [graph.constant("head.b", weights["head_b"]), "task"], "h.offset", axis=0)
    # (1, labels, columns) by (1, 1, columns): a row of values per label.
    row = graph.op("Unsqueeze", [read, one], "h.row")
    last = graph.constant("columns", np.array([2]))
    values = graph.op("ReduceSum", [graph.op("Mul", [matrix, row], "h.products"), last], "h.values", keepdims=0)
    graph.op("Add", [values, offset], "decision")
