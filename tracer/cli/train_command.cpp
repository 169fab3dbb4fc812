#include <memory>

#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/train.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "model_flags.hpp"
#include "record_flag.hpp"
#include "terminal.hpp"

namespace gradwalk::cli {

namespace {

void print_report(const EpochReport& r, Loss loss, bool tested) {
  const auto score = [&](const Score& s) {
    const std::string text = tr("loss {loss}", fmt::arg("loss", fmt::format("{:<9}", format_number(s.loss, 5))));
    return wants_labels(loss)
               ? text + " " +
                     tr("accuracy {accuracy}", fmt::arg("accuracy", fmt::format("{:<7}", format_number(s.accuracy))))
               : text;
  };
  std::string line = tr("epoch {number}", fmt::arg("number", fmt::format("{:<4}", r.epoch))) + " " + score(r.train);
  if (tested) line += "   " + tr("test:") + " " + score(r.test);
  while (line.back() == ' ') line.pop_back();
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

template <class T>
int train_in(ModelFlags::Model& model, Net<T> net, const std::string& output, const RecordFlag& record) {
  const ModelSpec& spec = model.spec;
  const Dataset<T> data = dataset_for<T>(spec);
  const bool tested = data.test.size() > 0;
  const auto recording = record.recording<T>(spec);
  Progress progress(tr("training"));
  const History history = train<T>(
      net, spec.loss, data.train, &data.test, spec.training,
      [&](const EpochReport& report) {
        progress.clear();
        print_report(report, spec.loss, tested);
      },
      [&](std::size_t step, std::size_t of) { progress.show(step, of); }, recording.get());
  progress.clear();
  if (recording) {
    recording->finish();
    record.tell(recording->left_out());
  }
  if (!output.empty()) {
    if constexpr (std::is_same_v<T, float>)
      save_model(output, {spec, to_double(net), history});
    else
      save_model(output, {spec, net, history});
    fmt::print(stderr, "{}\n", tr("the trained net is in {file}", fmt::arg("file", output)));
  }
  return done;
}

}  // namespace

void add_train(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("train", tr("train a net, and keep it with -o"));
  command->footer(tr("Example:") + "\n  gradwalk train --net 2-10-2 --data moons --epochs 30 -o net.npz");
  auto flags = std::make_shared<ModelFlags>();
  auto output = std::make_shared<std::string>();
  auto record = std::make_shared<RecordFlag>();
  flags->add_to(*command);
  record->add_to(*command);
  command->add_option("-o,--output", *output, tr("where to write the trained net (.npz)"));
  command->callback([=, &run] {
    run = [=] {
      if (!output->empty() && !output->ends_with(".npz"))
        throw InputError(
            tr("{file}: a trained net is written as .npz, with the course of its training; "
               "gradwalk weights makes a .safetensors of it",
               fmt::arg("file", *output)));
      if (!output->empty()) check_writable(*output);
      ModelFlags::Model model = flags->resolve();
      if (model.spec.dtype == "float32") return train_in<float>(model, to_float(model.net), *output, *record);
      return train_in<double>(model, model.net, *output, *record);
    };
  });
}

}  // namespace gradwalk::cli
