// What a walkthrough says, in every form and format: three lines for each step, and the things that a learner stumbles
// on.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/tracer/walk.hpp"
#include "lesson_step.hpp"
#include "lib/random_nets.hpp"
#include "support/messages.hpp"

using namespace gradwalk;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool says_so(const std::string& text, const std::string& part) {
  return std::regex_replace(text, std::regex("\\s+"), " ").find(part) != std::string::npos;
}

Record relu_record() {
  Net<double> net = make_net<double>({2, 3, 2}, "relu", Loss::cross_entropy);
  net.linear(0).W = Matrix<double>(3, 2, {1, 0, -1, -1, 0, 1});  // unit 1 is shut for both rows
  net.linear(1).W = Matrix<double>(2, 3, {1, 2, 3, -1, 0, 1});
  return record_step(net, Matrix<double>(2, 2, {1, 2, 3, 0}), Loss::cross_entropy, {{0, 1}, {}});
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_step_has_three_lines) {
  for (const Case& c : various_cases()) {
    Record record = record_step(c.net, c.x, c.loss, c.targets);
    record.provenance.learning_rate = 0.1;
    record.provenance.loss_after = 0.5;
    for (const WalkForm form : {WalkForm::scalar, WalkForm::batch, WalkForm::matrix})
      for (const std::string wrt : {"", "W1", "W2[1,2]", "b1[0]", "x[1,2]", "z1"}) {
        if (wrt.starts_with("W2") && record[record.tensor("W2")].shape[0] < 2) continue;
        WalkOptions options;
        options.form = form;
        options.wrt = wrt;
        const std::string text = walkthrough(record, options);
        // A closer look at one entry stands further in, and has its three lines too.
        const std::size_t steps = count(text, "\nStep "), closer = count(text, "\n  One entry written out");
        BOOST_TEST(steps > 5u);
        for (const std::string line : {"rule", "numbers", "result"}) {
          BOOST_TEST(count(text, "\n  " + line + " ") == steps, c.name << " " << wrt << ": " << line);
          BOOST_TEST(count(text, "\n    " + line + " ") == closer, c.name << " " << wrt << ": " << line);
        }
        options.format = WalkFormat::markdown;
        const std::string markdown = walkthrough(record, options);
        BOOST_TEST(count(markdown, "\n### ") == steps);
        BOOST_TEST(count(markdown, "\n#### ") == closer);
        BOOST_TEST(count(markdown, ":* $") == 3 * (steps + closer));
        BOOST_TEST(count(markdown, "$") % 2 == 0u);
        options.format = WalkFormat::html;
        const std::string html = walkthrough(record, options);
        BOOST_TEST(count(html, "<dt>") == 3 * (steps + closer));
        BOOST_TEST(count(html, "<math") == count(html, "</math>"));
        BOOST_TEST(html.find("<script") == std::string::npos);
      }
  }
}

BOOST_AUTO_TEST_CASE(what_the_course_skips) {
  const std::string text = walkthrough(lesson_step().record);
  BOOST_TEST(says_so(text, "So the way back begins with 1."));
  BOOST_TEST(says_so(text, "rule J[k,j] = ∂p[0,k]/∂z2[0,j] = p[0,k]·(1[k = j] - p[0,j])"));
  BOOST_TEST(says_so(text, "= (p[n,j] - 1[j = y[n]])/N"));
  BOOST_TEST(says_so(text, "dW2 = dz2ᵀ · a1"));
  BOOST_TEST(says_so(text, "(2, 10) (2, 4) (4, 10)"));
  BOOST_TEST(says_so(text, "dW1[0,0] = Σ_n ∂L/∂z1[n,0] · ∂z1[n,0]/∂W1[0,0]"));
  BOOST_TEST(says_so(text, "learning rate η = 0.1"));
  BOOST_TEST(says_so(text, "The loss became smaller."));
}

