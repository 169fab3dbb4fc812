#include <memory>

#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "model_flags.hpp"

namespace gradwalk::cli {

void add_weights(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("weights", tr("write the weights of a net for PyTorch"));
  command->footer(
      tr("Example:") + "\n  gradwalk weights net.npz -o net.safetensors\n" +
      tr("and back: --init FILE takes weights that PyTorch saved under the names 0.weight, 0.bias, 2.weight …"));
  auto flags = std::make_shared<ModelFlags>();
  auto output = std::make_shared<std::string>();
  flags->add_to(*command);
  command->add_option("-o,--output", *output, tr("where to write (.safetensors or .npz)"))->required();
  command->callback([=, &run] {
    run = [=] {
      if (!output->ends_with(".safetensors") && !output->ends_with(".npz"))
        throw InputError(tr("{file}: weights are written as .safetensors or .npz", fmt::arg("file", *output)));
      const ModelFlags::Model model = flags->resolve();
      save_weights(model.net, *output, model.spec.dtype);
      return done;
    };
  });
}

}  // namespace gradwalk::cli
