#include <fmt/format.h>

#include "gradwalk/harness/deploy.hpp"

namespace gradwalk::harness {
namespace {

/// A word that the shell takes as it is.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

}  // namespace

std::string slurm_script(const std::string& program, const std::string& submissions, const std::string& lessons,
                         const std::string& output, const std::string& key, std::size_t shards, std::size_t jobs) {
  // Few packed jobs, not one for each submission: starting a job costs Slurm more than grading does.
  return fmt::format(
      "#!/bin/sh\n"
      "#SBATCH --job-name=gradwalk\n"
      "#SBATCH --array=1-{shards}\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task={jobs}\n"
      "#SBATCH --requeue\n"
      "#SBATCH --open-mode=append\n"
      "#SBATCH --output={output_unquoted}/slurm-%a.log\n"
      "# sbatch this; when all are done: gradwalk grade merge {output}/shard-* -o {output}\n"
      "exec {program} {submissions} --lesson {lessons} --key {key} --jobs {jobs} --resume \\\n"
      "  --shard \"$SLURM_ARRAY_TASK_ID/{shards}\" -o {output}/\"shard-$SLURM_ARRAY_TASK_ID\"\n",
      fmt::arg("shards", shards), fmt::arg("jobs", jobs), fmt::arg("output_unquoted", output),
      fmt::arg("output", quoted(output)), fmt::arg("program", quoted(program)),
      fmt::arg("submissions", quoted(submissions)), fmt::arg("lessons", lessons), fmt::arg("key", quoted(key)));
}

}  // namespace gradwalk::harness
