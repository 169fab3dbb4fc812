import subprocess
import numpy
from IPython.display import HTML, SVG, Markdown


def gradwalk(*words):
    return subprocess.run(["gradwalk", *words], check=True, capture_output=True, text=True).stdout


gradwalk("trace", "--net", "2-3-2", "--seed", "7", "--rows", "0..1", "-o", "step.npz")
numpy.load("step.npz")["step0/dW1"]                      # the array itself
gradwalk("graph", "step.npz", "-o", "step.svg")
SVG("step.svg")                                          # one cell
gradwalk("walk", "step.npz", "--wrt", "W1[2,0]", "-o", "walk.md")
Markdown("walk.md")                                      # the next
