#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <tuple>

#include "gradwalk/harness/submissions.hpp"
#include "gradwalk/nn/csv_rows.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

using Row = std::vector<std::string>;
using Names = std::span<const std::string_view>;

// As Moodle (participants, grading worksheet), Canvas (gradebook) and Gradescope (roster, grades) call their columns, and
// as teachers do.
constexpr std::string_view id_columns[]{"id",
                                        "identifier",
                                        "id number",
                                        "student id",
                                        "submission id",
                                        "sid",
                                        "login",
                                        "username",
                                        "sis login id",
                                        "sis user id",
                                        "sis id",
                                        "user id",
                                        "email",
                                        "email address",
                                        "student",
                                        "идентификатор",
                                        "индивидуальный номер",
                                        "логин",
                                        "адрес электронной почты"};
constexpr std::string_view name_columns[]{"name",       "full name",     "student name", "student",
                                          "полное имя", "имя и фамилия", "фио"};
constexpr std::string_view first_columns[]{"first name", "first", "имя"},
    last_columns[]{"last name", "surname", "last", "фамилия"};

/// ASCII and the Russian letters: the headings above have no others.
std::string lower(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]),
               next = static_cast<unsigned char>(text[i + 1]);  // '\0' at the end
    if (c == 0xD0 && next >= 0x90 && next <= 0x9F) {            // А … П
      result += {text[i], static_cast<char>(next + 0x20)};
      ++i;
    } else if (c == 0xD0 && next >= 0xA0 && next <= 0xAF) {  // Р … Я
      result += {'\xD1', static_cast<char>(next - 0x20)};
      ++i;
    } else {
      result += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
  }
  return result;
}

/// The columns that are called so, in the order of `names`.
std::vector<std::size_t> columns(const Row& header, Names names) {
  std::vector<std::size_t> found;
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < header.size(); ++i)
      if (lower(header[i]) == name) found.push_back(i);
  return found;
}

/// "Participant 1000", in the language of the Moodle that wrote it, and " 1000 ": 1000.
std::string plain_id(std::string id) {
  id.erase(0, std::min(id.find_first_not_of(' '), id.size()));
  id.erase(id.find_last_not_of(' ') + 1);
  const std::size_t digits = id.find_last_not_of("0123456789");
  const bool number_behind = digits != std::string::npos && digits + 1 < id.size() && digits > 0;
  return number_behind && id.find_first_of("0123456789@_-./") > digits ? id.substr(digits + 1) : id;
}

/// The names, once for each column that may hold the ids.
std::vector<Roster::Names> names_by_column(const std::string& text, const std::string& file) {
  CsvRows rows(text, file);
  Row header, cells;
  rows.next(header);
  std::vector<std::size_t> ids = columns(header, id_columns);
  const std::vector<std::size_t> name = columns(header, name_columns), first = columns(header, first_columns),
                                 last = columns(header, last_columns);
  if (ids.size() > 1 && !name.empty()) std::erase(ids, name[0]);
  if (ids.empty() || (name.empty() && (first.empty() || last.empty())))
    throw InputError(
        tr("{file}, line 1: a roster needs a column \"id\" and a column \"name\" (or \"first name\" and \"last "
           "name\")",
           fmt::arg("file", file)));
  std::vector<Roster::Names> found(ids.size());
  while (rows.next(cells)) {
    if (cells.size() < header.size())
      throw InputError(tr("{file}, line {line}: {got} columns, the header has {wanted}", fmt::arg("file", file),
                          fmt::arg("line", rows.line()), fmt::arg("got", cells.size()),
                          fmt::arg("wanted", header.size())));
    const std::string called = !name.empty() ? cells[name[0]] : cells[first[0]] + " " + cells[last[0]];
    for (std::size_t i = 0; i < ids.size(); ++i)
      if (const std::string id = plain_id(cells[ids[i]]); !id.empty()) found[i][id] = called;
  }
  return found;
}

}  // namespace

Roster read_roster(const std::filesystem::path& path) { return {names_by_column(read_file(path), path.string())}; }

void apply_roster(const Roster& roster, const std::vector<Lesson>& lessons, std::vector<Submitted>& submissions,
                  const LeftOut& left_out) {
  const auto present_in = [&](const Roster::Names& names) {
    std::set<std::string> present;
    for (const Submitted& one : submissions)
      if (names.contains(one.student)) present.insert(one.student);
    return present;
  };
  const auto names = std::max_element(
      roster.by_column.begin(), roster.by_column.end(),
      [&](const Roster::Names& a, const Roster::Names& b) { return present_in(a).size() < present_in(b).size(); });
  if (names == roster.by_column.end() || names->empty()) return;
  const std::set<std::string> present = present_in(*names);
  if (present.empty()) {
    left_out(tr("no student of the roster is among those who handed in: are its ids others, such as {id}?",
                fmt::arg("id", printable(names->begin()->first))));
    return;
  }
  for (Submitted& one : submissions)
    if (const auto found = names->find(one.student); found != names->end()) one.name = found->second;
  for (const auto& [id, name] : *names)
    if (!present.contains(id))
      for (const Lesson& lesson : lessons) submissions.push_back({id, name, lesson.name, "", ""});
  std::sort(submissions.begin(), submissions.end(), [](const Submitted& a, const Submitted& b) {
    return std::tie(a.student, a.lesson) < std::tie(b.student, b.lesson);
  });
}

}  // namespace gradwalk::harness
