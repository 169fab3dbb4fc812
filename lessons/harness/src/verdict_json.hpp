#pragma once

#include <nlohmann/json.hpp>

#include "gradwalk/harness/verdict.hpp"

namespace gradwalk::harness {

/// Everything of a verdict that a report needs, and back. Numbers that JSON has no name for (NaN, infinity) are
/// strings.
nlohmann::ordered_json json_of(const Verdict& verdict);
Verdict verdict_from(const nlohmann::ordered_json& json);

}  // namespace gradwalk::harness
