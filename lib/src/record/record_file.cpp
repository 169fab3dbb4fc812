#include "gradwalk/nn/record_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/npz.hpp"

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

/// How many inputs each kind takes.
std::size_t arity(OpKind kind) {
  switch (kind) {
    case OpKind::linear:
      return 3;
    case OpKind::cross_entropy:
    case OpKind::softmax_cross_entropy:
    case OpKind::binary_logistic:
    case OpKind::squared_error:
    case OpKind::absolute_error:
    case OpKind::add:
    case OpKind::sub:
    case OpKind::mul:
    case OpKind::div:
    case OpKind::pow:
    case OpKind::max:
      return 2;
    default:
      return 1;
  }
}

/// Whether the shapes of an op are those that its rule reads (OpKind says which).
bool fits(const Record& record, const Op& op) {
  if (op.inputs.size() != arity(op.kind)) return false;
  const auto shape = [&](std::size_t slot) -> const Shape& { return record[op.inputs[slot]].shape; };
  const Shape& out = record[op.output].shape;
  switch (op.kind) {
    case OpKind::linear:
      return shape(0).size() == 2 && shape(1).size() == 2 && shape(0)[1] == shape(1)[1] &&
             shape(2) == Shape{shape(1)[0]} && out == Shape{shape(0)[0], shape(1)[0]};
    case OpKind::softmax:
      return shape(0).size() == 2 && out == shape(0);
    case OpKind::cross_entropy:
    case OpKind::softmax_cross_entropy:
    case OpKind::binary_logistic: {
      if (shape(0).size() != 2 || shape(1) != Shape{shape(0)[0]} || !out.empty()) return false;
      const std::size_t classes = op.kind == OpKind::binary_logistic ? 2 : shape(0)[1];
      const auto& labels = record[op.inputs[1]].value;
      return std::all_of(labels.begin(), labels.end(),
                         [&](double y) { return y >= 0 && y < static_cast<double>(classes) && y == std::floor(y); });
    }
    case OpKind::squared_error:
    case OpKind::absolute_error:
      return shape(0).size() == 2 && shape(1) == shape(0) && out.empty();
    case OpKind::tanh:
    case OpKind::sigmoid:
    case OpKind::relu:
    case OpKind::leaky_relu:
    case OpKind::identity:
      return out == shape(0);
    default:
      return out.empty() &&
             std::all_of(op.inputs.begin(), op.inputs.end(), [&](TensorId id) { return record[id].shape.empty(); });
  }
}

/// What is kept of a tensor besides its description. A page needs no velocities, so the JSON with values has none.
enum class Part { value, gradient, velocity };

using Values =
    std::function<std::vector<double>(const Json& tensor, const std::string& name, const Shape& shape, Part part)>;

/// W1, dW1, vW1
std::string array_name(const std::string& tensor, Part part) {
  return (part == Part::gradient ? "d" : part == Part::velocity ? "v" : "") + tensor;
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
    if (!role || !state || t.name.empty() || record.find(t.name))
      refuse(fmt::format("tensor '{}' is not described as it should be", t.name));
    t.role = *role;
    t.gradient_state = *state;
    t.value = values(item, t.name, t.shape, Part::value);
    if (*state == GradientState::computed) t.gradient = values(item, t.name, t.shape, Part::gradient);
    if (item.value("velocity", false)) t.velocity = values(item, t.name, t.shape, Part::velocity);
    record.tensors.push_back(std::move(t));
  }
  TensorId newest = 0;
  for (const Json& item : step.at("ops")) {
    const auto kind = op_kind_named(item.at("kind").get<std::string>());
    if (!kind) refuse(fmt::format("there is no operation '{}'", item.at("kind").get<std::string>()));
    Op op{*kind, {}, 0, item.value("attributes", std::map<std::string, double>{})};
    const auto id = [&](const std::string& name) {
      const auto found = record.find(name);
      if (!found) refuse(fmt::format("an operation uses '{}', which is not there", name));
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
    if (!fits(record, op)) refuse(fmt::format("the shapes of '{}' do not fit", item.at("kind").get<std::string>()));
    record.ops.push_back(std::move(op));
  }
  record.loss();
  return record;
}

