#include <memory>

#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/train.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/plot.hpp"
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

Plot plot_of(const Model& model, PlotKind kind) {
  switch (kind) {
    case PlotKind::norms:
      return plot_norms(model);
    case PlotKind::boundary:
      return plot_boundary(model, dataset_for<double>(model.spec));
    case PlotKind::fit:
      return plot_fit(model, dataset_for<double>(model.spec));
    default:
      return plot_curves(model);
  }
}

}  // namespace

void add_plot(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("plot", tr("draw how a net learned, or what it makes of its inputs"));
  command->footer(tr("Example:") +
                  "\n  gradwalk plot net.npz -o curves.svg\n  gradwalk plot --data moons --epochs 100 --show boundary "
                  "-o moons.png");
  auto flags = std::make_shared<ModelFlags>();
  auto show = std::make_shared<std::string>("curves"), output = std::make_shared<std::string>();
  flags->add_to(*command);
  command->add_option(
      "--show", *show,
      tr("curves (loss and accuracy), norms (of weights and gradients, per layer), boundary (two inputs), "
         "fit (one input)"));
  command->add_option("-o,--output", *output, tr("where to write (.svg, .png, .pdf, or .gp for the gnuplot script)"))
      ->required();
  command->callback([=, &run] {
    run = [=] {
      const std::optional<PlotKind> kind = plot_kind_named(*show);
      if (!kind)
        throw InputError(tr("'{name}' is not a plot: use curves, norms, boundary or fit", fmt::arg("name", *show)));
      const PlotFormat format = plot_format_of(*output);
      check_writable(*output);
      ModelFlags::Model model = flags->resolve();
      if (model.history.empty()) {
        if (model.spec.dtype == "float32")
          train_in<float>(model, to_float(model.net));
        else
          train_in<double>(model, model.net);
      }
      write_result(*output, render_plot(plot_of({model.spec, model.net, model.history}, *kind), format));
      return done;
    };
  });
}

}  // namespace gradwalk::cli
