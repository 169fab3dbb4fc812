// Compiled once for every level of the instruction set, with GRADWALK_LEVEL set to its name (see the CMakeLists of this
// folder).

#include "engine/train.hpp"
#include "kernels/product.hpp"

namespace gradwalk::GRADWALK_LEVEL {

extern const kernels::Level level;

const kernels::Level level {
  GRADWALK_LEVEL_NAME,
#if defined(__FMA__) || defined(__aarch64__)
      true,
#else
      false,
#endif
      {panel_width<float>, product<float>, activate<float>, to_panels<float>, from_panels<float>, train<float>},
      {panel_width<double>, product<double>, activate<double>, to_panels<double>, from_panels<double>, train<double>},
};

}  // namespace gradwalk::GRADWALK_LEVEL