BOOST_AUTO_TEST_CASE(a_loss_with_the_softmax_inside_is_taken_apart) {
  // z = x: p[0] = softmax(log 1, log 3) = (1/4, 3/4), and the label is 1: dp = (0, −4/3), dz = (1/4, −1/4).
  Net<double> net = make_net<double>({2, 2}, "tanh", Loss::softmax_cross_entropy);
  net.linear(0).W = Matrix<double>(2, 2, {1, 0, 0, 1});
  const Record record =
      record_step(net, Matrix<double>(1, 2, {0, std::log(3)}), Loss::softmax_cross_entropy, {{1}, {}});
  for (const WalkForm form : {WalkForm::scalar, WalkForm::matrix, WalkForm::batch}) {
    WalkOptions options;
    options.form = form;
    const std::string text = walkthrough(record, options);
    BOOST_TEST((says_so(text, "p = [ 0.25 0.75 ]") || says_so(text, "p ≈ [ 0.25 0.75 ]") ||
                says_so(text, "p ≈ [ 0.2500 0.7500 ]")));
    BOOST_TEST(says_so(text, "dp[n,k] = -1/(N·p[n,k]) if k = y[n], else 0"));
    BOOST_TEST(says_so(text, "[ 0 -1.333 ]"));
    BOOST_TEST(says_so(text, "The softmax Jacobian, for row 0"));
    BOOST_TEST(says_so(text, "0.1875 -0.1875"));
    BOOST_TEST(says_so(text, "The vector–Jacobian product, to z1"));
    BOOST_TEST(says_so(text, form == WalkForm::scalar ? "= (p[0,j] - 1[j = y[0]])/N" : "= (p[n,j] - 1[j = y[n]])/N"));
  }
}

BOOST_AUTO_TEST_CASE(momentum_moves_a_weight_by_its_velocity) {
  Record record = relu_record();
  record.provenance.learning_rate = 0.5;
  record.provenance.momentum = 0.5;
  WalkOptions options;
  options.wrt = "W1[0,0]";
  BOOST_TEST(says_so(walkthrough(record, options), "The record does not hold those"));
  for (Tensor& t : record.tensors)
    if (t.role == Role::parameter) t.velocity.assign(t.size(), 2);
  // v = 0.5·2 + 0.25 = 1.25, W = 1 − 0.5·1.25 = 0.375
  record.tensors[record.tensor("W1")].gradient[0] = 0.25;
  const std::string text = walkthrough(record, options);
  BOOST_TEST(says_so(text, "vW1[0,0] ← μ·vW1[0,0] + dW1[0,0]"));
  BOOST_TEST(says_so(text, "vW1[0,0] ← 0.5·2 + 0.25"));
  BOOST_TEST(says_so(text, "W1[0,0] ← 1 - 0.5·1.25"));
  BOOST_TEST(says_so(text, "result vW1[0,0] = 1.25 W1[0,0] = 0.375"));
}

BOOST_AUTO_TEST_CASE(only_what_concerns_the_weight) {
  WalkOptions options;
  options.wrt = "W2[1,7]";
  const std::string text = walkthrough(lesson_step().record, options);
  BOOST_TEST(text.find("Weighted sums z1") == std::string::npos);
  BOOST_TEST(text.find("W1") == text.find("W1[2,0] is row"));  // the example in the reading guide, and nothing after
  BOOST_TEST(says_so(text, "The rest is the bias and 9 other products. It does not depend on W2[1,7]."));
  BOOST_TEST(says_so(text, "The run recorded exactly the sum of these 4 terms."));
}

BOOST_AUTO_TEST_CASE(kinks_and_dead_units) {
  const std::string text = walkthrough(relu_record());
  BOOST_TEST(says_so(text, "For this batch 1 unit is dead: number 1."));
  BOOST_TEST(says_so(text, "z1[1,2] is exactly 0. There relu has a kink"));
  const auto told = [](const std::string& expression, double x, double y, const std::string& part) {
    return says_so(walkthrough(record_expression(expression, {{"x", x}, {"y", y}})), part);
  };
  BOOST_TEST(told("f = max(x, y)", 2, 2, "x and y are equal. There max has a kink"));
  BOOST_TEST(!told("f = max(x, y)", 2, 1, "kink"));
  BOOST_TEST(told("f = abs(x)*y", 0, 1, "x is exactly 0. There abs has a kink"));
  BOOST_TEST(told("f = relu(x)*y", -1, 1, "x ≤ 0, so the result is 0"));
}

