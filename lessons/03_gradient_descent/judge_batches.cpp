// The rows that the steps of a descent take: each once in an epoch, in an order that comes from the generator.
#include <algorithm>

#include "gradwalk/tracer/language.hpp"
#include "judge_descent.hpp"

namespace gradwalk::harness::lesson_03 {
namespace {

/// The rows of each step, without the −1 that fill up; from line `begin` on.
std::vector<Order> batches_of(const Descent& d, const Values& got, std::size_t begin = 0) {
  std::vector<Order> batches = rows_of(got, d.count);
  batches = first({batches.begin() + std::ptrdiff_t(begin), batches.end()}, d.steps() + 1);
  for (Order& batch : batches) std::erase(batch, -1);
  while (!batches.empty() && batches.back().empty()) batches.pop_back();
  return batches;
}

std::vector<Order> epochs_of(const Descent& d, const std::vector<Order>& batches) {
  std::vector<Order> epochs(d.epochs);
  for (std::size_t k = 0; k < batches.size() && k < d.steps(); ++k) {
    Order& epoch = epochs[k / d.batches()];
    epoch.insert(epoch.end(), batches[k].begin(), batches[k].end());
  }
  return epochs;
}

/// The first epoch that takes the rows of an epoch before it from behind; 0 when none does.
std::size_t turned_epoch(const std::vector<Order>& epochs) {
  for (std::size_t epoch = 1; epoch < epochs.size(); ++epoch)
    for (std::size_t before = 0; before < epoch; ++before)
      if (std::equal(epochs[epoch].begin(), epochs[epoch].end(), epochs[before].rbegin())) return epoch;
  return 0;
}

/// The epochs, once more from the same seed, and from another.
std::string wrong_chance(const Descent& d, const std::vector<Order>& epochs, const Values& got) {
  const std::size_t lines = d.steps() + 1;
  const std::vector<Order> again = epochs_of(d, batches_of(d, got, lines + d.epochs)),
                           other = epochs_of(d, batches_of(d, got, 2 * lines + d.epochs));
  for (std::size_t epoch = 0; epoch < d.epochs; ++epoch) {
    if (epochs[epoch] == other[epoch])
      return tr("epoch {epoch} takes the rows in the order {order}, whatever the generator is",
                fmt::arg("epoch", epoch), fmt::arg("order", in_words(epochs[epoch])));
    if (epochs[epoch] != again[epoch]) return tr("a generator with the same seed gives other orders the second time");
  }
  if (const std::size_t epoch = turned_epoch(epochs); epoch > 0)
    return tr("epoch {epoch} takes the rows of an earlier one from behind", fmt::arg("epoch", epoch));
  return {};
}

}  // namespace

std::string wrong_batches(const Descent& d, const Values& got) {
  const std::vector<Order> batches = batches_of(d, got);
  if (batches.size() != d.steps())
    return tr("{got} steps are made, expected {wanted}: {epochs} epochs of {batches} mini-batches",
              fmt::arg("got", batches.size()), fmt::arg("wanted", d.steps()), fmt::arg("epochs", d.epochs),
              fmt::arg("batches", d.batches()));
  for (std::size_t k = 0; k < d.steps(); ++k)
    if (batches[k].size() != d.rows_in(k))
      return tr("step {k} takes {got} rows, expected {wanted}", fmt::arg("k", k), fmt::arg("got", batches[k].size()),
                fmt::arg("wanted", d.rows_in(k)));
  const std::vector<Order> epochs = epochs_of(d, batches), all = rows_of(got, d.count);
  // Right for the student's own shuffle, whatever is wrong with that.
  if (std::equal(epochs.begin(), epochs.end(), all.begin() + std::ptrdiff_t(d.steps()) + 1)) return {};
  if (const std::string wrong = not_every_row_once(epochs); !wrong.empty()) return wrong;
  if (d.batches() < 2) return {};  // the order within a batch of all rows is nobody's concern
  if (all_the_same(epochs))
    return tr("every epoch takes the rows in the order {order}", fmt::arg("order", in_words(epochs[0])));
  return wrong_chance(d, epochs, got);
}

std::vector<KnownWrong> wrong_batches_known(const Descent& d) {
  return {{"last-batch-left-out",
           "batches",
           {},
           tr("the last, smaller mini-batch is left out"),
           [=](const Values& got) {
             const std::vector<Order> batches = batches_of(d, got);
             return d.rows_in(d.batches() - 1) < d.batch && batches.size() == d.epochs * (d.batches() - 1) &&
                    std::all_of(batches.begin(), batches.end(), [&](const Order& b) { return b.size() == d.batch; });
           }},
          {"one-epoch",
           "batches",
           {},
           tr("there is one epoch only"),
           [=](const Values& got) { return batches_of(d, got).size() == d.batches(); }},
          {"shuffled-once",
           "batches",
           {},
           tr("the rows are shuffled once, or not at all: every epoch needs its own order"),
           [=](const Values& got) {
             const std::vector<Order> batches = batches_of(d, got);
             return d.batches() > 1 && batches.size() == d.steps() && all_the_same(epochs_of(d, batches));
           }}};
}

}  // namespace gradwalk::harness::lesson_03
