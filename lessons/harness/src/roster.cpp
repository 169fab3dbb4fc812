#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

/// One line of a CSV (RFC 4180), quotes and all. `at` moves behind it.
std::vector<std::string> next_row(const std::string& text, std::size_t& at) {
  std::vector<std::string> cells{""};
  bool quoted = false;
  while (at < text.size()) {
    const char c = text[at++];
    if (quoted) {
      if (c != '"')
        cells.back() += c;
      else if (at < text.size() && text[at] == '"')
        cells.back() += text[at++];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == ';') {
      cells.emplace_back();
    } else if (c == '\n') {
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::size_t column(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.size(); ++i) {
      std::string lower = header[i];
      std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
      if (lower == name) return i;
    }
  return header.size();
}

}  // namespace

std::map<std::string, std::string> read_roster(const std::filesystem::path& path) {
  std::string text = read_file(path);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::size_t at = 0;
  const std::vector<std::string> header = next_row(text, at);
  const std::size_t none = header.size();
  const std::size_t id =
      column(header, {"id", "student", "student id", "login", "sis login id", "sis user id", "sis id", "email"});
  const std::size_t name = column(header, {"name", "full name", "student name"});
  const std::size_t first = column(header, {"first name", "first"}),
                    last = column(header, {"last name", "surname", "last"});
  if (id == none || (name == none && (first == none || last == none)))
    throw InputError(path.string() +
                     ":1: a roster needs a column \"id\" and a column \"name\" (or \"first name\" and \"last name\")");
  std::map<std::string, std::string> roster;
  for (std::size_t line = 2; at < text.size(); ++line) {
    const std::vector<std::string> cells = next_row(text, at);
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (cells.size() < header.size())
      throw InputError(
          fmt::format("{}:{}: {} columns, the header has {}", path.string(), line, cells.size(), header.size()));
    roster[cells[id]] = name != none ? cells[name] : cells[first] + " " + cells[last];
  }
  return roster;
}

void apply_roster(const std::map<std::string, std::string>& roster, const std::vector<Lesson>& lessons,
                  std::vector<Submitted>& submissions, const LeftOut& left_out) {
  std::set<std::string> present;
  for (Submitted& one : submissions)
    if (const auto found = roster.find(one.student); found != roster.end()) {
      one.name = found->second;
      present.insert(one.student);
    }
  if (present.empty() && !roster.empty()) {
    left_out(tr("no student of the roster is among those who handed in: are its ids others, such as {id}?",
                fmt::arg("id", printable(roster.begin()->first))));
    return;
  }
  for (const auto& [id, name] : roster)
    if (!present.contains(id))
      for (const Lesson& lesson : lessons) submissions.push_back({id, name, lesson.name, "", ""});
  std::sort(submissions.begin(), submissions.end(), [](const Submitted& a, const Submitted& b) {
    return std::tie(a.student, a.lesson) < std::tie(b.student, b.lesson);
  });
}

}  // namespace gradwalk::harness
