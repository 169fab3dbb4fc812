// Answers the judge of lesson 03 with what the student's gradient, shuffle and descent do.
#include "gradwalk/driver.hpp"

#include <limits>

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

void gradient(Call& call) {
  Vector w = call.vector<Vector>("W");
  w.push_back(call["b"].values[0]);
  Vector dw = gradient_on(call.vector<Rows>("rows"), w, call.matrix<Matrix>("all x"), call.vector<Vector>("all y"));
  dw.resize(w.size());
  Matrix dW(1, w.size() - 1);
  for (std::size_t i = 0; i + 1 < w.size(); ++i) dW(0, i) = dw[i];
  call.answer_matrix("dW", dW);
  call.answer_vector("db", Vector{dw.back()});
}

// Some orders from the seed, and then the same again from the same seed.
void orders(Call& call) {
  const auto count = std::size_t(call.scalar("count")), times = std::size_t(call.scalar("times"));
  std::vector<Rows> all;
  for (double again = 0; again < call.scalar("runs"); ++again) {
    std::mt19937 random{unsigned(call.scalar("seed"))};
    for (std::size_t k = 0; k < times; ++k) all.push_back(shuffled(count, random));
  }
  for (Rows& order : all)
    if (order.size() != count) order.assign(count, count);  // which is no row's number
  call.answer_matrix("orders", all);
}

// The gradient of each step is given, whatever the rows are: a descent is right when it takes them one after the other.
// It is written down on which rows and at which w each was asked for: one line more than there should be, so that a
// step too many is seen. −1 stands where no row is, ∞ where the descent has ended.
struct Descent {
  Call& call;
  Matrix given = call.matrix<Matrix>("gradients");
  std::size_t count = std::size_t(call.scalar("count")), lines = given.rows() + 1, D = given.cols();
  Matrix path{lines, D, std::numeric_limits<double>::infinity()};
  Matrix rows{lines, count, -1};

  void go(std::mt19937 random) {
    std::size_t step = 0;
    const auto write_w = [&](const Vector& w) {
      for (std::size_t i = 0; i < D && i < w.size() && step < lines; ++i) path(step, i) = w[i];
    };
    const auto gradient = [&](const Vector& w, const Rows& batch) {
      Vector dw(D);
      write_w(w);
      for (std::size_t i = 0; i < D && step < given.rows(); ++i) dw[i] = given(step, i);
      for (std::size_t k = 0; k < batch.size() && k < count && step < lines; ++k) rows(step, k) = double(batch[k]);
      ++step;
      return dw;
    };
    write_w(descend(call.vector<Vector>("w"), gradient, count, std::size_t(call.scalar("batch")),
                    std::size_t(call.scalar("epochs")), call.scalar("eta"), random));
  }
};

// Once more from the same seed, and from another one. The orders that the student's own shuffle gives come behind the
// rows of the first time.
void descent(Call& call) {
  const unsigned seed = unsigned(call.scalar("seed"));
  Descent first{call}, again{call}, other{call};
  first.go(std::mt19937{seed});
  again.go(std::mt19937{seed});
  other.go(std::mt19937{seed + 1});
  std::mt19937 random{seed};
  const auto epochs = std::size_t(call.scalar("epochs")), count = first.count, lines = first.lines;
  Matrix rows(3 * lines + epochs, count, -1);
  for (std::size_t k = 0; k < lines; ++k)
    for (std::size_t n = 0; n < count; ++n) {
      rows(k, n) = first.rows(k, n);
      rows(lines + epochs + k, n) = again.rows(k, n);
      rows(2 * lines + epochs + k, n) = other.rows(k, n);
    }
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    const Rows order = shuffled(count, random);
    for (std::size_t k = 0; k < order.size() && k < count; ++k) rows(lines + epoch, k) = double(order[k]);
  }
  call.answer_matrix("path", first.path);
  call.answer_matrix("batches", rows);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"gradient", driver_of_lesson::gradient},
                                                         {"orders", driver_of_lesson::orders},
                                                         {"descent", driver_of_lesson::descent},
                                                         {nullptr, nullptr}};
