#pragma once

#include <string>
#include <string_view>

namespace gradwalk {

/// & < > " escaped, for text and for attributes of XML and HTML (XML 1.0, section 2.4).
std::string xml_escaped(std::string_view text);

}  // namespace gradwalk
