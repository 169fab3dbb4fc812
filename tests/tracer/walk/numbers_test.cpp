// Every number that a walkthrough prints, worked out anew: the values of the lesson's mini-batch come from NumPy
// (lib/data/own_framework), and the arithmetic between them is done here, in intervals.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "gradwalk/nn/expression.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/walk.hpp"
#include "interval.hpp"
#include "lesson_step.hpp"
#include "lib/random_nets.hpp"
#include "printed_steps.hpp"

using namespace gradwalk;

namespace {

using Lookup = std::function<double(const std::string&)>;

/// A matrix or a row of one; the arithmetic here is that of single numbers.
bool is_matrix(const std::string& printed) {
  return printed.find("[ ") != std::string::npos || printed.find("⎡") != std::string::npos ||
         printed.find("⎢") != std::string::npos || printed.find("⎣") != std::string::npos;
}

/// Holds every printed equation but those of the rules against `value`. Returns how many there were.
std::size_t check_equations(const std::string& text, const Lookup& value, const std::string& about) {
  std::size_t checked = 0;
  for (const PrintedEquation& e : printed_equations(text)) {
    if (e.line == "rule" || e.sign == "←" || e.left.starts_with("J") || is_matrix(e.right) ||
        e.right.find("NaN") != std::string::npos)
      continue;
    const std::string where = about + ": " + e.step + ": " + e.left + " " + e.sign + " " + e.right;
    try {
      const double v = PrintedArithmetic(e.left, true, value).value().low;
      BOOST_TEST(PrintedArithmetic(e.right, false, value).value().contains(v), where << " but it is " << v);
      if (e.sign == "=") {
        const Interval exact = PrintedArithmetic(e.right, true, value).value();
        BOOST_TEST(std::abs(exact.low - v) <= 1e-12 * std::max(1.0, std::abs(v)), where << " is not exact: " << v);
      }
      ++checked;
    } catch (const std::runtime_error& error) {
      BOOST_TEST(false, where << ": " << error.what());
    }
  }
  return checked;
}

/// The value or the gradient that a record holds: "z1[0,2]", "dz1[0,2]", "∂f/∂x".
Lookup in_record(const Record& record) {
  return [&record](const std::string& name) {
    const bool fraction = name.starts_with("∂");
    const bool gradient =
        fraction || (name.size() > 1 && name[0] == 'd' && !record.find(name.substr(0, name.find('['))));
    const Element e = record.element(fraction ? name.substr(name.rfind("∂") + 3) : gradient ? name.substr(1) : name);
    return gradient ? record[e.tensor].gradient[e.index] : record[e.tensor].value[e.index];
  };
}

/// The text without the update, whose left sides name new values.
std::string before_update(const std::string& text) {
  return text.substr(0, std::min(text.find("\nThe update\n"), text.find("\n## The update\n")));
}
std::string from_update(const std::string& text) { return text.substr(text.find("\nThe update\n")); }

}  // namespace

BOOST_AUTO_TEST_CASE(every_element_of_the_lessons_step) {
  const LessonStep lesson = lesson_step();
  WalkOptions options;
  options.form = WalkForm::scalar;
  for (const int digits : {2, 4, 9}) {
    options.digits = digits;
    const std::string text = walkthrough(lesson.record, options);
    const auto value = [&](const std::string& name) { return lesson.value(name); };
    // z1 a1 z2 p, L, dL dp dz2 (twice) dW2 db2 da1 dz1 dW1 db1 dx: each element once as a result.
    BOOST_TEST(check_equations(before_update(text), value, std::to_string(digits) + " digits") > 2 * 40 + 2 * 16 + 60);
  }
}

BOOST_AUTO_TEST_CASE(one_weight_and_its_update) {
  const LessonStep lesson = lesson_step();
  for (const std::string target : {"W1[2,0]", "W1[9,1]", "b1[3]", "W2[1,7]", "b2[0]"}) {
    WalkOptions options;
    options.wrt = target;
    const std::string text = walkthrough(lesson.record, options);
    std::string worded = before_update(text);
    worded = std::regex_replace(worded, std::regex("sum of the terms +≈"), "d" + target + " ≈");
    worded = std::regex_replace(worded, std::regex("recorded (\\S+)"), "$1");
    worded = std::regex_replace(worded, std::regex(" \\+ rest\\[\\S+\\]"), "");
    BOOST_TEST(check_equations(
                   worded, [&](const std::string& name) { return lesson.value(name); }, target) > 20u);

    const double w = lesson.value(target) - lesson_learning_rate * lesson.value("d" + target);
    const double change = *lesson.record.provenance.loss_after - lesson.value("L");
    std::string update = std::regex_replace(from_update(text), std::regex("ΔL"), "change");
    BOOST_TEST(check_equations(
                   update, [&](const std::string& name) { return name == "change" ? change : w; }, target) >= 2u);
  }
}

