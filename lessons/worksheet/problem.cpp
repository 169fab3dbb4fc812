#include "problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gradwalk/nn/error.hpp"

namespace gradwalk::worksheet {
namespace {

constexpr double exact_tolerance = 1e-3;
constexpr double smallest_exact_answer = 0.01, smallest_rounded_answer = 0.02;
constexpr double largest_number = 1000;

/// At most three decimals and four digits.
bool is_short(double value) {
  const double thousandths = value * 1000;
  return std::abs(value) < largest_number && std::abs(thousandths - std::round(thousandths)) < 1e-7 &&
         (std::abs(value) < 10 || std::abs(value * 100 - std::round(value * 100)) < 1e-7);
}

/// Whether some ReLU, absolute value or maximum stands where it has no derivative.
bool is_at_a_kink(const Record& record) {
  for (const Op& op : record.ops) {
    const std::vector<double>& in = record[op.inputs[0]].value;
    const bool rectifies = op.kind == OpKind::relu || op.kind == OpKind::leaky_relu;
    if (!rectifies && op.kind != OpKind::absolute_error && op.kind != OpKind::max) continue;
    for (std::size_t i = 0; i < in.size(); ++i)
      if (std::abs(in[i] - (rectifies ? 0 : record[op.inputs[1]].value[i])) < 1e-3) return true;
  }
  return false;
}

Answer answer_to(const Problem& problem, std::string name, Reading reading, Element element) {
  Answer answer;
  answer.name = std::move(name);
  answer.reading = reading;
  answer.element = element;
  answer.right = read(problem.trace, reading, element, problem.learning_rate);
  answer.tolerance = problem.decimals ? 2 * std::pow(10, -*problem.decimals) : exact_tolerance;
  return answer;
}

/// "W1[0,1]" → "dW1[0,1]" for a gradient.
std::string element_name(const Tensor& tensor, std::size_t index, bool gradient) {
  return (gradient ? "d" : "") + tensor.element_name(index);
}

}  // namespace

Problem& Problem::rule(std::string text) {
  rules.push_back(std::move(text));
  return *this;
}

Problem& Problem::give(const std::string& name) {
  const harness::NamedTensor tensor = trace.tensor(name);
  given.push_back({name, tensor.shape, tensor.values});
  return *this;
}

Problem& Problem::give(const std::string& name, double value) {
  given.push_back({name, {}, {value}});
  return *this;
}

Problem& Problem::ask(const std::string& name) {
  const auto [id, gradient] = harness::asked(trace.record, name);
  const Tensor& tensor = trace.record[id];
  Question question{name, tensor.shape, {}};
  for (std::size_t i = 0; i < tensor.size(); ++i)
    question.answers.push_back(
        answer_to(*this, element_name(tensor, i, gradient), gradient ? Reading::gradient : Reading::value, {id, i}));
  questions.push_back(std::move(question));
  return *this;
}

Problem& Problem::ask_nonzero(const std::string& name) {
  const auto [id, gradient] = harness::asked(trace.record, name);
  const Tensor& tensor = trace.record[id];
  for (std::size_t i = 0; i < tensor.size(); ++i) {
    Answer answer =
        answer_to(*this, element_name(tensor, i, gradient), gradient ? Reading::gradient : Reading::value, {id, i});
    if (answer.right != 0) questions.push_back({answer.name, {}, {answer}});
  }
  return *this;
}

Problem& Problem::ask_updated(const std::string& parameter) {
  const TensorId id = trace.record.tensor(parameter);
  const Tensor& tensor = trace.record[id];
  Question question{parameter + "′", tensor.shape, {}};
  for (std::size_t i = 0; i < tensor.size(); ++i) {
    std::string name = tensor.element_name(i);
    name.insert(std::min(name.find('['), name.size()), "′");
    question.answers.push_back(answer_to(*this, name, Reading::updated, {id, i}));
  }
  questions.push_back(std::move(question));
  return *this;
}

Problem& Problem::ask(Reading reading, const std::string& tensor, const std::string& name) {
  const Answer answer = answer_to(*this, name, reading, {trace.record.tensor(tensor), 0});
  questions.push_back({name, {}, {answer}});
  return *this;
}

Problem& Problem::draw(Record record) {
  picture = std::move(record);
  return *this;
}

std::size_t Problem::answer_count() const {
  std::size_t count = 0;
  for (const Question& question : questions) count += question.answers.size();
  return count;
}

bool Problem::asks_for_gradients() const {
  for (const Question& question : questions)
    for (const Answer& answer : question.answers)
      if (answer.reading == Reading::gradient) return true;
  return false;
}

double read(const Trace& trace, Reading reading, Element element, double learning_rate) {
  const Tensor& tensor = trace.record[element.tensor];
  switch (reading) {
    case Reading::value:
      return tensor.value.at(element.index);
    case Reading::gradient:
      return tensor.gradient.at(element.index);
    case Reading::updated:
      return tensor.value.at(element.index) - learning_rate * tensor.gradient.at(element.index);
    case Reading::decision:
      return tensor.value.at(element.index) > 0 ? 1 : -1;
    case Reading::rows:
      return static_cast<double>(tensor.shape.at(0));
    case Reading::columns:
      return static_cast<double>(tensor.shape.at(1));
    case Reading::parameters: {
      std::size_t count = 0;
      for (const Tensor& one : trace.record.tensors)
        if (one.role == Role::parameter) count += element_count(one.shape);
      return static_cast<double>(count);
    }
  }
  return 0;
}

std::span<const WrongAnswer> telling(const Question& question) {
  const std::span<const WrongAnswer> all = question.answers.front().wrong;
  return all.first(std::min<std::size_t>(all.size(), 2));
}

bool is_fit(const Problem& problem) {
  const auto all_short = [](const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), is_short);
  };
  for (const Given& given : problem.given)
    if (!all_short(given.values)) return false;
  for (const Question& question : problem.questions)
    for (const Answer& answer : question.answers) {
      if (std::abs(answer.right) < (problem.decimals ? smallest_rounded_answer : smallest_exact_answer)) return false;
      const bool counts = answer.reading >= Reading::rows;
      if (!problem.decimals && !counts && !is_short(answer.right)) return false;
    }
  if (is_at_a_kink(problem.trace.record)) return false;
  if (problem.decimals) return problem.answer_count() > 0;
  for (const Tensor& tensor : problem.trace.record.tensors)
    if (!problem.unshown.contains(tensor.name) && !(all_short(tensor.value) && all_short(tensor.gradient)))
      return false;
  return problem.answer_count() > 0;
}

std::string identity(const Problem& problem) {
  std::string text = problem.task + fmt::format("{}", fmt::join(problem.rules, ";"));
  for (const Given& given : problem.given) {
    text += given.name;
    for (const double value : given.values) text += " " + shown(value);
  }
  for (const Question& question : problem.questions) text += " " + question.name;
  return text;
}

std::string shown(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const double rounded = std::stod(text);
  if (std::abs(value - rounded) < 1e-9 && text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return rounded == 0 && text.front() == '-' ? text.substr(1) : text;
}

}  // namespace gradwalk::worksheet
