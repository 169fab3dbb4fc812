// gradwalk-grade: a class's submissions, graded without anybody watching. `gradwalk grade …` runs this.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "command_line_errors.hpp"
#include "course_key.hpp"
#include "gradwalk/harness/batch.hpp"
#include "gradwalk/harness/deploy.hpp"
#include "gradwalk/harness/report.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace {

namespace fs = std::filesystem;
using namespace gradwalk;
using namespace gradwalk::harness;

constexpr int exit_done = 0, exit_bad_call = 2;

struct Call {
  std::string submissions, output, roster, shard, language;
  cli::CourseKey key;
  std::vector<std::string> lessons, merged;
  std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
  bool resume = false, allow_weak_sandbox = false;
};

/// A line on the terminal that counts, with the time that is left.
class Progress {
 public:
  void operator()(std::size_t done, std::size_t all) {
    if (!isatty(STDERR_FILENO)) return;
    const std::lock_guard lock(mutex_);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const double left = seconds / static_cast<double>(done) * static_cast<double>(all - done);
    fmt::print(stderr, "\r{} ",
               tr("{done} of {all} graded, {left} s left", fmt::arg("done", done), fmt::arg("all", all),
                  fmt::arg("left", fmt::format("{:.0f}", left))));
    if (done == all) fmt::print(stderr, "\n");
    std::fflush(stderr);
  }

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// "2/8" as (1, 8): shards are counted from 1.
std::pair<std::size_t, std::size_t> parse_shard(const std::string& text) {
  std::size_t i = 0, n = 0;
  const bool plain = text.find_first_not_of("0123456789/") == std::string::npos;  // %zu alone would take a minus
  int length = 0;
  if (!plain || std::sscanf(text.c_str(), "%zu/%zu%n", &i, &n, &length) != 2 || i < 1 || i > n ||
      std::size_t(length) != text.size())
    throw InputError(tr("--shard {text}: write it as i/n, the i-th of n, from 1/n to n/n", fmt::arg("text", text)));
  return {i - 1, n};
}

std::vector<Lesson> lessons_of(const std::vector<std::string>& names) {
  std::vector<Lesson> lessons;
  for (const std::string& name : names) lessons.push_back(lesson_named(name));
  std::sort(lessons.begin(), lessons.end(), [](const Lesson& a, const Lesson& b) { return a.name < b.name; });
  return lessons;
}

void summarise(const std::vector<Graded>& graded, const fs::path& folder) {
  std::size_t passed = 0;
  for (const Graded& one : graded) passed += one.verdict.status == Status::passed ? 1 : 0;
  fmt::print("{}\n", trn("{n} submission graded, {passed} passed.", "{n} submissions graded, {passed} passed.",
                         graded.size(), fmt::arg("n", graded.size()), fmt::arg("passed", passed)));
  fmt::print("{}\n", tr("The class: {path}", fmt::arg("path", (folder / "report.html").string())));
  fmt::print("{}\n", tr("The marks: {path}", fmt::arg("path", (folder / "grades.csv").string())));
}

/// Without what the journal holds of submissions that have been taken back since.
std::vector<Graded> of_this_class(std::vector<Graded> graded, const std::vector<Submitted>& submissions) {
  std::set<std::pair<std::string, std::string>> present;
  for (const Submitted& one : submissions) present.emplace(one.student, one.lesson);
  std::erase_if(graded, [&](const Graded& one) { return !present.contains({one.student, one.lesson}); });
  return graded;
}

int grade(const Call& call) {
  const std::vector<Lesson> lessons = lessons_of(call.lessons);
  const auto left_out = [](const std::string& what) { fmt::print(stderr, "gradwalk grade: {}\n", what); };
  std::vector<Submitted> submissions = sort_submissions(read_hand_in(call.submissions, left_out), lessons, left_out);
  if (submissions.empty())
    throw InputError(tr("{path} holds no .hpp, .h or .cpp file", fmt::arg("path", call.submissions)));
  if (!call.roster.empty()) apply_roster(read_roster(call.roster), lessons, submissions, left_out);
  BatchOptions options;
  options.key = call.key.value();
  options.jobs = call.jobs;
  const bool sharded = !call.shard.empty();
  if (sharded) std::tie(options.shard, options.shards) = parse_shard(call.shard);

  const fs::path folder = call.output;
  fs::create_directories(folder);
  const fs::path file =
      folder / (sharded ? fmt::format("journal-{}-of-{}.jsonl", options.shard + 1, options.shards) : "journal.jsonl");
  if (fs::exists(file) && !call.resume)
    throw InputError(tr("{file} is there already: --resume goes on with it, another -o starts anew",
                        fmt::arg("file", file.string())));
  Journal journal(file, [&] {
    fmt::print(stderr, "{}\n",
               tr("another grading writes {path}: waiting for its end", fmt::arg("path", file.string())));
  });
  const Kit kit(call.allow_weak_sandbox, Kit::Headers::precompiled);
  Progress progress;
  grade_batch(kit, lessons, submissions, options, journal, [&](std::size_t n, std::size_t all) { progress(n, all); });
  if (sharded) {
    fmt::print("{}\n",
               tr("Shard {shard} is graded; gradwalk grade merge gathers all of them.", fmt::arg("shard", call.shard)));
    return exit_done;
  }
  const std::vector<Graded> graded = of_this_class(read_journals({folder}), submissions);
  write_reports(folder, graded, lessons);
  summarise(graded, folder);
  return exit_done;
}

int merge(const Call& call) {
  const std::vector<Graded> graded = read_journals({call.merged.begin(), call.merged.end()});
  std::vector<std::string> names;
  for (const Graded& one : graded)
    if (std::find(names.begin(), names.end(), one.lesson) == names.end()) names.push_back(one.lesson);
  write_reports(call.output, graded, lessons_of(names));
  summarise(graded, call.output);
  return exit_done;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  set_language(language_of_environment());
  CLI::App app(
      tr("Grades a class: compiles and runs every submission in a sandbox, names its mistakes, writes the marks."));
  app.name("gradwalk grade");
  app.set_help_flag("-h,--help", tr("show this help"));
  Call call;
  const auto common = [&](CLI::App& command) {
    command.add_option("-o,--output", call.output, tr("folder for the reports"));
  };
  app.add_option("submissions", call.submissions,
                 tr("folder, zip or tar of what was handed in (Moodle, Canvas, Gradescope exports too)"));
  app.add_option("--lesson", call.lessons, tr("lessons to grade, by number: 04 or 04,05"))->delimiter(',');
  common(app);
  app.add_option("--roster", call.roster, tr("CSV of the class: ids and names, as course systems export it"));
  call.key.add_options(app);
  app.add_option("--seed", call.key.given, tr("the same as --key: replays a grading"));
  app.add_option("--jobs", call.jobs, tr("submissions at once"))->check(cli::whole_number(1, 1024));
  app.add_option("--shard", call.shard, tr("grade the i-th of n parts only: i/n"));
  app.add_flag("--resume", call.resume, tr("go on where the last call was interrupted"));
  app.add_flag("--allow-weak-sandbox", call.allow_weak_sandbox, tr("run the code even where it cannot be locked in"));
  app.footer(tr("Example:") + "\n  gradwalk grade submissions.zip --lesson 04 -o grades --roster class.csv");
  CLI::App* merge_command = app.add_subcommand("merge", tr("make the reports from the journals of all shards"));
  merge_command->add_option("folders", call.merged, tr("folders that shards were graded into"))->required();
  common(*merge_command);
  merge_command->footer(tr("Example:") + "\n  gradwalk grade merge shard1 shard2 -o grades");

  CLI::App* slurm_command =
      app.add_subcommand("slurm", tr("print the script of a Slurm job array that grades in shards"));
  std::size_t shards = 4;
  slurm_command->add_option("submissions", call.submissions, tr("what was handed in, where every node can read it"))
      ->required();
  slurm_command->add_option("--lesson", call.lessons, tr("lessons to grade"))->delimiter(',')->required();
  slurm_command->add_option("--shards", shards, tr("jobs in the array"))->check(cli::whole_number(1, 1000));
  slurm_command->add_option("--jobs", call.jobs, tr("processors of each job"))->check(cli::whole_number(1, 1024));
  call.key.add_options(*slurm_command);
  slurm_command->add_option("--roster", call.roster,
                            tr("CSV of the class: ids and names, as course systems export it"));
  slurm_command->add_flag("--allow-weak-sandbox", call.allow_weak_sandbox,
                          tr("run the code even where it cannot be locked in"));
  common(*slurm_command);
  slurm_command->footer(
      tr("Example:") + "\n  gradwalk grade slurm class.zip --lesson 04 --shards 4 -o grades > job.sh && sbatch job.sh");
  CLI::App* gradescope_command =
      app.add_subcommand("gradescope", tr("make the zip that Gradescope takes as an autograder"));
  gradescope_command->add_option("--lesson", call.lessons, tr("the lesson to grade"))->required()->expected(1);
  call.key.add_options(*gradescope_command);
  common(*gradescope_command);
  gradescope_command->footer(tr("Example:") + "\n  gradwalk grade gradescope --lesson 04 -o autograder.zip");

  try {
    app.parse(argc, argv);
    if (call.output.empty()) throw InputError(tr("where to? add -o FOLDER"));
    if (merge_command->parsed()) {
      fs::create_directories(call.output);
      return merge(call);
    }
    if (gradescope_command->parsed()) {
      write_gradescope_zip(call.output, call.lessons.front(), call.key.value());
      return exit_done;
    }
    if (slurm_command->parsed()) {
      fs::create_directories(call.output);
      const std::string key = call.key.value();
      const fs::path key_file = key.empty() ? "" : fs::absolute(call.output) / "course.key";
      if (!key.empty()) cli::write_key_file(key_file, key);
      fmt::print("{}", slurm_script({.program = fs::read_symlink("/proc/self/exe"),
                                     .submissions = fs::absolute(call.submissions),
                                     .lessons = fmt::format("{}", fmt::join(call.lessons, ",")),
                                     .output = fs::absolute(call.output),
                                     .key_file = key_file,
                                     .roster = call.roster.empty() ? "" : fs::absolute(call.roster),
                                     .shards = shards,
                                     .jobs = call.jobs,
                                     .allow_weak_sandbox = call.allow_weak_sandbox}));
      return exit_done;
    }
    if (call.submissions.empty())
      throw InputError(tr("what is to be graded? gradwalk grade SUBMISSIONS --lesson 04 -o FOLDER"));
    if (call.lessons.empty()) throw InputError(tr("which lesson? add --lesson 04"));
    return grade(call);
  } catch (const CLI::ParseError& error) {
    return cli::explain(app, error);
  } catch (const InputError& error) {
    fmt::print(stderr, "gradwalk grade: {}\n", error.what());
  } catch (const std::exception& error) {  // a full disk, no memory, no more threads
    fmt::print(stderr, "gradwalk grade: {}\n", error.what());
  }
  return exit_bad_call;
}
