"""What double precision gives for sixteen codes: the values that the exported files, and programs that run or
differentiate them, are tested against."""
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import mnist
from configuration import W_DIM
from networks import Classifier, Encoder
from stylegan3 import SynthesisNetwork

COUNT = 16
SPREAD = 0.2  # standard deviation of what tells the layers' codes apart in the second half


def write(folder: Path, synthesis: SynthesisNetwork, encoder: Encoder, classifier: Classifier, digits: Tensor) -> None:
    """Stores float32 and int64 arrays, one file each; the networks are float32 again afterwards."""
    networks = [network.double() for network in (synthesis, encoder, classifier)]
    arrays = evaluate(synthesis, encoder, classifier, digits[:COUNT])
    for network in networks:
        network.float()
    folder.mkdir(parents=True, exist_ok=True)
    for name, tensor in arrays.items():
        array = tensor.detach().numpy()
        np.save(folder / f"{name}.npy", array if array.dtype == np.int64 else array.astype(np.float32))


def evaluate(synthesis: SynthesisNetwork, encoder: Encoder, classifier: Classifier,
             digits: Tensor) -> dict[str, Tensor]:
    """`canvas` and its code `w`; `ws` and `target`; `image`, `logits`, `log_probability` of the target, and `gradient`
    of that with respect to ws."""
    canvas = mnist.to_canvas(digits).double()
    with torch.no_grad():
        w = encoder(canvas)[0]
    ws = synthesis.everywhere(w).clone()
    half = COUNT // 2
    noise = torch.randn(half, synthesis.num_ws, W_DIM, generator=torch.Generator().manual_seed(0), dtype=torch.double)
    ws[half:] += SPREAD * noise  # another code in each layer
    target = (torch.arange(COUNT) * 7 + 3) % 10
    ws.requires_grad_(True)
    image = synthesis(ws)
    logits = classifier(mnist.normalise(mnist.from_canvas(image)))
    log_probability = logits.log_softmax(1).gather(1, target[:, None])[:, 0]
    gradient, = torch.autograd.grad(log_probability.sum(), ws)
    return dict(canvas=canvas, w=w, ws=ws, target=target, image=image, logits=logits, log_probability=log_probability,
                gradient=gradient)
