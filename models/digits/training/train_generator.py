"""Trains generator and encoder together: a variational autoencoder whose decoder is StyleGAN3's synthesis network,
then sharpened by a discriminator (after Larsen et al. 2016) on reconstructions, on samples from the Gaussian of the
codes and on codes between two images, which is where a counterfactual search moves.

    python train_generator.py --data MNIST_FOLDER --out digits.pt
"""
import argparse
import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import mnist
from configuration import SYNTHESIS, W_DIM, load_checkpoint, save_checkpoint
from networks import Discriminator, Encoder
from stylegan3 import SynthesisNetwork

# Variance of the reconstruction, pixels in [0, 1]: how much detail w must carry. Larger in the second stage, for a
# smoother latent space.
PIXEL_VARIANCE, ADVERSARIAL_PIXEL_VARIANCE = 0.005, 0.01
GENERATOR_RATE, ENCODER_RATE, DISCRIMINATOR_RATE = 6e-3, 2e-3, 5e-4
ADVERSARIAL_WEIGHT = 20.0  # beside the reconstruction's log-likelihood
R1_GAMMA, R1_EVERY = 2.0, 8
TEST_DIGITS = 500  # that the printed PSNR is of


@dataclass(frozen=True)
class Schedule:
    """What depends on the step: first the autoencoder alone, then the adversarial steps."""

    steps: int  # alone
    adversarial_steps: int
    batch: int  # alone

    @property
    def total(self) -> int:
        return self.steps + self.adversarial_steps

    def is_adversarial(self, step: int) -> bool:
        return step >= self.steps

    def batch_size(self, step: int) -> int:
        return self.batch * 2 if self.is_adversarial(step) else self.batch

    def rate(self, step: int) -> float:
        """Share of the peak learning rate: constant, then a cosine over the second half of the first stage down to a
        quarter, kept until the last cosine to zero."""
        if self.is_adversarial(step):
            return 0.25 * 0.5 * (1 + math.cos(math.pi * (step - self.steps) / self.adversarial_steps))
        warm_up = min(1, step / 200)
        return warm_up * (1 - 0.75 * 0.5 * (1 - math.cos(math.pi * max(0, 2 * step / self.steps - 1))))

    def pixel_variance(self, step: int) -> float:
        return ADVERSARIAL_PIXEL_VARIANCE if self.is_adversarial(step) else PIXEL_VARIANCE

    def kl_weight(self, step: int) -> float:
        return min(1, step / 2000)

    def adversarial_weight(self, step: int) -> float:
        return ADVERSARIAL_WEIGHT * min(1, (step - self.steps) / 500)

    def uses_low_precision(self, step: int) -> bool:
        """The last fifth of the adversarial steps is in float32."""
        return step < self.total - self.adversarial_steps // 5

    def magnitude_beta(self, step: int) -> float | None:
        """Of the running magnitudes of the activations; they settle early and then stand still."""
        if step < self.steps / 2 and step % 16 == 0:
            return 0.9 if step < 1000 else 0.98
        return None

    def average_beta(self, step: int) -> float:
        """Of the running average of the weights."""
        return 0.99 if step < 2000 else 0.999


class Batches:
    """Endless shuffled batches on the canvas, moved by up to one pixel."""

    def __init__(self, digits: Tensor):
        self.digits = digits
        self.order, self.position = torch.empty(0, dtype=torch.long), len(digits)

    def next(self, size: int) -> Tensor:
        """float [size, 1, 32, 32] in [-1, 1]."""
        if self.position + size > len(self.digits):
            self.order, self.position = torch.randperm(len(self.digits)), 0
        pick = self.order[self.position:self.position + size]
        self.position += size
        return mnist.to_canvas(self.digits[pick], torch.randint(-1, 2, (2,)).tolist())


class CodeDistribution:
    """Gaussian with mean and covariance of the codes of the latest images."""

    def __init__(self, size: int = 4096):
        self.codes, self.size = torch.zeros(0, W_DIM), size

    @property
    def is_full(self) -> bool:
        return len(self.codes) >= self.size

    def add(self, codes: Tensor) -> None:
        self.codes = torch.cat([self.codes, codes.detach()])[-self.size:]

    def sample(self, count: int) -> Tensor:
        values, vectors = torch.linalg.eigh(self.codes.T.cov())
        return self.codes.mean(0) + (torch.randn(count, W_DIM) * values.clamp(min=0).sqrt()) @ vectors.T

    def between(self, count: int) -> Tensor:
        """Codes on the lines between pairs of codes."""
        a, b = (self.codes[torch.randint(len(self.codes), (count,))] for _ in range(2))
        return a.lerp(b, torch.rand(count, 1))


