#!/usr/bin/env python3
"""Grading that is killed (kill -9) at random moments and taken up again writes, byte for byte, what one that nobody
disturbed writes: with one job, with two, and in shards that are merged. No temporary folder is left.

    killed_grading_test.py SOURCE_FOLDER BIN_FOLDER [SEED]
"""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE, BIN = (pathlib.Path(argument) for argument in sys.argv[1:3])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 4
KILLS = 3  # of each grading, before it is left alone
LESSON = SOURCE / "lessons/04_linear_layer"


def hand_in(folder):
    for source in ["solution.hpp", "exercise.hpp", "mistakes/sign.hpp", "mistakes/not-reset.hpp", "mistakes/stale-cache.hpp"]:
        target = folder / pathlib.Path(source).stem / "exercise.hpp"
        target.parent.mkdir(parents=True)
        shutil.copy(LESSON / source, target)
    (folder / "broken").mkdir()
    (folder / "broken/exercise.hpp").write_text("struct Linear {")


def start(folder, out, *extra):
    return subprocess.Popen(
        [BIN / "gradwalk-grade", folder / "in", "--lesson", "04", "-o", out, "--key", "killed", "--allow-weak-sandbox", *extra],
        stdout=subprocess.DEVNULL, start_new_session=True, env=dict(os.environ, TMPDIR=str(folder / "tmp")))


def reports(folder):
    """Everything but the journals, whose lines are in the order in which submissions were finished."""
    return {str(file.relative_to(folder)): file.read_bytes()
            for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".jsonl"}


def grade_with_kills(chance, undisturbed, folder, out, *extra):
    for _ in range(KILLS):
        program = start(folder, out, "--resume", *extra)
        time.sleep(chance.uniform(0, undisturbed))
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    if start(folder, out, "--resume", *extra).wait() != 0:
        raise SystemExit(f"{out.name}: --resume failed")


def main():
    chance = random.Random(SEED)
    problems = []
    with tempfile.TemporaryDirectory(prefix="gradwalk-killed-") as name:
        folder = pathlib.Path(name)
        hand_in(folder / "in")
        (folder / "tmp").mkdir(mode=0o755)
        folder.chmod(0o755)
        began = time.monotonic()
        if start(folder, folder / "whole", "--jobs", "1").wait() != 0:
            raise SystemExit("grading failed")
        undisturbed = time.monotonic() - began
        wanted = reports(folder / "whole")
        for jobs in ("1", "2"):
            grade_with_kills(chance, undisturbed, folder, folder / f"jobs{jobs}", "--jobs", jobs)
        for shard in ("1/2", "2/2"):
            grade_with_kills(chance, undisturbed / 2, folder, folder / "shards", "--jobs", "2", "--shard", shard)
        subprocess.run([BIN / "gradwalk-grade", "merge", folder / "shards", "-o", folder / "merged"], check=True,
                       stdout=subprocess.DEVNULL)
        problems += [f"left behind: {left.name}" for left in (folder / "tmp").iterdir()]
        for way in ("jobs1", "jobs2", "merged"):
            got = reports(folder / way)
            if got.keys() != wanted.keys():
                problems.append(f"{way}: other files: {sorted(got.keys() ^ wanted.keys())}")
            problems += [f"{way}: {file} differs" for file in got.keys() & wanted.keys() if got[file] != wanted[file]]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
