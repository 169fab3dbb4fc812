// Answers the judge of lesson 02 with the student's losses and their gradients.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

Labels labels(Call& call) {
  Labels y;
  for (const double label : call["y"].values) y.push_back(static_cast<std::size_t>(label));
  return y;
}

void squared(Call& call) {
  const Matrix f = call.matrix<Matrix>("f"), y = call.matrix<Matrix>("y");
  call.answer("L", squared_error(f, y));
  call.answer_matrix("df", squared_error_gradient(f, y));
}

void absolute(Call& call) {
  const Matrix f = call.matrix<Matrix>("f"), y = call.matrix<Matrix>("y");
  call.answer("L", absolute_error(f, y));
  call.answer_matrix("df", absolute_error_gradient(f, y));
}

void zero_one(Call& call) { call.answer("share", zero_one_loss(call.matrix<Matrix>("p"), labels(call))); }

void logistic(Call& call) {
  const Vector z = call.vector<Vector>("z");
  call.answer("L", logistic_loss(z, labels(call)));
  const Vector dz = logistic_loss_gradient(z, labels(call));
  Matrix column(dz.size(), 1);
  for (std::size_t n = 0; n < dz.size(); ++n) column(n, 0) = dz[n];
  call.answer_matrix("dz", column);
}

void cross_entropy_of_p(Call& call) {
  const Matrix p = call.matrix<Matrix>("p");
  call.answer("L", cross_entropy(p, labels(call)));
  call.answer_matrix("dp", cross_entropy_gradient(p, labels(call)));
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"squared", driver_of_lesson::squared},
                                                         {"absolute", driver_of_lesson::absolute},
                                                         {"zero_one", driver_of_lesson::zero_one},
                                                         {"logistic", driver_of_lesson::logistic},
                                                         {"cross_entropy", driver_of_lesson::cross_entropy_of_p},
                                                         {nullptr, nullptr}};
