// Every answer of every kind of problem, found again without the record's rules: the forward pass is written out here a
// second time, and gradients are central differences of it.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "gradwalk/nn/error.hpp"
#include "sheet.hpp"

using namespace gradwalk;
using namespace gradwalk::worksheet;

namespace {

using Values = std::vector<std::vector<double>>;

double of_two(OpKind kind, double a, double b) {
  switch (kind) {
    case OpKind::add:
      return a + b;
    case OpKind::sub:
      return a - b;
    case OpKind::mul:
      return a * b;
    case OpKind::div:
      return a / b;
    case OpKind::pow:
      return std::pow(a, b);
    case OpKind::max:
      return a > b ? a : b;
    default:
      BOOST_FAIL("an op that this test does not know");
      return 0;
  }
}

double of_one(const Op& op, double z) {
  switch (op.kind) {
    case OpKind::tanh:
      return std::tanh(z);
    case OpKind::sigmoid:
      return 1 / (1 + std::exp(-z));
    case OpKind::relu:
      return z > 0 ? z : 0;
    case OpKind::leaky_relu:
      return z > 0 ? z : op.attribute("slope", NAN) * z;
    case OpKind::neg:
      return -z;
    default:
      BOOST_FAIL("an op that this test does not know");
      return 0;
  }
}

double loss(const Op& op, const std::vector<double>& f, const std::vector<double>& y, std::size_t N) {
  const std::size_t C = f.size() / N;
  double sum = 0;
  for (std::size_t n = 0; n < N; ++n)
    if (op.kind == OpKind::cross_entropy)
      sum -= std::log(f[n * C + static_cast<std::size_t>(y[n])]);
    else if (op.kind == OpKind::binary_logistic)
      sum += std::log(1 + std::exp(f[n])) - y[n] * f[n];
    else
      for (std::size_t k = 0; k < C; ++k) {
        const double e = f[n * C + k] - y[n * C + k];
        sum += op.kind == OpKind::squared_error ? e * e : std::abs(e);
      }
  return sum / static_cast<double>(N);
}

std::vector<double> output(const Record& record, const Op& op, const Values& v) {
  const auto in = [&](std::size_t slot) -> const std::vector<double>& { return v[op.inputs[slot]]; };
  switch (op.kind) {
    case OpKind::linear: {
      const std::size_t D = record[op.inputs[1]].shape[1], H = record[op.inputs[1]].shape[0], N = in(0).size() / D;
      std::vector<double> z;
      for (std::size_t n = 0; n < N; ++n)
        for (std::size_t j = 0; j < H; ++j) {
          z.push_back(in(2)[j]);
          for (std::size_t i = 0; i < D; ++i) z.back() += in(0)[n * D + i] * in(1)[j * D + i];
        }
      return z;
    }
    case OpKind::softmax: {
      std::vector<double> p;
      const std::size_t C = record[op.output].shape[1];
      for (std::size_t i = 0; i < in(0).size(); ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < C; ++k) sum += std::exp(in(0)[i / C * C + k]);
        p.push_back(std::exp(in(0)[i]) / sum);
      }
      return p;
    }
    case OpKind::cross_entropy:
    case OpKind::binary_logistic:
    case OpKind::squared_error:
    case OpKind::absolute_error:
      return {loss(op, in(0), in(1), record[op.inputs[0]].shape[0])};
    default:
      break;
  }
  if (op.inputs.size() == 2) return {of_two(op.kind, in(0)[0], in(1)[0])};
  std::vector<double> a;
  for (const double z : in(0)) a.push_back(of_one(op, z));
  return a;
}

/// The forward pass anew, but for `held`, which stays as `start` has it.
Values forward(const Record& record, const Values& start, std::optional<TensorId> held = {}) {
  Values v = start;
  for (const Op& op : record.ops)
    if (op.output != held) v[op.output] = output(record, op, v);
  return v;
}

Values values_of(const Record& record) {
  Values v;
  for (const Tensor& tensor : record.tensors) v.push_back(tensor.value);
  return v;
}

double slope(const Trace& trace, Element element) {
  constexpr double h = 1e-5;
  const auto goal = [&](double step) {
    Values v = values_of(trace.record);
    v[element.tensor][element.index] += step;
    v = forward(trace.record, v, element.tensor);
    double sum = 0;
    for (std::size_t i = 0; i < trace.upstream.size(); ++i) sum += trace.upstream[i] * v[trace.last][i];
    return sum;
  };
  return (goal(h) - goal(-h)) / (2 * h);
}

double expected(const Problem& problem, const Answer& answer) {
  const Record& record = problem.trace.record;
  const Tensor& tensor = record[answer.element.tensor];
  const auto value = [&] { return forward(record, values_of(record))[answer.element.tensor][answer.element.index]; };
  switch (answer.reading) {
    case Reading::value:
      return value();
    case Reading::gradient:
      return slope(problem.trace, answer.element);
    case Reading::updated:
      return value() - problem.learning_rate * slope(problem.trace, answer.element);
    case Reading::decision:
      return value() > 0 ? 1 : -1;
    case Reading::rows:
      return double(tensor.shape[0]);
    case Reading::columns:
      return double(tensor.shape[1]);
    case Reading::parameters: {
      const auto size = [&](const char* name, std::size_t axis) {
        return double(record[record.tensor(name)].shape[axis]);
      };
      return size("W1", 0) * (size("W1", 1) + 1) + size("W2", 0) * (size("W2", 1) + 1);
    }
  }
  return NAN;
}

