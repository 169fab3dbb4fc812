#include "command_line_errors.hpp"

#include <fmt/format.h>

#include "commands.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

namespace {

std::string sentence(const CLI::App& app, const CLI::ParseError& error) {
  // What CLI11 found: the name of an option or a word stands at the start of its message, or behind its colon.
  const std::string what = error.what();
  const std::size_t colon = what.find(": ");
  const std::string before = what.substr(0, colon), after = colon == std::string::npos ? "" : what.substr(colon + 2);
  if (error.get_name() == "ExtrasError") return tr("unknown: {words}", fmt::arg("words", after));
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

int explain(CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    app.exit(error);
    return done;
  }
  const auto chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "gradwalk" : "gradwalk " + chosen.front()->get_name();
  fmt::print(stderr, "gradwalk: {}; {}\n", sentence(app, error), tr("see '{command} --help'", fmt::arg("command", command)));
  return bad_call;
}

}  // namespace gradwalk::cli
