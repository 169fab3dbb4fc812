#include "model_title.hpp"

#include <fmt/format.h>

namespace gradwalk::plot {

std::string model_title(const ModelSpec& spec) {
  // Of a file or folder only its own name: where it lies on this machine is of no interest, and may be long.
  std::string data = spec.data;
  if (const std::size_t kind = data.find(':'), last = data.find_last_of('/'); last != std::string::npos && kind < last)
    data.erase(kind + 1, last - kind);
  const std::string widths = fmt::format("{}", fmt::join(spec.widths, "-"));
  // The activation stands behind the hidden layers: a net of one layer has none.
  const std::string net = spec.widths.size() > 2 ? fmt::format("{}, {}", widths, spec.activation) : widths;
  return fmt::format("{}, {}, {}", net, name_of(spec.loss), data);
}

}  // namespace gradwalk::plot
