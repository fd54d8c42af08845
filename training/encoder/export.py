"""The trained network as a file: in ONNX, the large weights in 8 bits, its checksum and its characters beside it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from assistant.trained.alphabet import MOST_CHARACTERS
from training.encoder.network import Reader

_OUTPUTS = ("spans", "operations", "roles", "answerable")


class _AsTuple(nn.Module):  # type: ignore[misc, unused-ignore]
    """The network's scores one by one, as files hold them."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, characters: torch.Tensor, is_question: torch.Tensor) -> tuple[torch.Tensor, ...]:
        said = self.reader(characters, is_question)
        return said.spans, said.operations, said.roles, said.answerable


def written(reader: Reader, numbers: dict[str, int], heat: Mapping[str, float], questions: int, path: Path) -> None:
    """Writes the model and its record."""
    example = (torch.full((1, 24), 7), torch.ones((1, 24), dtype=torch.long))
    length = torch.export.Dim("length", min=3, max=MOST_CHARACTERS + 2)
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            _AsTuple(reader).eval(), example, str(exact), input_names=["characters", "is_question"],
            output_names=list(_OUTPUTS), dynamic_shapes=({1: length}, {1: length}), dynamo=True, external_data=False,
        )  # fmt: skip
        quantize_dynamic(str(exact), str(path), weight_type=QuantType.QInt8, per_channel=True)
    model = onnx.load(str(path))
    _strip(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    record = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "questions": questions, "heat": dict(heat),
        "characters": "".join(numbers),
    }  # fmt: skip
    path.with_suffix(".json").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def _strip(model: Any) -> None:
    """Takes out where each step was written: the exporter keeps the paths of the machine that trained."""
    graph = model.graph
    parts = (*graph.input, *graph.output, *graph.node, *graph.value_info, *graph.initializer, *model.functions)
    for each in (model, graph, *parts):
        del each.metadata_props[:]
        each.doc_string = ""
