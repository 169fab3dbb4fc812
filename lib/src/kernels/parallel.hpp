#pragma once

#include <cstddef>

namespace gradwalk::kernels {

/// Below this many multiplications the fork and join of a parallel region cost more than the loop.
inline constexpr std::size_t worth_threads = 1u << 16;

}  // namespace gradwalk::kernels
