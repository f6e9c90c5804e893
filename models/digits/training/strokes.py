"""Makes the strokes of digits thinner or thicker, as Morpho-MNIST does (Castro et al. 2019): at four times the
resolution, by erosion or dilation with a disc."""
import torch
from torch import Tensor
from torch.nn import functional as F

SCALE = 4


def thicken(digits: Tensor, amount: float) -> Tensor:
    """Digits [N, 1, 28, 28] in [0, 1]; `amount` is a radius in pixels, negative to make strokes thinner."""
    if amount == 0:
        return digits
    fine = F.interpolate(digits, scale_factor=SCALE, mode="bilinear", align_corners=False)
    radius = abs(amount) * SCALE
    fine = dilate(fine, radius) if amount > 0 else 1 - dilate(1 - fine, radius)  # to erode is to dilate the background
    return F.avg_pool2d(fine, SCALE)


def dilate(x: Tensor, radius: float) -> Tensor:
    """Grey dilation of [N, 1, H, W] with a disc of `radius` pixels: the maximum over all shifts within the disc."""
    reach = int(radius)
    side, (height, width) = 2 * reach + 1, x.shape[2:]
    axis = torch.arange(-reach, reach + 1)
    inside = (axis[:, None] ** 2 + axis[None, :] ** 2 <= radius ** 2).flatten().nonzero()[:, 0].tolist()
    padded, out = F.pad(x, (reach, reach, reach, reach)), x
    for k in inside:
        top, left = divmod(k, side)
        out = torch.maximum(out, padded[:, :, top:top + height, left:left + width])
    return out
