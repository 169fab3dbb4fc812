#pragma once

#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// One way from the loss down to a parameter: the product of the local derivatives along it.
struct Path {
  std::vector<Element> nodes;   // L first, the target last
  std::vector<double> factors;  // ∂nodes[k]/∂nodes[k+1]: one fewer than nodes
  double contribution = 0;      // product of the factors
  double share = 0;             // contribution / gradient; NaN when the gradient is 0
};

/// The gradient of one element as a sum over paths. There may be more paths than a 64-bit number counts, so counts are
/// decimal strings, exact.
struct PathLedger {
  Element target;
  std::vector<Path> paths;      // the largest by |contribution|, largest first; equals in the order of the record
  std::string remaining_paths;  // how many are not listed
  double remaining_sum = 0;     // what they add up to, exactly 0 when there are none
  std::string total_paths;
  double total = 0;                   // sum over all paths
  double gradient = 0, residual = 0;  // as recorded; gradient − total
  /// Multiplications: to take every path of `target` for itself; to do so for every parameter of the record; and what
  /// one backward pass for all of them takes, one for each edge.
  std::string by_enumeration, by_enumeration_for_all, by_backprop;
};

/// The `count` largest paths by dynamic programming backwards over the record: for every element only its `count` best
/// partial products are kept, since a longer path cannot be among the best unless its beginning is. Time grows with the
/// edges between the target and the loss, times `count` where the candidates are that many; memory with the elements
/// between them, times `count`. Paths are counted by structure: one through a dead unit counts, and contributes 0.
/// `count` may be 0. Throws InputError when the target has no gradient or the record no loss; that there is such an
/// element is not checked. (Sum over paths: Bauer: Computational graphs and rounding error, SIAM J. Numer. Anal. 11,
/// 1974.)
PathLedger largest_paths(const Record& record, Element target, std::size_t count);

}  // namespace gradwalk
