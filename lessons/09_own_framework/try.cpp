// Yours to play with: change it as you like. Nothing here is graded.
//
// Your own framework learns XOR: four clouds in the corners of a square, the two classes crosswise. Once with a Tanh
// between its layers and once without.
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <random>

#include "exercise.hpp"

std::mt19937 generator(3);

Linear drawn(std::size_t in, std::size_t out) {
  std::normal_distribution<double> weight(0, 1 / std::sqrt(double(in)));
  Linear layer(in, out);
  for (std::size_t j = 0; j < out; ++j)
    for (std::size_t i = 0; i < in; ++i) layer.W(j, i) = weight(generator);
  return layer;
}

void report(std::size_t epoch, const Net& net, const Matrix& x, const Labels& y) {
  const Score score = evaluate(net, x, y);
  std::printf("  epoch %2zu   loss %.3f   accuracy %.2f\n", epoch, score.loss, score.accuracy);
}

// What the net says at each place of the square: # is class 1, · is class 0.
void map(const Net& net) {
  Net copy = net;
  for (double up = 1.75; up >= -1.75; up -= 0.5) {
    std::printf("  ");
    for (double right = -1.875; right < 2; right += 0.25) {
      Matrix place(1, 2);
      place(0, 0) = right, place(0, 1) = up;
      const Matrix logits = copy.forward(place);
      std::printf("%s", logits(0, 1) > logits(0, 0) ? "#" : "·");
    }
    std::printf("\n");
  }
}

int main() {
  const std::size_t count = 200;
  std::normal_distribution<double> noise(0, 0.3);
  Matrix x(count, 2);
  Labels y(count);
  for (std::size_t n = 0; n < count; ++n) {
    const bool right = n % 2, up = n / 2 % 2;
    x(n, 0) = (right ? 1 : -1) + noise(generator);
    x(n, 1) = (up ? 1 : -1) + noise(generator);
    y[n] = right != up;
  }
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);

  for (const bool with_tanh : {true, false}) {
    Net net;
    net.add(drawn(2, 8));
    if (with_tanh) net.add(Tanh());
    net.add(drawn(8, 2));
    std::printf(with_tanh ? "Linear(2, 8), Tanh, Linear(8, 2)\n" : "\nLinear(2, 8), Linear(8, 2)\n");
    report(0, net, x, y);
    for (std::size_t epoch = 1; epoch <= 40; ++epoch) {
      std::shuffle(order.begin(), order.end(), generator);
      train_epoch(net, x, y, order, 8, 0.1);
      if (epoch % 10 == 0) report(epoch, net, x, y);
    }
    map(net);
  }
}
