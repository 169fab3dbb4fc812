#include "walk/formula.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace gradwalk::walk {

namespace {

using Kind = FormulaNode::Kind;

constexpr std::array<std::string_view, 13> functions{"exp",     "log",  "tanh", "sin", "cos",  "max",   "sigmoid",
                                                     "softmax", "relu", "sign", "abs", "diag", "onehot"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

class FormulaParser {
 public:
  explicit FormulaParser(std::string_view text) : text_(text) {}

  FormulaNode row(std::string_view closing) {
    FormulaNode row{Kind::row, "", {}};
    while (at_ < text_.size() && !(closing.size() == 1 && text_[at_] == closing[0])) {
      if (text_[at_] == ' ')
        ++at_;
      else
        row.parts.push_back(fraction());
    }
    return row;
  }

 private:
  bool accept(std::string_view symbol) {
    if (text_.substr(at_, symbol.size()) != symbol) return false;
    at_ += symbol.size();
    return true;
  }

  FormulaNode fraction() {
    FormulaNode above = item();
    while (at_ + 1 < text_.size() && text_[at_] == '/' && text_[at_ + 1] != ' ') {
      ++at_;
      FormulaNode below = item();
      above = {Kind::fraction, "", {bare(std::move(above)), bare(std::move(below))}};
    }
    return above;
  }

  /// A group loses its brackets where the stroke of a fraction or the height of a power groups already.
  static FormulaNode bare(FormulaNode node) {
    if (node.kind != Kind::group) return node;
    FormulaNode inner = std::move(node.parts.front());
    return inner;
  }

  FormulaNode item() {
    FormulaNode node = atom();
    while (at_ < text_.size()) {
      if (accept("ᵀ"))
        node = {Kind::power, "", {std::move(node), {Kind::symbol, "ᵀ", {}}}};
      else if (accept("²"))
        node = {Kind::power, "", {std::move(node), {Kind::number, "2", {}}}};
      else if (accept("^"))
        node = {Kind::power, "", {std::move(node), bare(item())}};
      else if (text_[at_] == '[' &&
               (node.kind == Kind::name || node.kind == Kind::differential || node.kind == Kind::function))
        node = {Kind::indexed, "", {std::move(node), index()}};
      else
        break;
    }
    return node;
  }

  FormulaNode index() {
    ++at_;
    FormulaNode inside = row("]");
    accept("]");
    return inside;
  }

  FormulaNode atom() {
    const char c = text_[at_];
    if (c == '(' && closes()) {
      ++at_;
      FormulaNode inner = row(")");
      ++at_;
      return {Kind::group, "", {std::move(inner)}};
    }
    if (c == '"') return word();
    if (is_digit(c)) return number();
    if (accept("∂")) {
      FormulaNode of = item();
      return {Kind::row, "", {{Kind::symbol, "∂", {}}, std::move(of)}};
    }
    if (accept("Σ")) return sum();
    if (is_letter(c)) {
      FormulaNode named = name();
      // A function and its argument are one factor: exp(a)/b is (exp a)/b.
      if (named.kind == Kind::function && at_ < text_.size() && text_[at_] == '(' && closes())
        return {Kind::row, "", {std::move(named), atom()}};
      return named;
    }
    return symbol();
  }

  /// Whether the bracket here is closed in this formula: one may be open across a matrix, and is then only a symbol.
  bool closes() const {
    int depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      depth += (text_[i] == '(') - (text_[i] == ')');
      if (depth == 0) return true;
    }
    return false;
  }

  FormulaNode word() {
    const std::size_t end = std::min(text_.find('"', at_ + 1), text_.size());
    FormulaNode node{Kind::word, std::string(text_.substr(at_ + 1, end - at_ - 1)), {}};
    at_ = std::min(end + 1, text_.size());
    return node;
  }

  FormulaNode number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
    const bool exponent =
        at_ + 2 < text_.size() && text_[at_] == 'e' && (text_[at_ + 1] == '-' || text_[at_ + 1] == '+');
    if (exponent && is_digit(text_[at_ + 2])) {
      at_ += 2;
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    }
    return {Kind::number, std::string(text_.substr(begin, at_ - begin)), {}};
  }

  FormulaNode sum() {
    if (!accept("_")) return {Kind::symbol, "Σ", {}};
    return {Kind::sum, "", {atom()}};
  }

  FormulaNode name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '_')) ++at_;
    std::string found(text_.substr(begin, at_ - begin));
    if (found == "NaN" || found == "inf") return {Kind::number, found, {}};
    if (std::find(functions.begin(), functions.end(), found) != functions.end()) return {Kind::function, found, {}};
    const bool one_letter = found.size() > 1 && found[0] == 'd' && is_letter(found[1]) &&
                            std::all_of(found.begin() + 2, found.end(), [](char c) { return is_digit(c); });
    if (one_letter) return {Kind::differential, "", {{Kind::name, found.substr(1), {}}}};
    return {Kind::name, found, {}};
  }

  FormulaNode symbol() {
    std::size_t length = 1;
    while (at_ + length < text_.size() && (static_cast<unsigned char>(text_[at_ + length]) & 0xC0) == 0x80) ++length;
    at_ += length;
    return {Kind::symbol, std::string(text_.substr(at_ - length, length)), {}};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

FormulaNode parse_formula(std::string_view formula) { return FormulaParser(formula).row(""); }

std::string formula_text(std::string_view formula) {
  std::string text(formula);
  std::erase(text, '"');
  return text;
}

std::pair<std::string, std::string> split_name(const std::string& name) {
  if (const std::size_t bar = name.rfind('_'); bar != std::string::npos && bar > 0 && bar + 1 < name.size())
    return {name.substr(0, bar), name.substr(bar + 1)};
  std::size_t letters = name.size();
  while (letters > 1 && is_digit(name[letters - 1])) --letters;
  return {name.substr(0, letters), name.substr(letters)};
}

}  // namespace gradwalk::walk
