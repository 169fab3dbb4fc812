#!/usr/bin/env python3
"""Grading a class against bare g++ over the very same files: how much of a grading is not compiling?

    grading_speed.py SOURCE_FOLDER BIN_FOLDER [SUBMISSIONS] [JOBS]

Submissions are lesson 04's solution and mistakes, each made different by comments and names. Both sides use the same
include path, -O1 and the same number of jobs; times are taken twice, the sides in turn, and the better one counts. On a
machine that others use too only the processor time says something; counting it needs a control group, so root.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

SOURCE, BIN = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
SUBMISSIONS = int(sys.argv[3]) if len(sys.argv) > 3 else 500
JOBS = sys.argv[4] if len(sys.argv) > 4 else "2"
LESSON = SOURCE / "lessons/04_linear_layer"


def hand_in(folder):
    sources = [LESSON / "solution.hpp", *sorted((LESSON / "mistakes").glob("*.hpp"))]
    for n in range(SUBMISSIONS):
        text = sources[n % len(sources)].read_text().replace("x_", f"kept{n}_")
        target = folder / f"student{n:03}" / "exercise.hpp"
        target.parent.mkdir(parents=True)
        target.write_text(text.replace("#pragma once", f"// Handed in by student {n}.\n#pragma once"))


class ControlGroup:
    """Counts the processor time of everything below: a sandbox hides its processes from those who wait for it."""

    def __init__(self):
        first = pathlib.Path("/sys/fs/cgroup")
        base = first / "cpuacct" if (first / "cpuacct").is_dir() else first
        self.folder = base / f"gradwalk-speed-{os.getpid()}"
        self.folder.mkdir()

    def seconds(self):
        if (self.folder / "cpuacct.usage").exists():
            return int((self.folder / "cpuacct.usage").read_text()) * 1e-9
        return int((self.folder / "cpu.stat").read_text().split()[1]) * 1e-6  # usage_usec

    def timed(self, command):
        """(wall, processor) seconds of a command and all that it starts."""
        before, began = self.seconds(), time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                       preexec_fn=lambda: (self.folder / "cgroup.procs").write_text(str(os.getpid())))
        return time.monotonic() - began, self.seconds() - before

    def remove(self):
        time.sleep(0.5)
        self.folder.rmdir()


def main():
    with tempfile.TemporaryDirectory(prefix="gradwalk-speed-") as name:
        folder = pathlib.Path(name)
        hand_in(folder / "in")
        files = sorted((folder / "in").rglob("*.hpp"))
        (folder / "list").write_text("\n".join(map(str, files)))
        bare = ["sh", "-c", f"xargs -P {JOBS} -n 1 -a {folder}/list g++ -std=c++20 -O1 -w -I {SOURCE}/lessons/include -x c++ -o /dev/null -c"]
        best = {}
        group = ControlGroup()
        for turn in range(2):
            grade = [BIN / "gradwalk-grade", folder / "in", "--lesson", "04", "-o", folder / f"out{turn}", "--key", "speed",
                     "--jobs", JOBS, "--allow-weak-sandbox"]
            for side, command in (("g++ -O1 -c", bare), ("gradwalk grade", grade)):
                best[side] = min(best.get(side, (1e9, 1e9)), group.timed(command))
        group.remove()
        for side, (wall, processor) in best.items():
            print(f"{side:16} {wall:7.1f} s wall {processor:7.1f} s processor, {1000 * processor / SUBMISSIONS:6.1f} ms each")
        (wall, processor), (bare_wall, bare_processor) = best["gradwalk grade"], best["g++ -O1 -c"]
        print(f"ratio            {wall / bare_wall:7.2f}   wall {processor / bare_processor:7.2f}   processor")
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
