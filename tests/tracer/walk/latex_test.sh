#!/bin/sh
# Compiles every golden LaTeX walkthrough, in a document of its own and as a fragment. Skips, with 77, where there is no pdflatex.
# latex_test.sh GOLDEN_FOLDER GRADWALK
set -eu
command -v pdflatex >/dev/null || { echo "skipped: pdflatex is not installed (texlive-latex-recommended)"; exit 77; }
golden=$1
gradwalk=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$golden"/*.tex "$work"
cd "$work"
"$gradwalk" walk --wrt 'W2[1,3]' -o fragment_body.tex --fragment
cat >fragment.tex <<'END'
\documentclass{article}
\usepackage{amsmath,graphicx}
\begin{document}
\input{fragment_body}
\end{document}
END
rm -f compiled
for file in *.tex; do
  [ "$file" = fragment_body.tex ] && continue
  if ! pdflatex -interaction=nonstopmode -halt-on-error "$file" >log.txt 2>&1; then
    echo "$file does not compile:"
    grep -A 3 '^!' log.txt || tail -n 20 log.txt
    exit 1
  fi
  echo "$file" >>compiled
done
[ "$(wc -l <compiled)" -ge 5 ]
