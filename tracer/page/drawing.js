// The parts of the graph that stay as they are through all steps: names, outlines, what is left out, lines.

/// Name and shape of a tensor, ∂L/∂ of it above its gradients, the numbers of the rows above its columns.
function headingOf(graph, block) {
  const {tensor} = block;
  const shape = tensor.shape.length ? svg('tspan', {class: 'shape', dx: 7}, shapeText(tensor.shape)) : null;
  const heading = svg('g', {'aria-hidden': 'true'});
  if (tensor.role !== 'constant') heading.append(svg('text', {class: 'name', y: 14}, subscripted(tensor.name), shape));
  if (block.second && block.head === cell.head) {
    const [x, y] = [block.second.x, block.stacked ? block.head + block.second.y - 7 : block.head - 6];
    const loss = subscripted(graph.record.loss.name);
    heading.append(svg('text', {class: 'of', x, y}, '∂', loss, '/∂', subscripted(tensor.name)));
  }
  if (graph.row === 'all' && tensor.isBatched) {
    for (const {at, from, to} of block.across.filter((column) => !column.gap)) {
      heading.append(svg('text', {class: 'column', x: (from + to) / 2, y: block.head - 4}, at));
    }
  }
  return heading;
}

/// An outline around each grid, shown when a step computes it.
function framesOf(block) {
  const frameAt = (kind, {x, y}) => svg('rect', {
    class: `frame ${kind}`,
    x: x - 2,
    y: block.head + y - 2,
    width: block.grid.width + 4,
    height: block.grid.height + 4,
    rx: 5
  });
  return [frameAt('value', {x: 0, y: 0}), ...(block.second ? [frameAt('gradient', block.second)] : [])];
}

/// "⋮ 778" where lines are left out, "⋯" where columns are.
function gapsOf(graph, block) {
  const note = (x, y, text, count) =>
      svg('text', {class: 'left-out', x, y: block.head + y + 4}, text, svg('title', {}, graph.t('more', {n: count})));
  const middle = (item) => (item.from + item.to) / 2;
  const {width, height} = block.grid;
  const grids = block.second ? [{x: 0, y: 0}, block.second] : [{x: 0, y: 0}];
  return grids.flatMap(({x, y}) => {
    const lines = block.down.filter((item) => item.gap);
    const columns = block.across.filter((item) => item.gap);
    return [
      ...lines.map((item) => note(x + width / 2, y + middle(item), `⋮ ${item.gap}`, item.gap)),
      ...columns.map((item) => note(x + middle(item), y + height / 2, '⋯', item.gap)),
    ];
  });
}

const pillHeight = (place) => 10 + 14 * place.label.length;

/// "W1" as W with a small 1 below the line.
function subscripted(name) {
  const {stem, digits} = stemOf(name);
  return digits ? [stem, svg('tspan', {dy: 3, 'font-size': '72%'}, digits), svg('tspan', {dy: -3}, '\u200b')] : [stem];
}

/// Smooth lines through points: leaving and arriving level, or upright.
function horizontalCurve(points) {
  return throughPoints(points, ([x1, y1], [x2, y2]) => {
    const bend = Math.min(60, Math.abs(x2 - x1) / 2) * Math.sign(x2 - x1);
    return `C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  });
}

function verticalCurve(points) {
  return throughPoints(points, ([x1, y1], [x2, y2]) => `C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`);
}

function throughPoints(points, segment) {
  return `M${points[0].join(' ')}` + points.slice(1).map((point, i) => segment(points[i], point)).join('');
}
