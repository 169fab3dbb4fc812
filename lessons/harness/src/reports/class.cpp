#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "findings.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "reports/mistakes_of.hpp"
#include "reports/page.hpp"
#include "words.hpp"

namespace gradwalk::harness {
namespace {

/// One mistake of the class.
struct Made {
  std::string lesson, mistake, what, words;  // "with the sign turned"; the same as a sentence about one tensor
  std::set<std::string> students;
  std::string example;  // one student's finding, without a name
};

std::vector<Made> mistakes_by_number(const std::vector<Graded>& graded) {
  std::map<std::pair<std::string, std::string>, Made> found;
  for (const Graded& one : graded)
    for (const CheckVerdict& check : one.verdict.checks)
      for (const OutputVerdict& output : check.outputs) {
        if (output.explanations.empty() || output.fault == Fault::carried) continue;
        const Explanation& explanation = output.explanations[0];
        Made& made = found[{one.lesson, explanation.mistake}];
        made.lesson = one.lesson;
        made.mistake = explanation.mistake;
        made.what = explanation.words;
        made.words = describe_explanation(output, explanation);
        made.students.insert(one.student);
        if (!made.example.empty()) continue;
        made.example = describe_output(output) + "\n" + made.words + "\n";
        for (const std::string& term : explanation.terms) made.example += "  " + term + "\n";
      }
  std::vector<Made> sorted;
  for (auto& [key, made] : found) sorted.push_back(std::move(made));
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Made& a, const Made& b) { return a.students.size() > b.students.size(); });
  return sorted;
}

/// How many got how much of the points, in tenths.
std::string histogram(const std::vector<Graded>& graded) {
  std::array<std::size_t, 11> count{};
  for (const Graded& one : graded)
    if (one.verdict.possible > 0) ++count[static_cast<std::size_t>(10 * one.verdict.earned / one.verdict.possible)];
  const std::size_t most = std::max<std::size_t>(1, *std::max_element(count.begin(), count.end()));
  std::string svg = "<svg viewBox=\"0 0 440 160\" role=\"img\" width=\"660\">\n";
  for (std::size_t i = 0; i < count.size(); ++i) {
    const std::size_t height = 110 * count[i] / most, x = 10 + 38 * i;
    svg += fmt::format(
        "<rect class=\"bar\" x=\"{}\" y=\"{}\" width=\"32\" height=\"{}\"/><text x=\"{}\" y=\"{}\" font-size=\"11\" "
        "text-anchor=\"middle\">{}</text>"
        "<text x=\"{}\" y=\"148\" font-size=\"11\" text-anchor=\"middle\">{} %</text>\n",
        x, 130 - height, height, x + 16, 126 - height, count[i], x + 16, 10 * i);
  }
  return svg + "</svg>\n";
}

std::string together(const std::vector<Made>& mistakes) {
  std::string rows;
  for (std::size_t i = 0; i < mistakes.size(); ++i)
    for (std::size_t j = i + 1; j < mistakes.size(); ++j) {
      std::vector<std::string> both;
      std::set_intersection(mistakes[i].students.begin(), mistakes[i].students.end(), mistakes[j].students.begin(),
                            mistakes[j].students.end(), std::back_inserter(both));
      if (both.size() >= 2)
        rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", markup(mistakes[i].mistake),
                            markup(mistakes[j].mistake), both.size());
    }
  return rows;
}

/// What a person should look at, one row each: submission and reason.
std::vector<std::pair<std::string, std::string>> for_a_persons_eye(const std::vector<Graded>& graded) {
  std::vector<std::pair<std::string, std::string>> rows;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> copies;
  for (const Graded& one : graded) {
    const std::string who = fmt::format("{} ({}), {}", one.name, one.student, one.lesson);
    for (const std::string& attempt : one.verdict.attempts) rows.emplace_back(who, attempt);
    for (const std::string& suspicion : one.verdict.suspicions) rows.emplace_back(who, suspicion);
    if (!one.shape_of_code.empty() && one.verdict.status != Status::not_attempted)
      copies[{one.lesson, one.shape_of_code}].push_back(one.student);
  }
  for (const auto& [key, students] : copies)
    if (students.size() > 1)
      rows.emplace_back(fmt::format("{}, {}", fmt::join(students, ", "), key.first), tr("the same code, names apart"));
  return rows;
}

