#pragma once

#include <filesystem>

namespace gradwalk {

/// What is installed for the running program: $GRADWALK_SHARE, else share/gradwalk beside its bin. That there is such a
/// folder is not checked; throws nothing.
std::filesystem::path share_folder();

/// The folder of the data sets that gradwalk ships: data/ of share_folder(), else lib/data of the source tree that this
/// was built from. Throws nothing.
std::filesystem::path data_folder();

}  // namespace gradwalk
