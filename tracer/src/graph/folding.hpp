#pragma once

#include <vector>

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/graph.hpp"

namespace gradwalk::graph {

/// More nodes than this are not readable, and are folded unless options.all.
inline constexpr std::size_t most_nodes = 1500;

/// Which elements of a large record are drawn: of every dimension the first ones and the last.
class Folding {
 public:
  /// `rows` are the rows of the batch that were asked for.
  Folding(const Record& record, const GraphOptions& options, const std::vector<std::size_t>& rows);

  bool active() const { return active_; }
  bool drawn(const Tensor& tensor, std::size_t index) const;

 private:
  bool in_rows(const Tensor& tensor, std::size_t index) const;

  std::vector<std::size_t> rows_;
  bool every_row_, active_ = false;
};

/// The first ones and the last of 0 … count−1: all of them up to a handful.
bool kept_when_folded(std::size_t i, std::size_t count);

}  // namespace gradwalk::graph
