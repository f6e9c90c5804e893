"""The shapes that all scripts agree on, and the files that hand the networks from one script to the next."""
from pathlib import Path
from typing import Any

import torch

import mnist
from networks import Encoder
from stylegan3 import MappingNetwork, SynthesisNetwork

Z_DIM = 64
W_DIM = 64
MAPPING_LAYERS = 3
SYNTHESIS: dict[str, Any] = dict(w_dim=W_DIM, img_resolution=mnist.SIZE, img_channels=1, channel_base=768,
                                 channel_max=32, num_layers=6, margin_size=4)


def new_mapping() -> MappingNetwork:
    return MappingNetwork(Z_DIM, W_DIM, num_layers=MAPPING_LAYERS)


def save_checkpoint(path: str | Path, synthesis: SynthesisNetwork, encoder: Encoder, step: int) -> None:
    torch.save(dict(G=synthesis.state_dict(), E=encoder.state_dict(), step=step), path)


def load_checkpoint(path: str | Path, synthesis: SynthesisNetwork | None = None,
                    encoder: Encoder | None = None) -> None:
    """Fills the networks given from a file of `save_checkpoint`."""
    checkpoint = torch.load(path)
    if synthesis is not None:
        synthesis.load_state_dict(checkpoint["G"])
    if encoder is not None:
        encoder.load_state_dict(checkpoint["E"])
