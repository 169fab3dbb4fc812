#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "walk/latex_formula.hpp"
#include "walk/prose.hpp"
#include "walk/render.hpp"

namespace gradwalk::walk {

namespace {

std::string latex_words(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\')
      out += "\\textbackslash{}";
    else if (c == '^' || c == '~')
      out += fmt::format("\\{}{{}}", c);
    else if (std::string_view("_%&#{}").find(c) != std::string_view::npos)
      out += fmt::format("\\{}", c);
    else
      out += c;
  }
  return out;
}

/// Signs that stand in prose and not in a formula, and that pdflatex does not know as letters.
std::string with_signs(std::string text) {
  for (const auto& [sign, command] : {std::pair{"≈", "$\\approx$"},
                                      {"≤", "$\\le$"},
                                      {"×", "$\\times$"},
                                      {"∂", "$\\partial$"},
                                      {"…", "\\dots{}"},
                                      {"·", "$\\cdot$"},
                                      {"÷", "$\\div$"},
                                      {"−", "$-$"}})
    for (std::size_t at = 0; (at = text.find(sign, at)) != std::string::npos;) {
      text.replace(at, std::string_view(sign).size(), command);
      at += std::string_view(command).size();
    }
  return text;
}

std::string latex_prose(std::string_view text) {
  return rendered_prose(
      text, [](std::string_view part) { return with_signs(latex_words(part)); },
      [](std::string_view formula) { return "$" + latex_formula(formula) + "$"; });
}

/// Equations of one line of a step: in parts, because an `aligned` does not break across pages.
std::vector<std::vector<Equation>> in_parts(const std::vector<Equation>& equations) {
  constexpr std::size_t most = 12;
  std::vector<std::vector<Equation>> parts;
  for (const Equation& equation : equations) {
    if (parts.empty() || parts.back().size() == most) parts.emplace_back();
    parts.back().push_back(equation);
  }
  return parts;
}

/// A line of mathematics shrinks when it is wider than the page; the space that \\arraycolsep takes is ours alone.
constexpr std::string_view fitted =
    "\\providecommand{\\gradwalkfit}[1]{{\\setlength{\\arraycolsep}{3pt}\\setcounter{MaxMatrixCols}{20}%\n"
    "  \\sbox0{\\(\\displaystyle #1\\)}\\ifdim\\wd0>\\dimexpr\\linewidth-5em\\relax\n"
    "  \\resizebox{\\dimexpr\\linewidth-5em\\relax}{!}{\\usebox0}\\else\\usebox0\\fi}}\n";

struct LatexPage {
  std::string out;

  void operator()(const Heading& heading) { out += "\n\\section*{" + latex_prose(heading.text) + "}\n"; }
  void operator()(const Paragraph& paragraph) { out += "\n" + latex_prose(paragraph.prose) + "\n"; }

  void operator()(const Given& given) {
    for (const Equation& equation : given.equations) line("", {equation});
  }

  void operator()(const Step& step) {
    const std::string title = latex_prose(step.title);
    out += step.number > 0
               ? fmt::format("\n\\subsection*{{{}}}\n",
                             tr("Step {number}. {title}", fmt::arg("number", step.number), fmt::arg("title", title)))
               : fmt::format("\n\\subsubsection*{{{}}}\n", title);
    for (const std::string& text : step.before) out += latex_prose(text) + "\n\n";
    line(tr("rule"), step.rule);
    line(tr("numbers"), step.numbers);
    line(tr("result"), step.result);
    for (const std::string& text : step.after) out += "\n" + latex_prose(text) + "\n";
  }

  void line(const std::string& name, const std::vector<Equation>& equations) {
    std::string label = name.empty() ? "" : "\\textit{" + name + "}";
    for (const auto& part : in_parts(equations)) {
      out += fmt::format("\n\\smallskip\\noindent\\makebox[{}][l]{{{}}}\\gradwalkfit{{{}}}\\par\n",
                         name.empty() ? "1em" : "4.8em", label, latex_of(part));
      label.clear();
    }
  }
};

std::string body(const Document& document) {
  LatexPage page{std::string(fitted)};
  for (const Block& block : document.blocks) std::visit(page, block);
  return page.out;
}

}  // namespace

std::string as_latex(const Document& document) {
  // English needs no fonts but those of every TeX; Russian needs T2A.
  const bool russian = current_language() == Language::ru;
  return std::string("\\documentclass[a4paper,10pt]{article}\n") + (russian ? "\\usepackage[T2A]{fontenc}\n" : "") +
         "\\usepackage[utf8]{inputenc}\n" + (russian ? "\\usepackage[russian]{babel}\n" : "") +
         "\\usepackage{amsmath,graphicx}\n"
         "\\usepackage[margin=20mm]{geometry}\n"
         "\\setlength{\\parindent}{0pt}\n"
         "\\setlength{\\parskip}{3pt}\n"
         "\\begin{document}\n"
         "\\small\n" +
         fmt::format("\\title{{{}}}\\author{{}}\\date{{}}\\maketitle\n", latex_prose(document.title)) + body(document) +
         "\\end{document}\n";
}

std::string as_latex_fragment(const Document& document) {
  return "% needs \\usepackage{amsmath,graphicx}\n" + body(document);
}

}  // namespace gradwalk::walk
