#include "gradwalk/nn/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/rules.hpp"

namespace gradwalk {

namespace {

constexpr std::array<OpKind, 9> functions{OpKind::exp, OpKind::log, OpKind::tanh, OpKind::sigmoid, OpKind::relu,
                                          OpKind::abs, OpKind::sin, OpKind::cos,  OpKind::max};

class Parser {
 public:
  Parser(std::string_view text, const std::map<std::string, double>& values) : text_(text), values_(values) {}

  Record parse() {
    std::optional<TensorId> last;
    while (skip_separators()) last = statement();
    if (!last) throw InputError("the expression is empty: write one such as 'f = (x + y) * z'");
    if (!missing_.empty())
      throw InputError(fmt::format("in '{}': {} has no value: add {}=NUMBER", text_, missing_, missing_));
    for (const auto& [name, value] : values_)
      if (!record_.find(name) || record_[*record_.find(name)].role != Role::input)
        throw InputError(
            fmt::format("{} = {} was given, but the expression has no free variable {}", name, value, name));
    if (record_.producer(*last) == nullptr)
      throw InputError("the expression computes nothing: write one such as 'f = (x + y) * z'");
    record_.tensors[*last].role = Role::loss;
    refuse_gradient_names();
    record_.provenance.expression = text_;
    return std::move(record_);
  }

 private:
  [[noreturn]] void expected(const std::string& what) const {
    const std::string found = at_ < text_.size() ? fmt::format("'{}'", word_here()) : std::string("the end");
    refuse(at_, fmt::format("expected {}, found {}", what, found));
  }

  [[noreturn]] void refuse(std::size_t at, const std::string& why) const {
    // Columns count characters, not bytes: × and − are one each.
    std::size_t column = 1;
    for (std::size_t i = 0; i < at; ++i) column += (static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80;
    throw InputError(fmt::format("in '{}' at position {}: {}", text_, column, why));
  }

  /// The name or number that begins here, or the one sign that stands here.
  std::string_view word_here() const {
    const auto in_word = [&](std::size_t at) {
      return at < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at])) || text_[at] == '_');
    };
    std::size_t length = 1;
    if (in_word(at_))
      while (in_word(at_ + length)) ++length;
    else
      while (at_ + length < text_.size() && (static_cast<unsigned char>(text_[at_ + length]) & 0xC0) == 0x80) ++length;
    return text_.substr(at_, length);
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  /// True when another statement follows.
  bool skip_separators() {
    while (at_ < text_.size() && (std::isspace(static_cast<unsigned char>(text_[at_])) || text_[at_] == ';')) ++at_;
    return at_ < text_.size();
  }

  bool accept(std::string_view symbol) {
    skip_space();
    if (text_.substr(at_, symbol.size()) != symbol) return false;
    at_ += symbol.size();
    return true;
  }

