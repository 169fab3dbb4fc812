#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// What is kept of a tensor besides its description. record.json with values has no velocities.
enum class Part { value, gradient, velocity };

/// W1, dW1, vW1
std::string array_name(const std::string& tensor, Part part);

/// Where the numbers of one step come from: those of `part` of the tensor `name`, which must have `shape`.
using Values = std::function<std::vector<double>(const std::string& name, const Shape& shape, Part part)>;

/// The records that a record.json describes. `values` makes the Values of a step from its number; `file` is what the
/// messages call the file. Throws InputError of one line for everything that is not a description of records, and
/// passes on what Values throw.
std::vector<Record> records_from_json(const std::string& text, const std::string& file,
                                      const std::function<Values(std::size_t step)>& values);

}  // namespace gradwalk
