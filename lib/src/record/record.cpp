#include "gradwalk/nn/record.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gradwalk/nn/error.hpp"

namespace gradwalk {

namespace {

template <class E, std::size_t N>
using NameTable = std::array<std::pair<E, std::string_view>, N>;

constexpr NameTable<OpKind, 24> op_names{{
    {OpKind::linear, "linear"},
    {OpKind::tanh, "tanh"},
    {OpKind::sigmoid, "sigmoid"},
    {OpKind::relu, "relu"},
    {OpKind::leaky_relu, "leaky_relu"},
    {OpKind::identity, "identity"},
    {OpKind::softmax, "softmax"},
    {OpKind::cross_entropy, "cross_entropy"},
    {OpKind::softmax_cross_entropy, "softmax_cross_entropy"},
    {OpKind::binary_logistic, "binary_logistic"},
    {OpKind::squared_error, "squared_error"},
    {OpKind::absolute_error, "absolute_error"},
    {OpKind::add, "add"},
    {OpKind::sub, "sub"},
    {OpKind::mul, "mul"},
    {OpKind::div, "div"},
    {OpKind::pow, "pow"},
    {OpKind::neg, "neg"},
    {OpKind::exp, "exp"},
    {OpKind::log, "log"},
    {OpKind::max, "max"},
    {OpKind::abs, "abs"},
    {OpKind::sin, "sin"},
    {OpKind::cos, "cos"},
}};

constexpr NameTable<Role, 6> role_names{{
    {Role::input, "input"},
    {Role::parameter, "parameter"},
    {Role::target, "target"},
    {Role::constant, "constant"},
    {Role::intermediate, "intermediate"},
    {Role::loss, "loss"},
}};

constexpr NameTable<GradientState, 3> state_names{{
    {GradientState::pending, "pending"},
    {GradientState::computed, "computed"},
    {GradientState::none, "none"},
}};

template <class E, std::size_t N>
std::string_view name_in(const NameTable<E, N>& table, E value) {
  return std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.first == value; })->second;
}

template <class E, std::size_t N>
std::optional<E> value_in(const NameTable<E, N>& table, std::string_view name) {
  for (const auto& [value, known] : table)
    if (known == name) return value;
  return std::nullopt;
}

/// The indices between the brackets of "W1[2,0]"; nothing when they are not numbers separated by commas.
std::optional<std::vector<std::size_t>> parse_indices(std::string_view text) {
  std::vector<std::size_t> indices;
  const char* at = text.data();
  const char* end = at + text.size();
  while (true) {
    while (at != end && *at == ' ') ++at;
    std::size_t index = 0;
    const auto [next, error] = std::from_chars(at, end, index);
    if (error != std::errc{}) return std::nullopt;
    indices.push_back(index);
    at = next;
    while (at != end && *at == ' ') ++at;
    if (at == end) return indices;
    if (*at++ != ',') return std::nullopt;
  }
}

}  // namespace

std::string_view name_of(OpKind kind) { return name_in(op_names, kind); }
std::optional<OpKind> op_kind_named(std::string_view name) { return value_in(op_names, name); }
std::string_view name_of(Role role) { return name_in(role_names, role); }
std::optional<Role> role_named(std::string_view name) { return value_in(role_names, name); }
std::string_view name_of(GradientState state) { return name_in(state_names, state); }
std::optional<GradientState> gradient_state_named(std::string_view name) { return value_in(state_names, name); }

std::size_t element_count(const Shape& shape) {
  std::size_t count = 1;
  for (std::size_t dimension : shape)
    if (__builtin_mul_overflow(count, dimension, &count))
      throw ShapeError(fmt::format("a shape {} has more elements than can be counted", to_string(shape)));
  return count;
}

std::string to_string(const Shape& shape) { return fmt::format("({})", fmt::join(shape, ", ")); }

std::string Tensor::element_name(std::size_t index) const {
  if (shape.empty()) return name;
  std::vector<std::size_t> indices(shape.size());
  for (std::size_t d = shape.size(); d-- > 0; index /= shape[d]) indices[d] = index % shape[d];
  return fmt::format("{}[{}]", name, fmt::join(indices, ","));
}

double Op::attribute(const std::string& attribute_name, double otherwise) const {
  const auto found = attributes.find(attribute_name);
  return found == attributes.end() ? otherwise : found->second;
}

std::optional<TensorId> Record::find(std::string_view name) const {
  for (TensorId id = 0; id < tensors.size(); ++id)
    if (tensors[id].name == name) return id;
  return std::nullopt;
}

TensorId Record::loss() const {
  for (TensorId id = 0; id < tensors.size(); ++id)
    if (tensors[id].role == Role::loss) return id;
  throw InputError("this record has no loss: nothing to differentiate");
}

const Op* Record::producer(TensorId id) const {
  for (const Op& op : ops)
    if (op.output == id) return &op;
  return nullptr;
}

TensorId Record::tensor(std::string_view name) const {
  if (const auto id = find(name)) return *id;
  std::vector<std::string> known;
  for (const Tensor& t : tensors)
    if (t.role != Role::constant) known.push_back(t.name + (t.shape.empty() ? "" : to_string(t.shape)));
  throw InputError(fmt::format("the record has no '{}': there are {}", name, fmt::join(known, ", ")));
}

Element Record::element(std::string_view name) const {
  const std::size_t bracket = name.find('[');
  const TensorId id = tensor(name.substr(0, bracket));
  const Tensor& t = tensors[id];
  if (t.size() == 0) throw InputError(fmt::format("'{}' has shape {}: no elements", t.name, to_string(t.shape)));
  if (bracket == std::string_view::npos) {
    if (t.size() != 1)
      throw InputError(fmt::format("'{}' has shape {}: name one element of it, such as {}", name, to_string(t.shape),
                                   t.element_name(0)));
    return {id, 0};
  }
  const auto indices =
      name.back() == ']' ? parse_indices(name.substr(bracket + 1, name.size() - bracket - 2)) : std::nullopt;
  if (!indices || indices->size() != t.shape.size())
    throw InputError(fmt::format("'{}' is not an element of {}, shape {}: write it as {}", name, t.name,
                                 to_string(t.shape), t.element_name(0)));
  std::size_t index = 0;
  for (std::size_t d = 0; d < t.shape.size(); ++d) {
    if ((*indices)[d] >= t.shape[d])
      throw InputError(fmt::format("'{}' is outside {}, shape {}: the last is {}", name, t.name, to_string(t.shape),
                                   t.element_name(t.size() - 1)));
    index = index * t.shape[d] + (*indices)[d];
  }
  return {id, index};
}

}  // namespace gradwalk