  bool starts_name() const {
    return at_ < text_.size() && (std::isalpha(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_');
  }

  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  TensorId statement() {
    skip_space();
    const std::size_t begin = at_;
    TensorId result{};
    const std::string target = starts_name() ? name() : "";
    if (const bool adds = !target.empty() && accept("+="); adds || (!target.empty() && accept("="))) {
      if (adds) {
        const TensorId before = variable(target);
        result = push_op(OpKind::add, {before, sum()});
      } else {
        result = sum();
      }
      assign(target, result, begin);
    } else {
      at_ = begin;
      result = sum();
    }
    skip_space();
    if (at_ < text_.size() && text_[at_] != ';' && text_[at_] != '\n') expected("an operator, ';' or the end");
    return result;
  }

  /// c = a + b; c = c + 1: the second value of c is another tensor, c_2. A variable whose value is given stays as it
  /// is.
  void assign(const std::string& target, TensorId& result, std::size_t begin) {
    if (!assigned_.contains(target) && (record_.find(target) || values_.contains(target)))
      refuse(begin, fmt::format("{} has a value already: give the new one another name", target));
    if (!record_[result].name.empty()) result = push_op(OpKind::identity, {result});
    std::string unused = target;
    for (int number = 2; record_.find(unused) || values_.contains(unused); ++number)
      unused = fmt::format("{}_{}", target, number);
    record_.tensors[result].name = unused;
    assigned_[target] = result;
  }

  TensorId sum() {
    TensorId left = product();
    while (true) {
      if (accept("+"))
        left = push_op(OpKind::add, {left, product()});
      else if (accept("-") || accept("−"))
        left = push_op(OpKind::sub, {left, product()});
      else
        return left;
    }
  }

  TensorId product() {
    TensorId left = unary();
    while (true) {
      if (accept("*") || accept("×") || accept("·"))
        left = push_op(OpKind::mul, {left, unary()});
      else if (accept("/") || accept("÷"))
        left = push_op(OpKind::div, {left, unary()});
      else
        return left;
    }
  }

  TensorId unary() {
    if (++depth_ > 200) throw InputError("the expression is nested more than 200 deep: split it into assignments");
    TensorId result{};
    if (accept("-") || accept("−")) {
      // −2 is a constant like 2, not an operation on it; but −2^2 is −(2^2).
      const std::size_t begin = at_;
      const std::optional<double> value = literal();
      if (value && !next_is("^") && !next_is("**")) {
        result = push_constant(-*value);
      } else {
        at_ = begin;
        result = push_op(OpKind::neg, {unary()});
      }
    } else {
      result = power();
    }
    --depth_;
    return result;
  }

  TensorId power() {
    const TensorId base = atom();
    if (accept("^") || accept("**")) return push_op(OpKind::pow, {base, unary()});
    return base;
  }

  TensorId atom() {
    skip_space();
    if (accept("(")) {
      const TensorId inner = sum();
      if (!accept(")")) expected("')' or an operator");
      return inner;
    }
    if (const auto value = literal()) return push_constant(*value);
    if (!starts_name()) expected("a number, a variable, a function or '('");
    const std::size_t begin = at_;
    const std::string word = name();
    if (accept("(")) return call(word, begin);
    return variable(word);
  }

  /// The number that stands here, if one does.
  std::optional<double> literal() {
    skip_space();
    if (at_ == text_.size() || (!std::isdigit(static_cast<unsigned char>(text_[at_])) && text_[at_] != '.'))
      return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc{}) expected("a number");
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }

  bool next_is(std::string_view symbol) {
    skip_space();
    return text_.substr(at_, symbol.size()) == symbol;
  }

  TensorId call(const std::string& function, std::size_t begin) {
    const auto kind = op_kind_named(function);
    if (!kind || std::find(functions.begin(), functions.end(), *kind) == functions.end()) {
      at_ = begin;
      expected("one of the functions exp, log, tanh, sigmoid, relu, max, abs, sin, cos");
    }
    std::vector<TensorId> arguments{sum()};
    while (accept(",")) arguments.push_back(sum());
    if (!accept(")")) expected("')' or an operator");
    const std::size_t wanted = *kind == OpKind::max ? 2 : 1;
    if (arguments.size() != wanted)
      refuse(begin,
             fmt::format("{} takes {} argument{}, not {}", function, wanted, wanted == 1 ? "" : "s", arguments.size()));
    return push_op(*kind, arguments);
  }

  TensorId variable(const std::string& word) {
    if (const auto known = assigned_.find(word); known != assigned_.end()) return known->second;
    if (const auto known = record_.find(word); known && record_[*known].role == Role::input) return *known;
    const auto value = values_.find(word);
    // Told at the end: a mistake in the syntax comes first.
    if (value == values_.end() && missing_.empty()) missing_ = word;
    const double number = value == values_.end() ? 0 : value->second;
    return push({word, {}, Role::input, {number}, {}, GradientState::pending});
  }

  TensorId push_constant(double value) {
    const std::string constant = fmt::format("{}", value);
    if (const auto known = record_.find(constant)) return *known;
    return push({constant, {}, Role::constant, {value}, {}, GradientState::none});
  }

  TensorId push_op(OpKind kind, const std::vector<TensorId>& inputs) {
    const TensorId out = push({"", {}, Role::intermediate, {0}, {}, GradientState::pending});
    record_.ops.push_back({kind, inputs, out, {}});
    record_.tensors[out].value[0] = forward_element(record_, record_.ops.back(), 0);
    return out;
  }

  TensorId push(Tensor tensor) {
    record_.tensors.push_back(std::move(tensor));
    return record_.tensors.size() - 1;
  }

 public:
  /// v1, v2 … for the results that the expression does not name, leaving out what it does.
  static void name_the_rest(Record& record) {
    int number = 0;
    for (const Op& op : record.ops) {
      Tensor& t = record.tensors[op.output];
      if (!t.name.empty()) continue;
      // Nor a name whose gradient, d + name in the file, is called as a variable is.
      const auto taken = [&record](const std::string& name) { return record.find(name) || record.find("d" + name); };
      std::string free = "f";
      if (t.role != Role::loss || taken(free)) {
        do free = fmt::format("v{}", ++number);
        while (taken(free));
      }
      t.name = free;
    }
  }

 private:
  /// In the file the gradient of x is called dx, so no variable may have that name.
  void refuse_gradient_names() const {
    for (const Tensor& t : record_.tensors)
      if (t.name.size() > 1 && t.name.front() == 'd' && record_.find(std::string_view(t.name).substr(1)))
        throw InputError(fmt::format("'{}' is the name of the gradient of {}: call the variable something else", t.name,
                                     t.name.substr(1)));
  }

  std::string_view text_;
  const std::map<std::string, double>& values_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Record record_;
  std::map<std::string, TensorId> assigned_;  // the newest value of each name
  std::string missing_;                       // the first variable without a value
};

/// Gives every gradient of a record that has only values: from the loss back, each one the sum of its terms.
void run_backward(Record& record) {
  const TensorId L = record.loss();
  for (Tensor& t : record.tensors)
    if (t.gradient_state != GradientState::none) {
      t.gradient.assign(t.size(), 0);
      t.gradient_state = GradientState::computed;
    }
  record.tensors[L].gradient[0] = 1;  // the seed: ∂L/∂L
  for (std::size_t k = record.ops.size(); k-- > 0;) {
    const Op& op = record.ops[k];
    for (std::size_t out = 0; out < record[op.output].size(); ++out) {
      const double upstream = record[op.output].gradient[out];
      for_each_input(record, op, out, [&](std::size_t slot, std::size_t index, double local) {
        Tensor& input = record.tensors[op.inputs[slot]];
        // += and not =: a value that is used twice gets a term from each use.
        if (input.gradient_state == GradientState::computed) input.gradient[index] += upstream * local;
      });
    }
  }
}

}  // namespace

Record record_expression(std::string_view text, const std::map<std::string, double>& values) {
  Record record = Parser(text, values).parse();
  Parser::name_the_rest(record);
  run_backward(record);
  return record;
}

std::vector<Trouble> troubles_of(const Record& record) {
  std::vector<Trouble> troubles;
  for (std::size_t k = 0; k < record.ops.size(); ++k) {
    const Op& op = record.ops[k];
    const auto& values = record[op.output].value;
    for (std::size_t out = 0; out < values.size(); ++out) {
      if (std::isfinite(values[out])) continue;
      bool inherited = false;
      for_each_input(record, op, out, [&](std::size_t slot, std::size_t index, double) {
        inherited = inherited || !std::isfinite(record[op.inputs[slot]].value[index]);
      });
      if (!inherited) troubles.push_back({k, out});
    }
  }
  return troubles;
}

}  // namespace gradwalk
