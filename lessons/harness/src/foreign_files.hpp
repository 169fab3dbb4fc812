#pragma once

#include <filesystem>
#include <string>

namespace gradwalk::harness {

/// What a compile may read: its own folder and the kit's; the toolchain's is known.
struct CompileFolders {
  std::filesystem::path kit, work;
};

/// The first file that went into a compile and is neither the submission's, nor the kit's, nor the toolchain's; empty
/// when there is none. `dependencies` is a makefile's rule as g++ -MD and as --MD write it. When it is missing though
/// the compile has `succeeded`, nobody knows what went in, and it is itself what is returned.
std::string foreign_dependency(const std::filesystem::path& dependencies, const CompileFolders& folders,
                               bool succeeded);

/// The same of the rule that the assembler writes: it reads what g++ hands it, called as the driver, and may read no
/// file beside that. In the submission's folder lie the solutions of earlier lessons.
std::string file_of_assembler(const std::filesystem::path& dependencies, bool succeeded);

/// The same, of the places that the errors of a failed compile name: each of them quotes a line.
std::string foreign_place(const std::string& compiler_output, const CompileFolders& folders);

}  // namespace gradwalk::harness
