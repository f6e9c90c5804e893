"""StyleGAN3 (configuration T) for small images, written for training on a CPU.

Architecture: Karras et al., "Alias-Free Generative Adversarial Networks", 2021 (arXiv 2106.12423), section 3 and
appendix C. Parameters carry the names of the published network pickles, so that a trained network can be stored in
that layout (see `pickle_layout.py`) and read by anything that reads StyleGAN3.

Two things differ from the usual implementation, neither changes the result: every low-pass filter of configuration T
is separable and linear, so resampling is two products with small fixed matrices; and styles scale the activations
instead of the weights, so that a batch shares one convolution.

The order in which parameters are drawn is part of the recipe: another order is another network for the same seed.
"""
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.signal
import torch
from torch import Tensor, nn
from torch.nn import functional as F


def leaky_relu(x: Tensor) -> Tensor:
    """LeakyReLU with the gain that keeps the variance of its input."""
    return F.leaky_relu(x, 0.2) * math.sqrt(2)


class FullyConnected(nn.Module):
    """Linear layer with equalised learning rate: the stored weights are of unit scale."""

    def __init__(self, in_features: int, out_features: int, lrelu: bool = False, lr_multiplier: float = 1.0,
                 weight_init: float = 1.0, bias_init: float | Sequence[float] = 0.0):
        super().__init__()
        self.lrelu = lrelu
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * (weight_init / lr_multiplier))
        bias = np.broadcast_to(np.asarray(bias_init, dtype=np.float32), [out_features]) / lr_multiplier
        self.bias = nn.Parameter(torch.from_numpy(bias.astype(np.float32)))
        self.weight_gain = lr_multiplier / math.sqrt(in_features)
        self.bias_gain = lr_multiplier

    def forward(self, x: Tensor) -> Tensor:
        x = F.linear(x, self.weight * self.weight_gain, self.bias * self.bias_gain)
        return leaky_relu(x) if self.lrelu else x


class MappingNetwork(nn.Module):
    """z [N, z_dim] -> w [N, w_dim]; `w_avg` is the mean of w, the centre of truncation."""

    def __init__(self, z_dim: int, w_dim: int, num_layers: int = 2, lr_multiplier: float = 0.01):
        super().__init__()
        self.num_layers = num_layers
        for i in range(num_layers):
            layer = FullyConnected(z_dim if i == 0 else w_dim, w_dim, lrelu=True, lr_multiplier=lr_multiplier)
            self.add_module(f"fc{i}", layer)
        self.register_buffer("w_avg", torch.zeros(w_dim))

    def forward(self, z: Tensor) -> Tensor:
        x = z * (z.square().mean(1, keepdim=True) + 1e-8).rsqrt()
        for i in range(self.num_layers):
            x = getattr(self, f"fc{i}")(x)
        return x


@dataclass(frozen=True)
class Signal:
    """What flows between two layers."""

    channels: int
    size: int  # pixels on a side, margin included
    rate: int  # samples per unit of length: the image's side without margin is one unit
    cutoff: float  # of the low-pass filter, in cycles per unit of length
    half_width: float  # of the filter's transition band, in cycles per unit of length


def plan_signals(img_resolution: int, img_channels: int, channel_base: int, channel_max: int, num_layers: int,
                 num_critical: int, first_cutoff: float, first_stopband: float, last_stopband_rel: float,
                 margin_size: int) -> list[Signal]:
    """The outputs of the num_layers + 1 layers (section 3.2): cutoff and stopband grow geometrically up to the last
    `num_critical` layers, which are sampled at the limit; channels shrink as the cutoff grows."""
    last_cutoff = img_resolution / 2
    position = np.minimum(np.arange(num_layers + 1) / (num_layers - num_critical), 1)
    cutoffs = first_cutoff * (last_cutoff / first_cutoff) ** position
    stopbands = first_stopband * (last_cutoff * last_stopband_rel / first_stopband) ** position
    rates = np.exp2(np.ceil(np.log2(np.minimum(stopbands * 2, img_resolution))))
    half_widths = np.maximum(stopbands, rates / 2) - cutoffs
    sizes = (rates + margin_size * 2).astype(int)
    sizes[-2:] = img_resolution
    channels = np.rint(np.minimum(channel_base / 2 / cutoffs, channel_max)).astype(int)
    channels[-1] = img_channels
    return [Signal(int(channels[i]), int(sizes[i]), int(rates[i]), float(cutoffs[i]), float(half_widths[i]))
            for i in range(num_layers + 1)]


