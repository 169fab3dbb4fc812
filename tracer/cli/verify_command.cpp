#include <zlib.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "document.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/file.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"
#include "gradwalk/tracer/record_proof.hpp"
#include "model_flags.hpp"
#include "printed_numbers.hpp"
#include "stamp.hpp"

namespace gradwalk::cli {

namespace {

Record record_of(const Stamp& stamp, const std::string& file) {
  if (!stamp.expression.empty()) return record_expression(stamp.expression, stamp.at);
  if (stamp.trace.empty()) return record_from("", stamp.step);
  const std::filesystem::path trace = std::filesystem::path(file).parent_path() / stamp.trace;
  const std::string bytes = read_file(trace);
  if (crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) != stamp.checksum)
    fmt::print(stderr, "{}\n",
               tr("{file}: {trace} has changed since it was made from it", fmt::arg("file", file),
                  fmt::arg("trace", trace.string())));
  return load_record(trace, stamp.step);
}

/// The document made again from its stamp.
std::string made_again(const Stamp& stamp, const Record& record, const std::string& file) {
  for (const DocumentCommand& document : document_commands()) {
    if (document.name != stamp.command) continue;
    CLI::App command;
    const DocumentCommand::Render render = document.declare(command);
    try {
      command.parse(std::vector<std::string>(stamp.options.rbegin(), stamp.options.rend()));
    } catch (const CLI::ParseError&) {
      throw InputError(tr("{file}: this gradwalk does not know the options it was made with: make it again",
                          fmt::arg("file", file)));
    }
    return stamped(render(record, stamp.ending), stamp);
  }
  throw InputError(tr("{file}: there is no 'gradwalk {command}' that could have made it", fmt::arg("file", file),
                      fmt::arg("command", stamp.command)));
}

int verify_trace(const std::string& file) {
  for (const Record& record : load_records(file))
    if (const auto disproof = first_disproof(record)) {
      fmt::print("{}\n", tr("{file}: {what} is {recorded} in the record, and its rule gives {recomputed}",
                            fmt::arg("file", file), fmt::arg("what", disproof->what),
                            fmt::arg("recorded", format_number(disproof->recorded, 17)),
                            fmt::arg("recomputed", format_number(disproof->recomputed, 17))));
      return answer_is_no;
    }
  fmt::print("{}\n", tr("{file}: every value and every gradient follows from the others", fmt::arg("file", file)));
  return done;
}

int verify_document(const std::string& file) {
  const std::string document = read_file(file);
  const auto stamp = stamp_of(document, file);
  if (!stamp)
    throw InputError(
        tr("{file}: no stamp of gradwalk in it: it can verify .txt .md .tex .html .svg .dot that it wrote with -o, and "
           "traces",
           fmt::arg("file", file)));
  const Record record = record_of(*stamp, file);
  if (const auto disproof = first_disproof(record)) {
    fmt::print("{}\n",
               tr("{file}: in the record it was made from, {what} is {recorded}, and its rule gives {recomputed}",
                  fmt::arg("file", file), fmt::arg("what", disproof->what),
                  fmt::arg("recorded", format_number(disproof->recorded, 17)),
                  fmt::arg("recomputed", format_number(disproof->recomputed, 17))));
    return answer_is_no;
  }
  // Made again in its own language; told in the reader's.
  const Language reader = current_language();
  if (const auto language = language_named(stamp->language)) set_language(*language);
  const std::string expected = made_again(*stamp, record, file);
  set_language(reader);
  const auto found = printed_numbers(document, stamp->ending), right = printed_numbers(expected, stamp->ending);
  for (std::size_t k = 0; k < std::max(found.size(), right.size()); ++k) {
    if (k < found.size() && k < right.size() && found[k].shows_the_same(right[k])) continue;
    const bool other_sign = k < found.size() && k < right.size() && found[k].sign != right[k].sign;
    // An operator is only told when it is what differs; a minus may be a part of the number.
    const auto told = [&](const PrintedNumber& number) {
      return (other_sign ? number.sign : number.sign.ends_with('-') ? "-" : "") + number.digits;
    };
    const std::size_t line = k < found.size() ? found[k].line : found.empty() ? 1 : found.back().line;
    fmt::print("{}\n",
               k >= found.size() ? tr("{file}, line {line}: a number is missing: {right}", fmt::arg("file", file),
                                      fmt::arg("line", line), fmt::arg("right", told(right[k])))
               : k >= right.size()
                   ? tr("{file}, line {line}: {found} follows from nothing", fmt::arg("file", file),
                        fmt::arg("line", line), fmt::arg("found", told(found[k])))
                   : tr("{file}, line {line}: {found} does not hold: the record gives {right}", fmt::arg("file", file),
                        fmt::arg("line", line), fmt::arg("found", told(found[k])), fmt::arg("right", told(right[k]))));
    return answer_is_no;
  }
  fmt::print("{}\n", trn("{file}: {n} number recomputed from the record, and it holds",
                         "{file}: {n} numbers recomputed from the record, all hold", right.size(),
                         fmt::arg("file", file), fmt::arg("n", right.size())));
  return done;
}

}  // namespace

void add_verify(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("verify", tr("recompute every number of documents that gradwalk wrote"));
  command->footer(tr("Example:") + "\n  gradwalk verify walk.md graph.svg step.npz");
  auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("FILES", *files, tr("walkthroughs, graphs (.svg, .dot), pages, traces"))->required();
  command->callback([=, &run] {
    run = [=] {
      int status = done;
      for (const std::string& file : *files) {
        status = std::max(status, file.ends_with(".npz") ? verify_trace(file) : verify_document(file));
      }
      return status;
    };
  });
}

}  // namespace gradwalk::cli
