"""docs/performance.md and its plots, from what a run measured. The prose stands in document.md.in; the tables and figures are put in."""
import platform
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent


def flops(widths):
    w = [int(n) for n in widths.split("-")]
    return sum((4 if l == 0 else 6) * i * o for l, (i, o) in enumerate(zip(w, w[1:])))


def threads_of(count):
    return f"{count} thread" + ("s" if count > 1 else "")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join([" --- "] + [" ---: "] * (len(head) - 1)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def machine():
    info = Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*: (.*)", info)
    family = re.search(r"cpu family\s*: (.*)", info)
    model = re.search(r"model\s*: (\d+)", info)
    cores = len(re.findall(r"^processor", info, re.M))
    return f"{name[1] if name else platform.machine()} (family {family[1] if family else '?'}, model {model[1] if model else '?'}), {cores} cores"


def compiler():
    return subprocess.run(["c++", "--version"], capture_output=True, text=True).stdout.split("\n")[0]


def comparison(measured):
    """One row for each contender, one column for each net and number of threads: samples per second, and the share of the peak."""
    columns = list(measured)
    names = []
    for rates, _ in measured.values():
        names += [n for n in rates if n not in names]
    first = measured[columns[0]][0]
    names.sort(key=lambda n: -first.get(n, 0))
    rows = []
    for name in names:
        row = [f"**{name}**" if name == "gradwalk" else name]
        for column in columns:
            rates, peaks = measured[column]
            if name not in rates:
                row.append("–")
                continue
            share = rates[name] * flops(column[0][0]) * 1e-9 / max(peaks)
            row.append(f"{rates[name]:,.0f} ({share:.0%})")
        rows.append(row)
    rows.append(["peak, GFLOP/s", *(f"{max(measured[c][1]):.0f}" for c in columns)])
    head = [""] + [f"{c[0][0]}, batch {c[0][2]}, {threads_of(c[1])}" for c in columns]
    return table(head, rows)


def ratios(measured):
    """What the table says in ratios."""
    lines = []
    for (shape, threads), (rates, peaks) in measured.items():
        others = {n: r for n, r in rates.items() if n != "gradwalk"}
        if others:
            against = ", ".join(f"{rates['gradwalk'] / r:.2f} × {n}" for n, r in sorted(others.items(), key=lambda o: -o[1]))
            lines.append(f"- {shape[0]}, {threads_of(threads)}: {against}")
    shapes = list(dict.fromkeys(shape for shape, _ in measured))
    for shape in shapes:
        counts = [t for s, t in measured if s == shape]
        if len(counts) > 1:
            one, many = (measured[shape, t][0]["gradwalk"] for t in (counts[0], counts[-1]))
            lines.append(f"- {shape[0]}: {threads_of(counts[-1])} are {many / one:.2f} × one")
    return "\n".join(lines)


def levels(measured):
    rows = []
    for (shape, threads), (rates, peaks) in measured.items():
        row = [f"{shape[0]}, batch {shape[2]}, {threads_of(threads)}"]
        for level, peak in zip(("x86-64-v4", "x86-64-v3", "x86-64-v2"), peaks):
            share = rates[level] * flops(shape[0]) * 1e-9 / peak if level in rates and peak else None
            row.append(f"{rates[level]:,.0f} ({share:.0%})" if share else "–")
        rows.append(row)
    return table(["", "x86-64-v4 (of the AVX-512 peak)", "x86-64-v3 (of the AVX2 peak)", "x86-64-v2 (of the SSE2 peak)"], rows)


def recording(measured):
    rows = []
    for (shape, threads), (rates, _) in measured.items():
        nothing = rates["nothing recorded"]
        rows.append([f"{shape[0]}, batch {shape[2]}, {threads_of(threads)}", f"{nothing:,.0f}",
                     *(f"{nothing / rates[n] - 1:+.1%}" for n in ("everything", "dW left out", "every 100th step"))])
    return table(["", "samples/s, nothing recorded", "everything", "dW left out", "every 100th step"], rows)


def shapes(measured):
    rows = []
    for (shape, threads), (rates, peaks) in measured.items():
        other = [r for n, r in rates.items() if "OpenBLAS" in n]
        rows.append([f"{shape[0]} {shape[1]}, batch {shape[2]}, {threads_of(threads)}", f"{rates['gradwalk']:,.0f}",
                     f"{rates['gradwalk'] * flops(shape[0]) * 1e-9 / max(peaks):.0%}",
                     f"{rates['gradwalk'] / other[0]:.2f} ×" if other else "–"])
    return table(["", "samples/s", "of the peak", "a step over OpenBLAS"], rows)


def growth(measured):
    rows = []
    for shape, by_threads in measured.items():
        row = [f"{shape[0]}, batch {shape[2]}"]
        for rates, peaks in by_threads.values():
            row.append(f"{rates['gradwalk']:,.0f} ({rates['gradwalk'] * flops(shape[0]) * 1e-9 / max(peaks):.0%})")
        rows.append(row)
    counts = list(next(iter(measured.values()))) if measured else []
    return table(["", *map(threads_of, counts)], rows)


def at_scale(measured):
    return table(["", "size", "milliseconds", ""], [[what, size, f"{s * 1e3:,.2f}", note] for what, size, s, note in measured])


def roofline(root, measured):
    """Work for a byte of weights and data against GFLOP/s: every contender as a point under the roof."""
    if not measured:
        return
    folder = root / "docs" / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    points, names = [], []
    for (shape, threads), (rates, peaks) in measured.items():
        widths = [int(n) for n in shape[0].split("-")]
        # What a step has to move at least: every weight read for z and for dX and read and written in the update, and x.
        parameters = sum(i * o for i, o in zip(widths, widths[1:]))
        intensity = shape[2] * flops(shape[0]) / (4 * (4 * parameters + shape[2] * widths[0]))
        for name, rate in rates.items():
            if name not in names:
                names.append(name)
            points.append((threads, name, intensity, rate * flops(shape[0]) * 1e-9))
    counts = sorted({threads for _, threads in measured})
    peaks = {t: max(max(p) for (_, n), (_, p) in measured.items() if n == t) for t in counts}
    script = ["set terminal svg size 760,480 font 'sans,13' background 'white'", f"set output '{folder / 'roofline.svg'}'",
              "set logscale xy", "set xlabel 'floating-point operations for a byte moved'", "set ylabel 'GFLOP/s'",
              "set key outside right top", "set grid ytics lc rgb '#dddddd'", "set xrange [10:400]"]
    blocks, plots = [], []
    colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"]
    for t in counts:
        plots.append(f"{peaks[t]} with lines lw 2 dt {1 if t == 1 else 2} lc rgb '#555555' title 'peak, {threads_of(t)}'")
    for at, name in enumerate(names):
        mine = [(i, g) for _, n, i, g in points if n == name]
        blocks.append(f"$p{at} << E\n" + "\n".join(f"{i} {g}" for i, g in mine) + "\nE")
        plots.append(f"$p{at} with points pt {at + 4} ps 1.3 lw 2 lc rgb '{colours[at % len(colours)]}' title '{name}'")
    subprocess.run(["gnuplot"], input="\n".join(blocks + script + ["plot " + ", \\\n  ".join(plots)]), text=True, check=True)


def lab(root, measured):
    """The command, what it printed, and the curve."""
    if not measured:
        return "Not measured: `--mnist FOLDER` was not given."
    command, lines, seconds = measured
    found = [re.match(r"epoch (\d+)\s+loss (\S+)\s+accuracy (\S+)\s+test: loss (\S+)\s+accuracy (\S+)", line) for line in lines]
    errors = [(int(m[1]), 100 * (1 - float(m[3])), 100 * (1 - float(m[5]))) for m in found if m]
    last, best = errors[-1], min(errors, key=lambda e: e[2])
    folder = root / "docs" / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    data = "\n".join(f"{e} {a} {b}" for e, a, b in errors[1:])
    script = ["$d << E", data, "E", "set terminal svg size 640,400 font 'sans,13' background 'white'",
              f"set output '{folder / 'mnist.svg'}'", "set xlabel 'epoch'", "set ylabel 'errors, %'", "set yrange [0:5]",
              "set grid ytics lc rgb '#dddddd'",
              "plot 1.6 with lines dt 2 lc rgb '#555555' title 'Simard, Steinkraus, Platt: 1.6 %', "
              "$d using 1:2 with lines lw 2 lc rgb '#0072B2' title 'training set', "
              "$d using 1:3 with linespoints lw 2 pt 7 ps 0.6 lc rgb '#D55E00' title 'test set'"]
    subprocess.run(["gnuplot"], input="\n".join(script), text=True, check=True)
    return "\n".join([
        "```", command, "```", "",
        f"After {last[0]} epochs {last[2]:.2f} % of the test set are wrong (the least on the way: {best[2]:.2f} %), in {seconds:.0f} seconds with the "
        "reading of the data and an evaluation of both sets after every epoch. No augmentation, no momentum, no regularisation.", "",
        "![Errors by epoch](figures/mnist.svg)"])


def write(root, run):
    text = (HERE / "document.md.in").read_text()
    parts = {
        "machine": machine(), "compiler": compiler(), "comparison": comparison(run.step), "ratios": ratios(run.step),
        "levels": levels(run.levels), "recording": recording(run.recording), "shapes": shapes(run.shapes),
        "growth": growth(run.growth), "scale": at_scale(run.scale), "lab": lab(root, run.lab), "skipped": "; ".join(run.skipped) or "none",
    }
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    roofline(root, run.step)
    (root / "docs" / "performance.md").write_text(text)
