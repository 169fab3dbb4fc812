#include "gradwalk/tracer/language.hpp"

#include <libintl.h>

#include <clocale>
#include <cstdlib>

#include "gradwalk/nn/data_folder.hpp"

// gettext notices a change of LANGUAGE only when this moves (GNU gettext manual, section "Changing the language at
// runtime").
extern "C" int _nl_msg_cat_cntr;

namespace gradwalk {

namespace {

constexpr const char* domain = "gradwalk";
Language language = Language::en;

/// Points gettext at the catalogue. LANGUAGE chooses among its languages in every locale but "C"; C.UTF-8 is in libc
/// itself, so no locale has to be installed. Numbers stay as they are: LC_NUMERIC is never touched.
void open_catalogue() {
  static const bool done = [] {
    std::setlocale(LC_MESSAGES, "C.UTF-8");
    bindtextdomain(domain, (share_folder() / "locale").c_str());
    bind_textdomain_codeset(domain, "UTF-8");
    bind_textdomain_codeset("libc", "UTF-8");  // what the system says of a file; else it comes in Latin letters
    return true;
  }();
  (void)done;
}

}  // namespace

std::optional<Language> language_named(std::string_view name) {
  if (name == "en") return Language::en;
  if (name == "ru") return Language::ru;
  return std::nullopt;
}

std::string_view name_of(Language l) { return l == Language::ru ? "ru" : "en"; }

Language language_of_environment() {
  for (const char* variable : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(variable); value && *value)
      return std::string_view(value).starts_with("ru") ? Language::ru : Language::en;
  return Language::en;
}

void set_language(Language chosen) {
  language = chosen;
  if (chosen == Language::en) return;
  open_catalogue();
  setenv("LANGUAGE", std::string(name_of(chosen)).c_str(), 1);
  ++_nl_msg_cat_cntr;
}

Language current_language() { return language; }

namespace detail {

std::string translated(const char* message) { return language == Language::en ? message : dgettext(domain, message); }

std::string translated(const char* singular, const char* plural, unsigned long n) {
  if (language == Language::en) return n == 1 ? singular : plural;
  return dngettext(domain, singular, plural, n);
}

}  // namespace detail

}  // namespace gradwalk
