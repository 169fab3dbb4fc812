#include <charconv>
#include <memory>

#include "document.hpp"
#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/walk.hpp"

namespace gradwalk::cli {

namespace {

struct WalkFlags {
  std::string wrt, form, steps;
  int digits = 4;
  bool fragment = false;
};

/// "3..7" or "5".
void read_steps(const std::string& text, WalkOptions& options) {
  const char* end = text.data() + text.size();
  const auto [middle, error] = std::from_chars(text.data(), end, options.first_step);
  options.last_step = options.first_step;
  if (error == std::errc{} && middle == end) return;
  if (error == std::errc{} && std::string_view(middle, end).starts_with("..")) {
    const auto [last, last_error] = std::from_chars(middle + 2, end, options.last_step);
    if (last_error == std::errc{} && last == end) return;
  }
  throw InputError(tr("'{text}' is not a range of steps: write 3..7 or 5", fmt::arg("text", text)));
}

WalkOptions options_of(const WalkFlags& flags, const std::string& ending) {
  WalkOptions options;
  options.format = walk_format_of("walk" + ending);
  if (flags.fragment) {
    if (options.format != WalkFormat::latex)
      throw InputError(tr("--fragment is for LaTeX: write to a file that ends in .tex"));
    options.format = WalkFormat::latex_fragment;
  }
  if (!flags.form.empty()) options.form = walk_form_named(flags.form);
  options.wrt = flags.wrt;
  if (!flags.steps.empty()) read_steps(flags.steps, options);
  if (flags.digits < 1 || flags.digits > 17) throw InputError(tr("--digits wants 1 to 17 significant digits"));
  options.digits = flags.digits;
  return options;
}

}  // namespace

DocumentCommand walk_command() {
  DocumentCommand walk;
  walk.name = "walk";
  walk.description = tr("explain a recorded step: rule, numbers, result, line by line");
  walk.example = "gradwalk walk step.npz --wrt 'W1[2,0]' -o walk.md";
  walk.endings = {".txt", ".md", ".tex", ".html"};
  walk.declare = [](CLI::App& command) -> DocumentCommand::Render {
    auto flags = std::make_shared<WalkFlags>();
    command.add_option("--wrt", flags->wrt,
                       tr("only what lies between the loss and this weight or tensor: 'W1[2,0]' or W1"));
    command.add_option("--form", flags->form,
                       tr("scalar (a line for each element), matrix, or batch (a line for each row)"));
    command.add_option("--steps", flags->steps, tr("only these steps of the walkthrough, such as 3..7"));
    command.add_option("--digits", flags->digits, tr("significant digits of the numbers shown (4)"));
    command.add_flag("--fragment", flags->fragment, tr("LaTeX without a preamble, for \\input"));
    return [flags](const Record& record, const std::string& ending) {
      return walkthrough(record, options_of(*flags, ending));
    };
  };
  return walk;
}

}  // namespace gradwalk::cli
