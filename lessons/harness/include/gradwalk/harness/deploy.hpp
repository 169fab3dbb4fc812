#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace gradwalk::harness {

/// A shell script for sbatch: an array of `shards` jobs of `jobs` processors each. A shard that is requeued goes on.
std::string slurm_script(const std::string& program, const std::string& submissions, const std::string& lessons,
                         const std::string& output, const std::string& key, std::size_t shards, std::size_t jobs);

/// The zip that Gradescope wants: setup.sh and run_autograder at its root, and gradwalk itself with the libraries that
/// it needs. Throws InputError when it cannot be written.
void write_gradescope_zip(const std::filesystem::path& zip, const std::string& lesson, const std::string& key);

}  // namespace gradwalk::harness
