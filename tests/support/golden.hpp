#pragma once

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "gradwalk/nn/file.hpp"

/// Holds `text` against tests/golden/NAME, and shows the first line that differs. With GRADWALK_ACCEPT=1 in the
/// environment it becomes the golden file instead (./dev accept does that for all).
inline void check_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(GRADWALK_SOURCE_DIR) / "tests/golden" / name;
  if (const char* accept = std::getenv("GRADWALK_ACCEPT"); accept && std::string(accept) == "1") {
    std::filesystem::create_directories(path.parent_path());
    gradwalk::write_file(path, text);
  }
  BOOST_TEST_REQUIRE(std::filesystem::exists(path), path << " is not there: run ./dev accept");
  const std::string golden = gradwalk::read_file(path);
  if (golden == text) return;
  std::size_t at = 0, line = 1, begin = 0;
  while (at < golden.size() && at < text.size() && golden[at] == text[at])
    if (text[at++] == '\n') ++line, begin = at;
  const auto rest = [&](const std::string& from) { return from.substr(begin, from.find('\n', at) - begin); };
  BOOST_ERROR(name << ", line " << line << "\n  golden: " << rest(golden) << "\n  now:    " << rest(text)
                   << "\n  if that is right, run ./dev accept");
}
