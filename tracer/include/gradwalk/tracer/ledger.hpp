#pragma once

#include <string>

#include "gradwalk/nn/paths.hpp"
#include "gradwalk/nn/terms.hpp"

namespace gradwalk {

/// The terms of one gradient as a table: upstream × local = contribution for each, then sum, recorded gradient,
/// residual. `terms` is of this record (terms_of, which has the source); `digits` (1 … 17) significant ones. In the
/// current language; ends with a line break. Throws nothing.
std::string terms_text(const Record& record, const TermSum& terms, int digits);
/// {"target", "gradient", "sum", "residual", "terms": [{"source", "upstream", "local", "contribution"}]}, numbers that
/// read back as the same doubles; what is not finite as RFC 8259 allows no other way, null. Throws nothing.
std::string terms_json(const Record& record, const TermSum& terms);

/// The largest paths as a table with their shares, then the rest, the total, the recorded gradient and the residual,
/// and how many multiplications going backwards saved. `ledger` is of this record (largest_paths, which has the
/// source); `digits` (1 … 17) significant ones. In the current language; ends with a line break. Throws nothing.
std::string paths_text(const Record& record, const PathLedger& ledger, int digits);
/// {"target", "gradient", "total", "residual", "paths": [{"nodes", "factors", "contribution", "share"}],
///  "remainder": {"paths", "sum"}, "total_paths", "multiplications": {"enumeration", "enumeration_for_all",
///  "backprop"}}.
/// A count beyond 2⁵³ is a string of digits. Throws nothing.
std::string paths_json(const Record& record, const PathLedger& ledger);

}  // namespace gradwalk
