#pragma once

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "gradwalk/nn/file.hpp"

/// Holds output against tests/golden/NAME, and shows the first line that differs. GRADWALK_ACCEPT=1 in the environment
/// writes the file anew instead: look at the difference in git before you commit it.
inline void check_golden(const std::string& name, const std::string& output) {
  const std::filesystem::path file = std::filesystem::path(GRADWALK_SOURCE_DIR) / "tests/golden" / name;
  if (const char* accept = std::getenv("GRADWALK_ACCEPT"); accept != nullptr && std::string(accept) == "1") {
    std::filesystem::create_directories(file.parent_path());
    gradwalk::write_file(file, output);
    BOOST_TEST_MESSAGE("accepted " << file);
    return;
  }
  const std::string golden = std::filesystem::exists(file) ? gradwalk::read_file(file) : "";
  std::size_t line = 1, at = 0;
  while (at < golden.size() && at < output.size() && golden[at] == output[at]) line += golden[at++] == '\n';
  const auto line_of = [&](const std::string& text) {
    const std::size_t before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    return begin >= text.size() ? std::string("(the end)") : text.substr(begin, text.find('\n', begin) - begin);
  };
  BOOST_TEST((golden == output), name << ", line " << line << "\n  golden " << line_of(golden) << "\n  output "
                                      << line_of(output) << "\n  (GRADWALK_ACCEPT=1 accepts the output)");
}
