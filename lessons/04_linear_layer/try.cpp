// Yours to play with: change it as you like. Nothing here is graded.
#include <cstdio>

#include "exercise.hpp"

void print(const char* name, const Matrix& m) {
  std::printf("%s (%zu, %zu)\n", name, m.rows(), m.cols());
  for (std::size_t i = 0; i < m.rows(); ++i) {
    for (std::size_t j = 0; j < m.cols(); ++j) std::printf("%9.4f", m(i, j));
    std::printf("\n");
  }
}

int main() {
  Linear layer(2, 3);  // two inputs, three outputs
  for (std::size_t j = 0; j < 3; ++j)
    for (std::size_t i = 0; i < 2; ++i) layer.W(j, i) = 1.0 + double(j) - 2.0 * double(i);
  layer.b[0] = 10;

  Matrix x(2, 2);  // a batch of two samples
  x(0, 0) = 1, x(0, 1) = 2;
  x(1, 0) = 3, x(1, 1) = 4;
  print("z", layer.forward(x));

  const Matrix dz(2, 3, 1.0);  // as if L were the sum of all of z
  print("dx", layer.backward(dz));
  print("dW", layer.dW);
  std::printf("db\n");
  for (double d : layer.db) std::printf("%9.4f", d);
  std::printf("\n");
}
