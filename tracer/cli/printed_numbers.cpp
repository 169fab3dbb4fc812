#include "printed_numbers.hpp"

#include <cctype>

namespace gradwalk::cli {

namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// The end of the number that begins at `at`: digits, a point with digits, an exponent.
std::size_t end_of_number(const std::string& text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  if (at + 2 < text.size() && text[at] == 'e' && (text[at + 1] == '-' || text[at + 1] == '+') &&
      is_digit(text[at + 2])) {
    at += 2;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  return at;
}

/// Where what ends at `end` begins, if it only stands between an operator and its number: a space, an opening bracket,
/// a tag of HTML, \left and \frac of TeX. Otherwise `end`.
std::size_t begin_of_filling(const std::string& text, std::size_t end, bool tags) {
  if (end == 0) return end;
  const char last = text[end - 1];
  if (last == ' ' || last == '(' || last == '{') return end - 1;
  if (tags && last == '>') {
    const std::size_t begin = text.rfind('<', end - 1);
    return begin == std::string::npos ? end : begin;
  }
  for (const std::string_view command : {"\\left", "\\frac"})
    if (end >= command.size() && text.compare(end - command.size(), command.size(), command) == 0)
      return end - command.size();
  return end;
}

/// The operators that the number at `at` stands behind: "-" for every minus, "+", "·", "×", "/"; "·-" in 2·(-3).
std::string operators_before(const std::string& text, std::size_t at, bool tags) {
  std::string operators;
  const auto stands = [&](std::string_view sign) {
    return at >= sign.size() && text.compare(at - sign.size(), sign.size(), sign) == 0;
  };
  const auto pass_minus = [&] {
    for (const std::string_view minus : {"-", "−"}) {
      if (!stands(minus)) continue;
      at -= minus.size();
      return true;
    }
    return false;
  };
  do {
    for (std::size_t begin = at; (begin = begin_of_filling(text, at, tags)) != at;) at = begin;
  } while (pass_minus() && (operators += '-', true));
  for (const std::string_view sign : {"+", "·", "×", "/", "\\cdot", "\\times", "⊙", "\\odot"})
    if (stands(sign)) return std::string(sign) + operators;
  return operators;
}

}  // namespace

std::vector<PrintedNumber> printed_numbers(const std::string& document, const std::string& ending) {
  std::vector<PrintedNumber> numbers;
  const std::size_t end = std::min(document.rfind("gradwalk-stamp: "), document.size());
  constexpr std::string_view tooltip = "xlink:title=\"";
  bool in_tag = false, in_style = false, in_tooltip = false;
  std::size_t line = 1;
  for (std::size_t at = 0; at < end; ++at) {
    const char c = document[at];
    if (c == '\n') ++line;
    if (ending == ".svg") {
      if (c == '<') {
        in_tag = true;
        if (document.compare(at, 6, "<style") == 0) in_style = true;
        if (document.compare(at, 7, "</style") == 0) in_style = false;
      }
      if (c == '>') in_tag = false;
      if (in_tag && document.compare(at, tooltip.size(), tooltip) == 0) {
        in_tooltip = true;
        at += tooltip.size() - 1;
        continue;
      }
      if (c == '"') in_tooltip = false;
    }
    if ((in_tag && !in_tooltip) || in_style || !is_digit(c)) continue;
    const std::size_t stop = end_of_number(document, at);
    numbers.push_back({operators_before(document, at, ending == ".html"), document.substr(at, stop - at), line});
    at = stop - 1;
  }
  return numbers;
}

}  // namespace gradwalk::cli
