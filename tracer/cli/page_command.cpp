#include <memory>

#include "document.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/page.hpp"

namespace gradwalk::cli {

DocumentCommand page_command() {
  return {"page",
          tr("make one interactive page of a record, with nothing else needed to open it"),
          "gradwalk page step.npz -o page.html",
          {".html"},
          [](CLI::App& command) -> DocumentCommand::Render {
            auto options = std::make_shared<PageOptions>();
            command.add_option("--units", options->units, tr("how many units to show of a layer that is too large"))
                ->check(CLI::Range(std::size_t{2}, std::size_t{64}));
            return [options](const Record& record, const std::string&) {
              options->language = current_language();
              return render_page(record, *options);
            };
          },
          {}};
}

}  // namespace gradwalk::cli
