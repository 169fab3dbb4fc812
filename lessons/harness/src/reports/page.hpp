#pragma once

#include <string>

namespace gradwalk::harness {

/// Text for HTML and XML: & < > " ' as entities, control characters as '?'.
std::string markup(const std::string& text);

/// A whole HTML page with the reports' style inside.
std::string page(const std::string& title, const std::string& body);

}  // namespace gradwalk::harness
