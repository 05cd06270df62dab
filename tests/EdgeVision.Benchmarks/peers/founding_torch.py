"""The founding CNN in PyTorch as its users write it: 20,000 pictures of Fashion-MNIST, Adam, batches of 32,
9,000 others to validate with after each epoch. Prints the seconds of each epoch and the accuracy on the 10,000 test pictures.

usage: founding_torch.py EPOCHS THREADS
"""
import gzip
import sys
import time

import numpy as np
import torch
from torch import nn

FOLDER = "/usr/share/datasets/fashion-mnist/"


def pictures(name):
    with gzip.open(FOLDER + name) as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28).astype(np.float32) / 255)


def labels(name):
    with gzip.open(FOLDER + name) as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64))


epochs, threads = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)
every, truth = pictures("train-images-idx3-ubyte.gz"), labels("train-labels-idx1-ubyte.gz")[:20000]
inputs, held = every[:20000], every[20000:29000]
network = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(64, 64, 3), nn.ReLU(),
    nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.Adam(network.parameters())
loss = nn.CrossEntropyLoss()
for epoch in range(epochs):
    started = time.perf_counter()
    for batch in torch.randperm(len(inputs)).split(32):
        optimizer.zero_grad()
        loss(network(inputs[batch]), truth[batch]).backward()
        optimizer.step()
    with torch.no_grad():
        for batch in torch.arange(9000).split(64):
            network(held[batch]).argmax(1)
    print(f"{time.perf_counter() - started:.2f}")
with torch.no_grad():
    right = (network(pictures("t10k-images-idx3-ubyte.gz")).argmax(1) == labels("t10k-labels-idx1-ubyte.gz")).float().mean()
print(f"accuracy {right:.4f}")
