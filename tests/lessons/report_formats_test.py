#!/usr/bin/env python3
"""The marks of a small class as the course's systems read them: each file is held against a description of its format
that is not ours, and then broken in one place, which the same check must refuse.

    report_formats_test.py SOURCE_FOLDER BIN_FOLDER

Exits 77 when xmllint or the Python package jsonschema, which do the validating, is not installed.
"""

import copy
import csv
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE, BIN = (pathlib.Path(argument) for argument in sys.argv[1:3])
SCHEMAS = SOURCE / "tests/lessons/schemas"


class Refused(Exception):
    """What is wrong with a file."""


def expect(condition, complaint):
    if not condition:
        raise Refused(complaint)


def grade_a_class(folder):
    """Two lessons; right, wrong, unsolved, broken, crashing, and names that quoting must survive."""
    lesson04, lesson06 = SOURCE / "lessons/04_linear_layer", SOURCE / "lessons/06_activations"
    handed_in = {
        "ada/04": lesson04 / "solution.hpp",
        "ada/06": lesson06 / "solution.hpp",
        "bob/04": lesson04 / "mistakes/sign.hpp",
        "bob/06": lesson06 / "mistakes/tanh-twice.hpp",
        "cyd/04": lesson04 / "exercise.hpp",
    }
    for place, source in handed_in.items():
        target = folder / "in" / place / "exercise.hpp"
        target.parent.mkdir(parents=True)
        shutil.copy(source, target)
    for place, text in {"dan/04": "struct Linear { <broken> & ]]> \x07", "eve/04": "#include <cstdlib>\nint x = (abort(), 1);\n"}.items():
        target = folder / "in" / place / "exercise.hpp"
        target.parent.mkdir(parents=True)
        target.write_text(text + (lesson04 / "solution.hpp").read_text() if place.startswith("eve") else text)
    (folder / "roster.csv").write_text('id,name\nada,"Lovelace, Ada ""Countess"""\nbob,=HYPERLINK(1)\ncyd,<b>Цид & Ко</b>\n')
    subprocess.run(
        [BIN / "gradwalk-grade", folder / "in", "--lesson", "04,06", "-o", folder / "out", "--key", "formats",
         "--roster", folder / "roster.csv", "--jobs", "2", "--allow-weak-sandbox"],
        check=True, stdout=subprocess.DEVNULL)
    return folder / "out"


def check_junit(text):
    import xml.etree.ElementTree as tree
    done = subprocess.run(["xmllint", "--noout", "--schema", SCHEMAS / "junit.xsd", "-"], input=text.encode(),
                          capture_output=True)
    expect(done.returncode == 0, done.stderr.decode())
    suites = tree.fromstring(text)
    for suite in suites:
        cases = suite.findall("testcase")
        expect(int(suite.get("tests")) == len(cases), "tests= is not the number of test cases")
        expect(int(suite.get("failures")) == sum(c.find("failure") is not None for c in cases), "failures= is wrong")
        expect(int(suite.get("skipped")) == sum(c.find("skipped") is not None for c in cases), "skipped= is wrong")
    for total in ("tests", "failures"):
        expect(int(suites.get(total)) == sum(int(s.get(total)) for s in suites), f"{total}= of all suites is wrong")


def check_json(schema):
    import jsonschema
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text()))

    def check(text):
        for error in validator.iter_errors(json.loads(text)):
            raise Refused(error.message)
    return check


def check_gradescope(text):
    check_json(SCHEMAS / "gradescope.schema.json")(text)
    results = json.loads(text)
    expect(abs(sum(test["score"] for test in results["tests"]) - results["score"]) < 1e-9,
           "the score is not the sum of the tests'")
    for test in results["tests"]:
        expect(test["score"] <= test["max_score"], "more than max_score")
        expect(test["status"] == "passed" or test["score"] < test["max_score"], "failed with all points")


