#include "record_flag.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "row_list.hpp"

namespace gradwalk::cli {

void RecordFlag::add_to(CLI::App& command) {
  command
      .add_option("--record", words_,
                  tr("record steps while training: every=100 (each hundredth step), rows=0..3 (of the batch)"))
      ->type_name("WHAT");
  command.add_option("--record-to", folder_, tr("folder for the recorded steps, one .npz each"))->capture_default_str();
}

RecordingOptions RecordFlag::options() const {
  RecordingOptions options;
  for (const std::string& word : words_) {
    const std::string name = word.substr(0, word.find('=')),
                      value = word.substr(std::min(name.size() + 1, word.size()));
    if (name == "every") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), options.every);
      if (error != std::errc() || end != value.data() + value.size() || options.every == 0)
        throw InputError(tr("--record {word}: write every=100 for each hundredth step", fmt::arg("word", word)));
    } else if (name == "rows") {
      options.rows = parse_rows(value);
    } else {
      throw InputError(tr("--record {word}: there are every=N and rows=0..3", fmt::arg("word", word)));
    }
  }
  return options;
}

template <class T>
std::unique_ptr<Recording<T>> RecordFlag::recording(const ModelSpec& spec) const {
  if (words_.empty()) return nullptr;
  const RecordingOptions options = this->options();
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error)
    throw InputError(tr("cannot make the folder {folder}: {reason}", fmt::arg("folder", folder_),
                        fmt::arg("reason", error.message())));
  return std::make_unique<Recording<T>>(
      options, [spec, folder = std::filesystem::path(folder_), written = written_](const Record& step) {
        Record record = step;
        record.provenance.activation = spec.activation;
        record.provenance.data = spec.data;
        record.provenance.learning_rate = spec.training.learning_rate;
        record.provenance.momentum = spec.training.momentum;
        save_records(folder / fmt::format("step{:06}.npz", record.provenance.step), {record});
        ++*written;
      });
}

void RecordFlag::tell(std::size_t left_out) const {
  const std::size_t written = *written_;
  fmt::print(stderr, "{}\n",
             trn("{n} recorded step is in {folder}", "{n} recorded steps are in {folder}", written,
                 fmt::arg("n", written), fmt::arg("folder", folder_)));
  if (left_out > 0)
    fmt::print(stderr, "{}\n",
               trn("{n} step was left out: writing could not keep up",
                   "{n} steps were left out: writing could not keep up", left_out, fmt::arg("n", left_out)));
}

template std::unique_ptr<Recording<float>> RecordFlag::recording(const ModelSpec&) const;
template std::unique_ptr<Recording<double>> RecordFlag::recording(const ModelSpec&) const;

}  // namespace gradwalk::cli
