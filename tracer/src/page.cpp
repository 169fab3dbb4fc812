#include "gradwalk/tracer/page.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "gradwalk/nn/record_file.hpp"
#include "page_excerpt.hpp"

namespace gradwalk {

/// tracer/page/ as one text; the build writes its definition (page/embed.cmake).
extern const std::string_view page_template;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_numbers = 8000;

/// record.json of one step, with the numbers that the excerpt keeps and, in each tensor that lost some, "kept": the
/// indices that stayed, axis by axis.
std::string embedded_record(const Record& record, const Excerpt& excerpt) {
  Record part{record.provenance, {}, record.ops};
  for (TensorId t = 0; t < record.tensors.size(); ++t) {
    const Tensor& whole = record[t];
    part.tensors.push_back({whole.name,
                            whole.shape,
                            whole.role,
                            excerpted(whole.value, whole.shape, excerpt[t]),
                            {},
                            whole.gradient_state});
    if (whole.gradient_state == GradientState::computed)
      part.tensors.back().gradient = excerpted(whole.gradient, whole.shape, excerpt[t]);
  }
  Json document = Json::parse(record_json({part}, true));
  for (TensorId t = 0; t < record.tensors.size(); ++t) {
    const auto& kept = excerpt[t];
    if (std::all_of(kept.begin(), kept.end(), [](const auto& axis) { return axis.empty(); })) continue;
    Json& json = document["steps"][0]["tensors"][t]["kept"] = Json::array();
    for (std::size_t axis = 0; axis < kept.size(); ++axis) {
      std::vector<std::size_t> indices = kept[axis];
      if (indices.empty()) {
        indices.resize(record[t].shape[axis]);
        std::iota(indices.begin(), indices.end(), 0);
      }
      json.push_back(indices);
    }
  }
  return document.dump();
}

/// Inside <script>, "</script" ends the script and "<!--" changes how it ends (HTML, section 4.12.1.3): JSON may write
/// every < as \u003c.
std::string safe_in_script(const std::string& json) {
  std::string safe;
  for (const char c : json)
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  return safe;
}

}  // namespace

std::string render_page(const Record& record, const PageOptions& options) {
  const Excerpt excerpt = excerpt_of(record, options.rows, options.units, most_numbers);
  std::string page(page_template);
  const auto put = [&page](std::string_view mark, const std::string& text) {
    page.replace(page.find(mark), mark.size(), text);
  };
  put("@language@", std::string(name_of(options.language)));
  put("@record@", safe_in_script(embedded_record(record, excerpt)));
  return page;
}

}  // namespace gradwalk