def check_coderunner(text):
    check_json(SCHEMAS / "coderunner.schema.json")(text)
    result = json.loads(text)
    heads, *rows = result["testresults"]
    expect("iscorrect" in heads, "no column iscorrect")
    for row in rows:
        expect(len(row) == len(heads), "a row that is not as long as its heading")
        expect(row[heads.index("iscorrect")] in (True, False), "iscorrect is neither true nor false")
    expect(all(row[heads.index("iscorrect")] for row in rows) == (result["fraction"] == 1), "fraction is not of the rows")


def check_canvas(text):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    expect(rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"], "Canvas's own columns are not first")
    expect(rows[1][0].strip() == "Points Possible", "no row of the points possible")
    expect(len(rows) > 2, "nobody")
    for row in rows[1:]:
        expect(len(row) == len(rows[0]), "a row that is not as long as its heading")
        for mark, possible in zip(row[5:], rows[1][5:]):
            expect(mark == "" or 0 <= float(mark) <= float(possible), "a mark that is not between 0 and the points possible")
    for row in rows[2:]:
        expect(row[0] and row[1], "a student without name or ID")
        expect(all(not cell or cell[0] not in "=+-@" for cell in row), "a cell that is a formula")


def broken_json(change):
    def break_it(text):
        value = copy.deepcopy(json.loads(text))
        change(value)
        return json.dumps(value)
    return break_it


def replaced(old, new):
    def break_it(text):
        assert old in text, old
        return text.replace(old, new, 1)
    return break_it


def main():
    missing = [] if shutil.which("xmllint") else ["xmllint (package libxml2-utils)"]
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        missing.append("python3-jsonschema")
    if missing:
        print("skipped: not installed:", ", ".join(missing))
        return 77

    def of_tests(name, value):
        return broken_json(lambda results: results["tests"][0].update({name: value}))

    checks = [
        ("junit.xml", check_junit, [replaced("tests=", "test="), replaced("<failure ", "<failed "), replaced('time="0"', 'time="now"'),
                                    replaced(' type="failed"', ""), replaced('skipped="0"', 'skipped="1"')]),
        ("grades.json", check_json(SOURCE / "docs/grades.schema.json"),
         [broken_json(lambda grades: grades.update(version=2)),
          broken_json(lambda grades: grades["submissions"][0].pop("verdict")),
          broken_json(lambda grades: grades["submissions"][0]["verdict"].update(status="fine")),
          broken_json(lambda grades: grades["submissions"][0]["verdict"]["steps"][0].update(earned="2"))]),
        ("gradescope/*.json", check_gradescope,
         [of_tests("status", "not attempted"), of_tests("visibility", "all"), of_tests("max_score", "5"), of_tests("score", 99),
          broken_json(lambda results: results.pop("tests")), broken_json(lambda results: results.update(output_format="markdown"))]),
        ("coderunner/*.json", check_coderunner,
         [broken_json(lambda result: result.pop("fraction")), broken_json(lambda result: result.update(fraction=50)),
          broken_json(lambda result: result["testresults"][1].pop()), broken_json(lambda result: result["testresults"][0].pop(0))]),
        ("canvas.csv", check_canvas, [replaced("SIS User ID", "SIS ID"), replaced("Points Possible", "Points"),
                                      replaced("'=HYPERLINK", "=HYPERLINK"), replaced(",ada,", ",ada,,,")]),
    ]
    failures = 0
    with tempfile.TemporaryDirectory(prefix="gradwalk-formats-") as folder:
        out = grade_a_class(pathlib.Path(folder))
        for pattern, check, breakages in checks:
            files = sorted(out.glob(pattern))
            if not files:
                print(f"{pattern}: not written")
                failures += 1
            for file in files:
                text = file.read_bytes().decode()
                try:
                    check(text)
                except Refused as refusal:
                    print(f"{file.name}: {refusal}")
                    failures += 1
            for number, break_it in enumerate(breakages):
                try:
                    check(break_it(files[0].read_bytes().decode()))
                except Refused:
                    continue
                print(f"{pattern}: breakage {number} was not noticed")
                failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
