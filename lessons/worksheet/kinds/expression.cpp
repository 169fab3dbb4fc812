#include "gradwalk/nn/expression.hpp"

#include "kinds/kinds.hpp"

namespace gradwalk::worksheet {

Trace expression_trace(std::string_view text, const std::map<std::string, double>& values) {
  Trace trace;
  trace.record = record_expression(text, values);
  trace.backward(trace.record[trace.record.loss()].name, {1});
  return trace;
}

}  // namespace gradwalk::worksheet
