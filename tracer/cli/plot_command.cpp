#include <memory>

#include "command_line_errors.hpp"
#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/train.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/surface.hpp"
#include "model_flags.hpp"
#include "terminal.hpp"

namespace gradwalk::cli {

namespace {

template <class T>
void train_in(ModelFlags::Model& model, Net<T> net) {
  const Dataset<T> data = dataset_for<T>(model.spec);
  Progress progress(tr("training"));
  model.history = train<T>(net, model.spec.loss, data.train, &data.test, model.spec.training, {},
                           [&](std::size_t step, std::size_t of) { progress.show(step, of); });
  if constexpr (std::is_same_v<T, float>)
    model.net = to_double(net);
  else
    model.net = std::move(net);
}

/// What is asked for beside the flags of a training.
struct Asked {
  std::vector<std::size_t> epochs_shown;
  std::vector<std::string> axes;
  std::vector<double> frame;
};

/// Of a net that has been trained.
Plot plot_of(const Model& model, PlotKind kind, const Asked& asked) {
  switch (kind) {
    case PlotKind::norms:
      return plot_norms(model);
    case PlotKind::depth:
      return plot_depth(model);
    case PlotKind::boundary:
      return plot_boundary(model, dataset_for<double>(model.spec));
    case PlotKind::fit:
      return plot_fit(model, dataset_for<double>(model.spec));
    case PlotKind::weights:
      return plot_weights(model);
    case PlotKind::slice:
      return plot_slice(model, dataset_for<double>(model.spec), asked.axes.empty() ? "W1[0,0]" : asked.axes.front());
    default:
      return plot_curves(model);
  }
}

template <class T>
std::vector<NetAtEpoch> nets_of(const ModelSpec& spec, const Net<T>& net, const std::vector<std::size_t>& epochs) {
  return nets_at_epochs(net, spec.loss, dataset_for<T>(spec).train, spec.training, epochs);
}

/// The training begins at the initial weights also where a trained model is given, as it does for a surface.
Plot over_epochs(const ModelSpec& spec, PlotKind kind, const std::vector<std::size_t>& epochs) {
  constexpr std::size_t most = 4;
  if (epochs.size() > most)
    throw InputError(tr("--epochs-shown takes at most {n} epochs, such as 0,10,100", fmt::arg("n", most)));
  const Dataset<double> data = dataset_for<double>(spec);
  const Model model{spec, initial_net(spec), {}};
  const std::vector<NetAtEpoch> nets = spec.dtype == "float32" ? nets_of<float>(spec, to_float(model.net), epochs)
                                                               : nets_of<double>(spec, model.net, epochs);
  return kind == PlotKind::boundary ? plot_boundary(model, nets, data) : plot_fit(model, nets, data);
}

/// The descent begins at the initial weights also where a trained model is given: its history does not hold the path.
Plot surface_of(const ModelSpec& spec, const Asked& asked) {
  const Dataset<double> data = dataset_for<double>(spec);
  Model model{spec, initial_net(spec), {}};
  const DescentPath path = follow_descent(model.net, spec.loss, data.train, spec.training, asked.axes);
  std::optional<Frame> frame;
  if (!asked.frame.empty()) {
    frame = {asked.frame[0], asked.frame[1], asked.frame[2], asked.frame[3]};
    if (!(frame->left < frame->right && frame->bottom < frame->top))
      throw InputError(tr("--frame is empty: write left,right,bottom,top, such as -1,3,-2,2"));
  }
  return plot_surface(model, data, path, frame);
}

void check_flags(PlotKind kind, const ModelFlags& flags, const Asked& asked) {
  const std::string_view shown = name_of(kind);  // fmt::arg keeps a reference
  const auto name = fmt::arg("name", shown);
  if (!asked.epochs_shown.empty() && kind != PlotKind::boundary && kind != PlotKind::fit)
    throw InputError(tr("--epochs-shown goes with --show boundary or --show fit"));
  if ((kind == PlotKind::losses || kind == PlotKind::activations) && flags.given())
    throw InputError(tr("--show {name} draws functions, and takes no net", name));
  const std::size_t axes = kind == PlotKind::slice ? 1 : 2;
  if (!asked.axes.empty() && asked.axes.size() != axes)
    throw InputError(trn("--show {name} has {n} parameter in --axes, such as W1[0,0]",
                         "--show {name} has {n} parameters in --axes, such as W1[0,0] b1[0]", axes, name,
                         fmt::arg("n", axes)));
}

Plot drawn(PlotKind kind, const ModelFlags& flags, const Asked& asked) {
  check_flags(kind, flags, asked);
  if (kind == PlotKind::losses) return plot_losses();
  if (kind == PlotKind::activations) return plot_activations();
  ModelFlags::Model model = flags.resolve();
  if (kind == PlotKind::surface) return surface_of(model.spec, asked);
  if (!asked.epochs_shown.empty()) return over_epochs(model.spec, kind, asked.epochs_shown);
  if (model.history.empty()) {
    if (model.spec.dtype == "float32")
      train_in<float>(model, to_float(model.net));
    else
      train_in<double>(model, model.net);
  }
  return plot_of({model.spec, model.net, model.history}, kind, asked);
}

}  // namespace

void add_plot(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("plot", tr("draw how a net learned, or what it makes of its inputs"));
  command->footer(tr("Example:") +
                  "\n  gradwalk plot net.npz -o curves.svg\n  gradwalk plot --data moons --epochs 100 --show boundary "
                  "-o moons.png\n  gradwalk plot --net 1-1 --data curve --loss squared --show surface -o path.svg");
  auto flags = std::make_shared<ModelFlags>();
  auto show = std::make_shared<std::string>("curves"), output = std::make_shared<std::string>();
  flags->add_to(*command);
  command->add_option(
      "--show", *show,
      tr("curves (loss and accuracy), norms (of weights and gradients, per layer), boundary (two inputs), "
         "fit (one input), depth (gradients over the layers), weights (of the first layer, for square pictures), "
         "surface (the loss over two parameters), slice (over one), losses and activations (the functions, without a "
         "net)"));
  auto asked = std::make_shared<Asked>();
  command
      ->add_option("--epochs-shown", asked->epochs_shown,
                   tr("of boundary and fit: after which epochs to draw it, 0,10,100"))
      ->delimiter(',')
      ->check(whole_number());
  command
      ->add_option("--axes", asked->axes,
                   tr("of the surface: the names of two parameters, W1[0,0] b1[0]; of the slice: of one"))
      ->expected(1, 2);
  command->add_option("--frame", asked->frame, tr("of the surface: left,right,bottom,top"))
      ->expected(4)
      ->delimiter(',');
  command->add_option("-o,--output", *output, tr("where to write (.svg, .png, .pdf, or .gp for the gnuplot script)"))
      ->required();
  command->callback([=, &run] {
    run = [=] {
      const std::optional<PlotKind> kind = plot_kind_named(*show);
      if (!kind)
        throw InputError(
            tr("'{name}' is not a plot: use curves, norms, depth, boundary, fit, weights, surface, slice, "
               "losses or activations",
               fmt::arg("name", *show)));
      const PlotFormat format = plot_format_of(*output);
      check_writable(*output);
      write_result(*output, render_plot(drawn(*kind, *flags, *asked), format));
      return done;
    };
  });
}

}  // namespace gradwalk::cli
