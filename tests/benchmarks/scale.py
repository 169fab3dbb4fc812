"""The paths of the program that grow with the net, and how long it takes to start."""
import subprocess
import time


def measure(build, show):
    """Rows (what, size, seconds, note)."""
    rows = []
    show("\nat scale:")

    def add(what, size, seconds, note=""):
        rows.append((what, size, seconds, note))
        show(f"  {what:36} {size:28} {seconds * 1e3:10.2f} ms  {note}")

    process = subprocess.Popen([str(build / "benchmarks" / "scale")], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        what, size, seconds, note = line.rstrip("\n").split("\t")
        add(what, size, float(seconds), note)
    if process.wait() != 0:
        raise SystemExit("scale failed")
    times = []
    for _ in range(21):
        begin = time.perf_counter()
        subprocess.run([str(build / "bin" / "gradwalk"), "--version"], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begin)
    add("start of the program", "gradwalk --version", sorted(times)[10])
    return rows
