#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gradwalk/nn/net.hpp"
#include "gradwalk/nn/train.hpp"

namespace gradwalk {

/// Everything that a training run is asked for, as flags, a .toml file or a model file name it.
struct ModelSpec {
  std::vector<std::size_t> widths{2, 10, 2};
  std::string activation = "tanh";
  Loss loss = Loss::cross_entropy;
  std::string data = "own-framework";
  /// normal, xavier, he, zeros; own-framework/NAME: the initial weights of a reference run; or a file of weights.
  std::string init = "normal";
  std::string dtype = "float64";  // or float32
  TrainingOptions training;
};

/// "2-10-2" → {2, 10, 2}. Throws InputError for anything else: a width of 0 or above a million, fewer than two.
std::vector<std::size_t> parse_widths(const std::string& text);

/// A trained net on disk: the arrays `0.weight` (out, in), `0.bias` (out), `2.weight` … numbered by layer as
/// torch.nn.Sequential numbers them, and model.json with the spec and the history.
struct Model {
  ModelSpec spec;
  Net<double> net;  // float weights are held exactly
  History history;
};

/// Weights in the precision of spec.dtype. Throws InputError when the file cannot be written.
void save_model(const std::filesystem::path& path, const Model& model);
/// The same bytes, not in a file. Throws nothing.
std::string model_bytes(const Model& model);
/// Throws InputError, of one line, when the file is damaged or does not hold what its spec says; WrongFile when it is
/// no model, or one of another version.
Model load_model(const std::filesystem::path& path);
/// The same from the bytes of such a file, which the messages call `name`.
Model parse_model(std::string bytes, const std::string& name);

/// Puts weights from a file (.npz or .safetensors with `N.weight`, `N.bias`; .npz of W1, b1 …; or a model) into `net`.
/// Throws InputError naming the array and both shapes when they do not fit.
void load_weights(Net<double>& net, const std::filesystem::path& path);
/// `.safetensors` by the ending, else .npz; the names of torch.nn.Sequential. `dtype` is float32 or float64. Throws
/// InputError when the file cannot be written.
void save_weights(const Net<double>& net, const std::filesystem::path& path, const std::string& dtype);

/// The net of a spec with its initial weights (Spread, net.hpp, has the sources). Throws InputError for an `init` that
/// does not exist or does not fit, and as make_net does.
Net<double> initial_net(const ModelSpec& spec);

/// Every weight rounded to the nearest float. Throws nothing.
Net<float> to_float(const Net<double>& net);
/// Every weight as it is: exact. Throws nothing.
Net<double> to_double(const Net<float>& net);

/// Reads a .toml file onto `spec`; keys are the flags (net, activation, loss, data, epochs, learning-rate, batch,
/// momentum, seed, shuffle, init, dtype). Throws InputError with the line for a syntax error, an unknown key (the known
/// ones are listed) or a value of the wrong type.
void read_spec_toml(const std::filesystem::path& path, ModelSpec& spec);
/// The same from a text, which the messages call `name`.
void parse_spec_toml(std::string_view text, const std::string& name, ModelSpec& spec);

}  // namespace gradwalk
