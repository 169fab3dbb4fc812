#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "gradwalk/nn/model_file.hpp"
#include "gradwalk/nn/recording.hpp"

namespace gradwalk::cli {

/// --record every=100 --record rows=0..3 --record-to FOLDER of `gradwalk train`: each recorded step becomes a file
/// FOLDER/step000100.npz, written by a thread of its own.
class RecordFlag {
 public:
  void add_to(CLI::App& command);

  /// Nothing when nothing is to be recorded. Throws InputError for what it does not know and for a folder that cannot
  /// be made.
  template <class T>
  std::unique_ptr<Recording<T>> recording(const ModelSpec& spec) const;
  /// Says on stderr how many steps were written, and how many were left out because the disk was too slow.
  void tell(std::size_t left_out) const;

 private:
  RecordingOptions options() const;

  std::vector<std::string> words_;
  std::string folder_ = "records";
  std::shared_ptr<std::atomic<std::size_t>> written_ = std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace gradwalk::cli
