// Lesson 12: the lab. What is still missing between your framework and the handwritten digits of MNIST.
//
// Net, train_epoch and evaluate are yours from lesson 09, the layers and the loss from 04, 05 and 06.
// Check what you have with:  gradwalk lesson check 12 exercise.hpp
// Then let it learn:         gradwalk lesson run 12 --with FOLDER     (where the four files of MNIST lie)
#pragma once

#include <random>

#include "09_own_framework.hpp"
#include "gradwalk/exercise.hpp"

// Pixels of 0 … 255 as numbers of 0 … 1.
inline Matrix scaled(const Matrix& pixels) {
  Matrix x(pixels.rows(), pixels.cols());
  // Your code here.
  return x;
}

// A net of the widths given, such as {784, 32, 10}: a Linear from each width to the next, and a Tanh between two of them
// (none after the last). Every weight is drawn from a normal distribution with mean 0 and standard deviation 1/√in,
// where in is the number of inputs of its layer; every b is 0. std::normal_distribution<double>(0, s)(random) draws one.
inline Net make_net(const std::vector<std::size_t>& widths, unsigned seed) {
  std::mt19937 random(seed);
  Net net;
  // Your code here.
  (void)widths, (void)random;
  return net;
}

// For each row of x the class whose logit is largest. The net stays as it is.
inline Labels predict(const Net& net, const Matrix& x) {
  Labels predicted(x.rows(), 0);
  // Your code here.
  (void)net;
  return predicted;
}

// C(i, j): how many rows of class i were taken for class j.
inline Matrix confusion_matrix(const Labels& y, const Labels& predicted, std::size_t classes) {
  Matrix C(classes, classes);
  // Your code here.
  (void)y, (void)predicted;
  return C;
}

// max|W| of each Linear, first layer first.
inline Vector largest_weights(Net& net) {
  Vector largest;
  for (Layer& layer : net.layers)
    if (linear_in(layer)) largest.push_back(0);  // a place for each of them, to be filled
  // Your code here.
  return largest;
}
