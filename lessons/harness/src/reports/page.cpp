#include "reports/page.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "words.hpp"

namespace gradwalk::harness {

std::string markup(const std::string& text) {
  std::string result;
  for (const char c : xml_escaped(printable(text))) result += c == '\'' ? "&#39;" : std::string(1, c);
  return result;
}

std::string page(const std::string& title, const std::string& body) {
  constexpr const char* style =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 "
      "1rem;color:#111;background:#fff}"
      "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid "
      "#ddd;"
      "vertical-align:top}h1{overflow-wrap:anywhere}pre{background:#f4f4f4;padding:.6rem;white-space:pre-wrap}.passed{"
      "color:#00684a}.failed{color:#"
      "b03a00}"
      ".note{color:#555}figure{margin:1rem 0}svg{max-width:100%;height:auto}.bar{fill:#0072B2}.bad{fill:#D55E00}";
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src "
      "data:\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      name_of(current_language()), markup(title), style, body);
}

}  // namespace gradwalk::harness