@dataclass(frozen=True)
class Losses:
    """Of one step, for the log; the last two only of adversarial steps."""

    likelihood: Tensor
    kl: Tensor
    score: Tensor | None = None
    discriminator: Tensor | None = None

    def __str__(self) -> str:
        text = f"likelihood {self.likelihood:.1f} kl {self.kl:.1f}"
        if self.score is None or self.discriminator is None:
            return text
        return f"{text} score {self.score.mean():.2f} loss D {self.discriminator.item():.3f}"


def elbo(recon: Tensor, real: Tensor, mean: Tensor, log_variance: Tensor,
         pixel_variance: float) -> tuple[Tensor, Tensor]:
    """The two terms of the evidence lower bound, to be made small: the reconstruction's negative log-likelihood under
    Gaussian pixels, and the Kullback-Leibler divergence of the code's distribution from the standard normal."""
    likelihood = ((recon - real) / 2).square().sum([1, 2, 3]).mean() / (2 * pixel_variance)
    kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()
    return likelihood, kl


def blend(average: nn.Module, current: nn.Module, beta: float) -> None:
    """average = beta * average + (1 - beta) * current; buffers are copied."""
    with torch.no_grad():
        for a, c in zip(average.parameters(), current.parameters()):
            a.lerp_(c, 1 - beta)
        for a, c in zip(average.buffers(), current.buffers()):
            a.copy_(c)


@torch.no_grad()
def psnr(synthesis: SynthesisNetwork, encoder: Encoder, canvas: Tensor) -> float:
    """Decibels of the reconstruction, over the pixels of the 28 x 28 digits clipped to [0, 1]."""
    recon = synthesis(synthesis.everywhere(encoder(canvas)[0]))
    error = mnist.from_canvas(recon).clamp(0, 1) - mnist.from_canvas(canvas)
    return decibels(error.square().mean().item())


def decibels(mean_square: float) -> float:
    """Peak signal-to-noise ratio of an error on pixels in [0, 1]."""
    return -10 * math.log10(mean_square)


