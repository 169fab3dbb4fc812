#!/usr/bin/env python3
"""The course's secret: three ways to give it, which grade alike, and none but --key itself shows it to other users.

    course_key_test.py SOURCE_FOLDER BIN_FOLDER
"""

import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import zipfile

SOURCE, BIN = (pathlib.Path(argument) for argument in sys.argv[1:3])
KEY = "the secret isn't here"


def call(*words, environment_key=None):
    environment = {name: value for name, value in os.environ.items() if name != "GRADWALK_KEY"}
    if environment_key is not None:
        environment["GRADWALK_KEY"] = environment_key
    return subprocess.run([BIN / "gradwalk-grade", *words], env=environment, capture_output=True, text=True)


def fingerprint(folder, name, *words, environment_key=None):
    """Of a graded submission: the key goes into it."""
    done = call(folder / "in", "--lesson", "04", "-o", folder / name, "--allow-weak-sandbox", *words, environment_key=environment_key)
    if done.returncode != 0:
        return done.stderr
    return json.loads((folder / name / "journal.jsonl").read_text().splitlines()[0])["fingerprint"]


def main():
    problems = []

    def expect(holds, what):
        if not holds:
            problems.append(what)

    with tempfile.TemporaryDirectory(prefix="gradwalk-key-") as name:
        folder = pathlib.Path(name)
        (folder / "in").mkdir()
        (folder / "in/ada.hpp").write_text("struct Linear {")
        (folder / "key").write_text(KEY + "\n")
        (folder / "empty").write_text("\n")

        wanted = fingerprint(folder, "plain", "--key", KEY)
        expect(fingerprint(folder, "file", "--key-file", folder / "key") == wanted, "--key-file grades otherwise than --key")
        expect(fingerprint(folder, "environment", environment_key=KEY) == wanted, "GRADWALK_KEY grades otherwise than --key")
        expect(fingerprint(folder, "over", "--key", KEY, environment_key="another") == wanted, "GRADWALK_KEY goes before --key")
        expect(fingerprint(folder, "none") != wanted, "the key says nothing")
        for words in (["--key", KEY, "--key-file", folder / "key"], ["--key-file", folder / "empty"], ["--key-file", folder / "nowhere"]):
            done = call(folder / "in", "--lesson", "04", "-o", folder / "refused", *words)
            expect(done.returncode == 2 and done.stderr.count("\n") == 1, f"{words}: {done.returncode}, {done.stderr}")

        (folder / "array").mkdir()
        (folder / "array/course.key").write_text("of an earlier call, for all to read")
        for words, environment_key in ((["--key", KEY], None), (["--key-file", folder / "key"], None), ([], KEY)):
            script = call("slurm", folder / "in", "--lesson", "04", "-o", folder / "array", *words, environment_key=environment_key).stdout
            written = folder / "array/course.key"
            expect(KEY not in script and KEY.split("'")[0] not in script, "the key stands in the script")
            expect(f"--key-file '{written}'" in script, f"the script names no key file: {script}")
            expect(written.read_text() == KEY, "the key file holds something else")
            expect(stat.S_IMODE(written.stat().st_mode) == 0o600, "others can read the key file")
        expect("--key" not in call("slurm", folder / "in", "--lesson", "04", "-o", folder / "array2").stdout, "a key from nowhere")

        call("gradescope", "--lesson", "04", "-o", folder / "autograder.zip", "--key-file", folder / "key")
        with zipfile.ZipFile(folder / "autograder.zip") as archive:
            expect(KEY.split("'")[0] not in archive.read("run_autograder").decode(), "the key stands in run_autograder")
            expect(archive.read("gradwalk/course.key").decode() == KEY, "Gradescope gets no key")
    for problem in problems:
        print(problem)
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
