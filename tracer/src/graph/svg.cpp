#include "graph/svg.hpp"

#include <fmt/format.h>

#include "graph/colours.hpp"

namespace gradwalk::graph {

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

/// Graphviz gives every node and edge a <title> with its internal name: hover text that tells nothing.
void remove_titles(std::string& svg) {
  std::string out;
  out.reserve(svg.size());
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = svg.find("<title>", at);
    if (begin == std::string::npos) break;
    const std::size_t end = svg.find("</title>", begin);
    if (end == std::string::npos) break;
    out.append(svg, at, begin - at);
    at = end + std::string_view("</title>\n").size();
  }
  out.append(svg, at);
  svg = std::move(out);
}

void remove_comments(std::string& svg) {
  std::string out;
  out.reserve(svg.size());
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = svg.find("<!--", at);
    if (begin == std::string::npos) break;
    const std::size_t end = svg.find("-->", begin);
    if (end == std::string::npos) break;
    out.append(svg, at, begin - at);
    at = end + std::string_view("-->\n").size();
  }
  out.append(svg, at);
  svg = std::move(out);
}

}  // namespace

std::string finished_svg(std::string svg, const Graph& graph, const GraphOptions& options) {
  remove_comments(svg);  // one of them holds the version of Graphviz
  remove_titles(svg);
  const std::size_t begin = svg.find("<svg");
  const std::size_t end = svg.find('>', begin);
  std::string head = svg.substr(begin, end - begin);
  head += " class=\"gradwalk\" role=\"img\" aria-labelledby=\"gradwalk-title gradwalk-desc\"";
  std::string inner = fmt::format(">\n<title id=\"gradwalk-title\">{}</title>\n<desc id=\"gradwalk-desc\">{}</desc>\n",
                                  escaped(graph.title), escaped(graph.description));
  if (options.theme == Theme::automatic) inner += "<style>\n" + dark_theme_css() + "</style>\n";
  const std::string prolog = options.inline_svg ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";
  return prolog + head + inner + svg.substr(end + 2);
}

}  // namespace gradwalk::graph
