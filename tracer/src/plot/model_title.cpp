#include "model_title.hpp"

#include <fmt/format.h>

namespace gradwalk::plot {

std::string model_title(const ModelSpec& spec) {
  // Of a file or folder only its own name: where it lies on this machine is of no interest, and may be long.
  std::string data = spec.data;
  if (const std::size_t kind = data.find(':'), last = data.find_last_of('/'); last != std::string::npos && kind < last)
    data.erase(kind + 1, last - kind);
  return fmt::format("{}, {}, {}, {}", fmt::join(spec.widths, "-"), spec.activation, name_of(spec.loss), data);
}

}  // namespace gradwalk::plot
