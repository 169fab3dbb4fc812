#include "record/record_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "io/one_line.hpp"
#include "record/op_shapes.hpp"

namespace gradwalk {

namespace {

using Json = nlohmann::ordered_json;

constexpr int version = 1;

// JSON has no NaN and no infinities: the three are strings.
Json number(double value) {
  if (std::isfinite(value)) return value;
  return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

double number(const Json& json) {
  if (!json.is_string()) return json.get<double>();
  const auto& text = json.get_ref<const std::string&>();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::numeric_limits<double>::quiet_NaN();
}

Json numbers(const std::vector<double>& values) {
  Json array = Json::array();
  for (double value : values) array.push_back(number(value));
  return array;
}

Json to_json(const Record& record, bool values) {
  const Provenance& p = record.provenance;
  Json step{{"step", p.step}, {"dtype", p.dtype}};
  if (!p.widths.empty()) step["widths"] = p.widths;
  if (!p.activation.empty()) step["activation"] = p.activation;
  if (!p.loss.empty()) step["loss"] = p.loss;
  if (!p.data.empty()) step["data"] = p.data;
  if (!p.rows.empty()) step["rows"] = p.rows;
  if (p.learning_rate) step["learning_rate"] = *p.learning_rate;
  if (p.momentum) step["momentum"] = *p.momentum;
  if (p.loss_after) step["loss_after"] = number(*p.loss_after);
  if (!p.expression.empty()) step["expression"] = p.expression;
  step["tensors"] = Json::array();
  for (const Tensor& t : record.tensors) {
    Json tensor{
        {"name", t.name}, {"role", name_of(t.role)}, {"shape", t.shape}, {"gradient", name_of(t.gradient_state)}};
    if (!values && !t.velocity.empty()) tensor["velocity"] = true;
    if (values) {
      tensor["values"] = numbers(t.value);
      if (t.gradient_state == GradientState::computed) tensor["gradients"] = numbers(t.gradient);
    }
    step["tensors"].push_back(std::move(tensor));
  }
  step["ops"] = Json::array();
  for (const Op& op : record.ops) {
    Json inputs = Json::array();
    for (TensorId id : op.inputs) inputs.push_back(record[id].name);
    Json item{{"kind", name_of(op.kind)}, {"inputs", std::move(inputs)}, {"output", record[op.output].name}};
    if (!op.attributes.empty()) item["attributes"] = op.attributes;
    step["ops"].push_back(std::move(item));
  }
  return step;
}

/// The names that gradwalk gives: letters, digits, _ and the ′ of a derivative; of a constant, its number. They stand in
/// graphs, pages and formulas, where any other sign could mean something.
bool is_name(std::string_view name, Role role) {
  constexpr std::string_view prime = "′";
  for (std::size_t at = 0; at < name.size();) {
    const unsigned char c = static_cast<unsigned char>(name[at]);
    const bool of_number = c == '.' || c == '-' || c == '+';
    if (std::isalnum(c) || c == '_' || (of_number && role == Role::constant))
      ++at;
    else if (name.substr(at).starts_with(prime))
      at += prime.size();
    else
      return false;
  }
  return !name.empty();
}

/// Whether a tensor of this shape has elements, and no more of them than can be counted.
bool has_elements(const Shape& shape) {
  try {
    return element_count(shape) > 0;
  } catch (const ShapeError&) {
    return false;
  }
}

Record from_json(const Json& step, const std::string& file, const Values& values) {
  const auto refuse = [&](const std::string& what) {
    throw InputError(fmt::format("{}: {}: this trace is damaged", file, what));
  };
  Record record;
  Provenance& p = record.provenance;
  p.step = step.at("step").get<std::size_t>();
  p.dtype = step.value("dtype", "float64");
  p.widths = step.value("widths", std::vector<std::size_t>{});
  p.activation = step.value("activation", "");
  p.loss = step.value("loss", "");
  p.data = step.value("data", "");
  p.rows = step.value("rows", std::vector<std::size_t>{});
  p.expression = step.value("expression", "");
  if (step.contains("learning_rate")) p.learning_rate = step["learning_rate"].get<double>();
  if (step.contains("momentum")) p.momentum = step["momentum"].get<double>();
  if (step.contains("loss_after")) p.loss_after = number(step["loss_after"]);

  for (const Json& item : step.at("tensors")) {
    Tensor t;
    t.name = item.at("name").get<std::string>();
    t.shape = item.at("shape").get<Shape>();
    const auto role = role_named(item.at("role").get<std::string>());
    const auto state = gradient_state_named(item.at("gradient").get<std::string>());
    if (!role || !state || record.find(t.name)) refuse("a tensor is not described as it should be");
    if (!is_name(t.name, *role)) refuse("a tensor has a name with other signs than letters, digits and _");
    if (!has_elements(t.shape)) refuse(fmt::format("{} has the shape {}", t.name, to_string(t.shape)));
    t.role = *role;
    t.gradient_state = *state;
    t.value = values(t.name, t.shape, Part::value);
    if (*state == GradientState::computed) t.gradient = values(t.name, t.shape, Part::gradient);
    if (item.value("velocity", false)) t.velocity = values(t.name, t.shape, Part::velocity);
    record.tensors.push_back(std::move(t));
  }
  TensorId newest = 0;
  for (const Json& item : step.at("ops")) {
    const auto kind = op_kind_named(item.at("kind").get<std::string>());
    if (!kind) refuse("there is no operation " + in_quotes(item.at("kind").get<std::string>()));
    Op op{*kind, {}, 0, item.value("attributes", std::map<std::string, double>{})};
    const auto id = [&](const std::string& name) {
      const auto found = record.find(name);
      if (!found) refuse(fmt::format("an operation uses {}, which is not there", in_quotes(name)));
      return *found;
    };
    for (const Json& input : item.at("inputs")) op.inputs.push_back(id(input.get<std::string>()));
    op.output = id(item.at("output").get<std::string>());
    // Forward order: an op reads what stands before its output, and writes what nothing wrote before it.
    if (op.output < newest || record.producer(op.output) ||
        std::any_of(op.inputs.begin(), op.inputs.end(),
                    [&](TensorId in) { return in >= op.output && record[in].role != Role::target; }))
      refuse("its operations are not in forward order");
    newest = op.output;
    if (!shapes_fit(record, op))
      refuse(fmt::format("the shapes of '{}' do not fit", item.at("kind").get<std::string>()));
    record.ops.push_back(std::move(op));
  }
  record.loss();
  return record;
}

}  // namespace

std::string array_name(const std::string& tensor, Part part) {
  return (part == Part::gradient ? "d" : part == Part::velocity ? "v" : "") + tensor;
}

std::vector<Record> records_from_json(const std::string& text, const std::string& file,
                                      const std::function<Values(std::size_t step)>& values) {
  try {
    const Json document = Json::parse(text);
    if (document.value("format", "") != "gradwalk record")
      throw WrongFile(file, "not a gradwalk trace", WrongFile::Found::no_trace);
    if (document.value("version", 0) != version)
      throw WrongFile(file,
                      fmt::format("a trace of version {}, and this gradwalk reads version {}",
                                  document.value("version", 0), version),
                      WrongFile::Found::other_trace_version);
    std::vector<Record> records;
    for (const Json& step : document.at("steps"))
      records.push_back(from_json(step, file, values(step.at("step").get<std::size_t>())));
    if (records.empty()) throw InputError(fmt::format("{}: a trace without a step", file));
    return records;
  } catch (const nlohmann::json::exception& error) {
    throw InputError(
        fmt::format("{}: the description of the trace cannot be read ({}): this trace is damaged", file, error.what()));
  }
}

std::string record_json(const std::vector<Record>& records, bool values) {
  Json document{{"format", "gradwalk record"}, {"version", version}, {"steps", Json::array()}};
  for (const Record& record : records) document["steps"].push_back(to_json(record, values));
  return document.dump(values ? -1 : 1);
}

}  // namespace gradwalk
