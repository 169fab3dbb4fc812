#include <fmt/format.h>

#include "gradwalk/tracer/language.hpp"
#include "mistakes/terms.hpp"
#include "propagation.hpp"

// A sum that is declared outside the loop over the elements it is meant for: what was added up for the earlier ones is
// still in it. Which are earlier depends on where it is set back to 0.

namespace gradwalk::harness {
namespace {

enum class Earlier { in_row, above, all };

/// out[r,c] = Σ over the earlier elements and itself.
std::vector<double> running(const std::vector<double>& sums, const Shape& shape, Earlier earlier) {
  const std::size_t cols = columns_of(shape);
  std::vector<double> out = sums;
  for (std::size_t at = 0; at < out.size(); ++at) {
    const bool first = earlier == Earlier::all ? at == 0 : earlier == Earlier::in_row ? at % cols == 0 : at < cols;
    if (!first) out[at] += out[earlier == Earlier::above ? at - cols : at - 1];
  }
  return out;
}

bool makes_a_difference(const Shape& shape, Earlier earlier) {
  if (shape.size() < 2) return earlier == Earlier::all && !shape.empty() && shape[0] > 1;
  const std::size_t rows = shape[0], cols = shape[1];
  return earlier == Earlier::in_row ? cols > 1 : earlier == Earlier::above ? rows > 1 : rows > 1 && cols > 1;
}

std::string words_for(Earlier earlier) {
  switch (earlier) {
    case Earlier::in_row:
      return tr("with the sum not set back to 0 for each column: what is left of it in the row is still in it");
    case Earlier::above:
      return tr("with the sum not set back to 0 for each row: what is above it in the column is still in it");
    case Earlier::all:
      return tr("with the sum never set back to 0: all elements before it are still in it");
  }
  return {};
}

/// x·Wᵀ, without the bias.
std::vector<double> products(const Site& site) {
  std::vector<double> z = values_of(site.record(), site.the_op());
  const std::vector<double>& b = site.input(2).value;
  for (std::size_t i = 0; i < z.size(); ++i) z[i] -= b[i % b.size()];
  return z;
}

}  // namespace

void append_running_sums(std::vector<Mistake>& all) {
  for (const Earlier earlier : {Earlier::in_row, Earlier::above, Earlier::all}) {
    const auto words = [earlier](const Site&) { return words_for(earlier); };
    all.push_back({"sum-not-reset",
                   [earlier](const Site& s) {
                     return s.kind() == OpKind::linear && !s.is_forward() &&
                            makes_a_difference(s.target().shape, earlier);
                   },
                   [earlier](const Site& s) {
                     return running(contribution(s.record(), s.the_op(), s.slot), s.target().shape, earlier);
                   },
                   words});
    const auto forward = [earlier](const Site& s) {
      return s.kind() == OpKind::linear && s.is_forward() && makes_a_difference(s.output().shape, earlier);
    };
    all.push_back({"sum-not-reset", forward,
                   [earlier](const Site& s) {
                     std::vector<double> z = running(products(s), s.output().shape, earlier);
                     const std::vector<double>& b = s.input(2).value;
                     for (std::size_t i = 0; i < z.size(); ++i) z[i] += b[i % b.size()];
                     return z;
                   },
                   words});
    all.push_back(
        {"sum-not-reset", forward,
         [earlier](const Site& s) { return running(values_of(s.record(), s.the_op()), s.output().shape, earlier); },
         words});
  }
}

}  // namespace gradwalk::harness
