#include "kernels/levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "gradwalk/nn/error.hpp"

#if defined(__x86_64__)
namespace gradwalk::x86_64_v2 {
extern const kernels::Level level;
}
namespace gradwalk::x86_64_v3 {
extern const kernels::Level level;
}
namespace gradwalk::x86_64_v4 {
extern const kernels::Level level;
}
#else
namespace gradwalk::portable {
extern const kernels::Level level;
}
#endif

namespace gradwalk::kernels {

namespace {

std::vector<const Level*> find_levels() {
#if defined(__x86_64__)
  // By feature: not every compiler knows the levels by name. What else belongs to a level came with these.
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  std::vector<const Level*> found{&x86_64_v2::level};
  if (v3) found.push_back(&x86_64_v3::level);
  if (v4) found.push_back(&x86_64_v4::level);
  return found;
#else
  return {&portable::level};
#endif
}

const Level& choose() {
  const auto known = levels();
  const char* wanted = std::getenv("GRADWALK_LEVEL");
  if (!wanted || !*wanted) return *known.back();
  const auto found = std::find_if(known.begin(), known.end(), [&](const Level* l) { return l->name == wanted; });
  if (found == known.end()) {
    std::string names;
    for (const Level* l : known) names += fmt::format("{}{}", names.empty() ? "" : ", ", l->name);
    throw InputError(fmt::format("GRADWALK_LEVEL={}: this machine has {}", wanted, names));
  }
  return **found;
}

}  // namespace

std::span<const Level* const> levels() {
  static const std::vector<const Level*> found = find_levels();
  return found;
}

const Level& level() {
  static const Level& chosen = choose();
  return chosen;
}

}  // namespace gradwalk::kernels
