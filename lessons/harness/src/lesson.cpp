#include "gradwalk/harness/lesson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "gradwalk/harness/places.hpp"
#include "gradwalk/nn/detail/toml.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/nearest_name.hpp"
#include "gradwalk/tracer/language.hpp"
#include "registry.hpp"

namespace gradwalk::harness {
namespace {

namespace fs = std::filesystem;

/// `title = {en = "…", ru = "…"}` in the current language; English where the other is missing.
std::string in_current_language(const toml::node_view<toml::node>& node, const fs::path& file) {
  const std::string language = current_language() == Language::ru ? "ru" : "en";
  if (const auto text = node[language].value<std::string>()) return *text;
  if (const auto text = node["en"].value<std::string>()) return *text;
  throw InputError(file.string() + ": a title = {en = \"…\", ru = \"…\"} is missing");
}

Lesson read_lesson(const fs::path& folder, const Registered& registered) {
  const fs::path file = folder / "lesson.toml";
  Lesson lesson;
  lesson.name = registered.folder;
  lesson.number = lesson.name.substr(0, lesson.name.find('_'));
  lesson.folder = folder;
  lesson.make_checks = registered.make_checks;
  toml::table table = parse_toml(read_file(file), file.string());
  lesson.title = in_current_language(table["title"], file);
  lesson.file = table["file"].value_or(std::string("exercise.hpp"));
  if (toml::array* uses = table["uses"].as_array())
    for (toml::node& earlier : *uses) lesson.uses.push_back(earlier.value_or(std::string()));
  if (toml::array* steps = table["steps"].as_array())
    for (toml::node& node : *steps) {
      const toml::node_view<toml::node> step(node);
      lesson.steps.push_back(
          {step["id"].value_or(std::string()), in_current_language(step["title"], file), step["points"].value_or(1.0)});
    }
  const std::string numerical = table["numerical_gradient"].value_or(std::string("earns"));
  if (numerical != "earns" && numerical != "earns nothing")
    throw InputError(file.string() + R"(: numerical_gradient is "earns" or "earns nothing", not ")" + numerical + '"');
  lesson.numerical_gradient_earns = numerical == "earns";
  if (lesson.steps.empty()) throw InputError(file.string() + ": no [[steps]]");
  return lesson;
}

}  // namespace

double Lesson::points() const {
  return std::accumulate(steps.begin(), steps.end(), 0.0,
                         [](double sum, const Step& step) { return sum + step.points; });
}

std::vector<Check> Lesson::checks(std::string_view course_key, std::string_view submission) const {
  Draw draw(key_of(course_key, submission, name));
  return make_checks(draw);
}

std::vector<Lesson> all_lessons() {
  const fs::path root = lessons_folder();
  std::vector<Lesson> lessons;
  for (const Registered& registered : registered_lessons())
    if (const fs::path folder = root / registered.folder; fs::exists(folder / "lesson.toml"))
      lessons.push_back(read_lesson(folder, registered));
  std::sort(lessons.begin(), lessons.end(), [](const Lesson& a, const Lesson& b) { return a.name < b.name; });
  return lessons;
}

Lesson lesson_named(std::string_view name) {
  const std::vector<Lesson> lessons = all_lessons();
  const auto pad = [](const std::string& number) { return number.size() == 1 ? "0" + number : number; };
  const std::string padded = pad(std::string(name));
  const std::string digits = pad(std::string(name.substr(0, name.find_first_not_of("0123456789"))));
  const bool is_number = !name.empty() && digits == padded && name.size() <= 4;  // 13 lies beside 12, not beside 03
  const Lesson* nearest = nullptr;
  std::size_t smallest = 0;
  for (const Lesson& lesson : lessons) {
    const std::string words = lesson.name.substr(std::min(lesson.name.size(), lesson.number.size() + 1));
    if (padded == lesson.number || padded == lesson.name || padded == words) return lesson;
    const std::size_t away =
        digits == lesson.number || words.starts_with(name) ? 0
        : is_number ? static_cast<std::size_t>(std::abs(std::stoi(digits) - std::stoi(lesson.number)))
                    : std::min({edit_distance(padded, lesson.number), edit_distance(padded, lesson.name),
                                edit_distance(padded, words), edit_distance(padded, words.substr(0, name.size() + 1))});
    if (!nearest || away < smallest) nearest = &lesson, smallest = away;
  }
  if (!nearest) throw InputError("there are no lessons here; is gradwalk installed completely?");
  throw InputError(tr("there is no lesson {name}; did you mean {number} ({title})?", fmt::arg("name", name),
                      fmt::arg("number", nearest->number), fmt::arg("title", nearest->title)));
}

}  // namespace gradwalk::harness