class SynthesisInput(nn.Module):
    """Fourier features on a plane that w rotates and shifts: [N, channels, size, size]."""

    def __init__(self, w_dim: int, out: Signal):
        super().__init__()
        self.size, self.sampling_rate, self.bandwidth = out.size, float(out.rate), out.cutoff
        freqs = torch.randn(out.channels, 2)
        radii = freqs.square().sum(1, keepdim=True).sqrt()
        freqs = freqs / (radii * radii.square().exp().pow(0.25)) * self.bandwidth
        self.weight = nn.Parameter(torch.randn(out.channels, out.channels))
        self.affine = FullyConnected(w_dim, 4, weight_init=0.0, bias_init=[1, 0, 0, 0])
        self.register_buffer("transform", torch.eye(3))
        self.register_buffer("freqs", freqs)
        self.register_buffer("phases", torch.rand(out.channels) - 0.5)

    def forward(self, w: Tensor) -> Tensor:
        freqs, phases = self.place(w)
        damping = 1 - (freqs.norm(dim=2) - self.bandwidth) / (self.sampling_rate / 2 - self.bandwidth)
        # Pixel centres, with half a unit of length per half image.
        axis = (torch.arange(self.size) * 2 + 1 - self.size) / self.size * (0.5 * self.size / self.sampling_rate)
        along_x = freqs[:, :, 0, None] * axis  # [N, channels, size]
        along_y = freqs[:, :, 1, None] * axis
        angle = along_y[:, :, :, None] + along_x[:, :, None, :] + phases[:, :, None, None]
        x = torch.sin(angle * (2 * math.pi)) * damping.clamp(0, 1)[:, :, None, None]
        n, channels, height, width = x.shape
        x = (self.weight / math.sqrt(channels)) @ x.reshape(n, channels, height * width)
        return x.view(n, channels, height, width)

    def place(self, w: Tensor) -> tuple[Tensor, Tensor]:
        """Frequencies [N, channels, 2] and phases [N, channels] on the plane as w has rotated and shifted it."""
        t = self.affine(w)
        cos, sin, dx, dy = (t / t[:, :2].norm(dim=1, keepdim=True)).unbind(1)
        rotation = torch.stack([cos, -sin, sin, cos], 1).view(-1, 2, 2)
        shift = -torch.stack([cos * dx - sin * dy, sin * dx + cos * dy], 1)  # rotation @ (-dx, -dy)
        rotation, shift = rotation @ self.transform[:2, :2], shift + rotation @ self.transform[:2, 2]
        phases = self.phases + shift @ self.freqs.T
        return self.freqs @ rotation, phases


def lowpass(taps: int, cutoff: float, width: float, rate: int) -> np.ndarray | None:
    """Kaiser-windowed low-pass filter, or None where none is needed."""
    if taps == 1:
        return None
    return scipy.signal.firwin(numtaps=taps, cutoff=cutoff, width=width, fs=rate).astype(np.float32)


def resampling_matrix(size: int, kernel: np.ndarray | None, up: int, down: int, pad_lo: int, pad_hi: int) -> Tensor:
    """The matrix [out, size] of: insert up-1 zeros behind each sample, pad (or crop), filter, keep every down-th."""
    spread = np.zeros((size * up, size))
    spread[np.arange(size) * up, np.arange(size)] = 1
    kept = spread[max(-pad_lo, 0):len(spread) - max(-pad_hi, 0)]
    padded = np.pad(kept, ((max(pad_lo, 0), max(pad_hi, 0)), (0, 0)))
    kernel = np.ones(1) if kernel is None else np.asarray(kernel, dtype=np.float64)
    out = np.stack([np.convolve(column, kernel, mode="valid") for column in padded.T], 1)
    return torch.from_numpy((out * up)[::down].astype(np.float32))


def unit_magnitude(weight: Tensor) -> Tensor:
    """Each output channel's weights scaled to mean square one."""
    return weight * weight.square().mean([1, 2, 3], keepdim=True).rsqrt()


@dataclass(frozen=True)
class Resampling:
    """How one layer goes from its input's rate over a middle one, where the activation is applied, to its output's."""

    middle_rate: int
    up: int
    down: int
    up_taps: int
    down_taps: int
    pad_lo: int
    pad_hi: int

    @classmethod
    def between(cls, source: Signal, target: Signal, kernel: int, is_torgb: bool, filter_size: int) -> "Resampling":
        """`kernel` is the side of the convolution before it, which leaves kernel - 1 pixels more."""
        middle_rate = max(source.rate, target.rate) * (1 if is_torgb else 2)
        up, down = middle_rate // source.rate, middle_rate // target.rate
        up_taps = filter_size * up if up > 1 and not is_torgb else 1
        down_taps = filter_size * down if down > 1 and not is_torgb else 1
        needed = (target.size - 1) * down + 1  # samples before every down-th is kept
        pad = needed - (source.size + kernel - 1) * up + up_taps + down_taps - 2
        pad_lo = (pad + up) // 2  # samples are centred in their pixels (appendix C.3)
        return cls(middle_rate, up, down, up_taps, down_taps, pad_lo, pad - pad_lo)


