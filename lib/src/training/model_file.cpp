#include "gradwalk/nn/model_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/data_folder.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/npz.hpp"
#include "gradwalk/nn/record.hpp"
#include "gradwalk/nn/safetensors.hpp"

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
  for (const Json& item : json)
    history.push_back({item.at("epoch").get<std::size_t>(),
                       {or_nan(item["train_loss"]), or_nan(item["train_accuracy"])},
                       {or_nan(item["test_loss"]), or_nan(item["test_accuracy"])},
                       item.value("largest_weight", std::vector<double>{}),
                       item.value("weight_norm", std::vector<double>{}),
                       item.value("gradient_norm", std::vector<double>{})});
  return history;
}

NpyArray array_of(std::vector<std::size_t> shape, const std::vector<double>& values, const std::string& dtype) {
  if (dtype == "float32") return {std::move(shape), std::vector<float>(values.begin(), values.end())};
  return {std::move(shape), values};
}

/// Every weight and bias under the name that torch.nn.Sequential gives it.
template <class Visit>
void for_each_weight(const Net<double>& net, const std::string& dtype, Visit visit) {
  for (std::size_t k = 0; k < net.layers.size(); ++k)
    if (const auto* linear = std::get_if<Linear<double>>(&net.layers[k])) {
      visit(fmt::format("{}.weight", k), array_of({linear->out(), linear->in()}, linear->W.values(), dtype));
      visit(fmt::format("{}.bias", k), array_of({linear->out()}, linear->b, dtype));
    }
}

/// Where load_weights takes an array from, whatever the kind of file.
struct WeightSource {
  std::function<bool(const std::string&)> has;
  std::function<NpyArray(const std::string&)> get;
};

void fill(Net<double>& net, const WeightSource& source, const std::string& file) {
  std::size_t number = 0;
  for (std::size_t k = 0; k < net.layers.size(); ++k) {
    auto* linear = std::get_if<Linear<double>>(&net.layers[k]);
    if (!linear) continue;
    ++number;
    const auto take = [&](const std::string& torch_name, const std::string& lesson_name, const Shape& shape) {
      const std::string name = source.has(torch_name) ? torch_name : lesson_name;
      if (!source.has(name))
        throw InputError(
            fmt::format("{}: no array '{}' (nor '{}') for layer {} of the net", file, torch_name, lesson_name, number));
      const NpyArray array = source.get(name);
      if (array.shape != shape)
        throw InputError(fmt::format("{}: '{}' is {}, but layer {} of the net needs {}", file, name,
                                     to_string(array.shape), number, to_string(shape)));
      return array.as<double>();
    };
    linear->W = {linear->out(), linear->in(),
                 take(fmt::format("{}.weight", k), fmt::format("W{}", number), {linear->out(), linear->in()})};
    linear->b = take(fmt::format("{}.bias", k), fmt::format("b{}", number), {linear->out()});
  }
}

/// The initial weights of one of the lesson's reference runs.
void fill_from_reference(Net<double>& net, const std::string& run) {
  const auto path = data_folder() / "own_framework" / "training_runs.json";
  std::vector<std::string> known;
  const Json reference = Json::parse(read_file(path));
  for (const Json& item : reference.at("runs")) {
    known.push_back(item.at("name").get<std::string>());
    if (known.back() != run) continue;
    const Json& initial = item.at("initial");
    const auto part = [&](const std::string& name) -> const Json& {
      return initial.at(std::stoul(name.substr(1)) - 1).at(name.substr(0, 1));
    };
    const auto has = [&](const std::string& name) {
      return (name.front() == 'W' || name.front() == 'b') && std::stoul(name.substr(1)) <= initial.size();
    };
    const auto get = [&](const std::string& name) -> NpyArray {
      if (name.front() == 'b') {
        const auto b = part(name).get<std::vector<double>>();
        return {{b.size()}, b};
      }
      const auto W = part(name).get<std::vector<std::vector<double>>>();
      std::vector<double> flat;
      for (const auto& row : W) flat.insert(flat.end(), row.begin(), row.end());
      return {{W.size(), W.front().size()}, std::move(flat)};
    };
    fill(net, {has, get}, "own-framework/" + run);
    return;
  }
  throw InputError(fmt::format("no initial weights 'own-framework/{}': there are own-framework/{}", run,
                               fmt::join(known, ", own-framework/")));
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
      throw InputError(fmt::format("'{}' is not a net: write its widths with a dash between, such as 2-10-2", text));
    widths.push_back(width);
    if (next == end) break;
    at = next + 1;
  }
  if (widths.size() < 2)
    throw InputError(fmt::format("'{}' is one width: a net needs its inputs and its outputs, such as 2-10-2", text));
  return widths;
}

