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

std::string slurm_script(const SlurmArray& array) {
  std::string options;
  if (!array.key_file.empty()) options += " --key-file " + quoted(array.key_file);
  if (!array.roster.empty()) options += " --roster " + quoted(array.roster);
  if (array.allow_weak_sandbox) options += " --allow-weak-sandbox";
  // Few packed jobs, not one for each submission: starting a job costs Slurm more than grading does.
  return fmt::format(
      "#!/bin/sh\n"
      "#SBATCH --job-name=gradwalk\n"
      "#SBATCH --array=1-{shards}\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task={jobs}\n"
      "#SBATCH --requeue\n"
      "#SBATCH --open-mode=append\n"
      "#SBATCH --output=\"{output}/slurm-%a.log\"\n"
      "# sbatch this; when all are done: {program} merge {quoted_output}/shard-* -o {quoted_output}\n"
      "exec {program} {submissions} --lesson {lessons} --jobs {jobs} --resume{options} \\\n"
      "  --shard \"$SLURM_ARRAY_TASK_ID/{shards}\" -o {quoted_output}/\"shard-$SLURM_ARRAY_TASK_ID\"\n",
      fmt::arg("shards", array.shards), fmt::arg("jobs", array.jobs), fmt::arg("output", array.output),
      fmt::arg("quoted_output", quoted(array.output)), fmt::arg("program", quoted(array.program)),
      fmt::arg("submissions", quoted(array.submissions)), fmt::arg("lessons", quoted(array.lessons)),
      fmt::arg("options", options));
}

}  // namespace gradwalk::harness
