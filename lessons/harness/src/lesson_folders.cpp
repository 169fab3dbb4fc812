#include "lesson_folders.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <string_view>

namespace gradwalk::harness {
namespace {

bool is_digit(const std::string& text, std::size_t i) {
  return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]));
}

std::string words_of(const Lesson& lesson) { return lesson.name.substr(lesson.number.size() + 1); }

/// Whether a word may stand behind a lesson's number without being somebody's name.
bool is_word_of_a_lesson(const std::string& word, const Lesson& lesson) {
  constexpr std::array<std::string_view, 12> usual{"lesson", "lab",  "hw",   "homework",   "exercise", "task",
                                                   "week",   "unit", "work", "assignment", "solution", "final"};
  std::string lower = word;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::find(usual.begin(), usual.end(), lower) != usual.end() ||
         ("_" + words_of(lesson) + "_").find("_" + lower + "_") != std::string::npos;
}

}  // namespace

bool is_lessons_folder(const std::string& folder, const Lesson& lesson) {
  if (folder.find(lesson.name) != std::string::npos || folder == words_of(lesson)) return true;
  static const std::regex form(
      "(?:lesson|lab|hw|homework|exercise|task|week|assignment|unit)?[ _-]*0*([0-9]+)(?:[ _-](.*))?",
      std::regex::icase);
  static const std::regex word("[^ _.()-]+");
  std::smatch found;
  if (!std::regex_match(folder, found, form) || found[1].length() > 4) return false;
  const std::string rest = found[2];
  return std::stoul(found[1]) == std::stoul(lesson.number) &&
         std::all_of(std::sregex_iterator(rest.begin(), rest.end(), word), std::sregex_iterator(),
                     [&](const std::smatch& one) { return is_word_of_a_lesson(one.str(), lesson); });
}

bool is_other_lessons_folder(const std::string& folder, const Lesson& lesson) {
  return !is_digit(folder, 0) ? is_lessons_folder(folder, lesson) : folder == lesson.name;
}

bool names_lesson(const std::string& part, const Lesson& lesson) {
  if (part.find(lesson.name) != std::string::npos || part.find(words_of(lesson)) != std::string::npos) return true;
  for (std::size_t at = part.find(lesson.number); at != std::string::npos; at = part.find(lesson.number, at + 1))
    if ((at == 0 || !is_digit(part, at - 1)) && !is_digit(part, at + lesson.number.size()) &&
        part.size() <= lesson.number.size() + 12)
      return true;
  return false;
}

std::string without_lesson(const std::string& stem, const Lesson& lesson) {
  for (std::size_t at = stem.find_last_of("_- "); at != std::string::npos && at > 0;
       at = stem.find_last_of("_- ", at - 1))
    if (is_lessons_folder(stem.substr(at + 1), lesson)) return stem.substr(0, at);
  return stem;
}

}  // namespace gradwalk::harness
