#include <memory>
#include <nlohmann/json.hpp>

#include "command_line_errors.hpp"
#include "commands.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/ledger.hpp"
#include "model_flags.hpp"

namespace gradwalk::cli {

void add_terms(CLI::App& app, Run& run) {
  CLI::App* command = app.add_subcommand("terms", tr("list the chain-rule terms, or the paths, of one gradient"));
  command->footer(tr("Examples:") +
                  "\n  gradwalk terms step.npz 'W1[2,0]' --json\n  gradwalk terms step.npz 'W1[2,0]' --paths --top 10");
  struct Options {
    std::vector<std::string> words;
    bool json = false, paths = false;
    std::size_t top = 10, step = 0;
    int digits = 6;
  };
  auto o = std::make_shared<Options>();
  command
      ->add_option("TRACE ELEMENT", o->words,
                   tr("a trace, and one element in it, such as 'W1[2,0]'; without a trace, of the lesson's net"))
      ->required()
      ->expected(1, 2);
  command->add_flag("--json", o->json, tr("print JSON, every number in full"));
  command->add_flag("--paths", o->paths, tr("list paths from the loss, the largest first, instead of terms"));
  command->add_option("--top", o->top, tr("how many paths to list"))
      ->check(whole_number())
      ->check(CLI::Range(std::size_t{0}, std::size_t{100000}));
  command->add_option("--digits", o->digits, tr("significant digits to print"))->check(CLI::Range(1, 17));
  CLI::Option* step = command->add_option("--step", o->step, tr("which step of the trace"))->check(whole_number());
  command->callback([=, &run] {
    run = [=] {
      const Record record =
          record_from(o->words.size() == 2 ? o->words[0] : "", *step ? std::optional(o->step) : std::nullopt);
      const Element target = record.element(o->words.back());
      if (o->paths) {
        const PathLedger ledger = largest_paths(record, target, o->top);
        fmt::print("{}", o->json ? paths_json(record, ledger) : paths_text(record, ledger, o->digits));
      } else {
        const TermSum terms = terms_of(record, target);
        fmt::print("{}", o->json ? terms_json(record, terms) : terms_text(record, terms, o->digits));
      }
      return done;
    };
  });
}

}  // namespace gradwalk::cli
