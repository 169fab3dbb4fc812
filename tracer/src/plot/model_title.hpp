#pragma once

#include <string>

#include "gradwalk/nn/model_file.hpp"

namespace gradwalk::plot {

/// "2-10-2, tanh, cross-entropy, own-framework": the same words as on the command line, but a file without its folders.
std::string model_title(const ModelSpec& spec);

}  // namespace gradwalk::plot
