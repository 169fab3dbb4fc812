#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gradwalk {

/// The bytes of a file, to its end; pipes work too. Throws InputError when there is no such file or it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// Throws the InputError that write_file would throw for this path, as far as that can be known: to be asked before the
/// hours of work whose result is to go there.
void check_writable(const std::filesystem::path& path);

/// Writes `bytes` to `path`, whole or not at all: into a new file beside it, which then takes its name. An existing
/// file keeps its permissions, a symbolic link stays one, and a device or pipe (/dev/stdout) is written to directly.
/// Throws InputError when that cannot be done; whatever stood at `path` is then as it was.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace gradwalk
