"""Writes a generator as a network pickle in the layout that StyleGAN3 generators are published in.

A published pickle is a dictionary whose `G_ema` is a tree of persistent objects: each stores its class's name, the
source text of its module (left empty here: readers of data need none) and its state, which is that of a torch Module.
"""
import pickle
import sys
import types
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor, nn

from stylegan3 import FullyConnected, MappingNetwork, SynthesisInput, SynthesisLayer, SynthesisNetwork

LAYOUT_VERSION = 6
HOOKS = ("_backward_hooks", "_forward_hooks", "_forward_pre_hooks", "_state_dict_hooks", "_load_state_dict_pre_hooks")


def _reconstruct_persistent_obj(meta: dict[str, Any]) -> None:
    raise NotImplementedError("this file is data; read it with a reader that executes nothing")


# A pickle names functions by module: readers look for this one where the published files have it.
_module = types.ModuleType("torch_utils.persistence")
_module._reconstruct_persistent_obj = _reconstruct_persistent_obj
_reconstruct_persistent_obj.__module__ = "torch_utils.persistence"


class Persistent:
    """An object of the published layout: class name, own attributes, parameters, buffers, children."""

    def __init__(self, class_name: str, attributes: dict[str, Any], module: nn.Module | None = None,
                 children: Iterable[tuple[str, "Persistent"]] = ()):
        state = dict(
            training=False, _parameters=parameters(module), _buffers=buffers(module),
            _non_persistent_buffers_set=set(), **{name: OrderedDict() for name in HOOKS},
            _modules=OrderedDict(children), **attributes)
        self.meta = dict(type="class", version=LAYOUT_VERSION, module_src="", class_name=class_name, state=state)

    def __reduce__(self) -> tuple[Any, ...]:
        return _reconstruct_persistent_obj, (self.meta,)


def parameters(module: nn.Module | None) -> OrderedDict[str, nn.Parameter]:
    own = {} if module is None else dict(module.named_parameters(recurse=False))
    return OrderedDict((name, nn.Parameter(p.detach().clone(), requires_grad=False)) for name, p in own.items())


def buffers(module: nn.Module | None) -> OrderedDict[str, Tensor | None]:
    """Those that belong to the state, with the filters that are absent as None."""
    if module is None:
        return OrderedDict()
    return OrderedDict((name, None if buffer is None else buffer.detach().clone())
                       for name, buffer in module._buffers.items() if name not in module._non_persistent_buffers_set)


def linear(module: FullyConnected) -> Persistent:
    out_features, in_features = module.weight.shape
    attributes = dict(
        in_features=in_features, out_features=out_features, activation="lrelu" if module.lrelu else "linear",
        weight_gain=module.weight_gain, bias_gain=module.bias_gain)
    return Persistent("FullyConnectedLayer", attributes, module)


def mapping_network(module: MappingNetwork, z_dim: int, w_dim: int, num_ws: int) -> Persistent:
    attributes = dict(z_dim=z_dim, c_dim=0, w_dim=w_dim, num_ws=num_ws, num_layers=module.num_layers,
                      w_avg_beta=0.998, embed=None)
    layers = [(f"fc{i}", linear(getattr(module, f"fc{i}"))) for i in range(module.num_layers)]
    return Persistent("MappingNetwork", attributes, module, layers)


def synthesis_input(module: SynthesisInput, w_dim: int) -> Persistent:
    attributes = dict(
        w_dim=w_dim, channels=len(module.phases), size=np.array([module.size] * 2),
        sampling_rate=np.float64(module.sampling_rate), bandwidth=np.float64(module.bandwidth))
    return Persistent("SynthesisInput", attributes, module, [("affine", linear(module.affine))])


def synthesis_layer(module: SynthesisLayer, w_dim: int) -> Persistent:
    source, target, r = module.source, module.target, module.resampling
    attributes = dict(
        w_dim=w_dim, is_torgb=module.is_torgb, is_critically_sampled=module.is_critically_sampled, use_fp16=False,
        in_channels=source.channels, out_channels=target.channels,
        in_size=np.array([source.size] * 2), out_size=np.array([target.size] * 2),
        in_sampling_rate=source.rate, out_sampling_rate=target.rate, tmp_sampling_rate=r.middle_rate,
        in_cutoff=np.float64(source.cutoff), out_cutoff=np.float64(target.cutoff),
        in_half_width=np.float64(source.half_width), out_half_width=np.float64(target.half_width),
        conv_kernel=module.kernel, conv_clamp=module.conv_clamp, magnitude_ema_beta=0.999,
        up_factor=r.up, up_taps=r.up_taps, down_factor=r.down, down_taps=r.down_taps, down_radial=False,
        padding=[r.pad_lo, r.pad_hi] * 2)
    return Persistent("SynthesisLayer", attributes, module, [("affine", linear(module.affine))])


def synthesis_network(module: SynthesisNetwork, w_dim: int, resolution: int, channels: int) -> Persistent:
    attributes = dict(
        w_dim=w_dim, num_ws=module.num_ws, img_resolution=resolution, img_channels=channels,
        num_layers=module.num_layers, num_critical=module.num_critical, margin_size=module.margin_size,
        output_scale=module.output_scale, num_fp16_res=0, layer_names=list(module.layer_names))
    layers = [(name, synthesis_layer(getattr(module, name), w_dim)) for name in module.layer_names]
    return Persistent("SynthesisNetwork", attributes, None, [("input", synthesis_input(module.input, w_dim)), *layers])


def save(path: Path, synthesis: SynthesisNetwork, mapping: MappingNetwork, z_dim: int,
         synthesis_kwargs: dict[str, Any]) -> None:
    """`synthesis_kwargs`: the arguments of SynthesisNetwork."""
    w_dim, resolution, channels = (synthesis_kwargs[key] for key in ("w_dim", "img_resolution", "img_channels"))
    arguments = dict(z_dim=z_dim, c_dim=0, mapping_kwargs=dict(num_layers=mapping.num_layers), **synthesis_kwargs)
    attributes = dict(z_dim=z_dim, c_dim=0, w_dim=w_dim, img_resolution=resolution, img_channels=channels,
                      num_ws=synthesis.num_ws, _init_args=(), _init_kwargs=arguments)
    children = [("synthesis", synthesis_network(synthesis, w_dim, resolution, channels)),
                ("mapping", mapping_network(mapping, z_dim, w_dim, synthesis.num_ws))]
    generator = Persistent("Generator", attributes, None, children)
    sys.modules["torch_utils.persistence"] = _module
    sys.modules.setdefault("torch_utils", types.ModuleType("torch_utils"))
    with open(path, "wb") as file:
        networks = dict(G=None, D=None, G_ema=generator, training_set_kwargs=None, augment_pipe=None)
        pickle.dump(networks, file, protocol=4)