class SynthesisLayer(nn.Module):
    """Modulated convolution, then LeakyReLU between an up- and a downsampling low-pass filter."""

    def __init__(self, w_dim: int, is_torgb: bool, is_critically_sampled: bool, source: Signal, target: Signal,
                 filter_size: int = 6, conv_clamp: float = 256):
        super().__init__()
        self.is_torgb, self.is_critically_sampled, self.conv_clamp = is_torgb, is_critically_sampled, conv_clamp
        self.source, self.target = source, target
        self.frozen = False
        self.kernel = 1 if is_torgb else 3
        self.affine = FullyConnected(w_dim, source.channels, bias_init=1)
        self.weight = nn.Parameter(torch.randn(target.channels, source.channels, self.kernel, self.kernel))
        self.bias = nn.Parameter(torch.zeros(target.channels))
        self.register_buffer("magnitude_ema", torch.ones([]))
        self.resampling = Resampling.between(source, target, self.kernel, is_torgb, filter_size)
        self.register_filters()

    def register_filters(self) -> None:
        """The filters are kept for the pickle; the matrices made of them are what is computed with."""
        r = self.resampling
        up_filter = lowpass(r.up_taps, self.source.cutoff, self.source.half_width * 2, r.middle_rate)
        down_filter = lowpass(r.down_taps, self.target.cutoff, self.target.half_width * 2, r.middle_rate)
        upsample = resampling_matrix(self.source.size + self.kernel - 1, up_filter, r.up, 1, r.pad_lo, r.pad_hi)
        downsample = resampling_matrix(len(upsample), down_filter, 1, r.down, 0, 0)
        self.register_buffer("up_filter", None if up_filter is None else torch.from_numpy(up_filter))
        self.register_buffer("down_filter", None if down_filter is None else torch.from_numpy(down_filter))
        self.register_buffer("upsample", upsample, persistent=False)
        self.register_buffer("downsample", downsample, persistent=False)

    def forward(self, x: Tensor, w: Tensor, magnitude_beta: float | None = None) -> Tensor:
        """`magnitude_beta`: where given, the input's mean square enters its running mean with weight 1 - beta."""
        if magnitude_beta is not None:
            self.magnitude_ema.copy_(x.detach().square().mean().lerp(self.magnitude_ema, magnitude_beta))
        styles, weight = self.affine(w), self.weight
        out_gain = None
        if self.is_torgb:
            styles = styles / math.sqrt(weight[0].numel())
        else:
            if not self.frozen:
                weight = unit_magnitude(weight)
            styles = styles * styles.square().mean(1, keepdim=True).rsqrt()
            out_gain = (styles.square() @ weight.square().sum([2, 3]).T + 1e-8).rsqrt()  # demodulation
        x = x * (styles * self.magnitude_ema.rsqrt())[:, :, None, None]
        x = F.conv2d(x, weight, padding=weight.shape[-1] - 1)
        if out_gain is not None:
            x = x * out_gain[:, :, None, None]
        return self.activate(x + self.bias[:, None, None])

    def activate(self, x: Tensor) -> Tensor:
        x = self.upsample @ (x @ self.upsample.T)
        if not self.is_torgb:
            x = leaky_relu(x)
        x = x.clamp(-self.conv_clamp, self.conv_clamp)
        return self.downsample @ (x @ self.downsample.T)


class SynthesisNetwork(nn.Module):
    """ws [N, num_ws, w_dim] -> image [N, img_channels, img_resolution, img_resolution], nominally in [-1, 1]."""

    def __init__(self, w_dim: int, img_resolution: int, img_channels: int, channel_base: int, channel_max: int,
                 num_layers: int, num_critical: int = 2, first_cutoff: float = 2.0, first_stopband: float = 2 ** 2.1,
                 last_stopband_rel: float = 2 ** 0.3, margin_size: int = 10, output_scale: float = 0.25):
        super().__init__()
        self.num_layers, self.num_critical, self.margin_size = num_layers, num_critical, margin_size
        self.num_ws = num_layers + 2
        self.output_scale = output_scale
        signals = plan_signals(img_resolution, img_channels, channel_base, channel_max, num_layers, num_critical,
                               first_cutoff, first_stopband, last_stopband_rel, margin_size)
        self.input = SynthesisInput(w_dim, signals[0])
        self.layer_names: list[str] = []
        # The first layer's output has the same sampling as its input.
        for i, (source, target) in enumerate(pairwise([signals[0], *signals])):
            layer = SynthesisLayer(w_dim, is_torgb=i == num_layers,
                                   is_critically_sampled=i >= num_layers - num_critical, source=source, target=target)
            self.layer_names.append(f"L{i}_{target.size}_{target.channels}")
            self.add_module(self.layer_names[-1], layer)

    def forward(self, ws: Tensor, magnitude_beta: float | None = None) -> Tensor:
        x = self.input(ws[:, 0])
        for i, name in enumerate(self.layer_names):
            x = getattr(self, name)(x, ws[:, i + 1], magnitude_beta)
        return x * self.output_scale

    def everywhere(self, w: Tensor) -> Tensor:
        """w [N, w_dim] -> ws [N, num_ws, w_dim]: one code for all layers."""
        return w[:, None].expand(-1, self.num_ws, -1)

    def freeze(self) -> None:
        """Normalises the weights for good, so that an exported graph need not."""
        with torch.no_grad():
            for name in self.layer_names[:-1]:
                layer = getattr(self, name)
                layer.weight.copy_(unit_magnitude(layer.weight))
                layer.frozen = True
