// Where everything stands. Tensors go from left to right by their rank; the parameters of a layer and the targets of a
// loss stand in a band below, under the operation that takes them. Lengths are in SVG units, a pixel at full size.

const cell = {width: 52, height: 17, gap: 16, head: 34, between: 6, label: 18};

const mostUnits = 16;
const mostRows = 8;

/// What of an axis is drawn: [{at}] with {gap: how many are left out} between. Of a long one, the beginning and the end.
function drawnAlong(kept, length, most) {
  const items = [];
  let next = 0;
  const ends = kept.length > most ? [...kept.slice(0, most - 4), ...kept.slice(-3)] : kept;
  for (const at of ends) {
    if (at > next) items.push({gap: at - next});
    items.push({at});
    next = at + 1;
  }
  if (next < length) items.push({gap: length - next});
  return items;
}

/// A tensor as a grid of its values and a grid of its gradients of the same shape, beside or below it. Units go down;
/// rows of the batch go across, one or all of them.
function blockOf(tensor, row, whole) {
  const {lines, columns, indexAt} = axesOf(tensor, row, whole);
  const offsets = (items, size) => {
    let at = 0;
    return items.map((item) => ({...item, from: at, to: (at += item.gap ? cell.gap : size)}));
  };
  const across = offsets(columns, tensor.shape.length || row !== null ? cell.width : cell.width + 18);
  const down = offsets(lines, cell.height);
  const grid = {width: across.at(-1).to, height: down.at(-1).to};
  const hasGradient = tensor.gradientState !== 'none';
  const isScalar = tensor.shape.length === 0;
  const stacked = isScalar ? row === null : columns.length > 3;
  const second = !hasGradient ? null : stacked ? {x: 0, y: grid.height + (isScalar ? 0 : cell.label)} : {x: grid.width + cell.between, y: 0};
  const head = isScalar && row === null ? 22 : cell.head;
  return {
    tensor, across, down, indexAt, grid, second, stacked, head,
    width: second ? second.x + grid.width : grid.width,
    height: head + (second ? second.y + grid.height : grid.height),
    x: 0, y: 0,
    /// The middle of the grids: where edges arrive.
    middle() { return this.y + head + (this.height - head) / 2; },
  };
}

/// `whole` draws every unit and row that is embedded.
function axesOf(tensor, row, whole) {
  const limit = (axis) => (whole ? Infinity : axis === 0 && tensor.isBatched ? mostRows : mostUnits);
  const along = (axis) => drawnAlong(tensor.along(axis), tensor.shape[axis], limit(axis));
  if (tensor.shape.length === 0) return {lines: [{at: 0}], columns: [{at: 0}], indexAt: () => 0};
  if (tensor.isBatched) {
    const columns = row === 'all' ? along(0) : [{at: row}];
    const units = tensor.shape[1] ?? 1;
    return {lines: tensor.shape.length > 1 ? along(1) : [{at: 0}], columns, indexAt: (unit, n) => n * units + unit};
  }
  const width = tensor.shape[1] ?? 1;
  return {lines: along(0), columns: tensor.shape.length > 1 ? along(1) : [{at: 0}], indexAt: (j, i) => j * width + i};
}

/// Whether something embedded is not drawn unless the whole is asked for.
function isShortened(record, row) {
  return record.tensors.some((tensor) => tensor.shape.some((_, axis) => {
    const isBatch = axis === 0 && tensor.isBatched;
    return tensor.along(axis).length > (isBatch ? (row === 'all' ? mostRows : Infinity) : mostUnits);
  }));
}

const pillWidth = (label) => Math.max(30, 14 + 6.6 * Math.max(...label.map((line) => line.length)));

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
  return {blocks, copies, ops, inBand, ...frame([...blocks.values(), ...copies], ops.flatMap(({inputs}) => inputs.flatMap(({points}) => points || [])))};
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

/// The nodes of every rank. An edge over several ranks gets a waypoint in each, so that it runs around what stands there;
/// a constant that is used again far away is drawn again there.
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
        last = add({block: blockOf(tensor, null, true), isCopy: true, rank: end.rank - 1, height: last.height, before: [], after: [], y: 0});
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

/// Orders every column by the mean place of its neighbours, then lets each node come as near to them as there is room.
function placeVertically(columns) {
  const mean = (nodes, otherwise) => (nodes.length ? nodes.reduce((sum, node) => sum + node.y, 0) / nodes.length : otherwise);
  const settle = (column, wish) => {
    column.forEach((node) => (node.wish = wish(node)));
    column.sort((a, b) => a.wish - b.wish);
    let bottom = -Infinity;
    for (const node of column) {
      node.y = Math.max(node.wish, bottom + node.height / 2);
      bottom = node.y + node.height / 2 + 14;
    }
    const shift = column.reduce((sum, node) => sum + node.wish - node.y, 0) / (column.length || 1);
    column.forEach((node) => (node.y += shift));
  };
  columns.forEach((column) => column.forEach((node, i) => (node.y = (i - (column.length - 1) / 2) * 60)));
  for (let sweep = 0; sweep < 8; ++sweep) {
    columns.forEach((column) => settle(column, (node) => mean(node.before, mean(node.after, node.y))));
    [...columns].reverse().forEach((column) => settle(column, (node) => mean(node.after, node.y)));
  }
  columns.forEach((column) => settle(column, (node) => mean([...node.before, ...node.after], node.y)));
  for (const node of columns.flat()) {
    if (node.block) node.block.y = node.y - node.block.head - (node.block.height - node.block.head) / 2;
  }
}

