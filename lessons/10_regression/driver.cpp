// Answers the judge of lesson 10 with what the student's line does. W is (1, 1) and b (1), as in a linear layer.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

Line line_of(Call& call) { return {call["W"].values[0], call["b"].values[0]}; }

void answer_line(Call& call, const char* w, const char* b, const Line& line) {
  Matrix W(1, 1);
  W(0, 0) = line.w;
  call.answer_matrix(w, W);
  call.answer_vector(b, Vector{line.b});
}

void prediction(Call& call) {
  const Vector f = predict(line_of(call), call.vector<Vector>("x"));
  Matrix column(f.size(), 1);
  for (std::size_t n = 0; n < f.size(); ++n) column(n, 0) = f[n];
  call.answer_matrix("f", column);
}

// With the line that it is the gradient of: what follows rightly from a wrong f is no mistake of the gradient.
template <GradientOf gradient_of>
void gradient(Call& call) {
  prediction(call);
  answer_line(call, "dW", "db", gradient_of(line_of(call), call.vector<Vector>("x"), call.vector<Vector>("y")));
}

// The gradient of a bowl that x and y describe, {x0·w + x1·b + x2, y0·w + y1·b + y2}: only the descent is asked for here,
// and whoever called this function for the gradients above would learn nothing from it.
Line of_bowl(const Line& line, const Vector& x, const Vector& y) {
  return {x[0] * line.w + x[1] * line.b + x[2], y[0] * line.w + y[1] * line.b + y[2]};
}

void descent(Call& call) {
  answer_line(call, "W after", "b after",
              fit(line_of(call), call.vector<Vector>("x"), call.vector<Vector>("y"), of_bowl,
                  static_cast<std::size_t>(call.scalar("steps")), call.scalar("learning_rate")));
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"predict", driver_of_lesson::prediction},
                                                         {"squared", driver_of_lesson::gradient<squared_gradient>},
                                                         {"absolute", driver_of_lesson::gradient<absolute_gradient>},
                                                         {"fit", driver_of_lesson::descent},
                                                         {nullptr, nullptr}};
