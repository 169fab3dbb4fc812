#include <memory>

#include "command_line_errors.hpp"
#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "model_flags.hpp"

namespace gradwalk::cli {

void add_trace(CLI::App& app, Run& run) {
  CLI::App* command =
      app.add_subcommand("trace", tr("record one step of gradient descent, every chain-rule term of it"));
  command->footer(tr("Example:") + "\n  gradwalk trace net.npz --rows 0..3 -o step.npz");
  auto flags = std::make_shared<ModelFlags>();
  auto output = std::make_shared<std::string>();
  auto rows = std::make_shared<std::string>();
  auto step = std::make_shared<std::size_t>(0);
  flags->add_to(*command);
  command->add_option("--rows", *rows,
                      tr("rows of the training set, such as 0..3 or 0,5,2; otherwise the next mini-batch"));
  command->add_option("--step", *step, tr("how many steps to take before the one that is recorded"))
      ->check(whole_number());
  command->add_option("-o,--output", *output, tr("where to write the trace (.npz)"))->required();
  command->callback([=, &run] {
    run = [=] {
      if (!output->ends_with(".npz"))
        throw InputError(
            tr("{file}: a trace is written as .npz; gradwalk graph, walk and page make pictures and text of it",
               fmt::arg("file", *output)));
      const Record record = trace_step(flags->resolve(), *step, rows->empty() ? std::nullopt : std::optional(*rows));
      save_records(*output, {record});
      std::size_t numbers = 0;
      for (const Tensor& t : record.tensors) numbers += t.value.size() + t.gradient.size();
      fmt::print(stderr, "{}\n",
                 tr("{file}: step {step}, {rows} rows, {tensors} tensors, {numbers} numbers; loss {before} before the "
                    "update, {after} after",
                    fmt::arg("file", *output), fmt::arg("step", *step), fmt::arg("rows", record.provenance.rows.size()),
                    fmt::arg("tensors", record.tensors.size()), fmt::arg("numbers", numbers),
                    fmt::arg("before", format_number(record[record.loss()].value[0])),
                    fmt::arg("after", format_number(*record.provenance.loss_after))));
      return done;
    };
  });
}

}  // namespace gradwalk::cli