template <class Check>
void each_answer(Check check) {
  for (int lesson = 1; lesson <= 12; ++lesson)
    for (const std::uint64_t seed : {7u, 20261u}) BOOST_TEST_CONTEXT("lesson " << lesson << ", seed " << seed)
  for (const Problem& problem : make_sheet(std::to_string(lesson), seed, 12).problems)
    for (const Question& question : problem.questions)
      for (const Answer& answer : question.answers) BOOST_TEST_CONTEXT(answer.name) check(problem, answer);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_answer_is_found_again) {
  std::size_t checked = 0;
  each_answer([&](const Problem& problem, const Answer& answer) {
    const double found = expected(problem, answer);
    BOOST_TEST(std::abs(answer.right - found) <= 1e-6 * std::max(1.0, std::abs(found)),
               answer.right << " is " << found << " here");
    ++checked;
  });
  BOOST_TEST(checked > 1000u);
}

BOOST_AUTO_TEST_CASE(a_student_can_write_every_answer_down) {
  each_answer([](const Problem& problem, const Answer& answer) {
    BOOST_TEST(std::abs(answer.right) >= 1e-3);
    if (!problem.decimals) BOOST_TEST(std::abs(answer.right - std::stod(shown(answer.right))) < 1e-9);
    for (const Given& given : problem.given)
      for (const double value : given.values) BOOST_TEST(std::abs(value - std::stod(shown(value))) < 1e-9);
  });
}

// dx = dz·W: nobody can find it without W.
BOOST_AUTO_TEST_CASE(what_goes_back_through_a_layer_has_its_weights_on_the_sheet) {
  std::size_t checked = 0;
  each_answer([&](const Problem& problem, const Answer& answer) {
    if (answer.reading != Reading::gradient) return;
    const Record& record = problem.trace.record;
    for (const Op& op : record.ops) {
      if (op.kind != OpKind::linear || op.inputs[0] != answer.element.tensor) continue;
      const std::string& weights = record[op.inputs[1]].name;
      BOOST_TEST(std::any_of(problem.given.begin(), problem.given.end(),
                             [&](const Given& given) { return given.name == weights; }),
                 weights << " is not given");
      ++checked;
    }
  });
  BOOST_TEST(checked > 50u);
}

BOOST_AUTO_TEST_CASE(a_wrong_answer_is_never_taken_for_the_right_one) {
  std::size_t with_sign = 0;
  each_answer([&](const Problem&, const Answer& answer) {
    BOOST_TEST(answer.tolerance < std::abs(answer.right));
    for (std::size_t i = 0; i < answer.wrong.size(); ++i) {
      BOOST_TEST(std::abs(answer.wrong[i].value - answer.right) > 2 * answer.tolerance);
      for (std::size_t k = 0; k < i; ++k)
        BOOST_TEST(std::abs(answer.wrong[i].value - answer.wrong[k].value) > 2 * answer.tolerance);
      BOOST_TEST(!answer.wrong[i].because.empty());
      with_sign += std::abs(answer.wrong[i].value + answer.right) < 1e-9;
    }
    if (answer.reading == Reading::gradient) BOOST_TEST(!answer.wrong.empty());
  });
  BOOST_TEST(with_sign > 100u);
}

BOOST_AUTO_TEST_CASE(no_two_problems_are_alike_and_a_seed_means_a_sheet) {
  for (int lesson = 1; lesson <= 12; ++lesson) {
    std::vector<std::string> shorter, longer, other;
    for (const Problem& problem : make_sheet(std::to_string(lesson), 3, 10).problems)
      shorter.push_back(identity(problem));
    for (const Problem& problem : make_sheet(std::to_string(lesson), 3, 30).problems)
      longer.push_back(identity(problem));
    for (const Problem& problem : make_sheet(std::to_string(lesson), 4, 10).problems)
      other.push_back(identity(problem));
    BOOST_TEST((std::set<std::string>(longer.begin(), longer.end()).size() == longer.size()));
    BOOST_TEST(std::equal(shorter.begin(), shorter.end(), longer.begin()));
    BOOST_TEST(shorter != other);
  }
}

BOOST_AUTO_TEST_CASE(bad_calls_are_told_what_there_is) {
  const auto says = [](const std::string& part) {
    return [part](const InputError& error) { return std::string(error.what()).find(part) != std::string::npos; };
  };
  BOOST_CHECK_EXCEPTION(make_sheet("13", 1, 1), InputError, says("did you mean 12"));
  BOOST_CHECK_EXCEPTION(make_sheet("0", 1, 1), InputError, says("did you mean 01"));
  BOOST_CHECK_EXCEPTION(make_sheet("eight", 1, 1), InputError, says("no lesson eight"));
  BOOST_CHECK_EXCEPTION(make_sheet("08", 1, 0), InputError, says("1 to 500"));
  BOOST_CHECK_EXCEPTION(make_sheet("08", 1, 501), InputError, says("not 501"));
  BOOST_TEST(make_sheet("08_two_layers", 1, 1).problems.size() == 1u);
}
