#pragma once

#include <string>
#include <string_view>

namespace gradwalk::graph {

/// A name as an XML id, a CSS class and a DOT identifier: "W1[2,0]" is W1_2_0, the constant "-0.5" is c_m0_5.
std::string id_of(std::string_view name);

/// The id of an edge: "z1__W1".
std::string edge_id(const std::string& from, const std::string& to);

}  // namespace gradwalk::graph
