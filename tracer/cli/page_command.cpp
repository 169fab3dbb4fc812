#include <memory>

#include "document.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/page.hpp"
#include "row_list.hpp"

namespace gradwalk::cli {

DocumentCommand page_command() {
  return {"page",
          tr("make one interactive page of a record, with nothing else needed to open it"),
          "gradwalk page step.npz -o page.html",
          {".html"},
          [](CLI::App& command) -> DocumentCommand::Render {
            struct Flags {
              std::string rows;
              std::size_t units = PageOptions{}.units;
            };
            auto flags = std::make_shared<Flags>();
            command.add_option("--rows", flags->rows, tr("rows of the batch to draw: 2, 0,2 or 0..3; otherwise all"));
            command.add_option("--units", flags->units, tr("how many units to show of a layer that is too large"))
                ->check(CLI::Range(std::size_t{2}, std::size_t{64}));
            return [flags](const Record& record, const std::string&) {
              return render_page(record, {current_language(), parse_rows(flags->rows), flags->units});
            };
          },
          {}};
}

}  // namespace gradwalk::cli
