#include "graph/svg.hpp"

#include <fmt/format.h>

#include "gradwalk/tracer/markup.hpp"
#include "graph/colours.hpp"

namespace gradwalk::graph {

namespace {

/// Takes out every part from `open` to `close` and the end of its line.
void remove_parts(std::string& svg, std::string_view open, std::string_view close) {
  std::string out;
  out.reserve(svg.size());
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = svg.find(open, at);
    if (begin == std::string::npos) break;
    const std::size_t end = svg.find(close, begin);
    if (end == std::string::npos) break;
    out.append(svg, at, begin - at);
    at = end + close.size() + 1;
  }
  out.append(svg, at);
  svg = std::move(out);
}

}  // namespace

std::string finished_svg(std::string svg, const Graph& graph, const GraphOptions& options) {
  remove_parts(svg, "<!--", "-->");  // one of them holds the version of Graphviz
  // Graphviz gives every node and edge a title with its internal name: hover text that tells nothing.
  remove_parts(svg, "<title>", "</title>");
  const std::size_t begin = svg.find("<svg");
  const std::size_t end = svg.find('>', begin);
  std::string head = svg.substr(begin, end - begin);
  head += " class=\"gradwalk\" role=\"img\" aria-labelledby=\"gradwalk-title gradwalk-desc\"";
  std::string inner = fmt::format(">\n<title id=\"gradwalk-title\">{}</title>\n<desc id=\"gradwalk-desc\">{}</desc>\n",
                                  xml_escaped(graph.title), xml_escaped(graph.description));
  if (options.theme == Theme::automatic) inner += "<style>\n" + dark_theme_css() + "</style>\n";
  const std::string prolog = options.inline_svg ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";
  return prolog + head + inner + svg.substr(end + 2);
}

}  // namespace gradwalk::graph
