#pragma once

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

// What every contender of the benchmark does: it trains a net on synthetic data, as many samples as a line on its
// standard input says, and prints the seconds that this took. `bench` starts them all and lets them take turns.

struct Problem {
  std::vector<std::size_t> widths;
  std::string activation;  // of the hidden layers: relu or tanh
  std::size_t batch = 0, threads = 0;
  std::size_t samples = 60'000;

  float learning_rate = 0.01f;
  std::vector<float> x;     // (samples, widths[0]), as a data set of 784 pixels would be: numbers from 0 to 1
  std::vector<int> labels;  // (samples)

  const float* row(std::size_t n) const { return x.data() + n * widths.front(); }
};

/// CONTENDER 784-128-10 relu 64 2: net, activation, batch, threads.
inline Problem read_problem(int count, char** words) {
  if (count < 5) std::cerr << "usage: " << words[0] << " WIDTHS ACTIVATION BATCH THREADS\n", std::exit(2);
  Problem problem;
  std::istringstream widths(words[1]);
  for (std::string width; std::getline(widths, width, '-');) problem.widths.push_back(std::stoul(width));
  problem.activation = words[2];
  problem.batch = std::stoul(words[3]);
  problem.threads = std::stoul(words[4]);
  problem.x.resize(problem.samples * problem.widths.front());
  unsigned state = 1;
  const auto next = [&state] { return (state = state * 1664525u + 1013904223u) >> 8; };
  for (float& v : problem.x) v = static_cast<float>(next()) / static_cast<float>(1u << 24);
  for (std::size_t n = 0; n < problem.samples; ++n)
    problem.labels.push_back(static_cast<int>(next() % problem.widths.back()));
  return problem;
}

/// Weights from −1/√in to 1/√in, the same for every contender that asks: W of layer `l`, (out, in).
inline std::vector<float> first_weights(const Problem& problem, std::size_t l) {
  std::vector<float> W(problem.widths[l] * problem.widths[l + 1]);
  unsigned state = static_cast<unsigned>(l) + 7;
  float scale = 1.0f;
  while (scale * scale * static_cast<float>(problem.widths[l]) > 1.0f) scale *= 0.99f;
  for (float& w : W) {
    state = state * 1664525u + 1013904223u;
    w = scale * (static_cast<float>(state >> 8) / static_cast<float>(1u << 23) - 1.0f);
  }
  return W;
}

/// Answers lines until there are no more. train(first, count) trains on rows first … first + count − 1, a batch at a
/// time.
template <class Train>
int serve(const Problem& problem, Train train) {
  std::cout << "ready" << std::endl;
  std::size_t at = 0;
  for (std::size_t wanted = 0; std::cin >> wanted;) {
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t done = 0; done < wanted;) {
      if (at + problem.batch > problem.samples) at = 0;
      std::size_t count = std::min(wanted - done, problem.samples - at);
      count = std::max(count / problem.batch, std::size_t{1}) * problem.batch;
      train(at, count);
      at += count;
      done += count;
    }
    std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << std::endl;
  }
  return 0;
}
