#include <fmt/format.h>

#include <memory>

#include "document.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/graph_model.hpp"
#include "gradwalk/tracer/language.hpp"
#include "row_list.hpp"

namespace gradwalk::cli {

namespace {

struct GraphFlags {
  std::string level, rows, highlight, colour_by = "weight", theme = "light", format, frames;
  int digits = 4;
  bool forward_only = false, no_legend = false, all = false, inline_svg = false, transparent = false;
};

template <class Value>
Value chosen(std::optional<Value> value, const std::string& flag, const std::string& given, const std::string& known) {
  if (value) return *value;
  throw InputError(tr("{flag} {given}: choose one of {known}", fmt::arg("flag", flag), fmt::arg("given", given),
                      fmt::arg("known", known)));
}

GraphOptions options_from(const GraphFlags& flags, const Record& record) {
  GraphOptions options;
  options.level = flags.level.empty()
                      ? usual_level(record)
                      : chosen(graph_level_named(flags.level), "--level", flags.level, "layer, tensor, neuron, scalar");
  options.theme = chosen(theme_named(flags.theme), "--theme", flags.theme, "light, dark, auto");
  options.neuron_edges =
      chosen(neuron_edges_named(flags.colour_by), "--colour-by", flags.colour_by, "weight, gradient");
  options.rows = parse_rows(flags.rows);
  options.highlight = flags.highlight;
  options.digits = flags.digits;
  options.backward = !flags.forward_only;
  options.legend = !flags.no_legend;
  options.all = flags.all;
  options.inline_svg = flags.inline_svg;
  options.transparent = flags.transparent;
  return options;
}

GraphFormat format_from(const GraphFlags& flags, const std::string& ending) {
  const GraphFormat by_ending = graph_format_of("graph" + ending);
  if (flags.format.empty()) return by_ending;
  const GraphFormat format =
      chosen(graph_format_named(flags.format), "--format", flags.format, "dot, svg, png, pdf, tikz");
  // .dot is also what goes to standard output when nothing else is said.
  if (by_ending != format && by_ending != GraphFormat::dot)
    throw InputError(tr("--format {format} does not go into a {ending} file: leave one of the two out",
                        fmt::arg("format", flags.format), fmt::arg("ending", ending)));
  return format;
}

void write_frames(const GraphFlags& flags, const Record& record) {
  const std::string format = flags.format.empty() ? "svg" : flags.format;
  const auto frames = render_frames(record, options_from(flags, record), format_from(flags, "." + format));
  std::error_code error;
  std::filesystem::create_directories(flags.frames, error);
  const int width = frames.size() > 100 ? 3 : 2;
  for (std::size_t i = 0; i < frames.size(); ++i)
    write_file(std::filesystem::path(flags.frames) / fmt::format("frame{:0{}}.{}", i, width, format), frames[i]);
  fmt::print(stderr, "{}\n",
             trn("{n} frame in {folder}", "{n} frames in {folder}", frames.size(), fmt::arg("n", frames.size()),
                 fmt::arg("folder", flags.frames)));
}

}  // namespace

DocumentCommand graph_command() {
  // One set of flags for both ways of drawing; `declare` starts it anew.
  auto flags = std::make_shared<GraphFlags>();
  DocumentCommand document;
  document.name = "graph";
  document.description = tr("draw the compute graph with its gradients");
  document.example =
      "gradwalk graph step.npz -o graph.svg --level scalar --rows 2 --highlight 'W1[2,0]'\n  gradwalk graph step.npz "
      "--frames frames --theme dark";
  document.endings = {".dot", ".svg", ".png", ".pdf", ".tikz", ".tex"};
  document.declare = [flags](CLI::App& command) -> DocumentCommand::Render {
    *flags = GraphFlags{};
    command.add_option("--level", flags->level, tr("layer, tensor, neuron or scalar"));
    command.add_option("--rows", flags->rows, tr("rows of the batch to draw: 2, 0,2 or 0..3; otherwise all"));
    command.add_option("--highlight", flags->highlight, tr("light every path from the loss to this: 'W1[2,0]' or W1"));
    command.add_option("--colour-by", flags->colour_by, tr("what edges between neurons show: weight or gradient"));
    command.add_option("--theme", flags->theme, tr("light, dark, or auto: as the reader prefers (SVG)"));
    command.add_option("--format", flags->format, tr("svg, png, pdf, dot or tikz, whatever the ending"));
    command.add_option("--frames", flags->frames, tr("a folder: one picture for every step of the two passes"));
    command.add_option("--digits", flags->digits, tr("significant digits to show"))->check(CLI::Range(1, 17));
    command.add_flag("--forward-only", flags->forward_only, tr("without gradients"));
    command.add_flag("--no-legend", flags->no_legend, tr("without the lines under the picture"));
    command.add_flag("--all", flags->all, tr("draw everything, however large"));
    command.add_flag("--transparent", flags->transparent, tr("PNG and PDF without the ground of their theme"));
    command.add_flag("--inline", flags->inline_svg, tr("SVG without its prolog, to paste into HTML"));
    return [flags](const Record& record, const std::string& ending) {
      const GraphOptions options = options_from(*flags, record);
      for (const std::string& notice : build_graph(record, options).notices) fmt::print(stderr, "{}\n", notice);
      return render_graph(record, options, format_from(*flags, ending));
    };
  };
  document.instead = [flags](const Record& record) {
    if (flags->frames.empty()) return false;
    write_frames(*flags, record);
    return true;
  };
  return document;
}

}  // namespace gradwalk::cli
