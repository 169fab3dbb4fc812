// Right solutions written in other ways pass, and nothing is held against them.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "gradwalk/harness/judge.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/file.hpp"

using namespace gradwalk;
using namespace gradwalk::harness;

BOOST_AUTO_TEST_CASE(other_ways_to_be_right) {
  const Kit kit(true, Kit::Headers::precompiled);
  const Lesson lesson = lesson_named("04");
  const std::filesystem::path folder = std::filesystem::path(GRADWALK_SOURCE_DIR) / "tests" / "lessons" / "other_ways";
  for (const auto& file : std::filesystem::directory_iterator(folder)) BOOST_TEST_CONTEXT(file.path().filename()) {
      const Verdict verdict = judge_submission(kit, lesson, {read_file(file.path()), {}}, "other ways");
      BOOST_TEST((verdict.status == Status::passed), text_report(lesson, verdict, "exercise.hpp", false));
      BOOST_TEST(verdict.attempts.empty());
      BOOST_TEST(verdict.suspicions.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_numerical_gradient_is_right_and_noticed) {
  const Kit kit(true, Kit::Headers::precompiled);
  const Lesson lesson = lesson_named("04");
  const std::string source = R"(#include "gradwalk/exercise.hpp"
struct Linear {
  Matrix W; Vector b; Matrix dW; Vector db; Matrix x_;
  Linear(std::size_t in, std::size_t out) : W(out, in), b(out), dW(out, in), db(out) {}
  Matrix forward(const Matrix& x) {
    x_ = x;
    Matrix z(x.rows(), W.rows());
    for (std::size_t n = 0; n < x.rows(); ++n)
      for (std::size_t j = 0; j < W.rows(); ++j) {
        z(n, j) = b[j];
        for (std::size_t i = 0; i < W.cols(); ++i) z(n, j) += x(n, i) * W(j, i);
      }
    return z;
  }
  double loss(const Matrix& dz) {
    const Matrix z = forward(Matrix(x_));
    double sum = 0;
    for (std::size_t n = 0; n < z.rows(); ++n)
      for (std::size_t j = 0; j < z.cols(); ++j) sum += z(n, j) * dz(n, j);
    return sum;
  }
  double slope(double& w, const Matrix& dz) {
    const double kept = w, h = 1e-5;
    w = kept + h;
    const double up = loss(dz);
    w = kept - h;
    const double down = loss(dz);
    w = kept;
    return (up - down) / (2 * h);
  }
  Matrix backward(const Matrix& dz) {
    for (std::size_t j = 0; j < W.rows(); ++j)
      for (std::size_t i = 0; i < W.cols(); ++i) dW(j, i) = slope(W(j, i), dz);
    for (std::size_t j = 0; j < W.rows(); ++j) db[j] = slope(b[j], dz);
    Matrix dx(x_.rows(), x_.cols());
    for (std::size_t n = 0; n < x_.rows(); ++n)
      for (std::size_t i = 0; i < x_.cols(); ++i) dx(n, i) = slope(x_(n, i), dz);
    return dx;
  }
};
)";
  const Verdict verdict = judge_submission(kit, lesson, {source, {}}, "numerical");
  BOOST_TEST((verdict.status == Status::passed), text_report(lesson, verdict, "exercise.hpp", false));
  BOOST_TEST(verdict.suspicions.size() == 1U);
}
