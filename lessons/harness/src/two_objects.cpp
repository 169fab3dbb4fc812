#include "gradwalk/harness/two_objects.hpp"

#include <utility>

#include "gradwalk/tracer/language.hpp"

namespace gradwalk::harness {
namespace {

/// What the first object keeps for backward and finds changed: these tensors of it are the other's.
Trace with_tensors_of(const Trace& other, Trace trace, const std::vector<TensorId>& shared) {
  for (const TensorId id : shared)
    trace.record.tensors[id].value = other.record[other.record.tensor(trace.record[id].name)].value;
  trace.recompute();
  return trace;
}

/// Every choice of what may be shared: some of the inputs and labels.
std::vector<std::vector<TensorId>> possibly_shared(const Record& record) {
  std::vector<std::vector<TensorId>> choices{{}};
  for (TensorId id = 0; id < record.tensors.size(); ++id) {
    if (record[id].role != Role::input && record[id].role != Role::target) continue;
    for (std::size_t choice = choices.size(); choice-- > 0;) {
      choices.push_back(choices[choice]);
      choices.back().push_back(id);
    }
  }
  choices.erase(choices.begin());
  return choices;
}

}  // namespace

Check two_objects_check(std::string id, std::string function, const Trace& trace, const Trace& other,
                        const std::vector<std::string>& send, const std::vector<NameAndStep>& expect) {
  Check check = traced_check(std::move(id), std::move(function), trace, send, expect);
  for (const std::string& name : send) {
    check.send.push_back(other.tensor(name));
    check.send.back().name = "other " + name;
  }
  std::vector<Trace> mixed;
  for (const std::vector<TensorId>& shared : possibly_shared(trace.record))
    mixed.push_back(with_tensors_of(other, trace, shared));
  const std::string words =
      tr("with what another object of the class keeps, where its own belongs: both use one variable, static or "
         "global");
  for (const Expected& one : check.expect) {
    const auto known = [&](const Trace& wrong) {
      check.known_wrong.push_back({"shared-by-objects", one.name, wrong.tensor(one.name).values, words});
    };
    known(trace);  // not everything that comes back depends on what is shared
    known(other);  // the result itself is shared
    if (asked(trace.record, one.name).gradient)
      for (const Trace& wrong : mixed) known(wrong);
  }
  return check;
}

}  // namespace gradwalk::harness
