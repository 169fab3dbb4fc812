// A gradient element as a sum of terms, and the way from an element to the loss: the same views of the record as
// lib/include/gradwalk/nn/terms.hpp.

/// {terms: [{op, slot, index, source, upstream, local, contribution}], sum, gradient, residual, missing}: `missing`
/// counts the terms whose numbers are not embedded. `ops` limits the terms to those that came through these operations.
function termsOf(record, {tensor, index}, ops = record.ops) {
  const terms = [];
  let missing = 0;
  for (const op of ops) {
    if (op.output.gradientState !== 'computed') continue;
    op.inputs.forEach((input, slot) => {
      if (input !== tensor) return;
      for (const {out, local} of outputsOf(op, slot, index)) {
        const upstream = op.output.gradient(out);
        if (upstream === undefined || local === undefined)
          ++missing;
        else
          terms.push({
            op,
            slot,
            index,
            source: {tensor: op.output, index: out},
            upstream,
            local,
            contribution: upstream * local
          });
      }
    });
  }
  const sum = terms.reduce((total, term) => total + term.contribution, 0);
  const gradient = tensor.gradient(index);
  return {terms, sum, gradient, residual: gradient - sum, missing};
}

/// Every edge on a path from the element to the loss: [{op, slot, from, to, contribution}], where the contribution is
/// what of the element's gradient flows through that edge: ∂from/∂element · local · ∂L/∂to.
function edgesToLoss(record, element) {
  const reached = new Map([[element.tensor, new Map([[element.index, 1]])]]);  // ∂(reached)/∂(element)
  const edges = [];
  for (const op of record.ops) {
    op.inputs.forEach((input, slot) => {
      for (const [index, tangent] of reached.get(input) || []) {
        for (const {out, local} of outputsOf(op, slot, index)) {
          const upstream = op.output.gradient(out);
          if (upstream === undefined || local === undefined) continue;
          if (!reached.has(op.output)) reached.set(op.output, new Map());
          const there = reached.get(op.output);
          there.set(out, (there.get(out) || 0) + tangent * local);
          edges.push({
            op,
            slot,
            from: {tensor: input, index},
            to: {tensor: op.output, index: out},
            contribution: tangent * local * upstream
          });
        }
      }
    });
  }
  return edges;
}
