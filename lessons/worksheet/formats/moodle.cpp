#include <fmt/format.h>

#include "formats/formats.hpp"
#include "formats/markup.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "pictures.hpp"
#include "working.hpp"

namespace gradwalk::worksheet {
namespace {

/// Text inside a cloze field, where } ends the field, ~ the alternative and # the answer.
std::string in_cloze(const std::string& text) {
  std::string out;
  for (const char c : xml_escaped(text)) {
    if (c == '}' || c == '#') out += '\\';
    if (c == '~')
      out += "&#126;";
    else
      out += c;
  }
  return out;
}

/// {1:NUMERICAL:=-5:0.001#Right~%0%5:0.001#This number comes from …}
std::string field(const Problem& problem, const Answer& answer) {
  const int decimals = problem.decimals ? *problem.decimals + 1 : 4;
  const std::string sum = working(problem, answer);
  std::string text = fmt::format("{{1:NUMERICAL:={}:{}#{}", shown(answer.right, decimals), answer.tolerance,
                                 in_cloze(sum.empty() ? tr("Right.") : tr("Right: {sum}", fmt::arg("sum", sum))));
  for (const WrongAnswer& wrong : answer.wrong)
    text += fmt::format("~%0%{}:{}#{}", shown(wrong.value, decimals), answer.tolerance, in_cloze(wrong.because));
  return text + "}";
}

std::string cdata(const std::string& text) { return "<text><![CDATA[" + text + "]]></text>"; }

}  // namespace

std::string as_moodle_xml(const Sheet& sheet) {
  const std::string title = heading(sheet.lesson, sheet.title);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n";
  out += fmt::format(
      "<question type=\"category\">\n<category><text>$course$/top/gradwalk/{}</text></category>\n</question>\n",
      xml_escaped(fmt::format("{} ({})", title, tr("seed {seed}", fmt::arg("seed", sheet.seed)))));
  int number = 0;
  for (const Problem& problem : sheet.problems) {
    const std::string svg = picture(problem, false, GraphFormat::svg),
                      file = fmt::format("graph-{}-{}.svg", sheet.seed, ++number);
    const std::string image = svg.empty()
                                  ? ""
                                  : fmt::format("<img src=\"@@PLUGINFILE@@/{}\" alt=\"{}\" style=\"max-width:100%\">",
                                                file, xml_escaped(picture_text(problem)));
    out += fmt::format("<question type=\"cloze\">\n<name><text>{}</text></name>\n<questiontext format=\"html\">\n",
                       xml_escaped(fmt::format("{} · {}.{}", title, sheet.seed, number)));
    out += cdata(html_statement(problem, image) +
                 html_questions(problem, [&](const Answer& answer) { return field(problem, answer); })) +
           "\n";
    if (!svg.empty())
      out += fmt::format("<file name=\"{}\" path=\"/\" encoding=\"base64\">{}</file>\n", file, base64(svg));
    out +=
        "</questiontext>\n<generalfeedback "
        "format=\"html\"><text></text></generalfeedback>\n<penalty>0.3333333</penalty>\n"
        "<hidden>0</hidden>\n</question>\n";
  }
  return out + "</quiz>\n";
}

}  // namespace gradwalk::worksheet
