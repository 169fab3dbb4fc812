#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "commands.hpp"
#include "gradwalk/nn/record.hpp"

namespace gradwalk::cli {

/// A command that makes one document out of one record: graph, walk, page. Declared once and used three times: by
/// people, by `gradwalk expr -o`, and by `gradwalk verify`, which makes the document again from its stamp and compares.
struct DocumentCommand {
  /// The bytes of the document for an ending such as ".svg". Same record, same options: same bytes.
  using Render = std::function<std::string(const Record& record, const std::string& ending)>;

  std::string name, description, example;
  std::vector<std::string> endings;  // that -o takes, with the dot; the first is what stdout gets
  /// Adds the options of the command; the Render reads them when it is called.
  std::function<Render(CLI::App& command)> declare;
  /// What the command does in place of one document when its options ask for it (frames); may be empty. True: done.
  std::function<bool(const Record& record)> instead;
};

/// In the files of their names.
DocumentCommand graph_command();
DocumentCommand walk_command();
DocumentCommand page_command();

std::vector<DocumentCommand> document_commands();

/// gradwalk NAME [TRACE] [options] [-o FILE]
void add_document(const DocumentCommand& document, CLI::App& app, Run& run);

/// Writes the document that the ending of `output` asks for, with default options and without a trace beside it: the
/// walkthrough as text for "". The expression in the record is enough to make it again.
void write_document_for(const Record& record, const std::string& output);

}  // namespace gradwalk::cli
