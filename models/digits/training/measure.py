"""Prints the figures of the model card, measured on MNIST's test set.

    python measure.py --data MNIST_FOLDER --generator digits.pt --classifiers FOLDER
"""
import argparse
from pathlib import Path

import torch
from torch import Tensor

import mnist
from configuration import SYNTHESIS, W_DIM, load_checkpoint
from networks import Classifier, Encoder
from stylegan3 import SynthesisNetwork
from train_generator import decibels

PART = 500  # digits at a time


def decide(classifier: Classifier, digits: Tensor) -> Tensor:
    """Digits [N, 1, 28, 28] in [0, 1] -> classes [N]."""
    return classifier(mnist.normalise(digits)).argmax(1)


@torch.no_grad()
def measure(synthesis: SynthesisNetwork, encoder: Encoder, classifier: Classifier, digits: Tensor,
            labels: Tensor) -> dict[str, float]:
    """`accuracy`, `psnr` of the reconstruction in decibels, and `kept`: the share of digits whose reconstruction the
    classifier gives the same class."""
    right = kept = 0
    squared_error = 0.0
    for part, part_labels in zip(digits.split(PART), labels.split(PART)):
        canvas = mnist.to_canvas(part)
        real = mnist.from_canvas(canvas)
        recon = mnist.from_canvas(synthesis(synthesis.everywhere(encoder(canvas)[0]))).clamp(0, 1)
        decision = decide(classifier, real)
        right += decision.eq(part_labels).sum().item()
        kept += decide(classifier, recon).eq(decision).sum().item()
        squared_error += (recon - real).square().mean([1, 2, 3]).sum().item()
    count = len(digits)
    return dict(accuracy=right / count, psnr=decibels(squared_error / count), kept=kept / count)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of MNIST's IDX files")
    parser.add_argument("--generator", required=True, help="checkpoint of train_generator.py")
    parser.add_argument("--classifiers", required=True, type=Path, help="folder of train_classifiers.py")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    synthesis, encoder, classifier = SynthesisNetwork(**SYNTHESIS), Encoder(W_DIM), Classifier()
    load_checkpoint(arguments.generator, synthesis, encoder)
    classifier.load_state_dict(torch.load(arguments.classifiers / "classifier.pt"))
    for network in (synthesis, encoder, classifier):
        network.eval()
    figures = measure(synthesis, encoder, classifier, *mnist.load(arguments.data, "test"))
    for name, value in figures.items():
        print(name, f"{value:.4f}")


if __name__ == "__main__":
    main()
