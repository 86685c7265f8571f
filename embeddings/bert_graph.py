"""The BERT sentence encoder as an ONNX graph, from the weights and their configuration.

Input ids and attention mask go in, one unit vector a row comes out: the mean over a text's own tokens and the
L2 normalisation are part of the graph, so the caller never sees token vectors. Three things are arranged for
speed and change nothing else: query, key and value are one matrix product, the scale of attention is folded
into the query weights, and the (constant) token type is folded into the positions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.onnx_writer import TYPE_FLOAT, TYPE_INT64, Graph

Weights = Mapping[str, NDArray[np.float32]]

_OPSET = 20
_MASKED = np.float32(-1e9)


@dataclass(frozen=True, slots=True, kw_only=True)
class BertShape:
    """What the graph must know about a BERT model beside its weights."""

    layers: int
    heads: int
    hidden: int
    epsilon: float
    max_tokens: int


def build_bert_graph(weights: Weights, shape: BertShape) -> bytes:
    """Return the ONNX file of the encoder.

    Its inputs are `input_ids` and `attention_mask`, [n, tokens], int64; its output is `vectors`, [n, hidden],
    float32, unit rows.

    Raises:
        KeyError: `weights` lacks a tensor of that architecture.
    """
    graph = Graph("bert_sentence_encoder", _OPSET)
    _Builder(graph, weights, shape).build()
    return graph.serialise()


class _Builder:
    """Adds the encoder to a graph, part by part. Token vectors are kept as rows [n x tokens, hidden]."""

    def __init__(self, graph: Graph, weights: Weights, shape: BertShape) -> None:
        self.graph = graph
        self.weights = weights
        self.shape = shape

    def build(self) -> None:
        graph, hidden = self.graph, self.shape.hidden
        ids = graph.input("input_ids", TYPE_INT64, ["n", "tokens"])
        mask = graph.input("attention_mask", TYPE_INT64, ["n", "tokens"])
        kept = graph.node("Cast", [mask], "kept", to=TYPE_FLOAT)
        self._shapes(ids)
        bias = self._attention_bias(kept)
        rows = self._embed(ids)
        for layer in range(self.shape.layers):
            rows = self._layer(f"encoder.layer.{layer}", rows, bias)
        self._pool(rows, kept)
        graph.output("vectors", TYPE_FLOAT, ["n", hidden])

    def _integers(self, name: str, *values: int) -> str:
        return self.graph.constant(name, np.array(values, dtype=np.int64))

    def _shapes(self, ids: str) -> None:
        """The target shapes that depend on the batch."""
        graph, shape = self.graph, self.shape
        size = graph.node("Shape", [ids], "size")
        split = self._integers("heads_shape", 3, shape.heads, shape.hidden // shape.heads)
        graph.node("Concat", [size, split], "split_shape", axis=0)
        graph.node("Concat", [size, self._integers("hidden_shape", shape.hidden)], "batch_shape", axis=0)
        self._integers("rows_shape", -1, shape.hidden)

    def _attention_bias(self, kept: str) -> str:
        """0 for a token, a large negative number for padding: [n, 1, 1, tokens]."""
        graph = self.graph
        one = graph.constant("one", np.array(1, dtype=np.float32))
        masked = graph.constant("masked", np.array(_MASKED))
        padding = graph.node("Sub", [one, kept], "padding")
        bias = graph.node("Mul", [padding, masked], "bias_2d")
        return graph.node("Unsqueeze", [bias, self._integers("bias_axes", 1, 2)], "bias")

    def _embed(self, ids: str) -> str:
        graph, weights = self.graph, self.weights
        table = graph.constant("words", weights["embeddings.word_embeddings.weight"])
        places = weights["embeddings.position_embeddings.weight"][: self.shape.max_tokens]
        token_type = weights["embeddings.token_type_embeddings.weight"][0]
        words = graph.node("Gather", [table, ids], "word_vectors")
        length = graph.node("Shape", [ids], "length", start=1, end=2)
        start = self._integers("start", 0)
        positions = graph.node(
            "Slice", [graph.constant("positions", places + token_type), start, length], "place_vectors"
        )
        summed = graph.node("Add", [words, positions], "embedded")
        normal = self._layer_norm("embeddings.LayerNorm", summed)
        return graph.node("Reshape", [normal, "rows_shape"], "embedded_rows")

    def _layer_norm(self, prefix: str, value: str) -> str:
        scale = self.graph.constant(f"{prefix}.weight", self.weights[f"{prefix}.weight"])
        bias = self.graph.constant(f"{prefix}.bias", self.weights[f"{prefix}.bias"])
        return self.graph.node(
            "LayerNormalization", [value, scale, bias], f"{prefix}.out", axis=-1, epsilon=self.shape.epsilon
        )

    def _gemm(self, name: str, rows: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        matrix = self.graph.constant(f"{name}.weight", np.ascontiguousarray(weight.T))
        offset = self.graph.constant(f"{name}.bias", bias)
        return self.graph.node("Gemm", [rows, matrix, offset], f"{name}.out")

    def _dense(self, prefix: str, rows: str) -> str:
        return self._gemm(prefix, rows, self.weights[f"{prefix}.weight"], self.weights[f"{prefix}.bias"])

    def _layer(self, prefix: str, rows: str, bias: str) -> str:
        graph = self.graph
        attended = self._dense(f"{prefix}.attention.output.dense", self._attention(prefix, rows, bias))
        summed = graph.node("Add", [attended, rows], f"{prefix}.attention.sum")
        rows = self._layer_norm(f"{prefix}.attention.output.LayerNorm", summed)
        wide = self._dense(f"{prefix}.intermediate.dense", rows)
        active = graph.node("Gelu", [wide], f"{prefix}.gelu")
        narrow = self._dense(f"{prefix}.output.dense", active)
        summed = graph.node("Add", [narrow, rows], f"{prefix}.sum")
        return self._layer_norm(f"{prefix}.output.LayerNorm", summed)

    def _attention(self, prefix: str, rows: str, bias: str) -> str:
        graph = self.graph
        weight, offset = self._query_key_value(f"{prefix}.attention.self")
        joined = self._gemm(f"{prefix}.qkv", rows, weight, offset)
        parts = graph.node("Reshape", [joined, "split_shape"], f"{prefix}.parts")
        query = self._part(prefix, parts, 0, [0, 2, 1, 3])
        key = self._part(prefix, parts, 1, [0, 2, 3, 1])
        value = self._part(prefix, parts, 2, [0, 2, 1, 3])
        scores = graph.node("MatMul", [query, key], f"{prefix}.scores")
        scores = graph.node("Add", [scores, bias], f"{prefix}.biased")
        shares = graph.node("Softmax", [scores], f"{prefix}.shares", axis=-1)
        mixed = graph.node("MatMul", [shares, value], f"{prefix}.mixed")
        mixed = graph.node("Transpose", [mixed], f"{prefix}.mixed_tokens", perm=[0, 2, 1, 3])
        return graph.node("Reshape", [mixed, "rows_shape"], f"{prefix}.mixed_rows")

    def _part(self, prefix: str, parts: str, index: int, order: list[int]) -> str:
        """One of query, key, value from [n, tokens, 3, heads, width], its four axes put in `order`."""
        graph = self.graph
        which = self._integers(f"{prefix}.which{index}", index)
        which = graph.node("Squeeze", [which], f"{prefix}.index{index}")
        part = graph.node("Gather", [parts, which], f"{prefix}.part{index}", axis=2)
        return graph.node("Transpose", [part], f"{prefix}.ordered{index}", perm=order)

    def _query_key_value(self, prefix: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        scale = np.float32((self.shape.hidden // self.shape.heads) ** -0.5)
        weight = [self.weights[f"{prefix}.{part}.weight"] for part in ("query", "key", "value")]
        bias = [self.weights[f"{prefix}.{part}.bias"] for part in ("query", "key", "value")]
        weight[0], bias[0] = weight[0] * scale, bias[0] * scale
        return np.concatenate(weight), np.concatenate(bias)

    def _pool(self, rows: str, kept: str) -> None:
        """The mean over a text's tokens, brought to length one (the division by their number cancels out)."""
        graph = self.graph
        tokens = graph.node("Reshape", [rows, "batch_shape"], "token_vectors")
        axis = self._integers("pool_axis", 1)
        weights = graph.node("Unsqueeze", [kept, axis], "pool_weights")
        total = graph.node("MatMul", [weights, tokens], "pooled")
        total = graph.node("Squeeze", [total, axis], "summed")
        length = graph.node("ReduceL2", [total, axis], "vector_length", keepdims=1)
        graph.node("Div", [total, length], "vectors")
