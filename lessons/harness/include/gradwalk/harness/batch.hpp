#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gradwalk/harness/compile.hpp"
#include "gradwalk/harness/journal.hpp"
#include "gradwalk/harness/submissions.hpp"

namespace gradwalk::harness {

struct BatchOptions {
  std::string key;  // the course's secret: draws the inputs
  std::size_t jobs = 1;
  std::size_t shard = 0, shards = 1;  // this call grades submissions shard, shard + shards, …
};

/// Grades what the journal does not hold yet; `progress` is told after each (done, of). Order and number of jobs change
/// nothing in any entry.
void grade_batch(const Kit& kit, const std::vector<Lesson>& lessons, const std::vector<Submitted>& submissions,
                 const BatchOptions& options, Journal& journal,
                 const std::function<void(std::size_t done, std::size_t all)>& progress);

/// The source with comments, white space and the choice of names taken away: equal for copies that were renamed.
std::string shape_of_code(const std::string& source);

/// A hash for names of things, not for secrets: 16 hexadecimal digits.
std::string short_hash(std::string_view bytes);

}  // namespace gradwalk::harness
