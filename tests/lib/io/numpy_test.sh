#!/bin/sh
# Runs numpy_test.py with the system's Python, where python3-numpy puts NumPy. 77 tells CTest that the test was skipped.
for python in /usr/bin/python3 python3; do
  if command -v "$python" >/dev/null; then
    exec "$python" "$(dirname "$0")/numpy_test.py" "$@"
  fi
done
echo "skipped: there is no python3 here"
exit 77
