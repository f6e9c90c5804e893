"""The networks beside the generator: encoder, discriminator, classifiers."""
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import mnist

SLOPE = 0.2  # of every LeakyReLU here


class ResidualBlock(nn.Module):
    """[N, in, H, W] -> [N, out, H / 2, W / 2]."""

    def __init__(self, in_channels: int, out_channels: int):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(in_channels, in_channels, 3, padding=1), nn.LeakyReLU(SLOPE),
            nn.Conv2d(in_channels, out_channels, 3, stride=2, padding=1))
        self.skip = nn.Conv2d(in_channels, out_channels, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        # Two branches of equal variance are added: sqrt(1/2) keeps it.
        return (self.body(F.leaky_relu(x, SLOPE)) + self.skip(F.avg_pool2d(x, 2))) * 0.5 ** 0.5


def residual_blocks(channels: Sequence[int]) -> Iterator[ResidualBlock]:
    """One block from each width to the next."""
    return (ResidualBlock(a, b) for a, b in zip(channels[:-1], channels[1:]))


class Encoder(nn.Module):
    """Image [N, 1, 32, 32] in [-1, 1] -> mean and log-variance of w, each [N, w_dim]."""

    def __init__(self, w_dim: int, channels: Sequence[int] = (32, 64, 96, 128)):
        super().__init__()
        self.stem = nn.Conv2d(1, channels[0], 3, padding=1)
        self.blocks = nn.Sequential(*residual_blocks(channels))
        self.head = nn.Sequential(
            nn.LeakyReLU(SLOPE), nn.Flatten(), nn.Linear(channels[-1] * 16, 256), nn.LeakyReLU(SLOPE))
        self.mean, self.log_variance = nn.Linear(256, w_dim), nn.Linear(256, w_dim)
        nn.init.zeros_(self.log_variance.weight)
        nn.init.constant_(self.log_variance.bias, -3.0)  # narrow at first: the generator sees little noise

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        x = self.head(self.blocks(self.stem(image)))
        return self.mean(x), self.log_variance(x)

    @torch.no_grad()
    def codes(self, digits: Tensor) -> Tensor:
        """The mean w [N, w_dim] of digits uint8 [N, 28, 28], a thousand at a time."""
        return torch.cat([self(mnist.to_canvas(part))[0] for part in digits.split(1000)])


class Discriminator(nn.Module):
    """Image [N, 1, 32, 32] -> realness logit [N]."""

    def __init__(self, channels: Sequence[int] = (24, 48, 96, 128)):
        super().__init__()
        self.stem = nn.Conv2d(1, channels[0], 3, padding=1)
        self.blocks = nn.ModuleList(residual_blocks(channels))
        self.head = nn.Sequential(
            nn.LeakyReLU(SLOPE), nn.Flatten(), nn.Linear(channels[-1] * 16, 128), nn.LeakyReLU(SLOPE),
            nn.Linear(128, 1))

    def forward(self, image: Tensor) -> Tensor:
        x = self.stem(image)
        for block in self.blocks:
            x = block(x)
        return self.head(x)[:, 0]


class Classifier(nn.Module):
    """The network to be explained: digit [N, 1, 28, 28], normalised -> logits [N, classes]."""

    def __init__(self, classes: int = 10):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Linear(128, classes))

    def forward(self, digit: Tensor) -> Tensor:
        return self.layers(digit)


class Oracle(nn.Module):
    """A judge that no search sees: digit [N, 1, 28, 28] in [0, 1] -> logits [N, 10]."""

    def __init__(self):
        super().__init__()

        def unit(in_channels: int, out_channels: int, stride: int = 1) -> list[nn.Module]:
            return [nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False), nn.BatchNorm2d(out_channels),
                    nn.SiLU()]

        self.layers = nn.Sequential(
            *unit(1, 32), *unit(32, 32), *unit(32, 64, 2), *unit(64, 64), *unit(64, 128, 2), *unit(128, 128),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(128, 10))

    def forward(self, digit: Tensor) -> Tensor:
        return self.layers(digit)
