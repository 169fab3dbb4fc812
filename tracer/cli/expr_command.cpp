#include <charconv>
#include <memory>

#include "commands.hpp"
#include "document.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/nn/expression.hpp"
#include "gradwalk/nn/record_file.hpp"
#include "gradwalk/nn/rules.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/number.hpp"

namespace gradwalk::cli {

namespace {

/// "x=-2" → {"x", -2}.
std::pair<std::string, double> parse_binding(const std::string& text) {
  const std::size_t equals = text.find('=');
  double value = 0;
  const char* end = text.data() + text.size();
  if (equals != std::string::npos && equals > 0) {
    const char* begin = text.data() + equals + 1;
    if (begin != end && *begin == '+') ++begin;
    const auto [next, error] = std::from_chars(begin, end, value);
    if (error == std::errc{} && next == end) return {text.substr(0, equals), value};
  }
  throw InputError(tr("'{text}' gives no variable a value: write it as x=-2", fmt::arg("text", text)));
}

void tell_troubles(const Record& record) {
  for (const Trouble& trouble : troubles_of(record)) {
    const Op& op = record.ops[trouble.op];
    std::string inputs;
    for (TensorId id : op.inputs)
      inputs += (inputs.empty() ? "" : ", ") +
                (record[id].role == Role::constant
                     ? record[id].name
                     : fmt::format("{} = {}", record[id].name, format_number(record[id].value[0])));
    fmt::print(
        stderr, "{}\n",
        tr("{output} is {value}: {kind} of {inputs}. What depends on it is lost as well; the graph is made all the "
           "same",
           fmt::arg("output", record[op.output].name), fmt::arg("value", format_number(record[op.output].value[0])),
           fmt::arg("kind", name_of(op.kind)), fmt::arg("inputs", inputs)));
  }
}

}  // namespace

void add_expr(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("expr", tr("record the passes of an expression you type"));
  command->footer(
      tr("Examples:") +
      "\n  gradwalk expr 'f = (x + y) * z' x=-2 y=5 z=-4\n  gradwalk expr 'b = a + a; c = b * b' a=3 -o reuse.svg\n" +
      tr("-o FILE writes what its ending says: a trace (.npz), a graph (.svg .png .pdf .dot .tikz), a walkthrough "
         "(.txt "
         ".md .tex), a page (.html).\nWith their own options, walk, graph, page and terms work on the trace: gradwalk "
         "walk f.npz -o f.html"));
  struct Options {
    std::string expression, output;
    std::vector<std::string> bindings;
  };
  auto o = std::make_shared<Options>();
  command
      ->add_option("EXPRESSION", o->expression,
                   tr("assignments such as 'q = x + y; f = q * z'; the last one is differentiated"))
      ->required();
  command->add_option("VALUES", o->bindings, tr("x=-2 y=5: a value for each free variable"));
  command->add_option("-o,--output", o->output, tr("where to write; otherwise the walkthrough is printed"));
  command->callback([=, &run] {
    run = [=] {
      std::map<std::string, double> values;
      for (const std::string& binding : o->bindings) {
        const auto [name, value] = parse_binding(binding);
        if (!values.emplace(name, value).second) throw InputError(tr("{name} is given twice", fmt::arg("name", name)));
      }
      const Record record = record_expression(o->expression, values);
      tell_troubles(record);
      if (o->output.ends_with(".npz"))
        save_records(o->output, {record});
      else
        write_document_for(record, o->output);
      return done;
    };
  });
}

}  // namespace gradwalk::cli