class Training:
    """The networks, their running averages and their optimisers."""

    def __init__(self, schedule: Schedule, digits: Tensor, resume: str | None):
        self.schedule, self.batches, self.distribution = schedule, Batches(digits), CodeDistribution()
        self.synthesis = SynthesisNetwork(**SYNTHESIS)
        self.encoder = Encoder(W_DIM)
        self.discriminator = Discriminator()
        if resume:
            load_checkpoint(resume, self.synthesis, self.encoder)
        self.average_synthesis, self.average_encoder = copy.deepcopy(self.synthesis), copy.deepcopy(self.encoder)
        self.compiled = torch.compile(self.synthesis)
        self.optimiser = torch.optim.Adam(
            [dict(params=self.synthesis.parameters(), lr=0, peak=GENERATOR_RATE),
             dict(params=self.encoder.parameters(), lr=0, peak=ENCODER_RATE)], betas=(0.9, 0.99))
        self.discriminator_optimiser = torch.optim.Adam(
            self.discriminator.parameters(), DISCRIMINATOR_RATE, betas=(0.0, 0.99))

    def step(self, step: int) -> Losses:
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * self.schedule.rate(step)
        real = self.batches.next(self.schedule.batch_size(step))
        if self.schedule.is_adversarial(step):
            self.fill_distribution()
        fake, w, losses = self.update_autoencoder(step, real)
        self.update_averages(step, w)
        if losses.score is None:
            return losses
        return Losses(losses.likelihood, losses.kl, losses.score, self.update_discriminator(step, real, fake))

    @torch.no_grad()
    def fill_distribution(self) -> None:
        """Only a resumed training starts the adversarial steps with too few codes."""
        while not self.distribution.is_full:
            self.distribution.add(self.encoder(self.batches.next(256))[0])

    def update_autoencoder(self, step: int, real: Tensor) -> tuple[Tensor, Tensor, Losses]:
        """One step of encoder and generator; returns the images made, the codes of `real`, and the losses."""
        score = None
        low_precision = self.schedule.uses_low_precision(step)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=low_precision):
            mean, log_variance = (t.float() for t in self.encoder(real))
            w = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
            self.distribution.add(w)
            codes = self.with_free_codes(w) if self.schedule.is_adversarial(step) else w
            synthesis = self.compiled if low_precision else self.synthesis
            fake = synthesis(self.synthesis.everywhere(codes)).float()
            if self.schedule.is_adversarial(step):
                self.discriminator.requires_grad_(False)
                score = self.discriminator(fake).float()
        recon = fake[:len(real)]
        likelihood, kl = elbo(recon, real, mean, log_variance, self.schedule.pixel_variance(step))
        loss = likelihood + self.schedule.kl_weight(step) * kl
        if score is not None:
            loss = loss + self.schedule.adversarial_weight(step) * F.softplus(-score).mean()
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return fake, w, Losses(likelihood, kl, score)

    def with_free_codes(self, w: Tensor) -> Tensor:
        """The codes of the images, and half as many again that no image has."""
        count = len(w) // 4
        return torch.cat([w, self.distribution.sample(count), self.distribution.between(count)])

    @torch.no_grad()
    def update_averages(self, step: int, w: Tensor) -> None:
        """The magnitudes of the activations and the averaged weights."""
        magnitude_beta = self.schedule.magnitude_beta(step)
        if magnitude_beta is not None:
            self.synthesis(self.synthesis.everywhere(w), magnitude_beta=magnitude_beta)
        beta = self.schedule.average_beta(step)
        blend(self.average_synthesis, self.synthesis, beta)
        blend(self.average_encoder, self.encoder, beta)

    def update_discriminator(self, step: int, real: Tensor, fake: Tensor) -> Tensor:
        """One step of the discriminator on the logistic loss, every few steps with the R1 penalty; returns the loss."""
        self.discriminator.requires_grad_(True)
        loss = F.softplus(self.discriminator(fake.detach())).mean() + F.softplus(-self.discriminator(real)).mean()
        if step % R1_EVERY == 0:
            x = real.detach().requires_grad_(True)
            slope, = torch.autograd.grad(self.discriminator(x).sum(), x, create_graph=True)
            loss = loss + R1_GAMMA / 2 * R1_EVERY * slope.square().sum([1, 2, 3]).mean()
        self.discriminator_optimiser.zero_grad()
        loss.backward()
        self.discriminator_optimiser.step()
        return loss


def train(training: Training, first_step: int, test: Tensor, out: Path) -> None:
    """Runs the schedule to its end, prints a line every 250 steps and saves every 1000."""
    schedule, started = training.schedule, time.time()
    for step in range(first_step, schedule.total):
        losses = training.step(step)
        if step % 250 == 0 or step == schedule.total - 1:
            quality = psnr(training.average_synthesis, training.average_encoder, test)
            print(f"{step} {time.time() - started:.0f}s test PSNR {quality:.2f} {losses}", flush=True)
        if step % 1000 == 999 or step in (schedule.steps - 1, schedule.total - 1):
            save_checkpoint(out, training.average_synthesis, training.average_encoder, step)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of MNIST's IDX files")
    parser.add_argument("--out", required=True, type=Path, help="checkpoint to write")
    parser.add_argument("--steps", type=int, default=14000, help="of the autoencoder alone (%(default)s)")
    parser.add_argument("--adversarial-steps", type=int, default=6000, help="(%(default)s)")
    parser.add_argument("--batch", type=int, default=16, help="doubled in the adversarial steps (%(default)s)")
    parser.add_argument("--resume", help="a checkpoint to start the adversarial steps from")
    parser.add_argument("--seed", type=int, default=1, help="(%(default)s)")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    torch.manual_seed(arguments.seed)
    schedule = Schedule(arguments.steps, arguments.adversarial_steps, arguments.batch)
    digits = mnist.load(arguments.data, "train")[0]
    test = mnist.to_canvas(mnist.load(arguments.data, "test")[0][:TEST_DIGITS])
    training = Training(schedule, digits, arguments.resume)
    train(training, schedule.steps if arguments.resume else 0, test, arguments.out)


if __name__ == "__main__":
    main()
