#pragma once

#include <cstddef>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// What of a record goes on a page. For every tensor and every axis the indices that stay; an axis that stays whole is
/// empty.
using Excerpt = std::vector<std::vector<std::vector<std::size_t>>>;

/// Everything when it is at most `budget` numbers and `rows` is empty; else `units` of every larger layer; else a few
/// rows too. Throws InputError when a row of `rows` is not in the batch.
Excerpt excerpt_of(const Record& record, const std::vector<std::size_t>& rows, std::size_t units, std::size_t budget);

/// The numbers of a tensor that stay, row by row.
std::vector<double> excerpted(const std::vector<double>& numbers, const Shape& shape,
                              const std::vector<std::vector<std::size_t>>& kept);

}  // namespace gradwalk
