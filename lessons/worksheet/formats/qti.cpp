#include <fmt/format.h>

#include <cmath>

#include "formats/formats.hpp"
#include "formats/markup.hpp"
#include "gradwalk/nn/npz.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "gradwalk/tracer/number.hpp"
#include "pictures.hpp"
#include "working.hpp"

namespace gradwalk::worksheet {
namespace {

std::string html_material(const std::string& html) {
  return "<material><mattext texttype=\"text/html\">" + xml_escaped(html) + "</mattext></material>";
}

std::string feedback(const std::string& ident, const std::string& html) {
  return fmt::format("<itemfeedback ident=\"{}\"><flow_mat>{}</flow_mat></itemfeedback>\n", ident, html_material(html));
}

/// The right answer as a range about it. Canvas takes every such range for a right answer, so a wrong answer is a plain
/// <varequal>, which Canvas passes over and other systems understand; for Canvas all of them stand once more in the
/// feedback to a wrong answer.
std::string conditions(const Answer& answer, int decimals) {
  std::string out = fmt::format(
      "<respcondition continue=\"No\"><conditionvar><or><varequal respident=\"response1\">{0}</varequal><and>"
      "<vargte respident=\"response1\">{1}</vargte><varlte "
      "respident=\"response1\">{2}</varlte></and></or></conditionvar>"
      "<setvar action=\"Set\" varname=\"SCORE\">100</setvar><displayfeedback feedbacktype=\"Response\" "
      "linkrefid=\"correct_fb\"/></respcondition>\n",
      shown(answer.right, decimals), shown(answer.right - answer.tolerance, decimals + 1),
      shown(answer.right + answer.tolerance, decimals + 1));
  for (std::size_t i = 0; i < answer.wrong.size(); ++i)
    out += fmt::format(
        "<respcondition continue=\"No\"><conditionvar><varequal respident=\"response1\">{}</varequal></conditionvar>"
        "<displayfeedback feedbacktype=\"Response\" linkrefid=\"wrong{}_fb\"/></respcondition>\n",
        shown(answer.wrong[i].value, decimals), i + 1);
  return out +
         "<respcondition continue=\"Yes\"><conditionvar><other/></conditionvar><displayfeedback "
         "feedbacktype=\"Response\" linkrefid=\"general_incorrect_fb\"/></respcondition>\n";
}

std::string feedbacks(const Problem& problem, const Answer& answer, int decimals) {
  const std::string sum = working(problem, answer);
  std::string out =
      feedback("correct_fb", xml_escaped(sum.empty() ? tr("Right.") : tr("Right: {sum}", fmt::arg("sum", sum))));
  std::string all;
  for (std::size_t i = 0; i < answer.wrong.size(); ++i) {
    const WrongAnswer& wrong = answer.wrong[i];
    out += feedback(fmt::format("wrong{}_fb", i + 1), xml_escaped(wrong.because));
    all += fmt::format("<li>{}: {}</li>", with_minus_sign(shown(wrong.value, decimals)), xml_escaped(wrong.because));
  }
  return out + feedback("general_incorrect_fb",
                        "<p>" + xml_escaped(tr("Is your number one of these?")) + "</p><ul>" + all + "</ul>");
}

std::string item(const Problem& problem, const Answer& answer, const std::string& ident, const std::string& title,
                 const std::string& statement) {
  const int decimals = problem.decimals ? *problem.decimals + 1 : 4;
  std::string out =
      fmt::format("<item ident=\"{}\" title=\"{}\">\n<itemmetadata><qtimetadata>", ident, xml_escaped(title));
  for (const auto& [label, entry] : {std::pair{"question_type", "numerical_question"}, {"points_possible", "1.0"}})
    out += fmt::format("<qtimetadatafield><fieldlabel>{}</fieldlabel><fieldentry>{}</fieldentry></qtimetadatafield>",
                       label, entry);
  out += "</qtimetadata></itemmetadata>\n<presentation>";
  out += html_material(statement + "<p><b>" + html_prose(tr("Find `{name}`.", fmt::arg("name", answer.name))) +
                       "</b></p>");
  out +=
      "<response_str ident=\"response1\" rcardinality=\"Single\"><render_fib fibtype=\"Decimal\"><response_label "
      "ident=\"answer1\"/></render_fib></response_str></presentation>\n";
  out +=
      "<resprocessing><outcomes><decvar maxvalue=\"100\" minvalue=\"0\" varname=\"SCORE\" "
      "vartype=\"Decimal\"/></outcomes>\n" +
      conditions(answer, decimals) + "</resprocessing>\n" + feedbacks(problem, answer, decimals);
  return out + "</item>\n";
}

struct Package {
  std::string assessment;
  std::vector<std::pair<std::string, std::string>> images;  // name in the archive, bytes
};

Package package_of(const Sheet& sheet, const std::string& ident) {
  const std::string title = heading(sheet.lesson, sheet.title);
  Package package;
  std::string sections;
  int number = 0;
  for (const Problem& problem : sheet.problems) {
    const std::string image_name = fmt::format("images/{}-{}.svg", ident, ++number);
    const std::string svg = picture(problem, false, GraphFormat::svg);
    std::string image;
    if (!svg.empty()) {
      package.images.emplace_back(image_name, svg);
      image = fmt::format("<img src=\"%24IMS-CC-FILEBASE%24/{}\" alt=\"{}\" style=\"max-width:100%\">", image_name,
                          xml_escaped(picture_text(problem)));
    }
    const std::string statement = html_statement(problem, image);
    sections += fmt::format(
        "<section ident=\"{}-{}\" title=\"{}\">\n<selection_ordering><selection><selection_number>1</selection_number>"
        "<selection_extension><points_per_item>1.0</points_per_item></selection_extension></selection></"
        "selection_ordering>\n",
        ident, number, xml_escaped(tr("Problem {number}", fmt::arg("number", number))));
    int part = 0;
    for (const Question& question : problem.questions)
      for (const Answer& answer : question.answers)
        sections += item(problem, answer, fmt::format("{}-{}-{}", ident, number, ++part),
                         fmt::format("{}: {}", number, answer.name), statement);
    sections += "</section>\n";
  }
  package.assessment = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<questestinterop "
      "xmlns=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2\">\n<assessment ident=\"{}\" "
      "title=\"{}\">\n<qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>1</fieldentry>"
      "</qtimetadatafield></qtimetadata>\n<section "
      "ident=\"root_section\">\n{}</section>\n</assessment>\n</questestinterop>\n",
      ident, xml_escaped(fmt::format("{} ({})", title, tr("seed {seed}", fmt::arg("seed", sheet.seed)))), sections);
  return package;
}

std::string manifest(const std::string& ident, const Package& package) {
  std::string resources = fmt::format(
      "<resource identifier=\"{0}\" type=\"imsqti_xmlv1p2\" href=\"{0}/{0}.xml\"><file "
      "href=\"{0}/{0}.xml\"/></resource>\n",
      ident);
  int number = 0;
  for (const auto& [name, bytes] : package.images)
    resources += fmt::format(
        "<resource identifier=\"{0}-image{1}\" type=\"webcontent\" href=\"{2}\"><file href=\"{2}\"/></resource>\n",
        ident, ++number, name);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest identifier=\"{}-manifest\" "
      "xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\">\n<metadata><schema>IMS Content</schema>"
      "<schemaversion>1.1.3</schemaversion></metadata>\n<organizations/>\n<resources>\n{}</resources>\n</manifest>\n",
      ident, resources);
}

}  // namespace

std::string as_qti_zip(const Sheet& sheet) {
  const std::string ident = fmt::format("gradwalk-{}-{}", sheet.lesson, sheet.seed);
  const Package package = package_of(sheet, ident);
  NpzWriter zip;  // a stored zip without the time of day
  zip.add_file("imsmanifest.xml", manifest(ident, package));
  zip.add_file(fmt::format("{0}/{0}.xml", ident), package.assessment);
  for (const auto& [name, bytes] : package.images) zip.add_file(name, bytes);
  return zip.bytes();
}

}  // namespace gradwalk::worksheet
