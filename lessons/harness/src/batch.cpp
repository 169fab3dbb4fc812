#include "gradwalk/harness/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <set>
#include <thread>

#include "gradwalk/harness/draw.hpp"
#include "gradwalk/harness/judge.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

/// What a verdict depends on beside the submission: the lesson's files and the key.
std::string fingerprint_of(const Lesson& lesson) {
  std::string all;
  for (const char* file : {"lesson.toml", "driver.cpp", "solution.hpp"})
    if (fs::exists(lesson.folder / file)) all += read_file(lesson.folder / file);
  const fs::path lessons = lesson.folder.parent_path();
  // What stands in for an earlier lesson that did not pass, and the headers that every submission is compiled with.
  for (const std::string& name : lesson.uses) all += read_file(lessons / name / "solution.hpp");
  std::set<fs::path> headers;
  for (const auto& entry : fs::recursive_directory_iterator(lessons / "include"))
    if (entry.is_regular_file()) headers.insert(entry.path());
  for (const fs::path& header : headers) all += read_file(header);
  return all;
}

Graded without_points(const Submitted& submitted, const Lesson& lesson, const Sandbox& sandbox, Status status) {
  Graded graded{submitted.student, submitted.name, submitted.lesson, submitted.file, {}, {}, {}};
  graded.verdict.status = status;
  graded.verdict.possible = lesson.points();
  graded.verdict.tier = sandbox.tier();
  graded.verdict.file_rules = sandbox.has_file_rules();
  for (const Step& step : lesson.steps) graded.verdict.steps.push_back({step, StepStatus::not_attempted, 0});
  return graded;
}

Graded nothing_handed_in(const Submitted& submitted, const Lesson& lesson, const Sandbox& sandbox) {
  Graded graded = without_points(submitted, lesson, sandbox, Status::not_attempted);
  graded.verdict.compiled.outcome = CompileOutcome::unreadable;
  graded.verdict.compiled.message = "";
  return graded;
}

/// The others are graded all the same. It has no fingerprint: --resume tries it again.
Graded failed_at(const Submitted& submitted, const Lesson& lesson, const Sandbox& sandbox, const char* why) {
  Graded graded = without_points(submitted, lesson, sandbox, Status::not_graded);
  graded.verdict.suspicions.push_back(
      tr("gradwalk itself failed here ({message}): this is not the student's fault, and --resume tries again",
         fmt::arg("message", why)));
  return graded;
}

class Batch {
 public:
  Batch(const Kit& kit, const std::vector<Lesson>& lessons, const std::vector<Submitted>& submissions,
        const BatchOptions& options, Journal& journal, const std::function<void(std::size_t, std::size_t)>& progress)
      : kit_(kit), submissions_(submissions), options_(options), journal_(journal), progress_(progress) {
    for (const Lesson& lesson : lessons) {
      lessons_[lesson.name] = &lesson;
      versions_[lesson.name] = fingerprint_of(lesson) + options.key;
    }
    for (std::size_t i = 0; i < submissions.size(); ++i) sources_[{submissions[i].student, submissions[i].lesson}] = i;
    choose();
  }

  void run() {
    {
      std::vector<std::jthread> threads;  // which wait for their end also when the system refuses the next one
      for (std::size_t i = 0; i < std::min(options_.jobs, open_.size()); ++i) threads.emplace_back([this] { work(); });
    }
    if (failure_) std::rethrow_exception(failure_);
    journal_.finish();
  }

 private:
  std::string fingerprint(const Submitted& submitted) const {
    std::string all = submitted.source + versions_.at(submitted.lesson);
    for (const auto& [name, source] : earlier(submitted)) all += name + source;
    return short_hash(all);
  }

  /// What the student handed in for the lessons that this one builds on.
  std::map<std::string, std::string> earlier(const Submitted& submitted) const {
    std::map<std::string, std::string> own;
    for (const std::string& name : lessons_.at(submitted.lesson)->uses)
      if (const auto found = sources_.find({submitted.student, name}); found != sources_.end() && lessons_.count(name))
        if (const std::string& source = submissions_[found->second].source; !source.empty()) own[name] = source;
    return own;
  }

  void choose() {
    std::map<std::pair<std::string, std::string>, Graded> held;
    for (const Graded& graded : journal_.entries()) held.insert_or_assign({graded.student, graded.lesson}, graded);
    for (std::size_t i = options_.shard; i < submissions_.size(); i += options_.shards) {
      const Submitted& submitted = submissions_[i];
      const auto found = held.find({submitted.student, submitted.lesson});
      if (found == held.end() || found->second.fingerprint != fingerprint(submitted) ||
          found->second.file.empty() != submitted.file.empty())
        open_.push_back(i);
      else
        call_by_present_name(found->second, submitted);
    }
  }

