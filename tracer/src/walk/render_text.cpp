#include <fmt/format.h>

#include <algorithm>

#include "gradwalk/tracer/language.hpp"
#include "walk/formula.hpp"
#include "walk/prose.hpp"
#include "walk/render.hpp"
#include "walk/text_box.hpp"

namespace gradwalk::walk {

namespace {

constexpr std::size_t page_width = 100;

class TextPage {
 public:
  explicit TextPage(const Document& document) {
    title(document.title);
    for (const Block& block : document.blocks) std::visit([this](const auto& b) { write(b); }, block);
  }

  std::string take() { return std::move(out_); }

 private:
  void title(const std::string& text) { out_ += text + "\n" + repeated("═", columns_of(text)) + "\n"; }

  void write(const Heading& heading) {
    out_ += "\n\n" + heading.text + "\n" + repeated("─", columns_of(heading.text)) + "\n";
  }

  void write(const Paragraph& paragraph) {
    out_ += "\n";
    prose(paragraph.prose, 0);
  }

  void write(const Given& given) {
    bool first = true, tall_before = false;
    for (const Equation& equation : given.equations) {
      const bool tall = is_tall({equation});
      if (first || tall || tall_before) out_ += "\n";
      equations("", 2, {equation});
      first = false, tall_before = tall;
    }
  }

  /// Matrices, or several equations: blank lines then keep the three lines of a step apart.
  static bool is_tall(const std::vector<Equation>& list) {
    for (const Equation& equation : list)
      for (const auto& part : equation.parts)
        if (box_of(part.math).lines.size() > 1) return true;
    return false;
  }

  void write(const Step& step) {
    const std::size_t indent = step.number > 0 ? 2 : 4;
    out_ += "\n";
    out_ += step.number > 0
                ? tr("Step {number}. {title}", fmt::arg("number", step.number), fmt::arg("title", plain(step.title)))
                : "  " + plain(step.title);
    out_ += "\n";
    for (const std::string& text : step.before) prose(text, indent);
    const bool airy = is_tall(step.rule) || is_tall(step.numbers) || is_tall(step.result);
    equations(tr("rule"), indent, step.rule);
    if (airy) out_ += "\n";
    equations(tr("numbers"), indent, step.numbers);
    if (airy) out_ += "\n";
    equations(tr("result"), indent, step.result);
    for (const std::string& text : step.after) prose(text, indent);
  }

  /// Equations beneath one another, their signs in one column, the name of the line before the first.
  void equations(const std::string& name, std::size_t indent, const std::vector<Equation>& list) {
    std::size_t left_width = 0, name_width = 0;
    for (const Equation& equation : list) left_width = std::max(left_width, box_of(equation.left).width);
    if (!name.empty())
      for (const std::string& each : {tr("rule"), tr("numbers"), tr("result")})
        name_width = std::max(name_width, columns_of(each) + 2);
    bool first = true;
    for (const Equation& equation : list)
      for (std::size_t k = 0; k < equation.parts.size(); ++k) {
        const auto& part = equation.parts[k];
        TextBox left = k == 0 ? box_of(equation.left) : TextBox{{""}, 0, 0};
        left.width = left_width;
        const TextBox sign{{padded(" " + part.sign, 2) + " "}, 0, 3};
        const TextBox start{{first ? name : ""}, 0, name_width};
        const TextBox line = beside(beside(beside(start, left), sign), box_of(part.math));
        for (const std::string& text : line.lines) put(std::string(indent, ' ') + text);
        first = false;
      }
  }

  static std::string plain(const std::string& prose) {
    return rendered_prose(
        prose, [](std::string_view words) { return std::string(words); },
        [](std::string_view formula) { return formula_text(formula); });
  }

  /// Words filled into lines of the page's width; a blank inside a formula does not break.
  void prose(const std::string& text, std::size_t indent) {
    const std::string glued = rendered_prose(
        text, [](std::string_view words) { return std::string(words); },
        [](std::string_view formula) {
          std::string one = formula_text(formula);
          if (columns_of(one) < page_width / 2) std::replace(one.begin(), one.end(), ' ', '\x01');
          return one;
        });
    std::string line(indent, ' ');
    std::size_t begin = 0;
    while (begin < glued.size()) {
      const std::size_t end = std::min(glued.find(' ', begin), glued.size());
      const std::string word = glued.substr(begin, end - begin);
      if (columns_of(line) + 1 + columns_of(word) > page_width && columns_of(line) > indent) {
        put(line);
        line.assign(indent, ' ');
      }
      if (columns_of(line) > indent) line += ' ';
      line += word;
      begin = end + 1;
    }
    put(line);
  }

  void put(std::string line) {
    std::replace(line.begin(), line.end(), '\x01', ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    out_ += line + "\n";
  }

  static std::string repeated(std::string_view symbol, std::size_t times) {
    std::string out;
    while (times-- > 0) out += symbol;
    return out;
  }

  std::string out_;
};

}  // namespace

std::string as_text(const Document& document) { return TextPage(document).take(); }

}  // namespace gradwalk::walk
