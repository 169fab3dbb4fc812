#!/usr/bin/env python3
"""A student's page draws the graph with the wrong arrow marked, and is made without it where Graphviz is missing.

    marked_graph_test.py SOURCE_FOLDER BIN_FOLDER

Exits 77 where Graphviz is not installed.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

SOURCE, BIN = (pathlib.Path(argument) for argument in sys.argv[1:3])
LESSONS = {"04": "04_linear_layer", "08": "08_two_layers"}
CLASS = [("04", "solution.hpp"), ("04", "mistakes/dx-weights-transposed.hpp"), ("08", "mistakes/local-left-out.hpp")]


def check_page(page, markdown, is_wrong, problems):
    pictures = re.findall(r"<svg.*?</svg>", page, re.S)
    if not is_wrong:
        if pictures or "![" in markdown:
            problems.append("a picture where nothing is wrong")
        return
    if len(pictures) != 1:
        problems.append(f"{len(pictures)} pictures, not one")
        return
    picture = tree.fromstring(pictures[0])
    ids = [element.get("id") for element in picture.iter()]
    if ids.count("mistake_1") != 1:
        problems.append("no arrow is marked")
    if "![" not in markdown:
        problems.append("no picture in the Markdown")


def main():
    if not shutil.which("dot"):
        print("skipped: Graphviz is not installed")
        return 77
    problems = []
    with tempfile.TemporaryDirectory(prefix="gradwalk-marked-") as name:
        folder = pathlib.Path(name)
        for number, (lesson, file) in enumerate(CLASS):
            target = folder / f"in/s{number}/{lesson}/exercise.hpp"
            target.parent.mkdir(parents=True)
            shutil.copy(SOURCE / "lessons" / LESSONS[lesson] / file, target)
        subprocess.run([BIN / "gradwalk-grade", folder / "in", "--lesson", ",".join(LESSONS), "-o", folder / "out", "--key", "graph",
                        "--allow-weak-sandbox"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([BIN / "gradwalk-grade", "merge", folder / "out", "-o", folder / "bare"], check=True,
                       stdout=subprocess.DEVNULL, env={"PATH": "/nonexistent"})
        for number, (lesson, file) in enumerate(CLASS):
            page, markdown = ((folder / f"out/students/s{number}.{lesson}{end}").read_text() for end in (".html", ".md"))
            found = []
            check_page(page, markdown, file != "solution.hpp", found)
            bare = (folder / f"bare/students/s{number}.{lesson}.html").read_text()
            if "<svg" in bare or re.sub(r"<figure>.*?</figure>\n", "", page, flags=re.S) != bare:
                found.append("without Graphviz the page is not the same but for the picture")
            problems += [f"{lesson} {file}: {problem}" for problem in found]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
