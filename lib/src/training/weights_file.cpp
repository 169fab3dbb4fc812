#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/data_folder.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "gradwalk/nn/record.hpp"
#include "gradwalk/nn/safetensors.hpp"
#include "training/weight_arrays.hpp"

namespace gradwalk {

namespace {

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
  const nlohmann::ordered_json reference = Json::parse(read_file(path));
  for (const nlohmann::ordered_json& item : reference.at("runs")) {
    known.push_back(item.at("name").get<std::string>());
    if (known.back() != run) continue;
    const nlohmann::ordered_json& initial = item.at("initial");
    const auto part = [&](const std::string& name) -> const nlohmann::ordered_json& {
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

void fill_from(const NpzReader& npz, Net<double>& net, const std::string& file) {
  fill(net,
       {[&](const std::string& name) { return npz.has_array(name); },
        [&](const std::string& name) { return npz.array(name); }},
       file);
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
  fill_from(NpzReader(path), net, path.string());
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

}  // namespace gradwalk
