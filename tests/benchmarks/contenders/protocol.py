"""What contender.hpp is for the contenders in Python."""
import sys
import time
from types import SimpleNamespace

import numpy as np


def problem():
    widths = [int(w) for w in sys.argv[1].split("-")]
    samples = 60000
    random = np.random.default_rng(1)
    return SimpleNamespace(
        widths=widths, activation=sys.argv[2], batch=int(sys.argv[3]), threads=int(sys.argv[4]), samples=samples,
        learning_rate=0.01, x=random.random((samples, widths[0]), dtype=np.float32),
        labels=random.integers(0, widths[-1], samples))


def serve(p, train):
    print("ready", flush=True)
    at = 0
    for line in sys.stdin:
        wanted, done = int(line), 0
        begin = time.perf_counter()
        while done < wanted:
            if at + p.batch > p.samples:
                at = 0
            count = max(min(wanted - done, p.samples - at) // p.batch, 1) * p.batch
            train(at, count)
            at, done = at + count, done + count
        print(time.perf_counter() - begin, flush=True)
