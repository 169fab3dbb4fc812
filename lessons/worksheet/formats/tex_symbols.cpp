#include "formats/tex_symbols.hpp"

#include <array>
#include <cctype>
#include <utility>

namespace gradwalk::worksheet {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> signs{{
    {"·", "\\cdot "},
    {"×", "\\times "},
    {"−", "-"},
    {"Σ", "\\textstyle\\sum "},
    {"ᵀ", "^{\\top}"},
    {"²", "^{2}"},
    {"′", "'"},
    {"η", "\\eta "},
    {"λ", "\\lambda "},
    {"∂", "\\partial "},
    {"≈", "\\approx "},
    {"≤", "\\le "},
    {"≥", "\\ge "},
    {"|", "\\vert "},
    {"<", "<"},
    {">", ">"},
    {"√", "\\surd "},
}};

/// The sign that the text begins with, or null.
const std::pair<std::string_view, std::string_view>* sign_at(std::string_view text) {
  for (const auto& sign : signs)
    if (text.starts_with(sign.first)) return &sign;
  return nullptr;
}

bool is_function(std::string_view word) {
  for (const std::string_view name : {"log", "exp", "max", "tanh"})
    if (word == name) return true;
  return false;
}

/// "dW1" → "dW_{1}"
std::string name(std::string_view word) {
  if (is_function(word)) return "\\" + std::string(word);
  if (word == "softmax") return "\\operatorname{softmax}";
  const std::size_t digits = word.find_first_of("0123456789");
  if (digits == std::string_view::npos) return std::string(word);
  return std::string(word.substr(0, digits)) + "_{" + std::string(word.substr(digits)) + "}";
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string tex_mathematics(std::string_view formula) {
  std::string out;
  for (std::size_t i = 0; i < formula.size();) {
    if (is_letter(formula[i])) {
      std::size_t end = i;
      while (end < formula.size() && is_letter(formula[end])) ++end;
      while (end < formula.size() && is_digit(formula[end])) ++end;
      out += name(formula.substr(i, end - i));
      i = end;
      continue;
    }
    if (const auto* sign = sign_at(formula.substr(i))) {
      out += sign->second;
      i += sign->first.size();
    } else {
      out += formula[i++];
    }
  }
  return out;
}

bool is_symbol(std::string_view name) {
  if (name == "η" || name == "λ") return true;
  std::size_t letters = 0;
  while (letters < name.size() && is_letter(name[letters])) ++letters;
  return letters > 0 && letters <= 2 && name.find(' ') == std::string_view::npos;
}

namespace {

std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const auto* sign = sign_at(text.substr(i))) {
      out += "\\ensuremath{" + std::string(sign->second) + "}";
      i += sign->first.size();
      continue;
    }
    const char c = text[i++];
    if (std::string_view("#$%&_{}").find(c) != std::string_view::npos) out += '\\';
    if (c == '~' || c == '^' || c == '\\')
      out += c == '~' ? "\\textasciitilde{}" : c == '^' ? "\\textasciicircum{}" : "\\textbackslash{}";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string tex_prose(std::string_view text) {
  std::string out;
  bool symbol = false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t mark = std::min(text.find('`', at), text.size());
    const std::string_view part = text.substr(at, mark - at);
    out += symbol ? "$" + tex_mathematics(part) + "$" : plain(part);
    symbol = !symbol;
    at = mark + 1;
  }
  return out;
}

}  // namespace gradwalk::worksheet
