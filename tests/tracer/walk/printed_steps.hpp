#pragma once

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

/// One "left ≈ right" of a walkthrough in plain text.
struct PrintedEquation {
  std::string step;  // its title line
  std::string line;  // rule, numbers or result
  std::string left, sign, right;
};

/// "a + … + b", where "20 more, together ≈ 1.5" stands beneath the dots, with the sum in place of the dots.
inline std::string with_hidden_sums(std::string text) {
  static const std::regex beneath("\n +\\d+ more, together [≈=]+ ([-.0-9e]+)(?=\n)");
  std::smatch found;
  while (std::regex_search(text, found, beneath)) {
    const auto at = static_cast<std::size_t>(found.position());
    const std::size_t dots = text.rfind("…", at);
    const std::string sum = "(" + found[1].str() + ")";
    text.erase(at, found.length());
    text.replace(dots, std::string_view("…").size(), sum);
  }
  return text;
}

/// The three lines of every step of a walkthrough whose equations are on numbers, not matrices.
inline std::vector<PrintedEquation> printed_equations(const std::string& printed) {
  const std::string text = with_hidden_sums(printed);
  constexpr std::size_t label_width = 9;  // "numbers" and two blanks
  std::vector<PrintedEquation> equations;
  std::string step, line, left;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string row = text.substr(begin, end - begin);
    begin = end + 1;
    if (row.starts_with("Step ")) {
      step = row;
      line.clear();
      continue;
    }
    const std::size_t indent = row.find_first_not_of(' ');
    if (indent == std::string::npos || step.empty()) continue;
    std::string content;
    const std::string label = row.substr(indent, row.find(' ', indent) - indent);
    if (label == "rule" || label == "numbers" || label == "result") {
      line = label;
      content = row.substr(indent + label_width);
    } else if (indent < label_width || line.empty()) {
      line.clear();
      continue;
    } else {
      content = row.substr(indent);
    }
    content.erase(0, content.find_first_not_of(' '));
    // What goes on with the sum above it.
    if (content.starts_with("+ ") || content.starts_with("- ")) {
      if (!equations.empty()) equations.back().right += " " + content;
      continue;
    }
    std::string sign;
    while (!content.empty()) {
      std::size_t next = std::string::npos;
      std::string found;
      for (const std::string each : {"≈ ", "= ", "← "}) {
        // Not the comparison inside 1[k = j].
        std::size_t at = content.find(each);
        while (at != std::string::npos && std::count(content.begin(), content.begin() + static_cast<long>(at), '[') !=
                                              std::count(content.begin(), content.begin() + static_cast<long>(at), ']'))
          at = content.find(each, at + 1);
        if (at < next) next = at, found = each;
      }
      std::string part = content.substr(0, next);
      part.erase(part.find_last_not_of(' ') + 1);
      if (sign.empty() && !part.empty()) left = part;
      if (!sign.empty()) equations.push_back({step, line, left, sign, part});
      if (next == std::string::npos) break;
      sign = found.substr(0, found.size() - 1);
      content = content.substr(next + found.size());
    }
  }
  return equations;
}
