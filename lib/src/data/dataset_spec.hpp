#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gradwalk {

/// The name of a data set, taken apart: "csv:a.csv,label=4" has the kind csv, the path a.csv and the option label.
class DatasetSpec {
 public:
  /// A text without a known kind in front is a path, whose ending tells the kind. Throws InputError for an unknown
  /// name, with those that exist.
  explicit DatasetSpec(std::string_view text);

  const std::string& text() const { return text_; }
  const std::string& kind() const { return kind_; }
  const std::vector<std::filesystem::path>& paths() const { return paths_; }
  /// The only path. Throws InputError when there is none or more.
  const std::filesystem::path& path() const;

  // The value of an option, or `otherwise` where it is not given. Throw InputError when it is no such value.
  std::string word(const std::string& option, std::string otherwise);
  bool flag(const std::string& option);
  std::uint64_t whole(const std::string& option, std::uint64_t otherwise, std::uint64_t least, std::uint64_t most);
  double number(const std::string& option, double otherwise, double least, double most);

  /// To be called when every option has been asked for: throws InputError for one that nobody asked for.
  void refuse_the_rest() const;
  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string text_, kind_;
  std::vector<std::filesystem::path> paths_;
  std::map<std::string, std::string> options_;
  std::vector<std::string> asked_;
};

}  // namespace gradwalk