  /// The roster, or where the file lies, may have changed since; the verdict has not.
  void call_by_present_name(Graded graded, const Submitted& submitted) {
    const std::string before = to_json_line(graded);
    graded.name = submitted.name;
    graded.file = submitted.file;
    if (to_json_line(graded) != before) journal_.append(graded);
  }

  void work() {
    try {
      for (std::size_t next; !failed_ && (next = next_++) < open_.size();) {
        const Graded graded = grade(submissions_[open_[next]]);
        journal_.append(graded);
        progress_(++done_, open_.size());
      }
    } catch (...) {
      if (!failed_.exchange(true)) failure_ = std::current_exception();
    }
  }

  Graded grade(const Submitted& submitted) const {
    try {
      return judged(submitted);
    } catch (const InputError&) {
      throw;  // of the surroundings, not of this submission: a full disk, a lesson's file
    } catch (const std::exception& error) {
      return failed_at(submitted, *lessons_.at(submitted.lesson), kit_.sandbox(), error.what());
    }
  }

  Graded judged(const Submitted& submitted) const {
    const Lesson& lesson = *lessons_.at(submitted.lesson);
    if (submitted.file.empty()) {
      Graded graded = nothing_handed_in(submitted, lesson, kit_.sandbox());
      graded.fingerprint = fingerprint(submitted);
      return graded;
    }
    Graded graded{submitted.student, submitted.name, submitted.lesson, submitted.file, fingerprint(submitted), {}, {}};
    graded.verdict = judge_submission(kit_, lesson, {submitted.source, passing(earlier(submitted))}, options_.key);
    if (graded.verdict.status == Status::not_graded)
      throw InputError(
          tr("the sandbox stopped working at {file}; --resume goes on from here", fmt::arg("file", submitted.file)));
    if (graded.verdict.compiled.outcome == CompileOutcome::compiled)
      graded.shape_of_code = short_hash(shape_of_code(submitted.source));
    return graded;
  }

  /// Earlier code is built upon when it passes by itself.
  std::map<std::string, std::string> passing(std::map<std::string, std::string> sources) const {
    std::erase_if(sources, [&](const auto& one) {
      return judge_submission(kit_, *lessons_.at(one.first), {one.second, {}}, options_.key).status != Status::passed;
    });
    return sources;
  }

  const Kit& kit_;
  const std::vector<Submitted>& submissions_;
  const BatchOptions& options_;
  Journal& journal_;
  const std::function<void(std::size_t, std::size_t)>& progress_;
  std::map<std::string, const Lesson*> lessons_;
  std::map<std::string, std::string> versions_;
  std::map<std::pair<std::string, std::string>, std::size_t> sources_;
  std::vector<std::size_t> open_;
  std::atomic<std::size_t> next_{0}, done_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
};

}  // namespace

void grade_batch(const Kit& kit, const std::vector<Lesson>& lessons, const std::vector<Submitted>& submissions,
                 const BatchOptions& options, Journal& journal,
                 const std::function<void(std::size_t, std::size_t)>& progress) {
  Batch(kit, lessons, submissions, options, journal, progress).run();
}

std::string shape_of_code(const std::string& source) {
  std::string shape;
  std::map<std::string, std::size_t> names;
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (std::size_t i = 0; i < source.size();) {
    if (source.compare(i, 2, "//") == 0) {
      i = std::min(source.find('\n', i), source.size());
    } else if (source.compare(i, 2, "/*") == 0) {
      const std::size_t end = source.find("*/", i + 2);
      i = end == std::string::npos ? source.size() : end + 2;
    } else if (is_word(source[i])) {
      std::size_t end = i;
      while (end < source.size() && is_word(source[end])) ++end;
      const std::string word = source.substr(i, end - i);
      const bool number = std::isdigit(static_cast<unsigned char>(word[0])) != 0;
      shape += number ? word + " " : fmt::format("n{} ", names.try_emplace(word, names.size()).first->second);
      i = end;
    } else {
      if (!std::isspace(static_cast<unsigned char>(source[i]))) shape += source[i];
      ++i;
    }
  }
  return shape;
}

std::string short_hash(std::string_view bytes) { return fmt::format("{:016x}", key_of({}, bytes, {})); }

}  // namespace gradwalk::harness
