#include "row_list.hpp"

#include <charconv>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

std::vector<std::size_t> parse_rows(const std::string& text) {
  const auto refuse = [&] {
    return InputError(tr("'{rows}' does not name rows: write 2, 0,2 or 0..3", fmt::arg("rows", text)));
  };
  std::vector<std::size_t> rows;
  if (text.empty()) return rows;
  const char* at = text.data();
  const char* end = at + text.size();
  const auto number = [&] {
    std::size_t value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc{}) throw refuse();
    at = next;
    return value;
  };
  while (true) {
    const std::size_t first = number();
    std::size_t last = first;
    if (end - at > 2 && at[0] == '.' && at[1] == '.') {
      at += 2;
      last = number();
    }
    if (last < first || last - first >= 1'000'000) throw refuse();
    for (std::size_t row = first; row <= last; ++row) rows.push_back(row);
    if (at == end) return rows;
    if (*at++ != ',') throw refuse();
  }
}

}  // namespace gradwalk::cli
