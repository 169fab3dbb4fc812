#include <memory>

#include "commands.hpp"
#include "gradwalk/nn/gradient_check.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "model_flags.hpp"

namespace gradwalk::cli {

namespace {

int report(const std::vector<CheckedTensor>& tensors) {
  std::size_t right = 0, wrong = 0, cannot_tell = 0;
  for (const CheckedTensor& t : tensors) {
    right += t.right, wrong += t.wrong, cannot_tell += t.cannot_tell;
    fmt::print("{:<4} {}\n", "d" + t.name,
               tr("{right} right, {wrong} wrong, {unknown} cannot be told; largest difference {error}",
                  fmt::arg("right", t.right), fmt::arg("wrong", t.wrong), fmt::arg("unknown", t.cannot_tell),
                  fmt::arg("error", format_number(t.largest_error))));
    for (const CheckedElement& e : t.doubtful)
      if (e.judgement == Judgement::wrong)
        fmt::print("  {}\n", tr("{element}: gradient {gradient}, differences say {value} ± {bar}",
                                fmt::arg("element", e.name), fmt::arg("gradient", format_number(e.gradient, 8)),
                                fmt::arg("value", format_number(e.difference.value, 8)),
                                fmt::arg("bar", format_number(e.difference.error, 2))));
  }
  if (right + wrong == 0) {
    fmt::print("{}\n", tr("Nothing could be compared: every element lies on a kink or is not a number."));
    return answer_is_no;
  }
  fmt::print("{}\n", wrong == 0
                         ? trn("{n} gradient element agrees with finite differences.",
                               "{n} gradient elements agree with finite differences.", right, fmt::arg("n", right))
                         : trn("{n} gradient element is wrong.", "{n} gradient elements are wrong.", wrong,
                               fmt::arg("n", wrong)));
  if (cannot_tell > 0)
    fmt::print("{}\n",
               trn("{n} element cannot be told: a kink lies too close.",
                   "{n} elements cannot be told: a kink lies too close.", cannot_tell, fmt::arg("n", cannot_tell)));
  return wrong == 0 ? done : answer_is_no;
}

}  // namespace

void add_check(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("check", tr("hold the library's own gradients against finite differences"));
  command->footer(tr("Example:") + "\n  gradwalk check --net 4-8-3 --activation relu --data iris");
  auto flags = std::make_shared<ModelFlags>();
  auto rows = std::make_shared<std::string>();
  flags->add_to(*command);
  command->add_option("--rows", *rows, tr("rows of the training set; otherwise the first mini-batch"));
  command->callback([=, &run] {
    run = [=] {
      ModelFlags::Model model = flags->resolve();
      // Differences of float losses would say little: the weights are taken as doubles, exactly as they are.
      model.spec.dtype = "float64";
      const Dataset<double> data = dataset_for<double>(model.spec);
      std::vector<std::size_t> chosen;
      if (rows->empty())
        for (std::size_t n = 0; n < std::min(model.spec.training.batch, data.train.size()); ++n) chosen.push_back(n);
      else
        chosen = rows_of_set(*rows, data.train.size(), model.spec.data);
      const Samples<double> batch = take(data.train, std::span<const std::size_t>(chosen));
      const Gradients<double> gradients =
          backward(model.net, forward(model.net, batch.x), model.spec.loss, batch.targets);
      return report(check_gradients(model.net, batch.x, model.spec.loss, batch.targets, gradients));
    };
  });
}

}  // namespace gradwalk::cli
