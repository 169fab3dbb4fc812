#include "model_title.hpp"

#include <fmt/format.h>

namespace gradwalk::plot {

std::string model_title(const ModelSpec& spec) {
  return fmt::format("{}, {}, {}, {}", fmt::join(spec.widths, "-"), spec.activation, name_of(spec.loss), spec.data);
}

}  // namespace gradwalk::plot
