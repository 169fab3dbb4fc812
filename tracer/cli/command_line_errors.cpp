#include "command_line_errors.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "commands.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

namespace {

std::string sentence(const CLI::App& app, const CLI::ParseError& error) {
  // What CLI11 found: the name of an option or a word stands at the start of its message, or behind its colon.
  const std::string what = error.what();
  const std::size_t colon = what.find(": ");
  const std::string before = what.substr(0, colon), after = colon == std::string::npos ? "" : what.substr(colon + 2);
  if (error.get_exit_code() ==
      static_cast<int>(CLI::ExitCodes::ExtrasError))  // its name is the command's, in CLI11 2.1
    return tr("unknown: {words}", fmt::arg("words", after));
  if (error.get_name() == "RequiredError") {
    const std::string name = what.substr(0, what.find(" is required"));
    if (what.find("subcommand") == std::string::npos) return tr("{option} is missing", fmt::arg("option", name));
    const auto words = app.remaining();
    return words.empty() ? tr("name a command") : tr("there is no command '{word}'", fmt::arg("word", words.front()));
  }
  if (error.get_name() == "ConversionError")
    return tr("not the right kind of value: {what}", fmt::arg("what", after.empty() ? before : after));
  if (error.get_name() == "ArgumentMismatch") return tr("{option} wants a value", fmt::arg("option", before));
  if (error.get_name() == "ValidationError")
    return tr("{option} does not take this value: {why}", fmt::arg("option", before), fmt::arg("why", after));
  return what;
}

}  // namespace

CLI::Validator whole_number() {
  return CLI::Validator(
      [](const std::string& word) {
        const bool digits =
            !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        return digits ? std::string() : tr("'{word}' is not a whole number, 0 or more", fmt::arg("word", word));
      },
      "");
}

int explain(CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    app.exit(error);
    return done;
  }
  const auto chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "gradwalk" : "gradwalk " + chosen.front()->get_name();
  fmt::print(stderr, "gradwalk: {}; {}\n", sentence(app, error),
             tr("see '{command} --help'", fmt::arg("command", command)));
  return bad_call;
}

}  // namespace gradwalk::cli
