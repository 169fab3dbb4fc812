"""NumPy in float32, a class for each layer, in the style of the lesson."""
import numpy as np

from protocol import problem, serve

p = problem()
random = np.random.default_rng(0)


class Linear:
    def __init__(self, i, o):
        self.W = (random.standard_normal((o, i)) / np.sqrt(i)).astype(np.float32)
        self.b = np.zeros(o, np.float32)

    def forward(self, x):
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, dz):
        self.dW, self.db = dz.T @ self.x, dz.sum(0)
        return None if self is net[0] else dz @ self.W

    def update(self):
        self.W -= np.float32(p.learning_rate) * self.dW
        self.b -= np.float32(p.learning_rate) * self.db


class Activation:
    def forward(self, z):
        self.a = np.tanh(z) if p.activation == "tanh" else np.maximum(z, 0)
        return self.a

    def backward(self, da):
        return da * (1 - self.a * self.a) if p.activation == "tanh" else da * (self.a > 0)

    def update(self):
        pass


net = []
for i, o in zip(p.widths, p.widths[1:]):
    net += [Linear(i, o), Activation()]
net.pop()


def train(first, count):
    rows = np.arange(p.batch)
    for at in range(first, first + count, p.batch):
        a, y = p.x[at:at + p.batch], p.labels[at:at + p.batch]
        for layer in net:
            a = layer.forward(a)
        e = np.exp(a - a.max(1, keepdims=True))
        d = e / e.sum(1, keepdims=True)
        d[rows, y] -= 1
        d /= np.float32(p.batch)
        for layer in reversed(net):
            d = layer.backward(d)
        for layer in net:
            layer.update()


serve(p, train)
