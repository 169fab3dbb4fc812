#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "gradwalk/nn/record.hpp"
#include "gradwalk/tracer/language.hpp"
#include "gradwalk/tracer/walk.hpp"
#include "walk/digits.hpp"
#include "walk/document.hpp"
#include "walk/selection.hpp"

namespace gradwalk::walk {

/// What the storytellers share: the record, what is told of it and how, and the document that they write.
struct Story {
  const Record& record;
  Selection selection;
  WalkForm form;
  Digits digits;
  Document document;
  std::size_t steps = 0;  // numbered so far
  /// Of a large batch, the rows that a walk to one element writes out: the first, the one that its gradient owes most
  /// to, the last. Empty: all of them.
  std::vector<std::size_t> sample_rows;

  Story(const Record& record_, const WalkOptions& options);

  const Tensor& tensor(TensorId id) const { return record[id]; }
  const std::string& name(TensorId id) const { return record[id].name; }
  const std::string& loss_name() const { return record[record.loss()].name; }
  bool is_net() const { return !record.provenance.widths.empty(); }
  /// Rows of the batch.
  std::size_t rows() const;

  void heading(std::string text) { document.blocks.push_back(Heading{std::move(text)}); }
  void paragraph(std::string prose) { document.blocks.push_back(Paragraph{std::move(prose)}); }
  /// The next step; it gets its number here.
  void step(Step told);
  /// A closer look at the step before.
  void closer_look(Step told);

  /// "W1[2,0]"
  std::string element(TensorId id, std::size_t index) const { return record[id].element_name(index); }
  /// "dW1[2,0]" in a net, "∂f/∂x" in an expression.
  std::string gradient_name(TensorId id, std::size_t index) const;
  std::string gradient_name(TensorId id) const;
};

/// Whether an op is one of the losses of a net: cross-entropy and so on.
bool is_loss(OpKind kind);

// The storytellers, in the order of the walkthrough.
void tell_opening(Story& story);
void tell_forward(Story& story);
void tell_backward(Story& story);
void tell_update(Story& story, const WalkOptions& options);

}  // namespace gradwalk::walk
