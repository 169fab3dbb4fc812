"""PyTorch: the step of its tutorials (torch.optim.SGD), or W -= lr * W.grad by hand."""
import sys

import torch

from protocol import problem, serve

p = problem()
torch.set_num_threads(p.threads)
layers = []
for i, o in zip(p.widths, p.widths[1:]):
    layers += [torch.nn.Linear(i, o), torch.nn.Tanh() if p.activation == "tanh" else torch.nn.ReLU()]
net = torch.nn.Sequential(*layers[:-1])
by_hand = "by-hand" in sys.argv
optimizer = torch.optim.SGD(net.parameters(), lr=p.learning_rate)
x, y = torch.from_numpy(p.x), torch.from_numpy(p.labels)
loss = torch.nn.functional.cross_entropy


def train(first, count):
    for at in range(first, first + count, p.batch):
        if by_hand:
            for w in net.parameters():
                w.grad = None
        else:
            optimizer.zero_grad()
        loss(net(x[at:at + p.batch]), y[at:at + p.batch]).backward()
        if by_hand:
            with torch.no_grad():
                for w in net.parameters():
                    w.add_(w.grad, alpha=-p.learning_rate)
        else:
            optimizer.step()


serve(p, train)
