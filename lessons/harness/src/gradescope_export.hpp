#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gradwalk::harness {

/// What the file is called that lies beside the submission_N folders of a Gradescope export.
inline constexpr std::string_view gradescope_metadata = "submission_metadata.yml";

/// "submission_123" → the names of those who handed it in, joined with commas; of that file. What is not understood
/// names nobody. Throws nothing.
std::map<std::string, std::string> gradescope_names(const std::string& metadata);

}  // namespace gradwalk::harness
