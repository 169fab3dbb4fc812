#include <torch/torch.h>

#include "contender.hpp"

// PyTorch's C++ face: torch::nn::Sequential, cross_entropy, torch::optim::SGD.
int main(int count, char** words) {
  Problem problem = read_problem(count, words);
  torch::set_num_threads(static_cast<int>(problem.threads));
  torch::nn::Sequential net;
  for (std::size_t l = 0; l + 1 < problem.widths.size(); ++l) {
    net->push_back(torch::nn::Linear(static_cast<long>(problem.widths[l]), static_cast<long>(problem.widths[l + 1])));
    if (l + 2 == problem.widths.size()) break;
    if (problem.activation == "tanh")
      net->push_back(torch::nn::Tanh());
    else
      net->push_back(torch::nn::ReLU());
  }
  torch::optim::SGD optimizer(net->parameters(), problem.learning_rate);
  const long N = static_cast<long>(problem.samples), D = static_cast<long>(problem.widths.front());
  const auto x = torch::from_blob(problem.x.data(), {N, D});
  const auto y = torch::tensor(std::vector<long>(problem.labels.begin(), problem.labels.end()));
  const long batch = static_cast<long>(problem.batch);
  return serve(problem, [&](std::size_t first, std::size_t rows) {
    for (long at = static_cast<long>(first); at < static_cast<long>(first + rows); at += batch) {
      optimizer.zero_grad();
      torch::nn::functional::cross_entropy(net->forward(x.narrow(0, at, batch)), y.narrow(0, at, batch)).backward();
      optimizer.step();
    }
  });
}
