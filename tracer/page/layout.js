// Where everything stands. Tensors go from left to right by their rank; the parameters of a layer and the targets of a
// loss stand in a band below, under the operation that takes them. Lengths are in SVG units, a pixel at full size.

/// {blocks: tensor → block, ops: [{op, x, y, width, label, inputs: [{slot, tensor, points}]}], width, height}
function layoutOf(record, {row, whole}, t) {
  const mlp = record.batchSize > 0;
  const blocks = new Map(record.tensors.map((tensor) => [tensor, blockOf(tensor, mlp ? row : null, whole)]));
  const below = new Map();  // op → the tensors of its band
  for (const op of record.ops) {
    const leaves = op.inputs.slice(1).filter((tensor) => !record.producer(tensor) && tensor !== op.inputs[0]);
    if (mlp && (op.kind === 'linear' || isLoss(op.kind))) below.set(op, leaves);
  }
  const inBand = new Set([...below.values()].flat());
  const ranks = ranksOf(record, inBand);
  const columns = columnsOf(record, ranks, inBand, blocks);
  const copies = columns.flat().filter((node) => node.isCopy).map((node) => node.block);
  placeVertically(columns);
  const groupOf = (op) => {
    const members = (below.get(op) || []).map((tensor) => blocks.get(tensor));
    return {members, width: members.reduce((sum, block) => sum + block.width + 14, -14)};
  };
  const ops = placeHorizontally(record, columns, t, groupOf);
  const groups = ops.map((place) => ({place, ...groupOf(place.op)})).filter(({members}) => members.length);
  placeBand(groups, columns.flat().filter((node) => node.block).map((node) => node.block));
  return {
    blocks,
    copies,
    ops,
    inBand,
    ...frame([...blocks.values(), ...copies], ops.flatMap(({inputs}) => inputs.flatMap(({points}) => points || [])))
  };
}

/// The longest way from a leaf; a leaf itself stands just before its first use.
function ranksOf(record, inBand) {
  const ranks = new Map();
  for (const op of record.ops) {
    const before = op.inputs.filter((tensor) => ranks.has(tensor)).map((tensor) => ranks.get(tensor));
    ranks.set(op.output, Math.max(0, ...before) + 1);
  }
  for (const tensor of record.tensors) {
    if (record.producer(tensor) || inBand.has(tensor)) continue;
    const uses = record.consumers(tensor).map((op) => ranks.get(op.output));
    ranks.set(tensor, uses.length ? Math.min(...uses) - 1 : 0);
  }
  return ranks;
}

/// The nodes of every rank. An edge over several ranks gets a waypoint in each, so that it runs around what stands
/// there; a constant that is used again far away is drawn again there.
function columnsOf(record, ranks, inBand, blocks) {
  const columns = Array.from({length: Math.max(...ranks.values()) + 1}, () => []);
  const nodes = new Map();
  const add = (node) => {
    columns[node.rank].push(node);
    return node;
  };
  for (const tensor of record.tensors) {
    if (inBand.has(tensor)) continue;
    const block = blocks.get(tensor);
    nodes.set(tensor, add({tensor, block, rank: ranks.get(tensor), height: block.height, before: [], after: [], y: 0}));
  }
  for (const op of record.ops) {
    const end = nodes.get(op.output);
    op.inputs.forEach((tensor, slot) => {
      if (inBand.has(tensor)) return;
      let last = nodes.get(tensor);
      if (tensor.role === 'constant' && last.rank < end.rank - 1) {
        last = add({
          block: blockOf(tensor, null, true),
          isCopy: true,
          rank: end.rank - 1,
          height: last.height,
          before: [],
          after: [],
          y: 0
        });
      }
      const chain = [last];
      for (let rank = last.rank + 1; rank < end.rank; ++rank) {
        const waypoint = add({rank, height: 12, before: [last], after: [], y: 0});
        last.after.push(waypoint);
        chain.push((last = waypoint));
      }
      last.after.push(end);
      end.before.push(last);
      end.chains = [...(end.chains || []), {op, slot, tensor, chain}];
    });
  }
  return columns;
}

function frame(blocks, ways) {
  const margin = 10;
  const left = Math.min(...blocks.map((block) => block.x));
  const top = Math.min(...blocks.map((block) => block.y), ...ways.map(([, y]) => y));
  const right = Math.max(...blocks.map((block) => block.x + block.width));
  const bottom = Math.max(...blocks.map((block) => block.y + block.height), ...ways.map(([, y]) => y + 12));
  return {x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin};
}