void save_model(const std::filesystem::path& path, const Model& model) {
  NpzWriter npz;
  npz.add_file("model.json", to_json(model).dump(1));
  for_each_weight(model.net, model.spec.dtype,
                  [&](const std::string& name, const NpyArray& array) { npz.add_array(name, array); });
  npz.write(path);
}

Model load_model(const std::filesystem::path& path) {
  const NpzReader npz(path);
  if (!npz.has_file("model.json"))
    throw InputError(
        fmt::format("{}: no model.json in it: this is not a model that 'gradwalk train -o FILE' wrote", path.string()));
  try {
    const Json json = Json::parse(npz.file("model.json"));
    if (json.value("format", "") != "gradwalk model" || json.value("version", 0) != 1)
      throw InputError(fmt::format("{}: a model of another version: train it again with this gradwalk", path.string()));
    Model model{spec_from(json), {}, history_from(json.at("history"))};
    model.net = make_net<double>(model.spec.widths, model.spec.activation, model.spec.loss);
    load_weights(model.net, path);
    return model;
  } catch (const nlohmann::json::exception& error) {
    throw InputError(
        fmt::format("{}: its model.json cannot be read ({}): the file is damaged", path.string(), error.what()));
  }
}

void load_weights(Net<double>& net, const std::filesystem::path& path) {
  if (path.extension() == ".safetensors") {
    const SafeTensors content = read_safetensors(path);
    fill(net,
         {[&](const std::string& name) { return content.tensors.contains(name); },
          [&](const std::string& name) { return content.tensors.at(name); }},
         path.string());
    return;
  }
  const NpzReader npz(path);
  fill(net,
       {[&](const std::string& name) { return npz.has_array(name); },
        [&](const std::string& name) { return npz.array(name); }},
       path.string());
}

void save_weights(const Net<double>& net, const std::filesystem::path& path, const std::string& dtype) {
  if (path.extension() == ".safetensors") {
    SafeTensors content;
    for_each_weight(net, dtype, [&](const std::string& name, const NpyArray& array) { content.tensors[name] = array; });
    write_safetensors(path, content);
    return;
  }
  NpzWriter npz;
  for_each_weight(net, dtype, [&](const std::string& name, const NpyArray& array) { npz.add_array(name, array); });
  npz.write(path);
}

Net<double> initial_net(const ModelSpec& spec) {
  Net<double> net = make_net<double>(spec.widths, spec.activation, spec.loss);
  constexpr std::string_view lesson = "own-framework/";
  if (spec.init == "normal")
    initialise_normal(net, spec.training.seed);
  else if (spec.init == "xavier")
    initialise_normal(net, spec.training.seed, Spread::xavier);
  else if (spec.init == "he")
    initialise_normal(net, spec.training.seed, Spread::he);
  else if (spec.init == "zeros")
    return net;  // as it is made
  else if (spec.init.starts_with(lesson))
    fill_from_reference(net, spec.init.substr(lesson.size()));
  else
    load_weights(net, spec.init);
  return net;
}

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
