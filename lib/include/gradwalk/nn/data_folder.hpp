#pragma once

#include <filesystem>

namespace gradwalk {

/// What is installed for the running program: $GRADWALK_SHARE, else share/gradwalk beside its bin.
std::filesystem::path share_folder();

/// The folder of the data sets that gradwalk ships: data/ of share_folder(), else lib/data of the source tree that this
/// was built from.
std::filesystem::path data_folder();

}  // namespace gradwalk
