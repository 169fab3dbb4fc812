#include "walk/latex_formula.hpp"

#include <fmt/format.h>

#include <map>

#include "walk/formula.hpp"

namespace gradwalk::walk {

namespace {

using Kind = FormulaNode::Kind;

std::string latex(const FormulaNode& node);

std::string row(const std::vector<FormulaNode>& nodes) {
  std::string out;
  for (const FormulaNode& node : nodes) {
    const std::string next = latex(node);
    // A command such as \cdot ends at the first sign that is not a letter.
    const bool after_command = out.rfind('\\') != std::string::npos &&
                               out.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                                     out.rfind('\\') + 1) == std::string::npos;
    if (after_command && !next.empty() && std::isalpha(static_cast<unsigned char>(next.front()))) out += ' ';
    out += next;
  }
  return out;
}

std::string symbol(const std::string& text) {
  static const std::map<std::string, std::string> commands{
      {"·", "\\cdot "}, {"×", "\\times "}, {"⊙", "\\odot "},  {"≈", "\\approx "}, {"←", "\\leftarrow "},
      {"→", "\\to "},   {"…", "\\cdots "}, {"⋮", "\\vdots "}, {"⋱", "\\ddots "},  {"≤", "\\le "},
      {"≥", "\\ge "},   {"<", "\\lt "},    {">", "\\gt "},    {"≠", "\\ne "},     {"∂", "\\partial "},
      {"Σ", "\\sum "},  {"η", "\\eta "},   {"μ", "\\mu "},    {"Δ", "\\Delta "},  {"ᵀ", "\\top "},
      {"|", "\\vert "}, {"−", "-"},        {"ℓ", "\\ell "},   {"σ", "\\sigma "}};
  const auto found = commands.find(text);
  return found == commands.end() ? text : found->second;
}

std::string name(const std::string& text) {
  const auto [letters, subscript] = split_name(text);
  std::string base = letters;
  if (letters.size() > 1) {
    base.clear();
    for (char c : letters) base += c == '_' ? "\\_" : std::string(1, c);
    base = "\\mathit{" + base + "}";
  }
  return subscript.empty() ? base : base + "_{" + subscript + "}";
}

std::string number(const std::string& text) {
  if (text == "NaN") return "\\mathrm{NaN}";
  if (text == "inf") return "\\infty ";
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;
  return fmt::format("{}\\cdot 10^{{{}}}", text.substr(0, e), std::stoi(text.substr(e + 1)));
}

std::string function(const std::string& text) {
  static const std::string known[] = {"exp", "log", "tanh", "sin", "cos", "max"};
  for (const std::string& each : known)
    if (text == each) return "\\" + text + " ";
  return "\\mathrm{" + text + "}";
}

std::string word(const std::string& text) {
  std::string escaped;
  for (char c : text)
    escaped += c == '_' || c == '%' || c == '&' || c == '#' ? "\\" + std::string(1, c) : std::string(1, c);
  return "\\text{ " + escaped + " }";
}

std::string latex(const FormulaNode& node) {
  switch (node.kind) {
    case Kind::name:
      return name(node.text);
    case Kind::differential:
      return "d" + latex(node.parts[0]);
    case Kind::function:
      return function(node.text);
    case Kind::number:
      return number(node.text);
    case Kind::word:
      return word(node.text);
    case Kind::symbol:
      return symbol(node.text);
    case Kind::group:
      return "\\left(" + latex(node.parts[0]) + "\\right)";
    case Kind::row:
      return row(node.parts);
    case Kind::fraction:
      return "\\frac{" + latex(node.parts[0]) + "}{" + latex(node.parts[1]) + "}";
    case Kind::power:
      if (node.parts[0].kind != Kind::fraction && node.parts[0].kind != Kind::power)
        return latex(node.parts[0]) + "^{" + latex(node.parts[1]) + "}";
      return "{" + latex(node.parts[0]) + "}^{" + latex(node.parts[1]) + "}";
    case Kind::indexed:
      return latex(node.parts[0]) + "[" + latex(node.parts[1]) + "]";
    case Kind::sum:
      return "\\sum_{" + latex(node.parts[0]) + "}";
  }
  return {};
}

std::string latex(const Grid& grid) {
  std::string out = "\\begin{bmatrix}";
  for (const auto& cells : grid) {
    if (&cells != &grid.front()) out += "\\cr ";
    for (std::size_t c = 0; c < cells.size(); ++c) out += (c > 0 ? "&" : "") + latex_formula(cells[c]);
  }
  return out + "\\end{bmatrix}";
}

std::string latex(const Piece& piece) {
  std::string out = piece.grid ? latex(*piece.grid) : latex_formula(piece.formula);
  return piece.label.empty() ? out : "\\underset{" + latex_formula(piece.label) + "}{" + out + "}";
}

/// Brackets around matrices, opened in one piece and closed in another, grow with what is between them. In a line of a
/// sum that goes on elsewhere they have no partner, and stay small.
std::string with_tall_brackets(const std::string& tex) {
  const auto is_after = [&](std::size_t at, std::string_view command) {
    return at >= command.size() && tex.compare(at - command.size(), command.size(), command) == 0;
  };
  std::vector<std::size_t> open;
  std::map<std::size_t, std::string> tall;
  for (std::size_t at = 0; at < tex.size(); ++at) {
    if (is_after(at, "\\left") || is_after(at, "\\right")) continue;
    if (tex[at] == '(') open.push_back(at);
    if (tex[at] == ')' && !open.empty()) {
      tall[open.back()] = "\\left(";
      tall[at] = "\\right)";
      open.pop_back();
    }
  }
  std::string out;
  for (std::size_t at = 0; at < tex.size(); ++at) out += tall.contains(at) ? tall[at] : std::string(1, tex[at]);
  return out;
}

}  // namespace

std::string latex_formula(std::string_view formula) {
  std::string out = latex(parse_formula(formula));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string latex_of(const Math& math) {
  std::string out;
  bool matrices = false;
  for (const Piece& piece : math.pieces) {
    out += (out.empty() ? "" : " ") + latex(piece);
    matrices = matrices || piece.grid;
  }
  return matrices ? with_tall_brackets(out) : out;
}

std::string latex_of(const std::vector<Equation>& equations) {
  const auto signed_part = [](const Equation::Part& part) {
    return (part.sign.empty() ? "\\quad " : symbol(part.sign)) + latex_of(part.math);
  };
  if (equations.size() == 1 && equations[0].parts.size() == 1)
    return latex_of(equations[0].left) + " " + signed_part(equations[0].parts[0]);
  std::string out = "\\begin{aligned}";
  for (const Equation& equation : equations)
    for (std::size_t k = 0; k < equation.parts.size(); ++k) {
      if (k > 0 || &equation != &equations.front()) out += "\\cr ";
      out += (k == 0 ? latex_of(equation.left) : "") + "&" + signed_part(equation.parts[k]);
    }
  return out + "\\end{aligned}";
}

}  // namespace gradwalk::walk
