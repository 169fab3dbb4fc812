#include "walk/mathml.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/markup.hpp"
#include "gradwalk/tracer/number.hpp"
#include "walk/formula.hpp"

namespace gradwalk::walk {

namespace {

using Kind = FormulaNode::Kind;

std::string mathml(const FormulaNode& node);

std::string tag(std::string_view name, const std::string& inside) {
  return fmt::format("<{0}>{1}</{0}>", name, inside);
}

std::string row(const FormulaNode& node) {
  std::string out;
  for (const FormulaNode& part : node.parts) out += mathml(part);
  return node.parts.size() == 1 ? out : tag("mrow", out);
}

std::string name(const std::string& text) {
  const auto [letters, subscript] = split_name(text);
  const std::string base = tag("mi", xml_escaped(letters));
  if (subscript.empty()) return base;
  return tag("msub", base + tag(subscript.find_first_not_of("0123456789") == std::string::npos ? "mn" : "mi",
                                xml_escaped(subscript)));
}

std::string number(const std::string& text) {
  if (text == "inf") return tag("mn", "∞");
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return tag("mn", text);
  const std::string exponent = with_minus_sign(std::to_string(std::stoi(text.substr(e + 1))));
  return tag("mrow",
             tag("mn", text.substr(0, e)) + tag("mo", "·") + tag("msup", tag("mn", "10") + tag("mn", exponent)));
}

std::string symbol(const std::string& text) {
  if (text == "∂" || text == "η" || text == "μ") return tag("mi", text);
  // Round brackets without a partner in their formula stand around a matrix, and grow with it.
  if (text == "(" || text == ")" || text == "[" || text == "]" || text == "|")
    return fmt::format("<mo stretchy=\"{}\">{}</mo>", text == "(" || text == ")", text);
  if (text == "²") return tag("msup", "<mrow></mrow>" + tag("mn", "2"));
  return tag("mo", text == "-" ? "−" : xml_escaped(text));
}

std::string mathml(const FormulaNode& node) {
  const auto part = [&](std::size_t k) { return mathml(node.parts[k]); };
  switch (node.kind) {
    case Kind::name:
      return name(node.text);
    case Kind::differential:
      return tag("mrow", tag("mi", "d") + part(0));
    case Kind::function:
      return "<mi mathvariant=\"normal\">" + node.text + "</mi>";
    case Kind::number:
      return number(node.text);
    case Kind::word:
      return "<mtext> " + xml_escaped(node.text) + " </mtext>";
    case Kind::symbol:
      return symbol(node.text);
    case Kind::group:
      return tag("mrow", "<mo>(</mo>" + part(0) + "<mo>)</mo>");
    case Kind::row:
      return row(node);
    case Kind::fraction:
      return tag("mfrac", part(0) + part(1));
    case Kind::power:
      return tag("msup", part(0) + (node.parts[1].text == "ᵀ" ? "<mo>⊤</mo>" : part(1)));
    case Kind::indexed:
      return tag("mrow", part(0) + "<mo stretchy=\"false\">[</mo>" + part(1) + "<mo stretchy=\"false\">]</mo>");
    case Kind::sum:
      return tag("munder", "<mo>∑</mo>" + part(0));
  }
  return {};
}

std::string mathml(const Grid& grid) {
  std::string rows;
  for (const auto& cells : grid) {
    std::string line;
    for (const std::string& cell : cells) line += tag("mtd", mathml(parse_formula(cell)));
    rows += tag("mtr", line);
  }
  return tag("mrow", "<mo>[</mo>" + tag("mtable", rows) + "<mo>]</mo>");
}

std::string mathml(const Math& math) {
  std::string out;
  for (const Piece& piece : math.pieces) {
    const std::string inside = piece.grid ? mathml(*piece.grid) : mathml(parse_formula(piece.formula));
    out += piece.label.empty() ? inside
                               : tag("munder", tag("mrow", inside) + "<mtext class=\"shape\">" +
                                                   xml_escaped(formula_text(piece.label)) + "</mtext>");
  }
  return tag("mrow", out);
}

}  // namespace

std::string mathml_formula(std::string_view formula) { return tag("math", mathml(parse_formula(formula))); }

std::string mathml_of(const std::vector<Equation>& equations) {
  std::string rows;
  for (const Equation& equation : equations)
    for (std::size_t k = 0; k < equation.parts.size(); ++k)
      rows +=
          tag("mtr", tag("mtd", k == 0 ? mathml(equation.left) : "") + tag("mtd", tag("mo", equation.parts[k].sign)) +
                         tag("mtd", mathml(equation.parts[k].math)));
  return "<math display=\"block\"><mtable class=\"lines\" displaystyle=\"true\">" + rows + "</mtable></math>";
}

}  // namespace gradwalk::walk
