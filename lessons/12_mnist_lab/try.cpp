// The lab: MNIST with your own framework. Change it as you like. Nothing here is graded.
//   gradwalk lesson run 12 --with FOLDER      FOLDER holds the four files of MNIST, as they are or as .gz
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <string>

#include "exercise.hpp"

struct Digits {
  Matrix pixels;  // a row of 784 for each digit, 0 … 255
  Labels y;
};

// An IDX file: a magic number, the sizes (each 4 bytes, the largest first), then a byte for each element.
std::vector<unsigned char> bytes_of(const std::string& file, std::size_t header, std::size_t count) {
  gzFile in = gzopen((file + ".gz").c_str(), "rb");
  if (!in) in = gzopen(file.c_str(), "rb");
  std::vector<unsigned char> bytes(header + count);
  if (!in || gzread(in, bytes.data(), unsigned(bytes.size())) != int(bytes.size())) {
    std::fprintf(stderr, "cannot read %s: name the folder of MNIST, --with FOLDER\n", file.c_str());
    std::exit(2);
  }
  gzclose(in);
  bytes.erase(bytes.begin(), bytes.begin() + long(header));
  return bytes;
}

Digits digits(const std::string& folder, const std::string& name, std::size_t count) {
  const auto images = bytes_of(folder + "/" + name + "-images-idx3-ubyte", 16, count * 784);
  const auto labels = bytes_of(folder + "/" + name + "-labels-idx1-ubyte", 8, count);
  Digits set{Matrix(count, 784), Labels(labels.begin(), labels.end())};
  for (std::size_t n = 0; n < count; ++n)
    for (std::size_t i = 0; i < 784; ++i) set.pixels(n, i) = images[n * 784 + i];
  return set;
}

struct Set {
  Matrix x;
  Labels y;

  Set first(std::size_t count) const {
    std::vector<std::size_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0);
    return {rows_of(x, rows, 0, count), rows_of(y, rows, 0, count)};
  }
};

// Trains, prints a line for each epoch, returns the net.
Net train(std::vector<std::size_t> widths, const Set& training, const Set& test, int epochs, double learning_rate) {
  Net net = make_net(widths, 1);
  const Set first = training.first(10000);  // enough to see how well it knows what it has been taught
  std::mt19937 random(1);
  std::vector<std::size_t> order(training.y.size());
  std::iota(order.begin(), order.end(), 0);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const std::clock_t begin = std::clock();
    for (std::size_t n = order.size(); n > 1; --n) std::swap(order[n - 1], order[random() % n]);
    train_epoch(net, training.x, training.y, order, 16, learning_rate);
    const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
    const Score seen = evaluate(net, first.x, first.y), unseen = evaluate(net, test.x, test.y);
    std::string name = std::to_string(widths[0]);
    for (std::size_t l = 1; l < widths.size(); ++l) name += "-" + std::to_string(widths[l]);
    std::printf("%-14s %5d  %8.4f  %7.2f %%  %7.2f %%  ", name.c_str(), epoch, seen.loss, 100 * seen.accuracy,
                100 * unseen.accuracy);
    for (const double w : largest_weights(net)) std::printf(" %6.2f", w);
    std::printf("\n");
    std::fflush(stdout);
    std::fprintf(stderr, "  %.1f s\n", seconds);
  }
  return net;
}

int main(int argc, char** argv) {
  const char* named = argc > 1 ? argv[1] : std::getenv("GRADWALK_MNIST");
  const std::string folder = named ? named : ".";
  Digits training = digits(folder, "train", 60000), test = digits(folder, "t10k", 10000);
  Set train_set{scaled(training.pixels), training.y}, test_set{scaled(test.pixels), test.y};

  std::printf("net            epoch      loss  training       test   max|W| of each layer\n");
  train({784, 10}, train_set, test_set, 3, 0.1);
  const Net net = train({784, 32, 10}, train_set, test_set, 3, 0.1);
  train({784, 32, 32, 10}, train_set, test_set, 3, 0.1);

  std::printf("\nThe net of two layers once more, on pixels of 0 ... 255 as they are:\n");
  train_set.x = std::move(training.pixels);
  train({784, 32, 10}, train_set, {std::move(test.pixels), test.y}, 1, 0.1);

  const Matrix C = confusion_matrix(test.y, predict(net, test_set.x), 10);
  std::printf("\nThe net of two layers on the test set: row, the digit; column, what the net says\n   ");
  for (std::size_t j = 0; j < 10; ++j) std::printf("%5zu", j);
  for (std::size_t i = 0; i < 10; ++i) {
    std::printf("\n%2zu ", i);
    for (std::size_t j = 0; j < 10; ++j) std::printf("%5.0f", C(i, j));
  }
  std::printf("\n");
}
