#include "document.hpp"

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "command_line_errors.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/graph.hpp"
#include "gradwalk/tracer/language.hpp"
#include "model_flags.hpp"
#include "stamp.hpp"
#include "terminal.hpp"

namespace gradwalk::cli {

namespace {

/// The options of a command as they were given, to be given again: "--wrt", "W1[2,0]", …
std::vector<std::string> options_given(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() == 0 || option->get_positional() || option->get_lnames().empty()) continue;
    const std::string name = "--" + option->get_lnames().front();
    if (name == "--output" || name == "--step") continue;
    if (option->get_expected_max() == 0) {
      words.push_back(name);
      continue;
    }
    for (const std::string& value : option->results()) words.insert(words.end(), {name, value});
  }
  return words;
}

/// The ending that a document is made in. Throws InputError naming those that the command knows.
std::string ending_for(const DocumentCommand& document, const std::string& output) {
  if (output.empty() || output == "-") return document.endings.front();
  const std::string ending = std::filesystem::path(output).extension().string();
  if (std::find(document.endings.begin(), document.endings.end(), ending) != document.endings.end()) return ending;
  throw InputError(tr("{file}: 'gradwalk {command}' writes {endings}", fmt::arg("file", output),
                      fmt::arg("command", document.name),
                      fmt::arg("endings", fmt::format("{}", fmt::join(document.endings, ", ")))));
}

/// The trace as the document will name it: seen from the document's folder, so that both can move together.
std::string relative_to_document(const std::string& trace, const std::string& output) {
  namespace fs = std::filesystem;
  const fs::path folder = output.empty() || output == "-" ? fs::current_path() : fs::absolute(output).parent_path();
  std::error_code error;
  const fs::path relative = fs::relative(fs::absolute(trace), folder, error);
  return error || relative.empty() ? fs::absolute(trace).string() : relative.string();
}

/// Makes and writes the document. Without the program that draws, the graph is left beside `output` as .dot.
void write_document(const DocumentCommand::Render& render, const Record& record, Stamp stamp,
                    const std::string& output) {
  try {
    const std::string made = render(record, stamp.ending);
    write_result(output, output.empty() ? made : stamped(made, stamp));
  } catch (const GraphvizMissing& missing) {
    if (output.empty() || output == "-") throw;
    stamp.ending = ".dot";
    const std::string beside = std::filesystem::path(output).replace_extension(stamp.ending).string();
    write_result(beside, stamped(missing.dot, stamp));
    throw InputError(
        tr("drawing needs the program 'dot', which is not there: install the package graphviz; the graph "
           "is in {file} until then",
           fmt::arg("file", beside)));
  }
}

}  // namespace

std::vector<DocumentCommand> document_commands() { return {walk_command(), graph_command(), page_command()}; }

void add_document(const DocumentCommand& document, CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand(document.name, document.description);
  command->footer(tr("Example:") + "\n  " + document.example);
  struct Options {
    std::string trace, output;
    std::size_t step = 0;
  };
  auto o = std::make_shared<Options>();
  command->add_option("TRACE", o->trace, tr("a trace of 'gradwalk trace' (.npz); otherwise the lesson's first step"));
  CLI::Option* step = command->add_option("--step", o->step, tr("which step of the trace"))->check(whole_number());
  command->add_option("-o,--output", o->output,
                      tr("where to write; the ending says what: {endings}",
                         fmt::arg("endings", fmt::format("{}", fmt::join(document.endings, " ")))));
  const DocumentCommand::Render render = document.declare(*command);
  command->callback([=, &run] {
    run = [=] {
      const std::string ending = ending_for(document, o->output);
      const Record record = record_from(o->trace, *step ? std::optional(o->step) : std::nullopt);
      if (document.instead && document.instead(record)) return done;
      Stamp stamp{document.name,           ending, std::string(name_of(current_language())),
                  options_given(*command), "",     0,
                  record.provenance.step,  "",     {}};
      if (!o->trace.empty()) {
        const std::string bytes = read_file(o->trace);
        stamp.trace = relative_to_document(o->trace, o->output);
        stamp.checksum =
            static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
      }
      write_document(render, record, std::move(stamp), o->output);
      return done;
    };
  });
}

void write_document_for(const Record& record, const std::string& output) {
  const std::string ending = output.empty() ? ".txt" : std::filesystem::path(output).extension().string();
  std::string known = ".npz";
  // The first that writes the ending is meant: a page for .html, a walkthrough for .tex.
  for (const DocumentCommand& document : {page_command(), walk_command(), graph_command()}) {
    known += fmt::format(" {}", fmt::join(document.endings, " "));
    if (std::find(document.endings.begin(), document.endings.end(), ending) == document.endings.end()) continue;
    CLI::App command;
    const DocumentCommand::Render render = document.declare(command);
    Stamp stamp{document.name,
                ending,
                std::string(name_of(current_language())),
                {},
                "",
                0,
                0,
                record.provenance.expression,
                {}};
    for (const Tensor& t : record.tensors)
      if (t.role == Role::input) stamp.at[t.name] = t.value[0];
    write_document(render, record, std::move(stamp), output);
    return;
  }
  throw InputError(tr("{file}: there is nothing to write with this ending: use one of {endings}",
                      fmt::arg("file", output), fmt::arg("endings", known)));
}

}  // namespace gradwalk::cli
