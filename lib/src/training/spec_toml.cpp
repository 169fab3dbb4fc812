#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gradwalk/nn/detail/toml.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/model_file.hpp"
#include "io/one_line.hpp"

namespace gradwalk {

namespace {

constexpr std::array known_keys{"net",    "activation", "loss",          "data",     "init",    "dtype",
                                "epochs", "batch",      "learning-rate", "momentum", "shuffle", "seed"};

/// Reads single values of the table, telling the place of one that has the wrong type.
class Reader {
 public:
  Reader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  template <class T>
  void read(std::string_view key, T& into, std::string_view wanted) const {
    const toml::node* node = table_.get(key);
    if (!node) return;
    const auto value = node->value<T>();
    if (!value) refuse(*node, key, wanted);
    into = *value;
  }

  void read_count(std::string_view key, std::size_t& into) const {
    const toml::node* node = table_.get(key);
    if (!node) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < 0) refuse(*node, key, "a whole number, 0 or more");
    into = static_cast<std::size_t>(*value);
  }

  [[noreturn]] void refuse(const toml::node& node, std::string_view key, std::string_view wanted) const {
    throw InputError(fmt::format("{}, line {}: {} must be {}", file_, node.source().begin.line, key, wanted));
  }

 private:
  const toml::table& table_;
  std::string file_;
};

}  // namespace

void parse_spec_toml(std::string_view content, const std::string& name, ModelSpec& spec) {
  const toml::table table = parse_toml(content, name);
  for (const auto& [key, node] : table)
    if (std::find(known_keys.begin(), known_keys.end(), key.str()) == known_keys.end())
      throw InputError(fmt::format("{}, line {}: there is no setting {}: there are {}", name, node.source().begin.line,
                                   in_quotes(key.str()), fmt::join(known_keys, ", ")));

  const Reader reader(table, name);
  if (const toml::node* net = table.get("net")) {
    if (const auto text = net->value<std::string>()) {
      spec.widths = parse_widths(*text);
    } else if (const toml::array* widths = net->as_array()) {
      spec.widths.clear();
      for (const toml::node& width : *widths) {
        const auto value = width.value_exact<std::int64_t>();
        if (!value || *value <= 0) reader.refuse(width, "net", "widths, such as [2, 10, 2] or \"2-10-2\"");
        spec.widths.push_back(static_cast<std::size_t>(*value));
      }
    } else {
      reader.refuse(*net, "net", "widths, such as [2, 10, 2] or \"2-10-2\"");
    }
  }
  reader.read("activation", spec.activation, "a text, such as \"tanh\"");
  std::string loss{name_of(spec.loss)};
  reader.read("loss", loss, "a text, such as \"cross-entropy\"");
  spec.loss = loss_named(loss);
  reader.read("data", spec.data, "a text, such as \"moons\"");
  reader.read("init", spec.init, "a text, such as \"normal\"");
  reader.read("dtype", spec.dtype, "\"float64\" or \"float32\"");
  reader.read_count("epochs", spec.training.epochs);
  reader.read_count("batch", spec.training.batch);
  reader.read("learning-rate", spec.training.learning_rate, "a number");
  reader.read("momentum", spec.training.momentum, "a number");
  reader.read("shuffle", spec.training.shuffle, "true or false");
  std::size_t seed = spec.training.seed;
  reader.read_count("seed", seed);
  spec.training.seed = seed;
}

void read_spec_toml(const std::filesystem::path& path, ModelSpec& spec) {
  parse_spec_toml(read_file(path), path.string(), spec);
}

}  // namespace gradwalk