std::vector<Record> from_document(const std::string& text, const std::string& file,
                                  const std::function<Values(const Json& step)>& values) {
  try {
    const Json document = Json::parse(text);
    if (document.value("format", "") != "gradwalk record")
      throw InputError(fmt::format("{}: not a gradwalk trace: make one with 'gradwalk trace -o FILE'", file));
    if (document.value("version", 0) != version)
      throw InputError(fmt::format(
          "{}: a trace of version {}, and this gradwalk reads version {}: make it again with 'gradwalk trace'", file,
          document.value("version", 0), version));
    std::vector<Record> records;
    for (const Json& step : document.at("steps")) records.push_back(from_json(step, file, values(step)));
    if (records.empty()) throw InputError(fmt::format("{}: a trace without a step", file));
    return records;
  } catch (const nlohmann::json::exception& error) {
    throw InputError(
        fmt::format("{}: the description of the trace cannot be read ({}): this trace is damaged", file, error.what()));
  }
}

NpyArray array_as(const Shape& shape, const std::vector<double>& values, const std::string& dtype) {
  if (dtype == "float32") return {shape, std::vector<float>(values.begin(), values.end())};
  return {shape, values};
}

}  // namespace

std::string record_json(const std::vector<Record>& records, bool values) {
  Json document{{"format", "gradwalk record"}, {"version", version}, {"steps", Json::array()}};
  for (const Record& record : records) document["steps"].push_back(to_json(record, values));
  return document.dump(values ? -1 : 1);
}

std::string record_bytes(const std::vector<Record>& records) {
  NpzWriter npz;
  npz.add_file("record.json", record_json(records, false));
  for (const Record& record : records) {
    const std::string prefix = fmt::format("step{}/", record.provenance.step);
    for (const Tensor& t : record.tensors) {
      // The loss is computed in double whatever the net is.
      const std::string dtype = t.role == Role::loss ? "float64" : record.provenance.dtype;
      npz.add_array(prefix + array_name(t.name, Part::value), array_as(t.shape, t.value, dtype));
      if (t.gradient_state == GradientState::computed)
        npz.add_array(prefix + array_name(t.name, Part::gradient), array_as(t.shape, t.gradient, dtype));
      if (!t.velocity.empty())
        npz.add_array(prefix + array_name(t.name, Part::velocity), array_as(t.shape, t.velocity, dtype));
    }
  }
  return npz.bytes();
}

void save_records(const std::filesystem::path& path, const std::vector<Record>& records) {
  write_file(path, record_bytes(records));
}

std::vector<Record> load_records(const std::filesystem::path& path) {
  const NpzReader npz(path);
  if (npz.has_file("model.json"))
    throw InputError(fmt::format(
        "{0}: a trained net, not a trace: record a step of it with 'gradwalk trace {0} -o FILE'", path.string()));
  if (!npz.has_file("record.json"))
    throw InputError(fmt::format(
        "{}: an archive of arrays, but not a gradwalk trace: make one with 'gradwalk trace -o FILE'", path.string()));
  return from_document(npz.file("record.json"), path.string(), [&](const Json& step) {
    const std::string prefix = fmt::format("step{}/", step.at("step").get<std::size_t>());
    return [&npz, &path, prefix](const Json&, const std::string& name, const Shape& shape, Part part) {
      const NpyArray array = npz.array(prefix + array_name(name, part));
      if (array.shape != shape)
        throw InputError(fmt::format("{}: {} is {} in record.json and {} in its array: this trace is damaged",
                                     path.string(), name, to_string(shape), to_string(array.shape)));
      return array.as<double>();
    };
  });
}

std::vector<Record> parse_record_json(const std::string& json, const std::string& name) {
  return from_document(json, name, [&](const Json&) {
    return [&name](const Json& tensor, const std::string& tensor_name, const Shape& shape, Part part) {
      std::vector<double> values;
      for (const Json& value : tensor.at(part == Part::gradient ? "gradients" : "values"))
        values.push_back(number(value));
      if (values.size() != element_count(shape))
        throw InputError(
            fmt::format("{}: {} has {} numbers and the shape {}", name, tensor_name, values.size(), to_string(shape)));
      return values;
    };
  });
}

Record load_record(const std::filesystem::path& path) { return load_records(path).front(); }

Record load_record(const std::filesystem::path& path, std::size_t step) {
  std::vector<Record> records = load_records(path);
  std::vector<std::size_t> steps;
  for (Record& record : records) {
    if (record.provenance.step == step) return std::move(record);
    steps.push_back(record.provenance.step);
  }
  throw InputError(fmt::format("{}: no step {}: there is {}", path.string(), step, fmt::join(steps, ", ")));
}

}  // namespace gradwalk
