#pragma once

#include <string>
#include <vector>

#include "gradwalk/harness/check.hpp"

namespace gradwalk::harness {

/// Two objects of one class whose calls alternate: forward of one, forward of the other, backward of one, backward of
/// the other. What the first computes must be as if it were alone: a variable that both share, static or global, shows.
/// `trace` is the first object's and is what comes back; the tensors of `other`, of the same shapes, are sent as
/// "other W" and so on.
Check two_objects_check(std::string id, std::string function, const Trace& trace, const Trace& other,
                        const std::vector<std::string>& send, const std::vector<NameAndStep>& expect);

}  // namespace gradwalk::harness
