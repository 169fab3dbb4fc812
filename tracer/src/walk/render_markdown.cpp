#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "walk/latex_formula.hpp"
#include "walk/prose.hpp"
#include "walk/render.hpp"

namespace gradwalk::walk {

namespace {

std::string markdown_words(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '*' || c == '_' || c == '<' || c == '[' || c == '`' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string markdown_prose(std::string_view text) {
  return rendered_prose(text, markdown_words,
                        [](std::string_view formula) { return "$" + latex_formula(formula) + "$"; });
}

std::string mathematics(const std::vector<Equation>& equations) {
  return "$\\displaystyle " + latex_of(equations) + "$";
}

struct MarkdownPage {
  std::string out;

  void operator()(const Heading& heading) { out += "\n## " + markdown_words(heading.text) + "\n"; }
  void operator()(const Paragraph& paragraph) { out += "\n" + markdown_prose(paragraph.prose) + "\n"; }

  void operator()(const Given& given) {
    for (const Equation& equation : given.equations) out += "\n" + mathematics({equation}) + "\n";
  }

  void operator()(const Step& step) {
    out += "\n";
    out += step.number > 0 ? "### " + tr("Step {number}. {title}", fmt::arg("number", step.number),
                                         fmt::arg("title", markdown_prose(step.title)))
                           : "#### " + markdown_prose(step.title);
    out += "\n";
    for (const std::string& text : step.before) out += "\n" + markdown_prose(text) + "\n";
    out += "\n";
    for (const auto& [name, equations] :
         {std::pair{tr("rule"), step.rule}, {tr("numbers"), step.numbers}, {tr("result"), step.result}})
      out += fmt::format("- *{}:* {}\n", name, mathematics(equations));
    for (const std::string& text : step.after) out += "\n" + markdown_prose(text) + "\n";
  }
};

}  // namespace

std::string as_markdown(const Document& document) {
  MarkdownPage page{"# " + markdown_words(document.title) + "\n"};
  for (const Block& block : document.blocks) std::visit(page, block);
  return page.out;
}

}  // namespace gradwalk::walk
