#include "graph/ids.hpp"

#include <cctype>

namespace gradwalk::graph {

std::string id_of(std::string_view name) {
  std::string id;
  for (char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      id += c;
    else if (c == '-')
      id += 'm';
    else if (c != ']' && c != ' ')
      id += '_';
  }
  const bool starts_as_a_name = !id.empty() && std::isalpha(static_cast<unsigned char>(name.front()));
  return starts_as_a_name ? id : "c_" + id;
}

std::string edge_id(const std::string& from, const std::string& to) { return from + "__" + to; }

}  // namespace gradwalk::graph
