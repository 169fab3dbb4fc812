#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "gradwalk/harness/report.hpp"
#include "reports/mistakes_of.hpp"
#include "words.hpp"

// CSV for spreadsheets and for Canvas (RFC 4180).

namespace gradwalk::harness {
namespace {

/// A cell. One that a spreadsheet would take for a formula gets a quote before it, and one that would be divided is
/// quoted: where the comma is the decimal sign, spreadsheets divide at semicolons.
std::string cell(const std::string& text) {
  std::string safe = printable(text);
  if (!safe.empty() && std::string_view("=+-@\t").find(safe[0]) != std::string_view::npos)
    safe = std::string(1, '\'').append(safe);
  if (safe.find_first_of(",;\t\"\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::string csv_report(const std::vector<Graded>& graded) {
  std::string text = "student,name,lesson,status,earned,possible,mistakes,attempts,file\r\n";
  for (const Graded& one : graded)
    text += fmt::format("{},{},{},{},{},{},{},{},{}\r\n", cell(one.student), cell(one.name), cell(one.lesson),
                        name_of(one.verdict.status), one.verdict.earned, one.verdict.possible,
                        cell(fmt::format("{}", fmt::join(mistakes_of(one.verdict), "; "))),
                        cell(fmt::format("{}", fmt::join(one.verdict.attempts, "; "))), cell(one.file));
  return text;
}

std::string canvas_report(const std::vector<Graded>& graded, const std::vector<Lesson>& lessons) {
  // Canvas wants one row a student, one column an assignment, and the points possible in the second row.
  std::map<std::string, std::map<std::string, double>> earned;
  std::map<std::string, std::string> names;
  for (const Graded& one : graded) {
    earned[one.student][one.lesson] = one.verdict.earned;
    names[one.student] = one.name;
  }
  std::string text = "Student,ID,SIS User ID,SIS Login ID,Section";
  for (const Lesson& lesson : lessons) text += "," + cell(lesson.number + " " + lesson.title);
  text += "\r\n    Points Possible,,,,";
  for (const Lesson& lesson : lessons) text += fmt::format(",{}", lesson.points());
  text += "\r\n";
  for (const auto& [student, points] : earned) {
    text += fmt::format("{},{},,,", cell(names[student]), cell(student));
    for (const Lesson& lesson : lessons)
      text += points.count(lesson.name) ? fmt::format(",{}", points.at(lesson.name)) : ",";
    text += "\r\n";
  }
  return text;
}

std::vector<std::string> mistakes_of(const Verdict& verdict) {
  std::set<std::string> found;
  for (const CheckVerdict& check : verdict.checks)
    for (const OutputVerdict& output : check.outputs)
      if (output.fault != Fault::carried && !output.explanations.empty()) found.insert(output.explanations[0].mistake);
  return {found.begin(), found.end()};
}

}  // namespace gradwalk::harness