BOOST_AUTO_TEST_CASE(gradients_add_where_a_value_is_used_twice) {
  const std::string text = walkthrough(record_expression("b = a + a; c = b * b", {{"a", 3}}));
  BOOST_TEST(says_so(text, "a is used 2 times, so 2 arrows lead out of it towards c."));
  BOOST_TEST(says_so(text, "numbers ∂c/∂a = 12·1 + 12·1 = 12 + 12 result ∂c/∂a = 24"));
}

BOOST_AUTO_TEST_CASE(where_numbers_break) {
  const auto cause = [](const std::string& expression, double x) {
    return walkthrough(record_expression(expression, {{"x", x}}));
  };
  BOOST_TEST(says_so(cause("u = x - 1; f = 2 + 1/u", 1),
                     "v1 is inf, although all that it is made from is finite. The cause is a division by 0."));
  BOOST_TEST(says_so(
      cause("f = 2*log(x)", -1),
      "v1 is NaN, although all that it is made from is finite. The cause is the logarithm of a negative number."));
  BOOST_TEST(says_so(cause("f = exp(x)", 1000),
                     "f is inf, although all that it is made from is finite. The cause is a result too large"));
  BOOST_TEST(!says_so(cause("f = exp(x)", 1), "break"));
}

BOOST_AUTO_TEST_CASE(a_large_net_is_told_in_short) {
  Case c = random_case({784, 128, 10}, "relu", Loss::cross_entropy, 64, 5);
  Record record = record_step(c.net, c.x, c.loss, c.targets);
  record.provenance.learning_rate = 0.1;
  WalkOptions options;
  for (const std::string wrt : {"W2[3,7]", "W1[5,300]", "b1[5]", "W1", ""}) {
    options.wrt = wrt;
    const std::string text = walkthrough(record, options);
    BOOST_TEST(lines(text) < (wrt.ends_with(']') ? 320u : 600u), wrt << ": " << lines(text));
    if (wrt.ends_with(']')) BOOST_TEST(says_so(text, "61 more, together") != says_so(text, "62 more, together"));
  }
}

BOOST_AUTO_TEST_CASE(a_range_of_steps_and_digits) {
  const LessonStep lesson = lesson_step();
  WalkOptions options;
  options.first_step = 3, options.last_step = 5;
  const std::string text = walkthrough(lesson.record, options);
  BOOST_TEST(count(text, "\nStep ") == 3u);
  BOOST_TEST(says_so(text, "Step 3. ") == true);
  BOOST_TEST(says_so(text, "The forward pass"));
  options.first_step = 99, options.last_step = 100;
  BOOST_CHECK_EXCEPTION(walkthrough(lesson.record, options), InputError, says("there is no step 99"));
  WalkOptions exact;
  exact.digits = 17;
  BOOST_TEST(says_so(walkthrough(lesson.record, exact), "0.66806164890371"));
}

BOOST_AUTO_TEST_CASE(names_that_do_not_exist) {
  const LessonStep lesson = lesson_step();
  const auto about = [&](const std::string& name) {
    WalkOptions options;
    options.wrt = name;
    return walkthrough(lesson.record, options);
  };
  BOOST_CHECK_EXCEPTION(about("W3"), InputError, says("W3"));
  BOOST_CHECK_EXCEPTION(about("W1[10,0]"), InputError, says("W1"));
  BOOST_CHECK_EXCEPTION(about("y"), InputError, says("y has no gradient"));
  BOOST_CHECK_EXCEPTION(walk_format_of("walk.doc"), InputError, says("walk.doc"));
  BOOST_CHECK_EXCEPTION(walk_form_named("vector"), InputError, says("vector"));
}
