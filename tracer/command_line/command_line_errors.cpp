#include "command_line_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "gradwalk/nn/nearest_name.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

namespace {

constexpr int done = 0, bad_call = 2;

/// The command that was called, down to the last word of it that was understood.
const CLI::App& called(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : called(*chosen.front());
}

/// "gradwalk grade merge".
std::string full_name(const CLI::App& app) {
  return app.get_parent() ? full_name(*app.get_parent()) + " " + app.get_name() : app.get_name();
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* at = &app; at; at = at->get_parent())
    for (const CLI::Option* option : at->get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

std::string with_nearest(std::string sentence, const std::string& word, const std::vector<std::string>& names) {
  if (const auto nearest = nearest_name(word, names))
    sentence += tr(" (did you mean {name}?)", fmt::arg("name", *nearest));
  return sentence;
}

/// CLI11's "x not in {pre,post}" in the user's language; anything else as it is.
std::string why_refused(const std::string& told) {
  const std::size_t at = told.find(" not in {");
  if (at == std::string::npos || !told.ends_with('}')) return told;
  std::string names = told.substr(at + 9);
  names.pop_back();
  for (std::size_t comma = 0; (comma = names.find(',', comma)) != std::string::npos; comma += 2)
    names.insert(comma + 1, " ");
  return tr("'{word}' is none of {names}", fmt::arg("word", told.substr(0, at)), fmt::arg("names", names));
}

std::string sentence(const CLI::App& app, const CLI::ParseError& error, std::vector<std::string> commands) {
  // What CLI11 found: the name of an option or a word stands at the start of its message, or behind its colon.
  const std::string what = error.what();
  const std::size_t colon = what.find(": ");
  const std::string before = what.substr(0, colon), after = colon == std::string::npos ? "" : what.substr(colon + 2);
  if (error.get_exit_code() ==
      static_cast<int>(CLI::ExitCodes::ExtrasError)) {  // its name is the command's, in CLI11 2.1
    const CLI::App& command = called(app);
    const std::vector<std::string> words = app.remaining(true);
    const std::string first = words.empty() ? "" : words.front().substr(0, words.front().find('='));
    return with_nearest(tr("unknown: {words}", fmt::arg("words", fmt::format("{}", fmt::join(words, " ")))), first,
                        first.starts_with('-') ? flags_of(command) : commands_of(command));
  }
  if (error.get_name() == "RequiredError") {
    const std::string name = what.substr(0, what.find(" is required"));
    if (what.find("subcommand") == std::string::npos) return tr("{option} is missing", fmt::arg("option", name));
    const auto words = app.remaining();
    if (words.empty()) return tr("name a command");
    for (const std::string& own : commands_of(app)) commands.push_back(own);
    return with_nearest(tr("there is no command '{word}'", fmt::arg("word", words.front())), words.front(), commands);
  }
  if (error.get_name() == "ConversionError")
    return tr("not the right kind of value: {what}", fmt::arg("what", after.empty() ? before : after));
  if (error.get_name() == "ArgumentMismatch") return tr("{option} wants a value", fmt::arg("option", before));
  if (error.get_name() == "ValidationError")
    return tr("{option} does not take this value: {why}", fmt::arg("option", before),
              fmt::arg("why", why_refused(after)));
  return what;
}

/// The headings of a help are CLI11's own, and English.
void translate_headings(CLI::App& app) {
  const auto formatter = app.get_formatter();
  formatter->label("Usage", tr("Usage"));
  formatter->label("OPTIONS", tr("OPTIONS"));
  formatter->label("SUBCOMMAND", tr("COMMAND"));
  formatter->label("Positionals", tr("Arguments"));
  const std::string options = tr("Options"), commands = tr("Commands");
  for (CLI::Option* option : app.get_options())
    if (option->get_group() == "Options") option->group(options);
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group() == "Subcommands") command->group(commands);
    translate_headings(*command);
  }
}

/// CLI11 aligns columns by bytes, so this word stays as it is until they are aligned.
std::string with_required_translated(std::string help) {
  const std::string english = "REQUIRED";
  std::string word = tr("REQUIRED");
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto width = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_first_byte));
  if (width < english.size()) word.append(english.size() - width, ' ');
  for (std::size_t at = 0; (at = help.find(" " + english, at)) != std::string::npos; at += 1 + word.size())
    help.replace(at + 1, english.size(), word);
  return help;
}

}  // namespace

CLI::Validator whole_number(std::size_t from, std::size_t to) {
  return CLI::Validator(
      [from, to](const std::string& word) {
        std::size_t number = 0;
        const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (failed == std::errc() && end == word.data() + word.size() && number >= from && number <= to)
          return std::string();
        return to == std::numeric_limits<std::size_t>::max()
                   ? tr("'{word}' is not a whole number, {from} or more", fmt::arg("word", word),
                        fmt::arg("from", from))
                   : tr("'{word}' is not a whole number from {from} to {to}", fmt::arg("word", word),
                        fmt::arg("from", from), fmt::arg("to", to));
      },
      "");
}

int explain(CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& other_commands) {
  if (error.get_exit_code() == 0) {
    translate_headings(app);
    std::ostringstream help;
    app.exit(error, help, help);
    fmt::print("{}", with_required_translated(help.str()));
    return done;
  }
  fmt::print(stderr, "{}: {}; {}\n", app.get_name(), sentence(app, error, other_commands),
             tr("see '{command} --help'", fmt::arg("command", full_name(called(app)))));
  return bad_call;
}

}  // namespace gradwalk::cli
