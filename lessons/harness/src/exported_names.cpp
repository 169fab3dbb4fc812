#include "exported_names.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "gradwalk/harness/batch.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

constexpr std::size_t longest_id = 120;

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find(by, at)) != std::string::npos; at = end + 1)
    parts.push_back(text.substr(at, end - at));
  parts.push_back(text.substr(at));
  return parts;
}

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

}  // namespace

std::optional<Who> from_export_folder(const std::string& folder) {
  if (const std::size_t at = folder.find("_assignsubmission"); at != std::string::npos) {
    const std::string before = folder.substr(0, at);
    const std::size_t cut = before.rfind('_');
    if (cut == std::string::npos || !is_number(before.substr(cut + 1))) return {};
    return Who{before.substr(cut + 1), before.substr(0, cut), before};
  }
  if (folder.starts_with("submission_") && is_number(folder.substr(11)))
    return Who{folder.substr(11), folder.substr(11), folder};
  return {};
}

std::optional<Who> from_canvas_file(const std::string& file) {
  std::vector<std::string> parts = split(file, '_');
  if (parts.size() > 1 && parts[1] == "LATE") parts.erase(parts.begin() + 1);
  if (parts.size() < 4 || !is_number(parts[1]) || !is_number(parts[2])) return {};
  // "ivanov_2024_05_x.hpp" looks the same: the name in the place keeps those apart who share the number.
  return Who{parts[1], parts[0], parts[0] + "_" + parts[1]};
}

std::string in_folder_of_student(std::string path) {
  constexpr std::string_view mark = "_assignsubmission_file_";
  const std::size_t slash = path.rfind('/');
  const std::size_t at = path.find(mark, slash == std::string::npos ? 0 : slash);
  if (at != std::string::npos && at + mark.size() < path.size()) path.insert(at + mark.size(), "/");
  return path;
}

std::string safe_id(const std::string& id, const std::string& place) {
  std::string safe = id;
  for (char& c : safe)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '_';
  if (safe.empty() || safe == "." || safe == "..") return std::string(1, '_');
  const bool as_it_is = printable(safe) == safe && safe.size() <= longest_id;
  if (as_it_is) return safe;
  const std::string hash = "-" + short_hash(place);
  std::size_t size = std::min(safe.size(), longest_id - hash.size());
  while (size < safe.size() && size > 0 && (static_cast<unsigned char>(safe[size]) & 0xC0) == 0x80) --size;
  return printable(safe.substr(0, size)) + hash;
}

}  // namespace gradwalk::harness
