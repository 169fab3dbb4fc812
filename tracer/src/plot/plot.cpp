#include "gradwalk/tracer/plot.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/markup.hpp"
#include "plot/script.hpp"
#include "program.hpp"

namespace gradwalk {
namespace {

constexpr std::array<std::pair<std::string_view, PlotKind>, 10> kinds = {{{"curves", PlotKind::curves},
                                                                          {"norms", PlotKind::norms},
                                                                          {"depth", PlotKind::depth},
                                                                          {"boundary", PlotKind::boundary},
                                                                          {"fit", PlotKind::fit},
                                                                          {"weights", PlotKind::weights},
                                                                          {"surface", PlotKind::surface},
                                                                          {"slice", PlotKind::slice},
                                                                          {"losses", PlotKind::losses},
                                                                          {"activations", PlotKind::activations}}};

std::string terminal(const Plot& plot, PlotFormat format) {
  switch (format) {
    case PlotFormat::png:  // twice the pixels, for screens of today and for print
      return fmt::format(
          "set terminal pngcairo size {},{} font 'sans-serif,22' linewidth 2 pointscale 2 background rgb 'white'\n",
          2 * plot.width, 2 * plot.height);
    case PlotFormat::pdf:
      return fmt::format("set terminal pdfcairo size {}in,{}in font 'sans-serif,11' background rgb 'white'\n",
                         plot.width / 96.0, plot.height / 96.0);
    default:
      return fmt::format("set terminal svg size {},{} dynamic font 'sans-serif,13' background rgb 'white'\n",
                         plot.width, plot.height);
  }
}

/// What gnuplot complains of: its first line that is no echo of the script.
std::string complaint_of(std::string_view messages) {
  const std::size_t begin = std::min(messages.find_first_not_of(" \t\r\n^"), messages.size());
  messages.remove_prefix(begin);
  return std::string(messages.substr(0, messages.find_first_of("\r\n")));
}

std::string run_gnuplot(const std::string& script) {
  std::optional<ProgramResult> result = run_program({"gnuplot", "-d"}, script);
  if (!result) {
    throw InputError(
        tr("drawing needs the program 'gnuplot', which is not there: install the package gnuplot-nox, or "
           "write a .gp file"));
  }
  if (result->code != 0) {
    throw InputError(tr("the program 'gnuplot' failed: {reason}", fmt::arg("reason", complaint_of(result->messages))));
  }
  return std::move(result->output);
}

void replace_element(std::string& svg, const std::string& name, std::string_view text) {
  const std::string open = "<" + name + ">";
  const std::size_t begin = svg.find(open), end = svg.find("</" + name + ">");
  if (begin == std::string::npos || end == std::string::npos) return;
  svg.replace(begin + open.size(), end - begin - open.size(), xml_escaped(text));
}

/// gnuplot draws open points in hairlines, whatever line width they are given; on coloured ground they would be lost.
void strengthen_points(std::string& svg) {
  constexpr std::string_view point = "id='gpPt", width = "stroke-width='";
  for (std::size_t at = svg.find(point); at != std::string::npos; at = svg.find(point, at + 1)) {
    const std::size_t begin = svg.find(width, at);
    if (begin == std::string::npos || begin > svg.find('>', at)) continue;  // drawn by another point
    const std::size_t value = begin + width.size();
    svg.replace(value, svg.find('\'', value) - value, "0.45");
  }
}

/// Else a viewer would smear the few cells of an image over its whole width.
void sharpen_images(std::string& svg) {
  constexpr std::string_view image = "<image ";
  for (std::size_t at = svg.find(image); at != std::string::npos; at = svg.find(image, at + image.size()))
    svg.insert(at + image.size(), "style='image-rendering:pixelated' ");
}

/// In place of "Gnuplot" and its version, what a screen reader should say.
std::string finished(std::string svg, const Plot& plot) {
  strengthen_points(svg);
  if (plot.sharp) sharpen_images(svg);
  replace_element(svg, "title", plot.title);
  replace_element(svg, "desc", plot.description);
  if (const std::size_t tag = svg.find("<svg"); tag != std::string::npos) svg.insert(tag + 4, " role=\"img\"");
  return svg;
}

}  // namespace

std::string_view name_of(PlotKind kind) {
  for (const auto& [name, value] : kinds) {
    if (value == kind) return name;
  }
  return "";
}

std::optional<PlotKind> plot_kind_named(std::string_view name) {
  for (const auto& [known, kind] : kinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

PlotFormat plot_format_of(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".gp") return PlotFormat::gnuplot;
  if (ending == ".svg") return PlotFormat::svg;
  if (ending == ".png") return PlotFormat::png;
  if (ending == ".pdf") return PlotFormat::pdf;
  throw InputError(
      tr("{file}: a plot is written as .svg, .png, .pdf or .gp (the gnuplot script)", fmt::arg("file", path.string())));
}

std::string render_plot(const Plot& plot, PlotFormat format) {
  if (format == PlotFormat::gnuplot) return plot.script;
  std::string picture = run_gnuplot(terminal(plot, format) + plot.script);
  return format == PlotFormat::svg ? finished(std::move(picture), plot) : picture;
}

}  // namespace gradwalk
