#include "gradwalk/nn/error.hpp"
#include "gradwalk/tracer/walk.hpp"
#include "walk/render.hpp"
#include "walk/story.hpp"

namespace gradwalk {

namespace {

using walk::Block;
using walk::Heading;
using walk::Step;

/// Only the steps that were asked for, under the headings that they belong to.
std::vector<Block> chosen(std::vector<Block> blocks, std::size_t first, std::size_t last) {
  std::vector<Block> kept;
  std::optional<Heading> heading;
  std::size_t number = 0;
  for (Block& block : blocks) {
    if (const auto* head = std::get_if<Heading>(&block)) {
      heading = *head;
    } else if (const auto* step = std::get_if<Step>(&block)) {
      if (step->number > 0) number = step->number;
      if (number < first || number > last) continue;
      if (heading) kept.push_back(*heading);
      heading.reset();
      kept.push_back(std::move(block));
    }
  }
  return kept;
}

}  // namespace

std::string walkthrough(const Record& record, const WalkOptions& options) {
  walk::Story story(record, options);
  tell_opening(story);
  tell_forward(story);
  tell_backward(story);
  tell_update(story, options);
  const bool all = options.first_step <= 1 && options.last_step >= story.steps;
  if (options.first_step > story.steps || options.first_step > options.last_step)
    throw InputError(tr("there is no step {first}: this walkthrough has the steps 1..{last}",
                        fmt::arg("first", options.first_step), fmt::arg("last", story.steps)));
  if (!all) story.document.blocks = chosen(std::move(story.document.blocks), options.first_step, options.last_step);
  switch (options.format) {
    case WalkFormat::text:
      return walk::as_text(story.document);
    case WalkFormat::markdown:
      return walk::as_markdown(story.document);
    case WalkFormat::latex:
      return walk::as_latex(story.document);
    case WalkFormat::latex_fragment:
      return walk::as_latex_fragment(story.document);
    case WalkFormat::html:
      return walk::as_html(story.document);
  }
  return {};
}

WalkFormat walk_format_of(const std::filesystem::path& file) {
  const std::string ending = file.extension();
  if (ending == ".txt") return WalkFormat::text;
  if (ending == ".md") return WalkFormat::markdown;
  if (ending == ".tex") return WalkFormat::latex;
  if (ending == ".html") return WalkFormat::html;
  throw InputError(tr("{file}: a walkthrough is written as .txt, .md, .tex or .html", fmt::arg("file", file.string())));
}

WalkForm walk_form_named(const std::string& name) {
  if (name == "scalar") return WalkForm::scalar;
  if (name == "matrix") return WalkForm::matrix;
  if (name == "batch") return WalkForm::batch;
  throw InputError(tr("there is no form '{name}': there are scalar, matrix and batch", fmt::arg("name", name)));
}

}  // namespace gradwalk
