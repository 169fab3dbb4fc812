#include <fmt/format.h>

#include "formats/formats.hpp"
#include "formats/markup.hpp"
#include "formats/tex_symbols.hpp"
#include "gradwalk/tracer/language.hpp"
#include "pictures.hpp"
#include "working.hpp"

namespace gradwalk::worksheet {
namespace {

constexpr std::string_view preamble = R"tex(% For lualatex or pdflatex.
\documentclass[11pt,a4paper]{article}
\usepackage[margin=20mm,top=18mm,bottom=18mm]{geometry}
\usepackage{amsmath,graphicx,iftex,tikz}
)tex";

/// English needs no fonts but those of every TeX.
constexpr std::string_view russian_fonts = R"tex(\ifpdftex
\usepackage[T2A]{fontenc}
\else
\usepackage{fontspec}
\IfFontExistsTF{CMU Serif}{\setmainfont{CMU Serif}}{%
\IfFontExistsTF{Liberation Serif}{\setmainfont{Liberation Serif}}{%
\IfFontExistsTF{Times New Roman}{\setmainfont{Times New Roman}}{\setmainfont{DejaVu Serif}}}}
\fi
)tex";

constexpr std::string_view macros = R"tex(\definecolor{right}{HTML}{0072B2}
\setlength{\parindent}{0pt}\setlength{\parskip}{4pt}\emergencystretch=2em
\newsavebox{\graphbox}
\newcommand{\graph}{\sbox\graphbox{\scalebox{0.95}{\usebox\graphbox}}\par
  \ifdim\wd\graphbox>\linewidth\resizebox{\linewidth}{!}{\usebox\graphbox}\else\usebox\graphbox\fi\par}
\newcommand{\blank}{\rule{0pt}{1.5em}\underline{\hspace{2.4em}}}
\newcommand{\answer}[1]{\textcolor{right}{#1}}
\newcounter{problem}
\newenvironment{problem}{\par\vspace{9pt}\begin{minipage}{\linewidth}\hrule\vspace{6pt}\stepcounter{problem}%
  \makebox[2em][l]{\large\bfseries\theproblem}%
  \begin{minipage}[t]{\dimexpr\linewidth-2em}\setlength{\parskip}{5pt}\raggedright}
  {\end{minipage}\end{minipage}\par}
\begin{document}
)tex";

/// "\begin{bmatrix}…" with `cell(i)` in it; a vector is one row.
std::string matrix(const Shape& shape, const std::function<std::string(std::size_t)>& cell) {
  if (shape.empty()) return cell(0);
  std::string out = "\\begin{bmatrix}";
  for (std::size_t i = 0; i < element_count(shape); ++i)
    out += (i == 0 ? "" : i % shape.back() == 0 ? "\\\\" : "&") + cell(i);
  return out + "\\end{bmatrix}";
}

std::string equation(std::string_view name, const std::string& value) {
  const std::string left = is_symbol(name) ? tex_mathematics(name) : "\\text{" + tex_prose(name) + "}";
  return "$" + left + " = " + value + "$";
}

std::string graph(const Problem& problem, bool filled_in) {
  const std::string tikz = picture(problem, filled_in, GraphFormat::tikz);
  return tikz.empty() ? "" : "\\begin{lrbox}{\\graphbox}\\endlinechar=-1\n" + tikz + "\\end{lrbox}\\graph\n";
}

std::string statement(const Problem& problem, bool filled_in) {
  std::string out = tex_prose(problem.task) + "\\par\n";
  for (const std::string& rule : problem.rules) out += "\\mbox{$" + tex_mathematics(rule) + "$}\\quad\n";
  out += "\\par\n";
  for (const Given& given : problem.given)
    out += "\\mbox{" +
           equation(given.name, matrix(given.shape, [&](std::size_t i) { return shown(given.values[i]); })) +
           "}\\quad\n";
  return out + "\\par\n" + graph(problem, filled_in);
}

std::string questions(const Problem& problem, bool key) {
  std::string out;
  const int decimals = problem.decimals.value_or(4);
  for (const Question& question : problem.questions)
    out += "\\mbox{" +
           equation(question.name, matrix(question.shape,
                                          [&](std::size_t i) -> std::string {
                                            return key ? "\\answer{" + shown(question.answers[i].right, decimals) + "}"
                                                       : "\\blank";
                                          })) +
           "}\\quad\n";
  return out + "\\par\n";
}

/// The sums behind the answers, and what wrong answers tell.
std::string latex_notes(const Problem& problem) {
  std::string sums, mistakes;
  for (const Question& question : problem.questions)
    for (const Answer& answer : question.answers)
      if (const std::string sum = working(problem, answer); !sum.empty())
        sums += "\\mbox{" + equation(answer.name, tex_mathematics(sum) + " = " + shown(answer.right)) + "}\\quad\n";
  for (const Question& question : problem.questions)
    for (const WrongAnswer& wrong : telling(question))
      mistakes += equation(question.answers.front().name, shown(wrong.value)) + "? " + tex_prose(wrong.because) + "\n";
  std::string out = "{\\small\n";
  if (!sums.empty()) out += sums + "\\par\n";
  return out + mistakes + "\\par}\n";
}

}  // namespace

std::string as_latex(const Sheet& sheet, Audience audience) {
  const bool key = audience == Audience::teacher;
  std::string out{preamble};
  if (current_language() == Language::ru) out += russian_fonts;
  out += macros;
  const std::string title = heading(sheet.lesson, sheet.title);
  out += "{\\Large\\bfseries " + tex_prose(key ? title + " · " + tr("key") : title) + "}\\par\\vspace{6pt}\n";
  out +=
      key ? tex_prose(tr("seed {seed}", fmt::arg("seed", sheet.seed))) + "\\par\n"
          : "{" + tex_prose(tr("Name")) + " \\hrulefill\\quad " + tex_prose(tr("Date")) + " \\rule{7em}{0.4pt}}\\par\n";
  for (const Problem& problem : sheet.problems) {
    out += "\\begin{problem}\n" + statement(problem, key) + questions(problem, key) + (key ? latex_notes(problem) : "");
    out += std::string(key ? "" : "\\vspace{16mm}") + "\\end{problem}\n";
  }
  return out + "\\end{document}\n";
}

}  // namespace gradwalk::worksheet
