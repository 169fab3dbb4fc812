#pragma once

#include <string>
#include <string_view>

namespace gradwalk {

/// A word from a file, fit for a message of one line: cut when long, and without control characters.
inline std::string one_line(std::string_view word) {
  constexpr std::size_t longest = 40;
  std::size_t end = word.size();
  if (end > longest) {
    end = longest;
    while ((word[end] & 0xc0) == 0x80) --end;  // not within a UTF-8 character
  }
  std::string text;
  for (const char c : word.substr(0, end)) text += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? '?' : c;
  return end < word.size() ? text + "…" : text;
}

inline std::string in_quotes(std::string_view word) { return "'" + one_line(word) + "'"; }

}  // namespace gradwalk
