"""numpy_test.py REWRITE_ARRAYS: NumPy writes arrays, gradwalk reads and writes them again, NumPy compares."""

import os
import subprocess
import sys
import tempfile
import zipfile

try:
    import numpy as np
except ImportError:
    print("skipped: python3 has no numpy here (package python3-numpy)")
    sys.exit(77)

rng = np.random.default_rng(7)
arrays = {"scalar": np.array(2.5), "empty": np.zeros((0, 3)), "vector": rng.normal(size=5)}
for order in "<>":
    for kind in ("f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"):
        values = rng.integers(-100, 100, size=(2, 3, 4)) if kind[0] in "fi" else rng.integers(0, 200, size=(2, 3, 4))
        typed = values.astype(order + kind) + (np.array(0.125, order + kind) if kind[0] == "f" else 0)
        typed = typed.astype(order + kind)
        arrays[f"{kind}{'little' if order == '<' else 'big'}"] = typed
        arrays[f"deep/{kind}{'little' if order == '<' else 'big'}_fortran"] = np.asfortranarray(typed)
special = np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, 1.7976931348623157e308])
arrays["special"] = special


def expected_type(array):
    return array.dtype.newbyteorder("<") if array.dtype.kind == "f" else np.dtype("<i8")


def same(name, got, array):
    assert got.shape == array.shape, (name, got.shape, array.shape)
    assert got.dtype == expected_type(array), (name, got.dtype)
    assert got.tobytes() == array.astype(expected_type(array)).tobytes(order="C"), name


def rewrite(path):
    again = os.path.join(folder, "again" + os.path.splitext(path)[1])
    subprocess.run([sys.argv[1], path, again], check=True)
    return again


with tempfile.TemporaryDirectory() as folder:
    for save in (np.savez, np.savez_compressed):
        path = os.path.join(folder, "a.npz")
        save(path, **arrays)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("record.json", '{"format": "test"}', compress_type=archive.infolist()[0].compress_type)
        again = rewrite(path)
        assert zipfile.ZipFile(again).testzip() is None
        with np.load(again) as loaded:
            assert set(loaded.files) == set(arrays) | {"record.json"}, loaded.files
            assert loaded["record.json"] == b'{"format": "test"}'
            for name, array in arrays.items():
                same(name, loaded[name], array)
    for version in ((1, 0), (2, 0), (3, 0)):
        path = os.path.join(folder, "v.npy")
        with open(path, "wb") as file:
            np.lib.format.write_array(file, arrays["vector"], version=version)
        same(f"version {version}", np.load(rewrite(path)), arrays["vector"])

print(f"NumPy {np.__version__}: {len(arrays)} arrays the same there and back")
