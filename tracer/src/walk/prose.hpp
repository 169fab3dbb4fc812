#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gradwalk::walk {

/// Prose with each $formula$ and all the words between them put through functions.
inline std::string rendered_prose(std::string_view prose, const std::function<std::string(std::string_view)>& words,
                                  const std::function<std::string(std::string_view)>& formula) {
  std::string out;
  bool in_formula = false;
  while (!prose.empty()) {
    const std::size_t end = std::min(prose.find('$'), prose.size());
    out += (in_formula ? formula : words)(prose.substr(0, end));
    prose.remove_prefix(std::min(end + 1, prose.size()));
    in_formula = !in_formula;
  }
  return out;
}

}  // namespace gradwalk::walk
