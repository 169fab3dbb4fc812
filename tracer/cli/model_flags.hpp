#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gradwalk/nn/dataset.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk::cli {

/// What to train or trace: a model file, a .toml file, flags that override either, or nothing (the lesson's net).
class ModelFlags {
 public:
  /// Adds [MODEL] and the flags to a command.
  void add_to(CLI::App& command);

  struct Model {
    ModelSpec spec;
    Net<double> net;
    History history;         // of the trained one of a model file, else empty
    bool is_lesson = false;  // nothing was asked for: the lesson's net with the lesson's weights
  };
  /// The spec and the net to begin with: the trained one of a model file, else initial weights. Throws InputError.
  Model resolve() const;

  bool given() const;

 private:
  std::string file_;
  std::optional<std::string> net_, activation_, loss_, data_, init_, dtype_;
  std::optional<std::size_t> epochs_, batch_;
  std::optional<double> learning_rate_, momentum_;
  std::optional<std::uint64_t> seed_;
  bool no_shuffle_ = false;
};

/// The data set of a spec, checked against the net: as many features as inputs, no label beyond the outputs.
/// Throws InputError naming both.
template <class T>
Dataset<T> dataset_for(const ModelSpec& spec);

/// "0..3", "7", "0,5,2", "0..3,10": ends included, order kept; all below `size`, the rows of the training set of
/// `data`. Throws InputError.
std::vector<std::size_t> rows_of_set(const std::string& text, std::size_t size, const std::string& data);

/// The step of gradient descent that comes after `step` others, recorded, with the loss before and after its update.
/// With `rows` it takes these rows of the training set in place of the mini-batch. Throws InputError.
Record trace_step(const ModelFlags::Model& model, std::size_t step, const std::optional<std::string>& rows);

/// The record of a command's argument: a trace file, or without one the lesson's first step.
/// `step` chooses among the steps of a file.
Record record_from(const std::string& file, std::optional<std::size_t> step = {});

}  // namespace gradwalk::cli
