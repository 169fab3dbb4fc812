#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

namespace gradwalk {

/// The languages that gradwalk speaks. English is what the sources are written in; the rest comes from one gettext
/// catalogue (tracer/po/), found in share/gradwalk/locale beside the running program.
enum class Language { en, ru };

/// "en" or "ru"; nothing for another name.
std::optional<Language> language_named(std::string_view name);
std::string_view name_of(Language language);

/// What the environment asks for: LANGUAGE, else LC_ALL, LC_MESSAGES, LANG, as gettext has it. English where that is
/// not Russian. Numbers never depend on it.
Language language_of_environment();

/// Every later message is in this language. For the whole process: not for use from two threads.
void set_language(Language language);
Language current_language();

namespace detail {
std::string translated(const char* message);
std::string translated(const char* singular, const char* plural, unsigned long n);
}  // namespace detail

/// A message in the current language with its placeholders filled in, by name:
///   tr("{file}: no such weight", fmt::arg("file", path))
/// xgettext collects the first argument, which must be a literal.
template <class... Arguments>
std::string tr(const char* message, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(detail::translated(message)), arguments...);
}

/// A message that counts: trn("{n} path", "{n} paths", n, fmt::arg("n", n)). Russian has three forms.
template <class... Arguments>
std::string trn(const char* singular, const char* plural, unsigned long n, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(detail::translated(singular, plural, n)), arguments...);
}

}  // namespace gradwalk
