#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk {

struct PageOptions {
  Language language = Language::en;  // the one that the page opens in; it carries both
  std::vector<std::size_t> rows;     // of the batch; empty: all, or as many as fit
  std::size_t units = 8;             // of a layer that is too large to go on the page whole
};

/// The record as one self-contained HTML file: the compute graph, and every step of the forward and the backward pass
/// with its rule, its numbers and its terms. The sources of the page are in tracer/page/. A record of more than about
/// 8000 numbers is embedded in part: of large layers the first, the last and the strongest units. Throws InputError
/// when a row of `rows` is not in the batch.
std::string render_page(const Record& record, const PageOptions& options = {});

}  // namespace gradwalk
