#include "row_list.hpp"

#include <algorithm>
#include <charconv>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

namespace {

[[noreturn]] void refuse_rows(const std::string& text) {
  throw InputError(tr("--rows {text}: write rows of the batch as 2, 0,2 or 0..3", fmt::arg("text", text)));
}

std::size_t row_number(const std::string& text, const std::string& all) {
  std::size_t row = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row);
  if (error != std::errc{} || end != text.data() + text.size()) refuse_rows(all);
  return row;
}

}  // namespace

std::vector<std::size_t> parse_rows(const std::string& text) {
  constexpr std::size_t most = 100000;
  std::vector<std::size_t> rows;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const std::size_t dots = part.find("..");
    const std::size_t first = row_number(part.substr(0, dots), text);
    const std::size_t last = dots == std::string::npos ? first : row_number(part.substr(dots + 2), text);
    if (last < first || last - first > most) refuse_rows(text);
    for (std::size_t row = first; row <= last; ++row) rows.push_back(row);
    at = end + 1;
  }
  return rows;
}

}  // namespace gradwalk::cli
