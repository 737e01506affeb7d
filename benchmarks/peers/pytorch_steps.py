"""Training steps per second of a multilayer perceptron with batch normalisation in PyTorch, for `npm run bench:testbed`.

One thread; the loss is read after each step, because a check for divergence must do this. Adam once as PyTorch ships it and once fused.

Usage: python3 pytorch_steps.py 784,64,64,10 64 5   (units of each layer, batch, processor seconds); needs torch
"""

import json
import sys
import time

import torch

units = [int(text) for text in sys.argv[1].split(",")]
m = int(sys.argv[2])
seconds = float(sys.argv[3])

torch.set_num_threads(1)


def steps_per_second(fused: bool) -> dict:
    torch.manual_seed(1)
    layers = []
    for inputs, outputs in zip(units[:-2], units[1:-1]):
        layers += [torch.nn.Linear(inputs, outputs, bias=False), torch.nn.BatchNorm1d(outputs), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(units[-2], units[-1]))
    adam = torch.optim.Adam(network.parameters(), lr=1e-3, fused=fused)
    loss_of = torch.nn.CrossEntropyLoss()
    x = torch.rand(m, units[0])
    classes = torch.arange(m) % units[-1]

    def step() -> float:
        adam.zero_grad()
        loss = loss_of(network(x), classes)
        loss.backward()
        adam.step()
        return loss.item()

    first = last = step()
    for _ in range(20):
        step()
    start = time.process_time()
    steps = 0
    while time.process_time() - start < seconds:
        last = step()
        steps += 1
    return {"stepsPerSecond": steps / (time.process_time() - start), "first": first, "last": last}


blas = [line.strip(" -") for line in torch.__config__.show().splitlines() if "Math Kernel" in line or "BLAS" in line.split("=")[0]]
print(
    json.dumps(
        {
            "version": torch.__version__,
            "blas": blas[0].split(" for ")[0] if blas else "unnamed",
            "plain": steps_per_second(False),
            "fused": steps_per_second(True),
        }
    )
)
