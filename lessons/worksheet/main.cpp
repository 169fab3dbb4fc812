// gradwalk-worksheet: problems for pencil and paper with their key. `gradwalk worksheet …` runs this.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>

#include "command_line_errors.hpp"
#include "formats/formats.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace {

namespace fs = std::filesystem;
using namespace gradwalk;
using namespace gradwalk::worksheet;

constexpr int exit_done = 0, exit_bad_call = 2;

struct Call {
  std::string lesson, output, format, language;
  std::uint64_t seed = 1;
  std::int64_t count = 10;
};

struct Format {
  std::string name, ending;
};
const std::vector<Format> formats{{"latex", ".tex"}, {"html", ".html"}, {"moodle", ".xml"}, {"qti", ".zip"}};

Format format_of(const Call& call) {
  const std::string ending = fs::path(call.output).extension().string();
  for (const Format& format : formats)
    if (call.format.empty() ? format.ending == ending : format.name == call.format) return format;
  if (!call.format.empty())
    throw InputError(tr("--format {format}: choose one of {known}", fmt::arg("format", call.format),
                        fmt::arg("known", "latex, html, moodle, qti")));
  throw InputError(tr("{path}: end it with .tex, .html, .xml (Moodle) or .zip (QTI for Canvas), or add --format",
                      fmt::arg("path", call.output)));
}

/// sheet.tex → sheet-key.tex
fs::path key_path(const fs::path& path) {
  return path.parent_path() / (path.stem().string() + "-key" + path.extension().string());
}

int run(const Call& call) {
  const Format format = format_of(call);
  const bool has_key = format.name == "latex" || format.name == "html";
  check_writable(call.output);
  if (has_key) check_writable(key_path(call.output));
  const Sheet sheet = make_sheet(call.lesson, call.seed, call.count);
  if (has_key) {
    const auto render = format.name == "latex" ? as_latex : as_html;
    write_file(key_path(call.output), render(sheet, Audience::teacher));
    write_file(call.output, render(sheet, Audience::student));
  } else {
    write_file(call.output, format.name == "moodle" ? as_moodle_xml(sheet) : as_qti_zip(sheet));
  }
  std::size_t answers = 0;
  for (const Problem& problem : sheet.problems) answers += problem.answer_count();
  fmt::print("{}\n",
             trn("{n} problem with {answers} answers: {path}", "{n} problems with {answers} answers: {path}",
                 sheet.problems.size(), fmt::arg("n", sheet.problems.size()), fmt::arg("answers", answers),
                 fmt::arg("path", has_key ? call.output + ", " + key_path(call.output).string() : call.output)));
  return exit_done;
}

/// Known before the options describe themselves, in their language.
void choose_language(int argc, char** argv) {
  set_language(language_of_environment());
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::string_view name = word.starts_with("--lang=")        ? word.substr(7)
                                  : word == "--lang" && i + 1 < argc ? std::string_view(argv[i + 1])
                                                                     : "";
    if (const auto language = language_named(name)) set_language(*language);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  choose_language(argc, argv);
  Call call;
  CLI::App app(tr("Problems for pencil and paper that fit a lesson, with the answers to them."), "gradwalk worksheet");
  app.set_help_flag("-h,--help", tr("show this help"));
  app.add_option("--lesson", call.lesson, tr("number or name of the lesson"))->required();
  app.add_option("-o,--output", call.output, tr("file to write: .tex, .html, .xml for Moodle, .zip for Canvas (QTI)"))
      ->required();
  app.add_option("--seed", call.seed, tr("the same seed gives the same problems"))->check(cli::whole_number());
  app.add_option("--count", call.count, tr("how many problems"))->check(cli::whole_number());
  app.add_option("--format", call.format, tr("latex, html, moodle or qti, whatever the ending"));
  app.add_option("--lang", call.language, tr("language of the sheet: en or ru"))->check(CLI::IsMember({"en", "ru"}));
  app.footer(tr("Example:") + "\n  gradwalk worksheet --lesson 08 --seed 7 --count 12 -o sheet.tex");
  try {
    app.parse(argc, argv);
    return run(call);
  } catch (const CLI::ParseError& error) {
    return cli::explain(app, error);
  } catch (const InputError& error) {
    fmt::print(stderr, "gradwalk worksheet: {}\n", error.what());
  } catch (const std::exception& error) {  // a full disk, no memory, no more threads
    fmt::print(stderr, "gradwalk worksheet: {}\n", error.what());
  }
  return exit_bad_call;
}
