#include "gradwalk/nn/expression.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradwalk/nn/difference.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/nn/terms.hpp"

using namespace gradwalk;

namespace {

double value(const Record& r, const std::string& name) { return r[r.tensor(name)].value[0]; }
double gradient(const Record& r, const std::string& name) { return r[r.tensor(name)].gradient[0]; }

std::string refusal(const std::string& text, const std::map<std::string, double>& values = {}) {
  try {
    record_expression(text, values);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_CASE(
    the_first_example_of_cs231n) {  // cs231n, "Backpropagation, intuitions": f = (x + y)·z at −2, 5, −4
  const Record r = record_expression("q = x + y; f = q * z", {{"x", -2}, {"y", 5}, {"z", -4}});
  BOOST_TEST(value(r, "q") == 3);
  BOOST_TEST(value(r, "f") == -12);
  BOOST_TEST(gradient(r, "x") == -4);
  BOOST_TEST(gradient(r, "y") == -4);
  BOOST_TEST(gradient(r, "z") == 3);
  BOOST_TEST(gradient(r, "f") == 1);
}

BOOST_AUTO_TEST_CASE(
    the_sigmoid_neuron_of_cs231n) {  // its rounded figures: 0.73, and gradients −0.2, 0.39, −0.39, −0.59, 0.2
  const Record r = record_expression("f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))",
                                     {{"w0", 2}, {"x0", -1}, {"w1", -3}, {"x1", -2}, {"w2", -3}});
  const double s = 1 / (1 + std::exp(-1.0)), d = s * (1 - s);
  BOOST_TEST(value(r, "f") == s, boost::test_tools::tolerance(1e-15));
  const std::map<std::string, double> expected{{"w0", -d}, {"x0", 2 * d}, {"w1", -2 * d}, {"x1", -3 * d}, {"w2", d}};
  for (const auto& [name, g] : expected) BOOST_TEST(gradient(r, name) == g, boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(a_value_used_twice_gets_a_term_from_each_use) {
  const Record r = record_expression("b = a + a; c = b * b", {{"a", 3}});
  BOOST_TEST(value(r, "c") == 36);
  BOOST_TEST(gradient(r, "a") == 24);  // c = 4a²
  BOOST_TEST(terms_of(r, r.element("a")).terms.size() == 2u);
  BOOST_TEST(terms_of(r, r.element("b")).terms.size() == 2u);
}

BOOST_AUTO_TEST_CASE(every_function_against_differences) {
  const char* text =
      "u = exp(x) * log(y) - tanh(x*y)/sigmoid(z); v = relu(x) + relu(z) + max(x, z) + abs(z) ^ 3; f = u * sin(v) + "
      "cos(u) ^ 2 - -y^2 + x^y";
  const std::map<std::string, double> at{{"x", 0.7}, {"y", 1.9}, {"z", -0.6}};
  const Record r = record_expression(text, at);
  for (const auto& [name, start] : at) {
    auto moved = at;
    const Difference d = differentiate(
        [&](double w) {
          moved[name] = w;
          const Record changed = record_expression(text, moved);
          return Probe{changed[changed.loss()].value[0], 0};
        },
        start);
    BOOST_TEST((judge(gradient(r, name), d) == Judgement::right),
               name << ": " << gradient(r, name) << " against " << d.value);
  }
}

BOOST_AUTO_TEST_CASE(powers_and_signs_bind_as_in_mathematics) {
  BOOST_TEST(value(record_expression("f = 0*x + 2^3^2", {{"x", 1}}), "f") == 512);
  BOOST_TEST(value(record_expression("f = 0*x - 2^2", {{"x", 1}}), "f") == -4);
  BOOST_TEST(value(record_expression("f = -2^2 + 0*x", {{"x", 1}}), "f") == -4);
  BOOST_TEST(value(record_expression("f = 2^-1 + 0*x", {{"x", 1}}), "f") == 0.5);
  BOOST_TEST(value(record_expression("f = x − y × z ÷ 2", {{"x", 1}, {"y", 4}, {"z", 3}}), "f") == -5);
  BOOST_TEST(value(record_expression("f = 8 / x / 2", {{"x", 2}}), "f") == 2);
}

BOOST_AUTO_TEST_CASE(no_name_that_gradwalk_gives_has_a_gradient_called_as_a_variable_is) {
  const Record r = record_expression("(df + 1) * 2", {{"df", 3}});  // the gradient of a loss f would be df in the file
  BOOST_TEST(r[r.loss()].name == "v2");
  BOOST_TEST(record_expression("f = (dv1 + 1) * 2", {{"dv1", 3}}).find("v2").has_value());
  BOOST_CHECK_NO_THROW(record_bytes({r}));
}

BOOST_AUTO_TEST_CASE(kinks_take_the_side_that_the_rules_say) {
  BOOST_TEST(gradient(record_expression("f = relu(x)", {{"x", 0}}), "x") == 0);
  BOOST_TEST(gradient(record_expression("f = abs(x)", {{"x", 0}}), "x") == 0);
  const Record tie = record_expression("f = max(x, y)", {{"x", 2}, {"y", 2}});
  BOOST_TEST(gradient(tie, "x") == 1);
  BOOST_TEST(gradient(tie, "y") == 0);
}

// The example of micrograd's README, as it stands there but for relu(); its value and gradients are those it prints.
BOOST_AUTO_TEST_CASE(a_name_may_get_another_value) {
  const Record r = record_expression(
      "c = a + b; d = a * b + b**3; c += c + 1; c += 1 + c + (-a); d += d * 2 + relu(b + a); d += 3 * d + relu(b - a);"
      "e = c - d; f = e**2; g = f / 2.0; g += 10.0 / f",
      {{"a", -4}, {"b", 2}});
  BOOST_TEST(value(r, "g_2") == 24.70408163265306, boost::test_tools::tolerance(1e-14));
  BOOST_TEST(gradient(r, "a") == 138.83381924198252, boost::test_tools::tolerance(1e-14));
  BOOST_TEST(gradient(r, "b") == 645.5772594752186, boost::test_tools::tolerance(1e-14));
  BOOST_TEST(value(r, "c") == -2);
  BOOST_TEST(value(r, "c_2") == -3);
  BOOST_TEST(value(record_expression("c = x; c_2 = 5*x; c = c + c_2", {{"x", 1}}), "c_3") == 6);
  BOOST_TEST(value(record_expression("f = -x**2 + -2**2", {{"x", 3}}), "f") == -13);
}

BOOST_AUTO_TEST_CASE(an_error_names_the_position_and_what_was_expected) {
  BOOST_TEST(refusal("f = (x + ", {{"x", 1}}) ==
             "in 'f = (x + ' at position 10: expected a number, a variable, a function or '(', found the end");
  BOOST_TEST(refusal("f = (x + 1", {{"x", 1}}) ==
             "in 'f = (x + 1' at position 11: expected ')' or an operator, found the end");
  BOOST_TEST(refusal("f = x × × 2", {{"x", 1}}) ==
             "in 'f = x × × 2' at position 9: expected a number, a variable, a function or '(', found '×'");
  BOOST_TEST(refusal("f = x y", {{"x", 1}, {"y", 1}}) ==
             "in 'f = x y' at position 7: expected an operator, ';' or the end, found 'y'");
  BOOST_TEST(refusal("f = x + y", {{"x", 1}}) == "in 'f = x + y': y has no value: add y=NUMBER");
  BOOST_TEST(refusal("f = x", {{"x", 1}, {"z", 2}}) == "z = 2 was given, but the expression has no free variable z");
  BOOST_TEST(refusal("f = arctan(x)", {{"x", 1}}).find("position 5: expected one of the functions") !=
             std::string::npos);
  BOOST_TEST(refusal("f = arctan(x)", {{"x", 1}}).ends_with("found 'arctan'"));
  BOOST_TEST(refusal("f = max(x)", {{"x", 1}}) == "in 'f = max(x)' at position 5: max takes 2 arguments, not 1");
  BOOST_TEST(refusal("f = (y + ", {}).ends_with("found the end"));  // before y, which has no value
  BOOST_TEST(refusal("f = 1e999 * x", {{"x", 1}}).ends_with("expected a number, found '1e999'"));
  BOOST_TEST(refusal("y = 2*x; x = x + y", {{"x", 1}}) ==
             "in 'y = 2*x; x = x + y' at position 10: x has a value already: give the new one another name");
  BOOST_TEST(refusal("x += 1", {{"x", 1}}) != "accepted");
  for (const char* text : {"", " ; ", "x", "=", "1 = x", "f = ", "f = )", "f = x +* 2"})
    BOOST_TEST(refusal(text, {{"x", 1}}) != "accepted", text);
}

BOOST_AUTO_TEST_CASE(what_is_not_a_number_is_recorded_and_traced_to_where_it_began) {
  const Record r = record_expression("u = log(x); f = u * 2 + 1 / y", {{"x", -1}, {"y", 0}});
  BOOST_TEST(std::isnan(value(r, "f")));
  const auto troubles = troubles_of(r);
  BOOST_TEST_REQUIRE(troubles.size() == 2u);
  BOOST_TEST(r[r.ops[troubles[0].op].output].name == "u");
  BOOST_TEST((r.ops[troubles[1].op].kind == OpKind::div));
}