/// How many students made it, and one example without a name.
std::string worked_example(const Made& made) {
  const std::string number =
      trn("{n} student", "{n} students", made.students.size(), fmt::arg("n", made.students.size()));
  return fmt::format("<h4>{}</h4>\n<p class=\"note\">{} · {}</p>\n<pre>{}</pre>\n", markup(made.what), markup(number),
                     markup(made.mistake), markup(made.example));
}

/// A wrong number is explained, or the student was told where the first wrong step is: how often the latter?
std::size_t without_a_name(const std::vector<Graded>& graded) {
  return static_cast<std::size_t>(std::count_if(graded.begin(), graded.end(), [](const Graded& one) {
    bool wrong = false, named = false;
    for (const CheckVerdict& check : one.verdict.checks)
      for (const OutputVerdict& output : check.outputs) {
        wrong = wrong || output.fault == Fault::different || output.fault == Fault::not_finite;
        named = named || !output.explanations.empty();
      }
    return wrong && !named;
  }));
}

std::string table(const std::vector<std::string>& heads, const std::string& rows) {
  std::string text = "<table>\n<tr>";
  for (const std::string& head : heads) text += "<th>" + markup(head) + "</th>";
  return text + "</tr>\n" + rows + "</table>\n";
}

}  // namespace

std::string class_report(const std::vector<Graded>& graded, const std::vector<Lesson>& lessons) {
  const std::vector<Made> mistakes = mistakes_by_number(graded);
  std::string body = "<h1>" + markup(tr("The class")) + "</h1>\n";

  std::string rows;
  for (const Lesson& lesson : lessons) {
    std::array<std::size_t, 5> by_status{};
    for (const Graded& one : graded)
      if (one.lesson == lesson.name) ++by_status[static_cast<std::size_t>(one.verdict.status)];
    rows += fmt::format("<tr><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", lesson.number,
                        markup(lesson.title), by_status[0], by_status[1], by_status[2], by_status[3]);
  }
  body += table({tr("Lesson"), tr("passed"), tr("not passed"), tr("not attempted"), tr("does not compile")}, rows);
  body += "<h2>" + markup(tr("Marks")) + "</h2>\n" + histogram(graded);

  if (!mistakes.empty())
    body += "<h2>" + markup(tr("Teach this first")) + "</h2>\n<p>" +
            markup(trn("{n} student made this mistake in {lesson}: {words}.",
                       "{n} students made this mistake in {lesson}: {words}.", mistakes[0].students.size(),
                       fmt::arg("n", mistakes[0].students.size()), fmt::arg("lesson", mistakes[0].lesson),
                       fmt::arg("words", mistakes[0].words))) +
            "</p>\n";
  body += "<h2>" + markup(tr("Mistakes")) + "</h2>\n";
  if (mistakes.empty()) body += "<p>" + markup(tr("Nothing.")) + "</p>\n";
  for (const Lesson& lesson : lessons) {
    std::string examples;
    for (const Made& made : mistakes)
      if (made.lesson == lesson.name) examples += worked_example(made);
    if (!examples.empty()) body += fmt::format("<h3>{} {}</h3>\n{}", lesson.number, markup(lesson.title), examples);
  }
  if (const std::size_t n = without_a_name(graded); n > 0)
    body +=
        "<p>" +
        markup(trn("{n} submission has wrong numbers that no mistake known here explains.",
                   "{n} submissions have wrong numbers that no mistake known here explains.", n, fmt::arg("n", n))) +
        "</p>\n";
  if (const std::string pairs = together(mistakes); !pairs.empty())
    body += "<h2>" + markup(tr("What goes together")) + "</h2>\n" +
            table({tr("Mistake"), tr("Mistake"), tr("Students")}, pairs);

  std::string eye;
  for (const auto& [who, why] : for_a_persons_eye(graded))
    eye += "<tr><td>" + markup(who) + "</td><td>" + markup(why) + "</td></tr>\n";
  body += "<h2>" + markup(tr("For a person's eye")) + "</h2>\n" +
          (eye.empty() ? "<p>" + markup(tr("Nothing.")) + "</p>\n" : table({tr("Submission"), tr("Why")}, eye));

  std::set<std::string> tiers;  // several where shards of several machines have been merged
  for (const Graded& one : graded) tiers.insert(describe(one.verdict.tier, one.verdict.file_rules));
  for (const std::string& tier : tiers)
    body += "<p class=\"note\">" + markup(tr("Sandbox: {tier}.", fmt::arg("tier", tier))) + "</p>\n";
  return page(tr("The class"), body);
}

}  // namespace gradwalk::harness
