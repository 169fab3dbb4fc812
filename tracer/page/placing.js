// The coordinates of the layout: columns from top to bottom, columns from left to right, and what stands below or
// above.

/// Orders every column by the mean place of its neighbours, then lets each node come as near to them as there is room.
function placeVertically(columns) {
  const mean = (nodes, otherwise) =>
      (nodes.length ? nodes.reduce((sum, node) => sum + node.y, 0) / nodes.length : otherwise);
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

/// Columns from left to right. Before a tall block a little room is made, if that is all that the parameters need to
/// stand higher, beside it.
function placeHorizontally(record, columns, t, groupOf) {
  const ops = new Map(record.ops.map((op) => [op, {op, label: pillLabel(opLabel(t, op.kind)), inputs: []}]));
  ops.forEach((place) => (place.width = pillWidth(place.label)));
  let x = 0;
  columns.forEach((column, rank) => {
    const pills =
        column.flatMap((node) => record.ops.filter((op) => op.output === node.tensor).map((op) => ops.get(op)));
    let space = Math.max(0, ...pills.map((place) => place.width)) + (rank ? 44 : 0);
    if (pills.length === 1) {
      const [input, output] = [pills[0].op.inputs[0], pills[0].op.output].map(
          (tensor) => columns.flat().find((node) => node.tensor === tensor).block);
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
      const points = chain.flatMap((at) => (at.block ? [[at.x + at.block.width, at.block.middle()]] : [
                                     [at.x, at.y], [at.x + widest(columns[at.rank]), at.y]
                                   ]));
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

const pillWidth = (label) => Math.max(30, 14 + 6.6 * Math.max(...label.map((line) => line.length)));

/// The groups of the band, each as high as the blocks above leave room, and as near its operation as that allows.
function placeBand(groups, obstacles) {
  const space = 26;
  const topAt = (x, width) =>
      Math.max(
          ...obstacles.filter((block) => block.x < x + width + space / 2 && block.x + block.width + space / 2 > x)
              .map((block) => block.y + block.height),
          -Infinity) +
      space;
  for (const {place, members, width} of groups) {
    if (isLoss(place.op.kind)) {
      placeAbove(place, members[0], obstacles);
      continue;
    }
    const [input, output] =
        [place.op.inputs[0], place.op.output].map((tensor) => obstacles.find((block) => block.tensor === tensor));
    const wishes = [place.x - width / 2, output.x - width - space / 2, input.x + input.width + space / 2];
    let [x, y] = [wishes[0], Infinity];
    for (const wish of wishes) {
      const top = topAt(wish, width);
      if (top < y - 20) [x, y] = [wish, top];
    }
    for (const block of members) {
      Object.assign(block, {x, y});
      place.inputs.push(
          {slot: place.op.inputs.indexOf(block.tensor), tensor: block.tensor, fromBelow: [x + block.width / 2, y]});
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
