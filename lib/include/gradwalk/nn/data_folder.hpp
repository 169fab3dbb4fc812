#pragma once

#include <filesystem>

namespace gradwalk {

/// The folder of the data sets that gradwalk ships: data/ of $GRADWALK_SHARE, or of share/gradwalk beside the bin of
/// the running program; else lib/data of the source tree that this was built from.
std::filesystem::path data_folder();

}  // namespace gradwalk
