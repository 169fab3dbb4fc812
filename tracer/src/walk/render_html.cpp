#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "walk/mathml.hpp"
#include "walk/prose.hpp"
#include "walk/render.hpp"

namespace gradwalk::walk {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1c1c1e; --ground: #fdfdfb; --soft: #5b5f66; --line: #d9d9d4; --accent: #0072b2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --ground: #17181b; --soft: #a5a9b0; --line: #3a3c42; --accent: #56b4e9; } }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { margin-top: 2.5rem; font-size: 1.3rem; border-bottom: 1px solid var(--line); }
h3, h4 { margin: 1.8rem 0 .3rem; font-size: 1.05rem; }
h4 { margin-left: 1rem; font-weight: 600; color: var(--soft); }
p { margin: .4rem 0; max-width: 46rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .5rem 1rem; margin: .6rem 0; padding-left: .8rem; border-left: 3px solid var(--accent); align-items: baseline; }
dl.closer { margin-left: 1rem; border-left-color: var(--line); }
dt { font-style: italic; color: var(--soft); }
dd { margin: 0; overflow-x: auto; }
math { font-size: 1.02rem; }
math[display="block"] { width: max-content; margin: 0; }
mtable.lines > mtr > mtd { text-align: left; padding: .15em .25em; }
mtable.lines > mtr > mtd:first-child { text-align: right; text-align: -webkit-right; }
mrow > mtable > mtr > mtd { text-align: right; text-align: -webkit-right; padding: .1em .45em; }
.shape { font-size: .75em; color: var(--soft); }
@media print { body { max-width: none; font-size: 10pt; } dd { overflow: visible; } }
)";

std::string html_prose(std::string_view text) { return rendered_prose(text, xml_escaped, mathml_formula); }

struct HtmlPage {
  std::string out;

  void operator()(const Heading& heading) { out += "<h2>" + html_prose(heading.text) + "</h2>\n"; }
  void operator()(const Paragraph& paragraph) { out += "<p>" + html_prose(paragraph.prose) + "</p>\n"; }

  void operator()(const Given& given) {
    for (const Equation& equation : given.equations) out += "<div>" + mathml_of({equation}) + "</div>\n";
  }

  void operator()(const Step& step) {
    const std::string title = html_prose(step.title);
    if (step.number > 0)
      out += fmt::format("<h3 id=\"step-{}\">{}</h3>\n", step.number,
                         tr("Step {number}. {title}", fmt::arg("number", step.number), fmt::arg("title", title)));
    else
      out += "<h4>" + title + "</h4>\n";
    for (const std::string& text : step.before) out += "<p>" + html_prose(text) + "</p>\n";
    out += step.number > 0 ? "<dl>\n" : "<dl class=\"closer\">\n";
    for (const auto& [name, equations] :
         {std::pair{tr("rule"), step.rule}, {tr("numbers"), step.numbers}, {tr("result"), step.result}})
      out += fmt::format("<dt>{}</dt><dd tabindex=\"0\">{}</dd>\n", xml_escaped(name), mathml_of(equations));
    out += "</dl>\n";
    for (const std::string& text : step.after) out += "<p>" + html_prose(text) + "</p>\n";
  }
};

}  // namespace

std::string as_html(const Document& document) {
  HtmlPage page;
  for (const Block& block : document.blocks) std::visit(page, block);
  const std::string title = xml_escaped(document.title);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, "
      "initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n{}</main>\n</"
      "body>\n</html>\n",
      name_of(current_language()), title, style, title, page.out);
}

}  // namespace gradwalk::walk
