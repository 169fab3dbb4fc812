#include "gradwalk/nn/model_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/npz.hpp"
#include "gradwalk/nn/record.hpp"
#include "io/one_line.hpp"
#include "training/weight_arrays.hpp"

namespace gradwalk {

namespace {

using Json = nlohmann::ordered_json;

// NaN (the accuracy of a regression, a loss without a test set) is null.
Json or_null(double value) { return std::isfinite(value) ? Json(value) : Json(); }
double or_nan(const Json& json) { return json.is_number() ? json.get<double>() : std::nan(""); }

Json to_json(const Model& model) {
  const ModelSpec& s = model.spec;
  Json history = Json::array();
  for (const EpochReport& r : model.history)
    history.push_back({{"epoch", r.epoch},
                       {"train_loss", or_null(r.train.loss)},
                       {"train_accuracy", or_null(r.train.accuracy)},
                       {"test_loss", or_null(r.test.loss)},
                       {"test_accuracy", or_null(r.test.accuracy)},
                       {"largest_weight", r.largest_weight},
                       {"weight_norm", r.weight_norm},
                       {"gradient_norm", r.gradient_norm}});
  return {{"format", "gradwalk model"},
          {"version", 1},
          {"net", s.widths},
          {"activation", s.activation},
          {"loss", name_of(s.loss)},
          {"data", s.data},
          {"init", s.init},
          {"dtype", s.dtype},
          {"epochs", s.training.epochs},
          {"batch", s.training.batch},
          {"learning_rate", s.training.learning_rate},
          {"momentum", s.training.momentum},
          {"shuffle", s.training.shuffle},
          {"seed", s.training.seed},
          {"history", std::move(history)}};
}

ModelSpec spec_from(const Json& json) {
  ModelSpec s;
  s.widths = json.at("net").get<std::vector<std::size_t>>();
  s.activation = json.at("activation").get<std::string>();
  s.loss = loss_named(json.at("loss").get<std::string>());
  s.data = json.at("data").get<std::string>();
  s.init = json.value("init", "normal");
  s.dtype = json.value("dtype", "float64");
  s.training.epochs = json.at("epochs").get<std::size_t>();
  s.training.batch = json.at("batch").get<std::size_t>();
  s.training.learning_rate = json.at("learning_rate").get<double>();
  s.training.momentum = json.value("momentum", 0.0);
  s.training.shuffle = json.value("shuffle", true);
  s.training.seed = json.value("seed", std::uint64_t{0});
  return s;
}

History history_from(const Json& json) {
  History history;
  for (const Json& item : json) {
    const auto score = [&item](const char* key) { return or_nan(item.value(key, Json())); };
    history.push_back({item.at("epoch").get<std::size_t>(),
                       {score("train_loss"), score("train_accuracy")},
                       {score("test_loss"), score("test_accuracy")},
                       item.value("largest_weight", std::vector<double>{}),
                       item.value("weight_norm", std::vector<double>{}),
                       item.value("gradient_norm", std::vector<double>{})});
  }
  return history;
}

/// Refuses widths that the arrays do not have before a net of that size is made.
void check_sizes(const NpzReader& npz, const std::vector<std::size_t>& widths, const std::string& file) {
  for (std::size_t k = 0; k + 1 < widths.size(); ++k) {
    const std::string weight = fmt::format("{}.weight", 2 * k);
    const Shape shape = npz.array(weight).shape, wanted{widths[k + 1], widths[k]};
    if (shape != wanted)
      throw InputError(fmt::format("{}: '{}' is {}, but layer {} of the net needs {}", file, weight, to_string(shape),
                                   k + 1, to_string(wanted)));
  }
}

}  // namespace

std::vector<std::size_t> parse_widths(const std::string& text) {
  std::vector<std::size_t> widths;
  const char* at = text.data();
  const char* end = at + text.size();
  while (true) {
    std::size_t width = 0;
    const auto [next, error] = std::from_chars(at, end, width);
    if (error != std::errc{} || width == 0 || width > 1'000'000 || (next != end && *next != '-'))
      throw InputError(
          fmt::format("{} is not a net: write its widths with a dash between, such as 2-10-2", in_quotes(text)));
    widths.push_back(width);
    if (next == end) break;
    at = next + 1;
  }
  if (widths.size() < 2)
    throw InputError(fmt::format("'{}' is one width: a net needs its inputs and its outputs, such as 2-10-2", text));
  return widths;
}

std::string model_bytes(const Model& model) {
  NpzWriter npz;
  npz.add_file("model.json", to_json(model).dump(1));
  for_each_weight(model.net, model.spec.dtype,
                  [&](const std::string& name, const NpyArray& array) { npz.add_array(name, array); });
  return npz.bytes();
}

void save_model(const std::filesystem::path& path, const Model& model) { write_file(path, model_bytes(model)); }

Model parse_model(std::string bytes, const std::string& name) {
  const NpzReader npz(std::move(bytes), name);
  if (!npz.has_file("model.json"))
    throw WrongFile(name, "no model.json in it: this is not a trained net", WrongFile::Found::no_model);
  try {
    const Json json = Json::parse(npz.file("model.json"));
    if (json.value("format", "") != "gradwalk model" || json.value("version", 0) != 1)
      throw WrongFile(name, "a model of another version", WrongFile::Found::other_model_version);
    Model model{spec_from(json), {}, history_from(json.at("history"))};
    if (model.spec.dtype != "float64" && model.spec.dtype != "float32")
      throw InputError(
          fmt::format("{}: {} is no type of number: there are float64, float32", name, in_quotes(model.spec.dtype)));
    check_sizes(npz, model.spec.widths, name);
    model.net = make_net<double>(model.spec.widths, model.spec.activation, model.spec.loss);
    fill_from(npz, model.net, name);
    return model;
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("{}: its model.json cannot be read ({}): the file is damaged", name, error.what()));
  }
}

Model load_model(const std::filesystem::path& path) { return parse_model(read_file(path), path.string()); }

namespace {

template <class To, class From>
Net<To> converted(const Net<From>& net) {
  Net<To> result;
  for (const Layer<From>& layer : net.layers)
    std::visit(
        [&](const auto& value) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Linear<From>>) {
            Linear<To> linear;
            linear.W = {value.out(), value.in(), std::vector<To>(value.W.values().begin(), value.W.values().end())};
            linear.b.assign(value.b.begin(), value.b.end());
            result.add(std::move(linear));
          } else {
            result.add(value);
          }
        },
        layer);
  return result;
}

}  // namespace

Net<float> to_float(const Net<double>& net) { return converted<float>(net); }
Net<double> to_double(const Net<float>& net) { return converted<double>(net); }

}  // namespace gradwalk
