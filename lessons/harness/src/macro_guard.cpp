#include "macro_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

namespace gradwalk::harness {
namespace {

constexpr std::string_view guard_words = "the judge's own name is a macro here: ";

/// Of a driver, in whose strings neither // nor \" stands. Macros are not replaced in strings.
std::string without_comments_and_strings(std::string source) {
  for (std::size_t begin; (begin = source.find("//")) != std::string::npos;)
    source.erase(begin, source.find('\n', begin) - begin);
  for (std::size_t at = 0; (at = source.find('"', at)) != std::string::npos; ++at)
    source.erase(at, source.find('"', at + 1) + 1 - at);
  return source;
}

/// Whatever a macro could be called: names and keywords alike.
std::set<std::string> macro_names_in(const std::string& source) {
  std::set<std::string> names;
  const auto in_name = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  for (auto at = source.begin(); at != source.end();) {
    const auto begin = std::find_if(at, source.end(), in_name);
    at = std::find_if_not(begin, source.end(), in_name);
    if (begin != at && !std::isdigit(static_cast<unsigned char>(*begin))) names.emplace(begin, at);
  }
  for (const char* not_for_macros :
       {"defined", "and", "and_eq", "bitand", "bitor", "compl", "not", "not_eq", "or", "or_eq", "xor", "xor_eq"})
    names.erase(not_for_macros);
  return names;
}

}  // namespace

std::string with_macro_guard(const std::string& driver) {
  constexpr std::string_view include = "\n#include \"";
  const std::size_t last = driver.rfind(include);
  if (last == std::string::npos) return driver;
  const std::size_t behind = driver.find('\n', last + 1) + 1;
  const auto lines = std::count(driver.begin(), driver.begin() + static_cast<std::ptrdiff_t>(behind), '\n');
  std::string guard;
  for (const std::string& name : macro_names_in(without_comments_and_strings(driver.substr(behind))))
    guard += fmt::format("#ifdef {0}\n#error \"{1}{0}\"\n#endif\n", name, guard_words);
  // A program that the student tried it with may have been left in: it is not the one that is run.
  return fmt::format("{}#define main main_of_submission\n{}#undef main\n{}#line {} \"driver.cpp\"\n{}",
                     driver.substr(0, last + 1), driver.substr(last + 1, behind - last - 1), guard, lines + 1,
                     driver.substr(behind));
}

std::string guarded_macro(const std::string& message) {
  const std::size_t at = message.find(guard_words);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + guard_words.size();
  return message.substr(begin, message.find('"', begin) - begin);
}

}  // namespace gradwalk::harness
