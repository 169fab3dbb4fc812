// Answers the judge of lesson 03 with what the student's gradient, shuffle and descent do.
#include "gradwalk/driver.hpp"

#include <limits>

#include "exercise.hpp"

namespace {

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
// step too many is seen. −1 stands where no row is, ∞ where the descent has ended. The orders that the
// student's own shuffle gives come behind the rows.
void descent(Call& call) {
  const Matrix given = call.matrix<Matrix>("gradients");
  const auto count = std::size_t(call.scalar("count"));
  const auto epochs = std::size_t(call.scalar("epochs"));
  const std::size_t lines = given.rows() + 1, D = given.cols();
  Matrix rows(lines + epochs, count, -1), path(lines, D, std::numeric_limits<double>::infinity());
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
  std::mt19937 random{unsigned(call.scalar("seed"))};
  write_w(descend(call.vector<Vector>("w"), gradient, count, std::size_t(call.scalar("batch")), epochs,
                  call.scalar("eta"), random));
  random.seed(unsigned(call.scalar("seed")));
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    const Rows order = shuffled(count, random);
    for (std::size_t k = 0; k < order.size() && k < count; ++k) rows(lines + epoch, k) = double(order[k]);
  }
  call.answer_matrix("path", path);
  call.answer_matrix("batches", rows);
}

}  // namespace

const gradwalk::driver::Function gradwalk_functions[] = {
    {"gradient", gradient}, {"orders", orders}, {"descent", descent}, {nullptr, nullptr}};