BOOST_AUTO_TEST_CASE(every_matrix_of_the_lessons_step_in_markdown) {
  const LessonStep lesson = lesson_step();
  WalkOptions options;
  options.format = WalkFormat::markdown;
  const std::string text = before_update(walkthrough(lesson.record, options));
  // x \approx \underset{(4,2)}{\begin{bmatrix}…\end{bmatrix}}$ : a name and one matrix, nothing else.
  const std::regex whole(
      R"(\\displaystyle (d?)([A-Za-z])(?:_\{(\d+)\})? (?:\\approx |=)\\underset\{\\left\((?:\d+,)?\d+\\right\)\}\{\\begin\{bmatrix\}([^$]*)\\end\{bmatrix\}\}\$)");
  std::size_t checked = 0;
  for (std::sregex_iterator found(text.begin(), text.end(), whole), none; found != none; ++found) {
    const std::string name = (*found)[1].str() + (*found)[2].str() + (*found)[3].str();
    if (name == "J" || (*found)[4].str().find("dots") != std::string::npos ||
        (*found)[4].str().find("frac") != std::string::npos)
      continue;
    const bool vector = name.find('b') != std::string::npos || name == "y";
    std::string rows = (*found)[4].str() + "\\cr ";
    for (std::size_t r = 0, at = 0; at < rows.size(); ++r) {
      const std::size_t end = rows.find("\\cr ", at);
      std::string row = rows.substr(at, end - at) + "&";
      at = end + 4;
      for (std::size_t c = 0, cell = 0; cell < row.size(); ++c) {
        const std::size_t stop = row.find('&', cell);
        std::string printed = row.substr(cell, stop - cell);
        cell = stop + 1;
        printed = std::regex_replace(printed, std::regex(R"(\\cdot 10\^\{(-?\d+)\})"), "e$1");
        const std::string element = vector ? name + "[" + std::to_string(c) + "]"
                                           : name + "[" + std::to_string(r) + "," + std::to_string(c) + "]";
        const double v = lesson.value(element);
        BOOST_TEST(PrintedArithmetic(printed, false, {}).value().contains(v),
                   element << " is printed as " << printed << " but is " << v);
        ++checked;
      }
    }
  }
  // x W1 b1 W2 b2 y, z1 a1 z2 p, dp dz2 dW2 db2 da1 dz1 dW1 db1 dx
  BOOST_TEST(checked == 8 + 20 + 10 + 20 + 2 + 4 + 40 + 40 + 8 + 8 + 8 + 8 + 20 + 2 + 40 + 40 + 20 + 10 + 8u);
}

BOOST_AUTO_TEST_CASE(all_activations_and_losses) {
  for (const Case& c : various_cases()) {
    Record record = record_step(c.net, c.x, c.loss, c.targets);
    WalkOptions options;
    options.form = WalkForm::scalar;
    options.digits = 6;
    std::string text = walkthrough(record, options);
    text = text.substr(0, text.find("\nThe update\n"));
    BOOST_TEST(check_equations(text, in_record(record), c.name) > 200u);
  }
}

BOOST_AUTO_TEST_CASE(expressions) {
  struct Example {
    std::string text;
    std::map<std::string, double> at;
  };
  for (const Example& example : std::vector<Example>{
           {"f = (x + y) * z", {{"x", -2}, {"y", 5}, {"z", -4}}},
           {"b = a + a; c = b * b", {{"a", 3}}},
           {"f = 1/(1 + exp(-(w0*x0 + w1*x1 + w2)))", {{"w0", 2}, {"x0", -1}, {"w1", -3}, {"x1", -2}, {"w2", -3}}},
           {"o = tanh(x1*w1 + x2*w2 + b)", {{"x1", 2}, {"w1", -3}, {"x2", 0.5}, {"w2", 1}, {"b", 6.8813735870195432}}},
           {"g = x^3/(y - 7) - max(x, y)*abs(y) + sin(x)^2 - cos(y) + log(x) + relu(x) + sigmoid(y) - x^y",
            {{"x", 1.5}, {"y", -0.25}}}}) {
    const Record record = record_expression(example.text, example.at);
    BOOST_TEST(check_equations(walkthrough(record), in_record(record), example.text) >= 4u);
  }
}
