// Answers the judge of lesson 12 with what the student's lab functions give.
#include "gradwalk/driver.hpp"

#include <numeric>
#include <stdexcept>
#include <vector>

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

Linear layer_of(Call& call, const char* W, const char* b) {
  Linear layer(call[W].dim(1), call[W].dim(0));
  layer.W = call.matrix<decltype(Linear::W)>(W);
  layer.b = call.vector<decltype(Linear::b)>(b);
  return layer;
}

void scale(Call& call) { call.answer_matrix("scaled", scaled(call.matrix<Matrix>("pixels"))); }

void look(Call& call) {
  Net net;
  net.add(layer_of(call, "W1", "b1"));
  net.add(Tanh());
  net.add(layer_of(call, "W2", "b2"));
  call.answer_vector("predicted", predict(net, call.matrix<Matrix>("x")));
  call.answer_vector("largest", largest_weights(net));
}

void confuse(Call& call) {
  call.answer_matrix("C", confusion_matrix(call.vector<Labels>("y"), call.vector<Labels>("predicted"),
                                           std::size_t(call.scalar("classes"))));
}

std::vector<Linear*> linears_of(Net& net) {
  std::vector<Linear*> found;
  for (auto& layer : net.layers)
    if (Linear* linear = linear_in(layer)) found.push_back(linear);
  return found;
}

double equal_weights(const Linear& one, const Linear& other) {
  if (one.W.rows() != other.W.rows() || one.W.cols() != other.W.cols()) return 0;
  double count = 0;
  for (std::size_t j = 0; j < one.W.rows(); ++j)
    for (std::size_t i = 0; i < one.W.cols(); ++i) count += one.W(j, i) == other.W(j, i);
  return count;
}

// How many layers, and the weights and biases of each Linear; those of a net without layers are no numbers that are
// drawn.
void make(Call& call) {
  const auto widths = call.vector<std::vector<std::size_t>>("widths");
  Net net = make_net(widths, 1);
  call.answer("layers", double(net.layers.size()));
  if (!net.layers.empty() && !linear_in(net.layers.front()))
    throw std::logic_error("the first layer of the net is an activation, not a Linear");
  const std::vector<Linear*> linears = linears_of(net);
  const char *const W[] = {"W", "W2", "W3"}, *const b[] = {"b", "b2", "b3"};
  for (std::size_t l = 0; l + 1 < widths.size(); ++l)
    if (l < linears.size()) {
      call.answer_matrix(W[l], linears[l]->W);
      call.answer_vector(b[l], linears[l]->b);
    } else {
      call.answer_matrix(W[l], Matrix(widths[l + 1], widths[l]));
      call.answer_vector(b[l], std::vector<double>(widths[l + 1], -1));
    }
  Net another = make_net(widths, 2), again = make_net(widths, 1);
  const std::vector<Linear*> of_another = linears_of(another), of_again = linears_of(again);
  const bool made = !linears.empty() && !of_another.empty() && !of_again.empty();
  const double all = double(widths[0] * widths[1]);
  call.answer("equal", made ? equal_weights(*linears[0], *of_another[0]) : -1);
  call.answer("unequal", made ? all - equal_weights(*linears[0], *of_again[0]) : -1);
}

// A net as it is made, with the weights that the judge has sent: what it makes of x shows what is between them. One of
// other layers than those has no place for them, and makes nothing.
void made_forward(Call& call) {
  Net net = make_net({call["W1"].dim(1), call["W1"].dim(0), call["W2"].dim(0), call["W3"].dim(0)}, 1);
  const std::vector<Linear*> linears = linears_of(net);
  const char *const W[] = {"W1", "W2", "W3"}, *const b[] = {"b1", "b2", "b3"};
  Matrix z(call["x"].dim(0), call["W3"].dim(0));
  if (linears.size() == 3) {
    for (std::size_t l = 0; l < 3; ++l) {
      linears[l]->W = call.matrix<decltype(Linear::W)>(W[l]);
      linears[l]->b = call.vector<decltype(Linear::b)>(b[l]);
    }
    z = net.forward(call.matrix<Matrix>("x"));
  }
  call.answer_matrix("z3", z);
}

// The logits of rows that the net has not seen: how many are right, the judge counts.
void learn(Call& call) {
  const Matrix x = scaled(call.matrix<Matrix>("pixels"));
  const Labels y = call.vector<Labels>("y");
  Net net = make_net({x.cols(), 8, 3}, 1);
  Matrix logits(call["unseen"].dim(0), 3);
  if (!net.layers.empty()) {
    std::vector<std::size_t> order(y.size());
    std::iota(order.begin(), order.end(), 0);
    for (int epoch = 0; epoch < 40; ++epoch) train_epoch(net, x, y, order, 4, 0.3);
    logits = net.forward(scaled(call.matrix<Matrix>("unseen")));
  }
  call.answer_matrix("logits", logits);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"scale", driver_of_lesson::scale},
                                                         {"look", driver_of_lesson::look},
                                                         {"confuse", driver_of_lesson::confuse},
                                                         {"make", driver_of_lesson::make},
                                                         {"made_forward", driver_of_lesson::made_forward},
                                                         {"learn", driver_of_lesson::learn},
                                                         {nullptr, nullptr}};
