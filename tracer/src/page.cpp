#include "gradwalk/tracer/page.hpp"

#include <algorithm>
#include <cmath>
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

/// The numbers of one tensor as the record format has them, NaN and the infinities as strings.
Json numbers(const std::vector<double>& values) {
  Json array = Json::array();
  for (double value : values) {
    if (std::isfinite(value))
      array.push_back(value);
    else
      array.push_back(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
  }
  return array;
}

/// record.json of one step, with the numbers that the excerpt keeps and, in each tensor that lost some, "kept": the
/// indices that stayed, axis by axis.
std::string embedded_record(const Record& record, const Excerpt& excerpt) {
  Json document = Json::parse(record_json({record}, false));
  for (TensorId t = 0; t < record.tensors.size(); ++t) {
    const Tensor& tensor = record[t];
    const auto& kept = excerpt[t];
    Json& json = document["steps"][0]["tensors"][t];
    if (std::any_of(kept.begin(), kept.end(), [](const auto& axis) { return !axis.empty(); })) {
      json["kept"] = Json::array();
      for (std::size_t axis = 0; axis < kept.size(); ++axis) {
        std::vector<std::size_t> indices = kept[axis];
        if (indices.empty()) {
          indices.resize(tensor.shape[axis]);
          std::iota(indices.begin(), indices.end(), 0);
        }
        json["kept"].push_back(indices);
      }
    }
    json["values"] = numbers(excerpted(tensor.value, tensor.shape, kept));
    if (tensor.gradient_state == GradientState::computed)
      json["gradients"] = numbers(excerpted(tensor.gradient, tensor.shape, kept));
  }
  return document.dump();
}

/// Inside <script>, "</" would end the script: JSON may write the slash as "\/".
std::string safe_in_script(std::string json) {
  for (std::size_t at = 0; (at = json.find("</", at)) != std::string::npos; at += 3) json.replace(at, 2, "<\\/");
  return json;
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
