#include "gradescope_export.hpp"

#include <sstream>

namespace gradwalk::harness {
namespace {

/// A scalar of YAML, with or without quotation marks.
std::string scalar(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
  if (text.size() < 2 || text.front() != text.back() || (text.front() != '"' && text.front() != '\'')) return text;
  const char escape = text.front() == '"' ? '\\' : '\'';
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == escape && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

}  // namespace

// Of YAML only what Gradescope writes is read, and only two keys of it: a library would be one more dependency.
//   submission_123:
//     :submitters:
//     - :name: Ada Lovelace
std::map<std::string, std::string> gradescope_names(const std::string& metadata) {
  std::map<std::string, std::string> names;
  std::istringstream lines(metadata);
  std::string submission, line;
  bool submitters = false;
  while (std::getline(lines, line)) {
    const std::size_t begin = line.find_first_not_of(" -");
    if (begin == std::string::npos) continue;
    const std::size_t colon = line.find(':', begin + 1);
    if (colon == std::string::npos) continue;
    const std::string key = line.substr(begin, colon - begin);
    if (line[0] != ' ' && line[0] != '-') {
      submission = scalar(key);
      submitters = false;
    } else if (key == ":submitters") {
      submitters = true;
    } else if (submitters && key == ":name") {
      std::string& all = names[submission];
      all += (all.empty() ? "" : ", ") + scalar(line.substr(colon + 1));
    } else if (key != ":email" && key != ":sid") {
      submitters = false;
    }
  }
  return names;
}

}  // namespace gradwalk::harness
