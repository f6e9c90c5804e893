"""MNIST from its four IDX files (plain or gzipped), and its digits on the generator's canvas."""
import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

SIZE = 32  # pixels: the generator's resolution
DIGIT = 28  # pixels: MNIST's own resolution
MARGIN = (SIZE - DIGIT) // 2
MEAN, STD = 0.1307, 0.3081  # of the training pixels in [0, 1]

_PREFIXES = {"train": "train", "test": "t10k"}


def load(folder: str | Path, split: str) -> tuple[Tensor, Tensor]:
    """Images [N, 28, 28] uint8 and labels [N] int64; `split` is "train" or "test"."""
    prefix = Path(folder) / _PREFIXES[split]
    return read_idx(f"{prefix}-images-idx3-ubyte"), read_idx(f"{prefix}-labels-idx1-ubyte").long()


def read_idx(path: str | Path) -> Tensor:
    """The array of bytes in an IDX file, or in `path` with ".gz" behind it where the plain file is missing."""
    path = Path(path)
    data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
    # Two zero bytes, the type (8: unsigned byte), the number of dimensions, then each dimension as a big-endian int32.
    dimensions = data[3]
    shape = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(dimensions)]
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape).copy())


def to_canvas(digits: Tensor, shift: Sequence[int] = (0, 0)) -> Tensor:
    """uint8 [N, 28, 28] -> float [N, 1, 32, 32] in [-1, 1]; `shift` is down and right, in pixels of at most two."""
    canvas = torch.full((len(digits), 1, SIZE, SIZE), -1.0)
    top, left = MARGIN + shift[0], MARGIN + shift[1]
    canvas[:, 0, top:top + DIGIT, left:left + DIGIT] = digits.float() / 127.5 - 1
    return canvas


def from_canvas(canvas: Tensor) -> Tensor:
    """float [N, 1, 32, 32] in [-1, 1] -> float [N, 1, 28, 28] in [0, 1]."""
    return (canvas[:, :, MARGIN:MARGIN + DIGIT, MARGIN:MARGIN + DIGIT] + 1) / 2


def normalise(digits: Tensor) -> Tensor:
    """[0, 1] -> what the classifiers to be explained take: mean 0 and standard deviation 1 over the training pixels."""
    return (digits - MEAN) / STD
