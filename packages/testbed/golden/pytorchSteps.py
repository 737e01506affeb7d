"""First steps of small networks in PyTorch, for src/training/pytorch.test.ts.

    pip install torch numpy
    python3 packages/testbed/golden/pytorchSteps.py > packages/testbed/src/training/pytorch.golden.json

Weights, inputs and labels come from an integer hash that the test computes too, as multiples of a power of two, so that both sides begin with
the same bits. Each run is an epoch of seven mini-batches of 64 and a last one of 20. Kept are the loss of every step, sums over each
parameter afterwards (of w, of w^2, and its first two values), the running statistics' sums, and the loss in evaluation mode.
"""

import json

import numpy as np
import torch

torch.set_num_threads(1)
BATCH, ROWS, INPUTS, CLASSES = 64, 7 * 64 + 20, 784, 10


def hashes(salt, count):
    """lowbias32 of salt 2^20 + index."""
    x = np.arange(count, dtype=np.uint64) + (salt << 20)
    mask = np.uint64(0xFFFFFFFF)
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x7FEB352D)) & mask
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x846CA68B)) & mask
    return x ^ (x >> np.uint64(16))


def between(salt, count, half):
    """Multiples of 2^-10 half in [-half, half)."""
    return ((hashes(salt, count) % np.uint64(2048)).astype(np.float64) - 1024) * (half / 1024)


ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "gelu": torch.nn.GELU, "sigmoid": torch.nn.Sigmoid, "leakyRelu": torch.nn.LeakyReLU}
OPTIMISERS = {
    "adam": lambda groups: torch.optim.Adam(groups, lr=1e-3, betas=(0.9, 0.999), eps=1e-8),
    "momentum": lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.9),
    "sgd": lambda groups: torch.optim.SGD(groups, lr=0.1),
    "rmsProp": lambda groups: torch.optim.RMSprop(groups, lr=1e-3, alpha=0.9, eps=1e-8),
}
RATES = {"adam": 1e-3, "momentum": 0.05, "sgd": 0.1, "rmsProp": 1e-3}


def build(run, dtype):
    widths = [INPUTS, *run["hidden"], CLASSES]
    layers, named, salt = [], [], 1
    for layer, (inputs, units) in enumerate(zip(widths, widths[1:], strict=False)):
        last = layer == len(run["hidden"])
        dense = torch.nn.Linear(inputs, units, bias=last or not run["batchNorm"], dtype=dtype)
        weights = between(salt, inputs * units, 1 / 16).reshape(inputs, units)
        dense.weight.data = torch.tensor(weights.T.copy(), dtype=dtype)
        named.append((f"layer{layer + 1}.weights", dense.weight))
        if dense.bias is not None:
            dense.bias.data = torch.tensor(between(salt + 1, units, 0.25), dtype=dtype)
            named.append((f"layer{layer + 1}.bias", dense.bias))
        layers.append(dense)
        if not last:
            if run["batchNorm"]:
                norm = torch.nn.BatchNorm1d(units, dtype=dtype)
                norm.weight.data = torch.tensor(1 + between(salt + 2, units, 0.5), dtype=dtype)
                norm.bias.data = torch.tensor(between(salt + 3, units, 0.5), dtype=dtype)
                named += [(f"layer{layer + 1}.gamma", norm.weight), (f"layer{layer + 1}.beta", norm.bias)]
                layers.append(norm)
            layers.append(ACTIVATIONS[run["activation"]]())
        salt += 4
    return torch.nn.Sequential(*layers), named


def train(run, precision):
    dtype = getattr(torch, precision)
    inputs = torch.tensor(((hashes(100, ROWS * INPUTS) % np.uint64(256)).astype(np.float64) / 256).reshape(ROWS, INPUTS), dtype=dtype)
    labels = torch.tensor((hashes(101, ROWS) % np.uint64(CLASSES)).astype(np.int64))
    targets = torch.tensor(between(102, ROWS * CLASSES, 1.0).reshape(ROWS, CLASSES), dtype=dtype)
    model, named = build(run, dtype)
    weights = [p for name, p in named if name.endswith("weights")]
    others = [p for name, p in named if not name.endswith("weights")]
    optimiser = OPTIMISERS[run["optimiser"]]([{"params": weights, "weight_decay": run["l2"]}, {"params": others}])

    def loss_of(rows):
        out = model(inputs[rows])
        if run["loss"] == "softmaxCrossEntropy":
            return torch.nn.functional.cross_entropy(out, labels[rows])
        return ((out - targets[rows]) ** 2).sum() / (2 * len(out))

    losses = []
    model.train()
    for start in range(0, ROWS, BATCH):
        optimiser.zero_grad()
        loss = loss_of(slice(start, start + BATCH))
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        evaluated = loss_of(slice(0, ROWS)).item()
    flat = lambda p: (p.detach().T if p.dim() == 2 else p.detach()).double().flatten()  # noqa: E731
    parameters = {name: [flat(p).sum().item(), (flat(p) ** 2).sum().item(), *flat(p)[:2].tolist()] for name, p in named}
    norms = [layer for layer in model if isinstance(layer, torch.nn.BatchNorm1d)]
    running = [[n.running_mean.double().sum().item(), n.running_var.double().sum().item()] for n in norms]
    return {"losses": losses, "evaluated": evaluated, "parameters": parameters, "running": running}


def main():
    base = {"hidden": [64, 64], "batchNorm": True, "activation": "relu", "loss": "softmaxCrossEntropy", "l2": 0.0}
    runs = [
        {**base, "optimiser": "adam"},
        {**base, "optimiser": "momentum"},
        {**base, "optimiser": "sgd", "l2": 0.01},
        {**base, "optimiser": "rmsProp", "activation": "leakyRelu"},
        {**base, "optimiser": "adam", "batchNorm": False, "activation": "tanh", "l2": 0.01},
        {**base, "optimiser": "adam", "hidden": [32, 24, 16], "activation": "gelu", "loss": "squaredError"},
        {**base, "optimiser": "momentum", "hidden": [32], "batchNorm": False, "activation": "sigmoid", "loss": "squaredError"},
    ]
    results = []
    for run in runs:
        single = train(run, "float32")
        exact = train(run, "float64")
        results.append({**run, "learningRate": RATES[run["optimiser"]], "float64": exact, "float32Losses": single["losses"]})
    print(json.dumps({"torch": torch.__version__, "runs": results}, separators=(",", ":")))


main()
