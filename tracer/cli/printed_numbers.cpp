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

/// Whether a minus, ASCII or U+2212, stands before `at`.
bool is_negative(const std::string& text, std::size_t at) {
  return (at >= 1 && text[at - 1] == '-') || (at >= 3 && text.compare(at - 3, 3, "−") == 0);
}

}  // namespace

std::vector<PrintedNumber> printed_numbers(const std::string& document, const std::string& ending) {
  std::vector<PrintedNumber> numbers;
  const std::size_t end = std::min(document.rfind("gradwalk-stamp: "), document.size());
  bool in_tag = false, in_style = false;
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
    }
    if (in_tag || in_style || !is_digit(c)) continue;
    const std::size_t stop = end_of_number(document, at);
    numbers.push_back({(is_negative(document, at) ? "-" : "") + document.substr(at, stop - at), line});
    at = stop - 1;
  }
  return numbers;
}

}  // namespace gradwalk::cli
