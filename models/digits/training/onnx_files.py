"""Writes PyTorch modules as ONNX files: inputs and outputs by name, a free batch, no trace of the machine."""
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from networks import Encoder
from stylegan3 import MappingNetwork

OPSET = 20


class EncoderMean(nn.Module):
    """image [N, 1, 32, 32] in [-1, 1] -> w [N, w_dim]."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, image: Tensor) -> Tensor:
        return self.encoder(image)[0]


class TruncatedMapping(nn.Module):
    """z [N, z_dim], psi [] -> ws [N, num_ws, w_dim]: psi 1 leaves w as it is, 0 makes it the mean."""

    def __init__(self, mapping: MappingNetwork, num_ws: int):
        super().__init__()
        self.mapping, self.num_ws = mapping, num_ws

    def forward(self, z: Tensor, psi: Tensor) -> Tensor:
        w = self.mapping(z)
        w = self.mapping.w_avg + (w - self.mapping.w_avg) * psi
        return w[:, None].expand(-1, self.num_ws, -1)


def write(module: nn.Module, arguments: tuple[Tensor, ...], path: Path, inputs: Sequence[str],
          outputs: Sequence[str]) -> None:
    """`arguments` are examples; the first dimension of every one that is no scalar is the free batch N."""
    shapes = tuple({0: torch.export.Dim("N")} if argument.ndim else None for argument in arguments)
    program = torch.onnx.export(
        module.eval(), arguments, dynamo=True, opset_version=OPSET, input_names=inputs, output_names=outputs,
        dynamic_shapes=shapes, verbose=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(without_traces(program.model_proto), path)


def without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """The exporter writes stack traces with paths of the machine into every node: they go."""
    graph = model.graph
    for holder in (*graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer, graph):
        holder.ClearField("doc_string")
        holder.ClearField("metadata_props")
    model.ClearField("metadata_props")
    return model
