#include <fmt/format.h>

#include "formats/formats.hpp"
#include "formats/markup.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "gradwalk/tracer/number.hpp"
#include "pictures.hpp"
#include "working.hpp"

namespace gradwalk::worksheet {
namespace {

constexpr std::string_view style = R"(
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 52rem; font: 1.05rem/1.5 "Liberation Serif", Georgia, serif; color: #1c1c1e; background: #fff; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
.line { display: flex; gap: 2rem; color: #5b5f66; margin-bottom: 1rem; }
.line span { flex: 1; border-bottom: 1px solid #8a9097; padding-bottom: .2rem; }
article { break-inside: avoid; border-top: 1px solid #d9d9d4; padding: .7rem 0 1rem 2.6rem; position: relative; }
article > b { position: absolute; left: 0; font-size: 1.15rem; }
article p { margin: .1rem 0 .4rem; }
img { max-width: 100%; max-height: 20rem; margin: .3rem 0; }
.blank { display: inline-block; width: 3.2em; height: 1.1em; border-bottom: 1px solid #1c1c1e; }
.room { height: 4.5rem; }
.find { margin-top: .5rem; padding-top: .3rem; border-top: 1px dotted #8a9097; }
.right { color: #0072b2; font-weight: 600; }
.notes { font-size: .9rem; color: #3f4349; columns: 2 18rem; column-gap: 2rem; margin-top: .4rem; }
.notes div { break-inside: avoid; margin-bottom: .15rem; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } }
)";

std::string image(const Problem& problem, bool filled_in) {
  const std::string svg = picture(problem, filled_in, GraphFormat::svg);
  if (svg.empty()) return {};
  return fmt::format("<img alt=\"{}\" src=\"data:image/svg+xml;base64,{}\">", xml_escaped(picture_text(problem)),
                     base64(svg));
}

/// The sums behind the answers, and what wrong answers tell.
std::string html_notes(const Problem& problem) {
  std::string sums, mistakes;
  for (const Question& question : problem.questions)
    for (const Answer& answer : question.answers) {
      const std::string sum = with_minus_sign(working(problem, answer));
      if (!sum.empty())
        sums += fmt::format("<div><i>{}</i> = {} = {}</div>\n", xml_escaped(answer.name), xml_escaped(sum),
                            with_minus_sign(shown(answer.right)));
    }
  for (const Question& question : problem.questions)
    for (const WrongAnswer& wrong : telling(question))
      mistakes += fmt::format("<div><i>{}</i>: {}? {}</div>\n", xml_escaped(question.answers.front().name),
                              with_minus_sign(shown(wrong.value)), xml_escaped(wrong.because));
  return "<div class=\"notes\">\n" + sums + "</div>\n<div class=\"notes\">\n" + mistakes + "</div>\n";
}

}  // namespace

std::string as_html(const Sheet& sheet, Audience audience) {
  const bool key = audience == Audience::teacher;
  std::string body;
  int number = 0;
  for (const Problem& problem : sheet.problems) {
    const int decimals = problem.decimals.value_or(4);
    body +=
        fmt::format("<article><b>{}</b>\n", ++number) + html_statement(problem, image(problem, key)) +
        "<div class=\"find\">" +
        html_questions(problem,
                       [&](const Answer& answer) -> std::string {
                         if (!key) return "<span class=\"blank\"></span>";
                         return "<span class=\"right\">" + with_minus_sign(shown(answer.right, decimals)) + "</span>";
                       }) +
        "</div>\n" + (key ? html_notes(problem) : "<div class=\"room\"></div>\n") + "</article>\n";
  }
  const std::string title = heading(sheet.lesson, sheet.title) + (key ? " · " + tr("key") : "");
  const std::string line = key ? fmt::format("<span>{}</span>", tr("seed {seed}", fmt::arg("seed", sheet.seed)))
                               : fmt::format("<span>{}</span><span>{}</span>", tr("Name"), tr("Date"));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n"
      "<h1>{}</h1>\n<div class=\"line\">{}</div>\n{}</body>\n</html>\n",
      name_of(current_language()), xml_escaped(title), style, xml_escaped(title), line, body);
}

}  // namespace gradwalk::worksheet
