#include "commands.hpp"

#include "document.hpp"

namespace gradwalk::cli {

void add_commands(CLI::App& app, Run& run) {
  add_train(app, run);
  add_trace(app, run);
  for (const DocumentCommand& document : document_commands()) add_document(document, app, run);
  add_terms(app, run);
  add_expr(app, run);
  add_check(app, run);
  add_verify(app, run);
  add_plot(app, run);
  add_weights(app, run);
}

}  // namespace gradwalk::cli
