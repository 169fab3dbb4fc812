#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradwalk/nn/record.hpp"

namespace gradwalk::harness {

/// Numbers with a name and a shape, as they travel between the judge and a driver.
struct NamedTensor {
  std::string name;
  Shape shape;
  std::vector<double> values;
};

inline NamedTensor scalar(std::string name, double value) { return {std::move(name), {}, {value}}; }

/// The bytes of a request: call `function` with these tensors. (The format is told in lessons/driver/main.cpp.)
std::string encode_request(std::string_view function, std::span<const NamedTensor> tensors);

enum class ReplyFault { none, nothing, too_short, surplus, malformed };

/// Reads the bytes that came back. They come from a hostile process: every length is checked before it is believed.
struct Reply {
  ReplyFault fault = ReplyFault::nothing;
  std::vector<NamedTensor> tensors;

  const NamedTensor* find(std::string_view name) const;
};
Reply decode_reply(std::string_view bytes);

}  // namespace gradwalk::harness
