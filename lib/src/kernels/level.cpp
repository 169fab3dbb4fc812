// Compiled once for every level of the instruction set, with GRADWALK_LEVEL set to its name (see the CMakeLists of this folder).

#include "kernels/product.hpp"

namespace gradwalk::GRADWALK_LEVEL {

extern const kernels::Level level;

const kernels::Level level{
    GRADWALK_LEVEL_NAME,
#if defined(__FMA__) || defined(__aarch64__)
    true,
#else
    false,
#endif
    {product<float>},
    {product<double>},
};

}  // namespace gradwalk::GRADWALK_LEVEL
