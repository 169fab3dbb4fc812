"""Trains the same net from the same weights on the same data with `gradwalk train` and with NumPy: the loss after every epoch and the
weights at the end must agree to rounding. Called with the program and a folder to work in."""
import json
import subprocess
import sys
import zipfile
from pathlib import Path

try:
    import numpy as np
except ImportError:
    sys.exit(77)

program, folder = sys.argv[1], Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(3)
N, D, H, C, batch, epochs = 230, 11, 37, 4, 16, 12
x = random.standard_normal((N, D))
y = x[:, :C].argmax(1)
np.savez(folder / "data.npz", x_train=x, y_train=y, x_test=x[:20], y_test=y[:20])


def curve(dtype, rate, momentum):
    """Losses after each epoch and the parameters at the end, from NumPy, starting where the program does."""
    W1, b1, W2, b2 = (first[name].astype(dtype) for name in ("0.weight", "0.bias", "2.weight", "2.bias"))
    velocity = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    X = x.astype(dtype)

    def forward(x):
        a = np.tanh(x @ W1.T + b1)
        z = a @ W2.T + b2
        e = np.exp(z - z.max(1, keepdims=True))
        return a, e / e.sum(1, keepdims=True)

    losses = [-np.log(forward(X)[1][np.arange(N), y]).mean()]
    for _ in range(epochs):
        for at in range(0, N, batch):
            xb, yb = X[at:at + batch], y[at:at + batch]
            a, p = forward(xb)
            dz2 = p.copy()
            dz2[np.arange(len(yb)), yb] -= 1
            dz2 /= dtype(len(yb))
            dz1 = (dz2 @ W2) * (1 - a * a)
            for w, v, d in zip((W1, b1, W2, b2), velocity, (dz1.T @ xb, dz1.sum(0), dz2.T @ a, dz2.sum(0))):
                v *= dtype(momentum)
                v += d
                w -= dtype(rate) * v
        losses.append(-np.log(forward(X)[1][np.arange(N), y]).mean())
    return losses, (W1, b1, W2, b2)


def train(name, epochs, *words):
    subprocess.run([program, "train", "--net", f"{D}-{H}-{C}", "--activation", "tanh", "--loss", "softmax-cross-entropy", "--data",
                    f"npz:{folder / 'data.npz'}", "--batch", str(batch), "--no-shuffle", "--epochs", str(epochs), "-o", str(folder / name),
                    *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with zipfile.ZipFile(folder / name) as archive:
        history = json.loads(archive.read("model.json"))["history"]
    return [report["train_loss"] for report in history], np.load(folder / name)


compared = 0
for dtype, bound in (("float64", 1e-11), ("float32", 2e-4)):
    for momentum in (0, 0.9):
        first = train("first.npz", 0, "--dtype", dtype)[1]
        losses, net = train("net.npz", epochs, "--dtype", dtype, "--learning-rate", "0.05", "--momentum", str(momentum))
        expected, parameters = curve(np.dtype(dtype).type, 0.05, momentum)
        assert len(losses) == epochs + 1 == len(expected)
        assert losses[-1] < 0.8 * losses[0], "nothing was learnt"
        np.testing.assert_allclose(losses, expected, rtol=bound)
        for name, value in zip(("0.weight", "0.bias", "2.weight", "2.bias"), parameters):
            np.testing.assert_allclose(net[name], value, rtol=bound, atol=bound)
            compared += value.size
assert compared == 4 * (H * D + H + C * H + C)
print(f"{compared} parameters and {4 * (epochs + 1)} losses agree with NumPy")
