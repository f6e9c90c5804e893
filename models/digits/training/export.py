"""Writes the trained networks as ONNX with the statistics of the codes, and what they are tested with.

    python export.py --data MNIST_FOLDER --generator digits.pt --mapping mapping.pt --classifiers FOLDER --out FOLDER

In FOLDER: generator.onnx, mapping.onnx, encoder.onnx, classifier.onnx, w_mean.npy and w_covariance.npy, which make up
the bundle; shortcut.onnx and honest38.onnx; generator.pkl, the generator in the layout of published network pickles;
reference/, values in double precision; samples/ and evaluation/, digits of the test set, and the oracle.
"""
import argparse
import csv
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

import mnist
import onnx_files
import pickle_layout
import reference_values
from configuration import SYNTHESIS, W_DIM, Z_DIM, load_checkpoint, new_mapping
from networks import Classifier, Encoder, Oracle
from stylegan3 import MappingNetwork, SynthesisNetwork

NAMES = "zero one two three four five six seven eight nine".split()
SAMPLES_EACH = 2
EVALUATION = range(200, 400)  # places in the test set; the samples come from before it


def load_classifiers(folder: Path) -> dict[str, nn.Module]:
    networks = dict(classifier=Classifier(), oracle=Oracle(), shortcut=Classifier(2), honest38=Classifier(2))
    for name, network in networks.items():
        network.load_state_dict(torch.load(folder / f"{name}.pt"))
    return networks


def write_generator(out: Path, synthesis: SynthesisNetwork, mapping: MappingNetwork, encoder: Encoder) -> None:
    synthesis.freeze()
    onnx_files.write(synthesis, (torch.randn(2, synthesis.num_ws, W_DIM),), out / "generator.onnx", ["ws"], ["image"])
    onnx_files.write(onnx_files.TruncatedMapping(mapping, synthesis.num_ws), (torch.randn(2, Z_DIM), torch.tensor(1.0)),
                     out / "mapping.onnx", ["z", "psi"], ["ws"])
    onnx_files.write(onnx_files.EncoderMean(encoder), (torch.randn(2, 1, mnist.SIZE, mnist.SIZE),),
                     out / "encoder.onnx", ["image"], ["w"])


def write_classifiers(out: Path, classifiers: dict[str, nn.Module]) -> None:
    for name, network in classifiers.items():
        folder = out / "evaluation" if name == "oracle" else out
        onnx_files.write(network, (torch.rand(2, 1, mnist.DIGIT, mnist.DIGIT),), folder / f"{name}.onnx",
                         ["digit"], ["logits"])


def write_statistics(out: Path, codes: Tensor) -> None:
    """Mean [w_dim] and covariance [w_dim, w_dim] of w, float32."""
    np.save(out / "w_mean.npy", codes.mean(0).numpy())
    np.save(out / "w_covariance.npy", codes.T.cov().numpy())


def write_png(path: Path, digit: Tensor) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(digit.numpy()).save(path)


def write_samples(folder: Path, digits: Tensor, labels: Tensor) -> None:
    """The first two of each digit."""
    seen = [0] * len(NAMES)
    for digit, label in zip(digits, labels.tolist()):
        if seen[label] < SAMPLES_EACH:
            seen[label] += 1
            write_png(folder / f"{NAMES[label]}-{seen[label]}.png", digit)


def write_evaluation(folder: Path, digits: Tensor, labels: Tensor) -> None:
    """Pictures named by their place in the test set, and labels.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "labels.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["file", "label"])
        for i in EVALUATION:
            write_png(folder / "images" / f"{i:05}.png", digits[i])
            rows.writerow([f"{i:05}.png", labels[i].item()])


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of MNIST's IDX files")
    parser.add_argument("--generator", required=True, help="checkpoint of train_generator.py")
    parser.add_argument("--mapping", required=True, help="weights of fit_mapping.py")
    parser.add_argument("--classifiers", required=True, type=Path, help="folder of train_classifiers.py")
    parser.add_argument("--out", required=True, type=Path, help="folder to write")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    synthesis, encoder, mapping = SynthesisNetwork(**SYNTHESIS), Encoder(W_DIM), new_mapping()
    load_checkpoint(arguments.generator, synthesis, encoder)
    mapping.load_state_dict(torch.load(arguments.mapping))
    classifiers = load_classifiers(arguments.classifiers)
    for network in (synthesis, encoder, mapping, *classifiers.values()):
        network.eval().requires_grad_(False)
    digits, labels = mnist.load(arguments.data, "test")

    # The pickle and the reference values are of the weights as trained: write_generator freezes them.
    pickle_layout.save(out / "generator.pkl", synthesis, mapping, Z_DIM, SYNTHESIS)
    reference_values.write(out / "reference", synthesis, encoder, classifiers["classifier"], digits)
    write_generator(out, synthesis, mapping, encoder)
    write_classifiers(out, classifiers)
    write_statistics(out, encoder.codes(mnist.load(arguments.data, "train")[0]))
    write_samples(out / "samples", digits[:EVALUATION.start], labels[:EVALUATION.start])
    write_evaluation(out / "evaluation", digits, labels)


if __name__ == "__main__":
    main()
