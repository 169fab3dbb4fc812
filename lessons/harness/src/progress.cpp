#include "gradwalk/harness/progress.hpp"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <system_error>

#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;
using SortedJson = nlohmann::json;

fs::path state_folder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path(value ? value : "");
  };
  if (const fs::path named = variable("GRADWALK_STATE"); !named.empty()) return named;
  if (const fs::path state = variable("XDG_STATE_HOME"); state.is_absolute()) return state / "gradwalk";
  const fs::path home = variable("HOME");
  return (home.empty() ? fs::temp_directory_path() : home) / ".local" / "state" / "gradwalk";
}

LessonProgress from_json(const SortedJson& json) {
  LessonProgress lesson;
  lesson.folder = json.value("folder", "");
  lesson.passed = json.value("passed", false);
  lesson.best = json.value("best", 0.0);
  lesson.hints = json.value("hints", 0);
  const SortedJson quizzes = json.value("quizzes", SortedJson::object());
  for (const auto& [when, score] : quizzes.items())
    lesson.quizzes[when] = {score.at("right").get<int>(), score.at("of").get<int>()};
  return lesson;
}

SortedJson to_json(const LessonProgress& lesson) {
  SortedJson quizzes = SortedJson::object();
  for (const auto& [when, score] : lesson.quizzes) quizzes[when] = {{"right", score.right}, {"of", score.of}};
  return {{"folder", lesson.folder.string()},
          {"passed", lesson.passed},
          {"best", lesson.best},
          {"hints", lesson.hints},
          {"quizzes", quizzes}};
}

}  // namespace

Progress::Progress() : folder_(state_folder()) {
  const fs::path file = folder_ / "progress.json";
  std::error_code ignored;
  if (fs::exists(file, ignored)) try {
      const SortedJson json = SortedJson::parse(read_file(file));
      for (const auto& [name, lesson] : json.at("lessons").items()) lessons_[name] = from_json(lesson);
    } catch (const std::exception&) {
      lessons_.clear();
      const fs::path aside = folder_ / "progress.damaged.json";
      fs::rename(file, aside, ignored);
      trouble = tr("the record of your progress was damaged and is now {file}; exercises that passed still count",
                   fmt::arg("file", aside.string()));
    }
  for (const auto& entry : fs::directory_iterator(folder_ / "passed", ignored))
    if (entry.path().extension() == ".hpp") lessons_[entry.path().stem().string()].passed = true;
}

const LessonProgress& Progress::of(const std::string& lesson) const {
  static const LessonProgress nothing;
  const auto found = lessons_.find(lesson);
  return found == lessons_.end() ? nothing : found->second;
}

void Progress::pass(const Lesson& lesson, double points, const std::string& source) {
  LessonProgress& progress = lessons_[lesson.name];
  progress.passed = true;
  progress.best = std::max(progress.best, points);
  to_write_[lesson.name] = source;
}

void Progress::forget(const Lesson& lesson) {
  const fs::path folder = of(lesson.name).folder;
  lessons_[lesson.name] = {};
  lessons_[lesson.name].folder = folder;
  to_write_.erase(lesson.name);
  to_remove_.push_back(lesson.name);
}

std::map<std::string, std::string> Progress::passed_code(const std::vector<std::string>& lessons) const {
  std::map<std::string, std::string> code;
  for (const std::string& name : lessons)
    if (of(name).passed && fs::is_regular_file(code_file(name))) code[name] = read_file(code_file(name));
  return code;
}

bool Progress::open(const Lesson& lesson, const std::vector<Lesson>& all) const {
  if (of(lesson.name).passed || !of(lesson.name).folder.empty()) return true;
  return std::all_of(all.begin(), all.end(),
                     [&](const Lesson& before) { return before.name >= lesson.name || of(before.name).passed; });
}

void Progress::save() const {
  SortedJson lessons = SortedJson::object();
  for (const auto& [name, lesson] : lessons_) lessons[name] = to_json(lesson);
  std::error_code failed;
  fs::create_directories(folder_ / "passed", failed);
  if (failed)
    throw InputError(
        tr("your progress cannot be kept: the folder {folder} cannot be made ({why}); set GRADWALK_STATE "
           "to a folder of yours",
           fmt::arg("folder", folder_.string()), fmt::arg("why", failed.message())));
  for (const std::string& name : to_remove_) fs::remove(code_file(name), failed);
  for (const auto& [name, source] : to_write_) write_file(code_file(name), source);
  write_file(folder_ / "progress.json",
             SortedJson{{"format", "gradwalk progress"}, {"version", 1}, {"lessons", lessons}}.dump(1) + "\n");
}

}  // namespace gradwalk::harness
