#pragma once

#include <optional>
#include <vector>

#include "walk/story.hpp"

namespace gradwalk::walk {

/// What one line of a wide step is about: a row of the batch, or (nothing) the whole batch.
using Slice = std::optional<std::size_t>;

/// The whole batch in matrix form; in batch form its rows, of many the first two and the last.
std::vector<Slice> slices_of(const Story& story);

/// "z1" or "z1[2]", with its shape beneath.
Math symbol(const Story& story, TensorId id, Slice slice, const std::string& prefix = "");
/// The same, transposed: "z1ᵀ".
Math transposed_symbol(const Story& story, TensorId id, Slice slice, const std::string& prefix = "");
/// "z1", or "z1[n]" where the rule is for any row of the batch.
Math general_symbol(const Story& story, TensorId id, const std::string& prefix = "");
Math general_transposed_symbol(const Story& story, TensorId id, const std::string& prefix = "");

/// Numbers in a line of several matrices are narrower than alone.
inline constexpr GridLimits beside_others{8, 5};

Math values(const Story& story, TensorId id, Slice slice, GridLimits limits = beside_others);
Math gradients(const Story& story, TensorId id, Slice slice, GridLimits limits = beside_others);
Math transposed_values(const Story& story, TensorId id, GridLimits limits = beside_others);
Math transposed_gradients(const Story& story, TensorId id, Slice slice, GridLimits limits = beside_others);

/// A matrix the size of a slice of `id`, each cell from the index of the element.
Math cells(const Story& story, TensorId id, Slice slice, const std::function<Math(std::size_t element)>& cell,
           GridLimits limits = beside_others);

}  // namespace gradwalk::walk
