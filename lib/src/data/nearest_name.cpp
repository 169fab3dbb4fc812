#include "gradwalk/nn/nearest_name.hpp"

#include <algorithm>

namespace gradwalk {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

std::optional<std::string> nearest_name(std::string_view word, const std::vector<std::string>& names) {
  constexpr std::size_t longest = 64, most_slips = 2;
  if (word.size() > longest) return std::nullopt;
  std::optional<std::string> nearest;
  std::size_t least = most_slips + 1;
  for (const std::string& name : names) {
    const std::size_t slips = edit_distance(word, name);
    if (slips < least && slips < name.size()) {
      least = slips;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace gradwalk