/// Columns from left to right. Before a tall block a little room is made, if that is all that the parameters need to stand
/// higher, beside it.
function placeHorizontally(record, columns, t, groupOf) {
  const ops = new Map(record.ops.map((op) => [op, {op, label: pillLabel(opLabel(t, op.kind)), inputs: []}]));
  ops.forEach((place) => (place.width = pillWidth(place.label)));
  let x = 0;
  columns.forEach((column, rank) => {
    const pills = column.flatMap((node) => record.ops.filter((op) => op.output === node.tensor).map((op) => ops.get(op)));
    let space = Math.max(0, ...pills.map((place) => place.width)) + (rank ? 44 : 0);
    if (pills.length === 1) {
      const [input, output] = [pills[0].op.inputs[0], pills[0].op.output].map((tensor) => columns.flat().find((node) => node.tensor === tensor).block);
      const wish = groupOf(pills[0].op).width + 16 - input.width;
      if (wish <= space + 120 && input.height < 0.6 * output.height) space = Math.max(space, wish);
    }
    x += space;
    for (const node of column) {
      node.x = x;
      if (node.block) node.block.x = x;
    }
    for (const place of pills) {
      place.x = x - space / 2;
      place.y = column.find((node) => node.tensor === place.op.output).block.middle();
    }
    x += Math.max(0, ...column.map((node) => (node.block ? node.block.width : 0)));
  });
  for (const node of columns.flat()) {
    for (const {op, slot, tensor, chain} of node.chains || []) {
      const points = chain.flatMap((at) => (at.block ? [[at.x + at.block.width, at.block.middle()]] : [[at.x, at.y], [at.x + widest(columns[at.rank]), at.y]]));
      ops.get(op).inputs.push({slot, tensor, points});
    }
  }
  return [...ops.values()];
}

const widest = (column) => Math.max(0, ...column.map((node) => (node.block ? node.block.width : 0)));

/// A long label takes two lines.
function pillLabel(text) {
  const sign = {add: '+', sub: '−', mul: '×', div: '÷', pow: '^', neg: '−x'}[text];
  if (sign) return [sign];
  const middle = text.length > 12 ? text.lastIndexOf(' ', text.length - 4) : -1;
  return middle > 0 ? [text.slice(0, middle), text.slice(middle + 1)] : [text];
}

/// The groups of the band, each as high as the blocks above leave room, and as near its operation as that allows.
function placeBand(groups, obstacles) {
  const space = 26;
  const topAt = (x, width) => Math.max(...obstacles.filter((block) => block.x < x + width + space / 2 && block.x + block.width + space / 2 > x)
    .map((block) => block.y + block.height), -Infinity) + space;
  for (const {place, members, width} of groups) {
    if (isLoss(place.op.kind)) {
      placeAbove(place, members[0], obstacles);
      continue;
    }
    const [input, output] = [place.op.inputs[0], place.op.output].map((tensor) => obstacles.find((block) => block.tensor === tensor));
    const wishes = [place.x - width / 2, output.x - width - space / 2, input.x + input.width + space / 2];
    let [x, y] = [wishes[0], Infinity];
    for (const wish of wishes) {
      const top = topAt(wish, width);
      if (top < y - 20) [x, y] = [wish, top];
    }
    for (const block of members) {
      Object.assign(block, {x, y});
      place.inputs.push({slot: place.op.inputs.indexOf(block.tensor), tensor: block.tensor, fromBelow: [x + block.width / 2, y]});
      obstacles.push(block);
      x += block.width + 14;
    }
  }
}

/// The target of a loss comes in from above.
function placeAbove(place, block, obstacles) {
  block.x = place.x - block.width / 2;
  const near = obstacles.filter((other) => other.x < block.x + block.width && other.x + other.width > block.x);
  block.y = Math.min(place.y - 46, ...near.map((other) => other.y - 8)) - block.height;
  place.inputs.push({slot: 1, tensor: block.tensor, fromAbove: [place.x, block.y + block.height]});
  obstacles.push(block);
}

function frame(blocks, ways) {
  const margin = 10;
  const left = Math.min(...blocks.map((block) => block.x));
  const top = Math.min(...blocks.map((block) => block.y), ...ways.map(([, y]) => y));
  const right = Math.max(...blocks.map((block) => block.x + block.width));
  const bottom = Math.max(...blocks.map((block) => block.y + block.height), ...ways.map(([, y]) => y + 12));
  return {x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin};
}
