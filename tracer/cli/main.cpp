#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <vector>

#include "command_line_errors.hpp"
#include "commands.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"

using namespace gradwalk;

namespace {

struct AskedLanguage {
  Language language;
  int words;  // that it takes on the line: "--lang=ru" or "--lang ru"
};

/// Whether a language that there is stands at this place of the line.
std::optional<AskedLanguage> language_asked(int argc, char** argv, int at) {
  const std::string_view word = argv[at];
  const bool apart = word == "--lang" && at + 1 < argc;
  if (!apart && !word.starts_with("--lang=")) return std::nullopt;
  const auto language = language_named(apart ? argv[at + 1] : word.substr(word.find('=') + 1));
  return language ? std::optional(AskedLanguage{*language, apart ? 2 : 1}) : std::nullopt;
}

/// The language has to be known before the commands describe themselves: --lang anywhere on the line, else the
/// environment.
Language language_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (const auto asked = language_asked(argc, argv, i)) return asked->language;
  return language_of_environment();
}

/// `gradwalk lesson …` and `gradwalk grade …` are programs of their own beside this one, as git runs its own.
/// `words` begin with the name.
int run_beside(std::vector<char*> words) {
  const auto program =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / (std::string("gradwalk-") + words.front());
  setenv("LANGUAGE", std::string(name_of(current_language())).c_str(), 1);
  words.push_back(nullptr);
  execv(program.c_str(), words.data());
  fmt::print(stderr, "gradwalk: {}\n",
             tr("{program} is not there: install gradwalk again", fmt::arg("program", program.string())));
  return cli::bad_call;
}

/// How a file of the kind that was asked for is made.
std::string remedy(const WrongFile& error) {
  switch (error.found) {
    case WrongFile::Found::model_for_trace:
      return tr("record a step of it with 'gradwalk trace {file} -o FILE'", fmt::arg("file", error.file));
    case WrongFile::Found::no_trace:
      return tr("make one with 'gradwalk trace -o FILE'");
    case WrongFile::Found::other_trace_version:
      return tr("make it again with 'gradwalk trace'");
    case WrongFile::Found::no_model:
      return tr("make one with 'gradwalk train -o FILE'");
    case WrongFile::Found::other_model_version:
      break;
  }
  return tr("train it again with this gradwalk");
}

int run(int argc, char** argv) {
  const Language language = language_of(argc, argv);
  set_language(language);
  std::vector<char*> words;  // without the language: a program beside this one gets it by LANGUAGE
  for (int i = 1; i < argc; ++i) {
    if (const auto asked = language_asked(argc, argv, i))
      i += asked->words - 1;
    else
      words.push_back(argv[i]);
  }
  for (const std::string_view name : {"lesson", "grade", "worksheet"})
    if (!words.empty() && words.front() == name) return run_beside(std::move(words));

  CLI::App app(tr("gradwalk shows how backpropagation works, one chain-rule term at a time."), "gradwalk");
  app.set_version_flag("--version", std::string("gradwalk ") + GRADWALK_VERSION, tr("show the version"));
  app.set_help_flag("-h,--help", tr("show this help"));
  app.require_subcommand(1);
  app.fallthrough();
  std::string lang{name_of(language)};
  app.add_option("--lang", lang, tr("language of everything shown: en or ru"))->check(CLI::IsMember({"en", "ru"}));
  cli::Run chosen;
  cli::add_commands(app, chosen);
  app.footer(tr(
      "Also: 'gradwalk lesson' for the exercises, 'gradwalk grade' for many submissions.\nTry first: gradwalk walk"));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli::explain(app, error, {"lesson", "grade", "worksheet"});
  }
  return chosen();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const WrongFile& error) {
    fmt::print(stderr, "gradwalk: {}: {}\n", error.what(), remedy(error));
  } catch (const InputError& error) {
    fmt::print(stderr, "gradwalk: {}\n", error.what());
  } catch (const ShapeError& error) {
    fmt::print(stderr, "gradwalk: {}\n", error.what());
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "gradwalk: {}\n", tr("not enough memory for a net or batch of this size"));
  } catch (const std::exception& error) {
    fmt::print(stderr, "gradwalk: {}\n", error.what());
  }
  return cli::bad_call;
}
