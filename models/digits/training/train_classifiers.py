"""Trains the networks that are explained and those that judge.

    python train_classifiers.py --data MNIST_FOLDER --out FOLDER

classifier   ten digits, plain training: the network to be explained
oracle       ten digits, another architecture, strong augmentation: judges counterfactuals, no search ever sees it
shortcut     3 against 8 where every 3 was drawn thin and every 8 thick: learns the pen instead of the shape
honest38     3 against 8 with strokes of every thickness in both classes
"""
import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import mnist
from mnist import normalise
from networks import Classifier, Oracle
from strokes import thicken

THICK, THIN = 1.0, -0.6  # radius in pixels

Figures = dict[str, float]
Prepare = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Split:
    """Digits [N, 1, 28, 28] in [0, 1] and their labels [N]."""

    images: Tensor
    labels: Tensor

    @classmethod
    def load(cls, folder: str, split: str) -> "Split":
        images, labels = mnist.load(folder, split)
        return cls(images[:, None].float() / 255, labels)

    def only_38(self) -> "Split":
        """Threes as class 0, eights as class 1."""
        keep = (self.labels == 3) | (self.labels == 8)
        return Split(self.images[keep], (self.labels[keep] == 8).long())

    def redrawn(self, amounts: Sequence[float]) -> "Split":
        """Strokes of class k changed by amounts[k]."""
        images = self.images.clone()
        for k, amount in enumerate(amounts):
            mine = self.labels == k
            images[mine] = torch.cat([thicken(part, amount) for part in self.images[mine].split(500)])
        return Split(images, self.labels)


@dataclass(frozen=True)
class Data:
    train: Split
    test: Split

    def only_38(self) -> "Data":
        return Data(self.train.only_38(), self.test.only_38())


def unchanged(digits: Tensor) -> Tensor:
    return digits


def augment(digits: Tensor) -> Tensor:
    """Random rotation, scale, shift, shear, contrast and noise."""
    count = len(digits)

    def uniform(limit: float) -> Tensor:
        return (torch.rand(count) * 2 - 1) * limit

    angle, scale, shear = uniform(0.25), 1 + uniform(0.12), uniform(0.2)
    rows = [torch.stack([angle.cos() / scale, (shear - angle.sin()) / scale, uniform(0.12)], 1),
            torch.stack([angle.sin() / scale, angle.cos() / scale, uniform(0.12)], 1)]
    grid = F.affine_grid(torch.stack(rows, 1), digits.shape, align_corners=False)
    moved = F.grid_sample(digits, grid, align_corners=False)
    contrast = (1 + uniform(0.25)).view(-1, 1, 1, 1)
    return (moved * contrast + torch.randn_like(moved) * torch.rand(count, 1, 1, 1) * 0.1).clamp(0, 1)


def fit(net: nn.Module, data: Split, epochs: int, rate: float, batch: int = 128,
        prepare: Prepare = normalise) -> nn.Module:
    """AdamW over one cycle of the learning rate, which peaks at three times `rate`."""
    batches = len(data.images) // batch
    optimiser = torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate * 3, total_steps=epochs * batches)
    net.train()
    for _ in range(epochs):
        order = torch.randperm(len(data.images))
        for i in range(batches):
            pick = order[i * batch:(i + 1) * batch]
            loss = F.cross_entropy(net(prepare(data.images[pick])), data.labels[pick])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net.eval()


@torch.no_grad()
def accuracy(net: nn.Module, data: Split, prepare: Prepare = normalise) -> float:
    decisions = torch.cat([net(prepare(part)).argmax(1) for part in data.images.split(500)])
    return decisions.eq(data.labels).float().mean().item()


def train_classifier(data: Data) -> tuple[nn.Module, Figures]:
    net = fit(Classifier(), data.train, epochs=3, rate=1e-3)
    return net, dict(test=accuracy(net, data.test))


def train_oracle(data: Data) -> tuple[nn.Module, Figures]:
    net = fit(Oracle(), data.train, epochs=4, rate=1e-3, prepare=augment)
    return net, dict(test=accuracy(net, data.test, prepare=unchanged))


def train_shortcut(data: Data) -> tuple[nn.Module, Figures]:
    data = data.only_38()
    net = fit(Classifier(2), data.train.redrawn((THIN, THICK)), epochs=1, rate=1e-4)
    return net, dict(as_trained=accuracy(net, data.test.redrawn((THIN, THICK))), unaltered=accuracy(net, data.test),
                     swapped=accuracy(net, data.test.redrawn((THICK, THIN))))


def train_honest38(data: Data) -> tuple[nn.Module, Figures]:
    data = data.only_38()
    copies = [data.train.redrawn((amount, amount)) for amount in (THIN, 0, THICK)]
    mixed = Split(torch.cat([copy.images for copy in copies]), torch.cat([copy.labels for copy in copies]))
    net = fit(Classifier(2), mixed, epochs=2, rate=1e-3)
    return net, dict(unaltered=accuracy(net, data.test), swapped=accuracy(net, data.test.redrawn((THICK, THIN))))


NETWORKS: dict[str, Callable[[Data], tuple[nn.Module, Figures]]] = dict(
    classifier=train_classifier, oracle=train_oracle, shortcut=train_shortcut, honest38=train_honest38)


def names(text: str) -> list[str]:
    """The networks that `--only` names, separated by commas."""
    chosen = text.split(",")
    unknown = [name for name in chosen if name not in NETWORKS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such network: {', '.join(unknown)}; known are {', '.join(NETWORKS)}")
    return chosen


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of MNIST's IDX files")
    parser.add_argument("--out", required=True, type=Path, help="folder for NAME.pt")
    parser.add_argument("--seed", type=int, default=3,
                        help="of the first network, one more for each that follows (%(default)s)")
    parser.add_argument("--only", type=names, default=list(NETWORKS), help="names separated by commas (all)")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    arguments.out.mkdir(parents=True, exist_ok=True)
    data = Data(Split.load(arguments.data, "train"), Split.load(arguments.data, "test"))
    for seed, (name, train) in enumerate(NETWORKS.items(), arguments.seed):
        if name in arguments.only:
            torch.manual_seed(seed)
            net, figures = train(data)
            torch.save(net.state_dict(), arguments.out / f"{name}.pt")
            print(name, " ".join(f"{key} {value:.4f}" for key, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
