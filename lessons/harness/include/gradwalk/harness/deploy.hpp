#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace gradwalk::harness {

/// What the jobs of an array are to grade, and how.
struct SlurmArray {
  std::string program;  // gradwalk-grade, where every node finds it
  std::string submissions, lessons, output;
  std::string key_file, roster;  // either may be empty
  std::size_t shards = 1, jobs = 1;
  bool allow_weak_sandbox = false;
};

/// A shell script for sbatch: an array of `shards` jobs of `jobs` processors each. A shard that is requeued goes on.
std::string slurm_script(const SlurmArray& array);

/// The zip that Gradescope wants: setup.sh and run_autograder at its root, and gradwalk itself with the key and with the
/// libraries that it needs. Throws InputError when it cannot be written.
void write_gradescope_zip(const std::filesystem::path& zip, const std::string& lesson, const std::string& key);

}  // namespace gradwalk::harness
