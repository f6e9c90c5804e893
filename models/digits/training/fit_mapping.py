"""Fits the mapping network z -> w to the codes of the training images, by sliced Wasserstein distance.

    python fit_mapping.py --data MNIST_FOLDER --generator digits.pt --out mapping.pt
"""
import argparse
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

import mnist
from configuration import W_DIM, Z_DIM, load_checkpoint, new_mapping
from networks import Encoder
from stylegan3 import MappingNetwork

BATCH = 2048
RATE = 0.2  # the layers scale theirs by 0.01


def sliced_distance(a: Tensor, b: Tensor, projections: int = 256) -> Tensor:
    """Squared 2-Wasserstein distance of two samples [N, dim] of one size, averaged over random directions."""
    directions = F.normalize(torch.randn(a.shape[1], projections), dim=0)
    return ((a @ directions).sort(0).values - (b @ directions).sort(0).values).square().mean()


def fit(mapping: MappingNetwork, codes: Tensor, steps: int) -> None:
    optimiser = torch.optim.Adam(mapping.parameters(), RATE, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for step in range(steps):
        loss = sliced_distance(mapping(torch.randn(BATCH, Z_DIM)), codes[torch.randint(len(codes), (BATCH,))])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 500 == 0 or step == steps - 1:
            print(step, f"{loss.item():.5f}", flush=True)


@torch.no_grad()
def centre(mapping: MappingNetwork, samples: int = 100_000) -> None:
    """Stores the mean of w, which truncation draws towards."""
    mapping.w_avg.copy_(mapping(torch.randn(samples, Z_DIM)).mean(0))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of MNIST's IDX files")
    parser.add_argument("--generator", required=True, help="checkpoint of train_generator.py")
    parser.add_argument("--out", required=True, type=Path, help="weights to write")
    parser.add_argument("--steps", type=int, default=3000, help="(%(default)s)")
    parser.add_argument("--seed", type=int, default=5, help="(%(default)s)")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    torch.manual_seed(arguments.seed)
    # The encoder's first weights, though replaced at once, are drawn after the seed: the mapping's follow them.
    encoder = Encoder(W_DIM)
    load_checkpoint(arguments.generator, encoder=encoder)
    codes = encoder.eval().codes(mnist.load(arguments.data, "train")[0])
    mapping = new_mapping()
    fit(mapping, codes, arguments.steps)
    centre(mapping)
    torch.save(mapping.state_dict(), arguments.out)


if __name__ == "__main__":
    main()
