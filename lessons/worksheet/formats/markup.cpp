#include "formats/markup.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::worksheet {
namespace {

// Inline, because a course system takes a page's style sheet away.
constexpr std::string_view matrix_style =
    "display:inline-table;vertical-align:middle;border-collapse:separate;border-spacing:0.5em 0.1em;"
    "border-left:2px solid;border-right:2px solid;border-radius:0.5em;margin:0 0.2em";

/// Cells (row, column) as a matrix; a vector is one row, a number stands alone.
std::string html_matrix(const Shape& shape, const std::function<std::string(std::size_t)>& cell) {
  if (shape.empty()) return cell(0);
  const std::size_t columns = shape.back(), rows = element_count(shape) / columns;
  std::string table = fmt::format("<table style=\"{}\">", matrix_style);
  for (std::size_t r = 0; r < rows; ++r) {
    table += "<tr>";
    for (std::size_t c = 0; c < columns; ++c)
      table += "<td style=\"text-align:right;padding:0\">" + cell(r * columns + c) + "</td>";
    table += "</tr>";
  }
  return table + "</table>";
}

std::string named(std::string_view name, const std::string& value) {
  return fmt::format(
      "<span style=\"display:inline-block;margin:0.2em 1.5em 0.2em 0;white-space:nowrap\"><i>{}</i> = {}</span> ",
      xml_escaped(name), value);
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? digits[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

std::string html_prose(std::string_view text) {
  std::string out;
  bool symbol = false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t mark = std::min(text.find('`', at), text.size());
    const std::string part = xml_escaped(text.substr(at, mark - at));
    out += symbol ? "<i>" + part + "</i>" : part;
    symbol = !symbol;
    at = mark + 1;
  }
  return out;
}

std::string html_statement(const Problem& problem, std::string_view image) {
  std::string out = "<p>" + html_prose(problem.task) + "</p>\n";
  if (!problem.rules.empty()) {
    out += "<p>";
    for (const std::string& rule : problem.rules)
      out += "<span style=\"display:inline-block;margin-right:1.5em;white-space:nowrap\"><i>" + xml_escaped(rule) +
             "</i></span> ";
    out += "</p>\n";
  }
  if (!problem.given.empty()) {
    out += "<div>";
    for (const Given& given : problem.given)
      out += named(given.name,
                   html_matrix(given.shape, [&](std::size_t i) { return with_minus_sign(shown(given.values[i])); }));
    out += "</div>\n";
  }
  if (!image.empty()) out += fmt::format("<p>{}</p>\n", image);
  return out;
}

std::string html_questions(const Problem& problem, const Slot& slot) {
  std::string out = "<div>";
  for (const Question& question : problem.questions)
    out += named(question.name, html_matrix(question.shape, [&](std::size_t i) { return slot(question.answers[i]); }));
  return out + "</div>\n";
}

std::string heading(std::string_view lesson, std::string_view title) {
  return tr("Lesson {number}, {title}: by hand", fmt::arg("number", lesson), fmt::arg("title", title));
}

}  // namespace gradwalk::worksheet
