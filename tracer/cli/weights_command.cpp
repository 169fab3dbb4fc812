#include <memory>

#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/pass.hpp"
#include "gradwalk/tracer/language.hpp"
#include "model_flags.hpp"

namespace gradwalk::cli {

namespace {

/// The one linear layer that gives the same logits: its b is what the net makes of 0, and column i of its W what x[i] =
/// 1 adds to that. Throws InputError for a net that has a bend in it.
Net<double> as_one_layer(Net<double> net, const ModelSpec& spec) {
  if (spec.activation != "identity" && spec.widths.size() > 2)
    throw InputError(
        tr("only a net without bends is one linear layer: --one-layer needs --activation identity, and this net has "
           "{activation}",
           fmt::arg("activation", spec.activation)));
  if (std::holds_alternative<Softmax>(net.layers.back())) net.layers.pop_back();
  const std::size_t in = spec.widths.front(), out = spec.widths.back();
  Matrix<double> x(in + 1, in);  // 0, then every unit vector
  for (std::size_t i = 0; i < in; ++i) x(i + 1, i) = 1;
  const Matrix<double> z = predict(net, x);
  Net<double> one = make_net<double>({in, out}, spec.activation, spec.loss);
  Linear<double>& layer = one.linear(0);
  for (std::size_t j = 0; j < out; ++j) {
    layer.b[j] = z(0, j);
    for (std::size_t i = 0; i < in; ++i) layer.W(j, i) = z(i + 1, j) - z(0, j);
  }
  return one;
}

}  // namespace

void add_weights(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("weights", tr("write the weights of a net for PyTorch"));
  command->footer(
      tr("Example:") + "\n  gradwalk weights net.npz -o net.safetensors\n" +
      tr("and back: --init FILE takes weights that PyTorch saved under the names 0.weight, 0.bias, 2.weight …"));
  auto flags = std::make_shared<ModelFlags>();
  auto output = std::make_shared<std::string>();
  auto one_layer = std::make_shared<bool>(false);
  flags->add_to(*command);
  command->add_option("-o,--output", *output, tr("where to write (.safetensors or .npz)"))->required();
  command->add_flag("--one-layer", *one_layer,
                    tr("of a net with --activation identity: the single layer that gives the same, W2·W1"));
  command->callback([=, &run] {
    run = [=] {
      if (!output->ends_with(".safetensors") && !output->ends_with(".npz"))
        throw InputError(tr("{file}: weights are written as .safetensors or .npz", fmt::arg("file", *output)));
      const ModelFlags::Model model = flags->resolve();
      save_weights(*one_layer ? as_one_layer(model.net, model.spec) : model.net, *output, model.spec.dtype);
      return done;
    };
  });
}

}  // namespace gradwalk::cli
