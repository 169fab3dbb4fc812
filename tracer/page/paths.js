// The lit paths from the loss to the selected element, each line as wide as its share of the gradient.

function drawPaths(graph, element, edges) {
  if (!element) return [];
  const seen = edges.filter((edge) => isDrawn(graph, edge.from) && isDrawn(graph, edge.to) && edge.contribution !== 0);
  const largest = Math.max(...seen.map((edge) => Math.abs(edge.contribution)).filter(Number.isFinite), 0);
  const merges = doMerge(element, edges);
  const lines = seen.map((edge) => {
    const share = largest ? Math.abs(edge.contribution) / largest : 1;
    const title = `∂${edge.to.tensor.elementName(edge.to.index)}/∂${edge.from.tensor.elementName(edge.from.index)}: ${
        formatNumber(edge.contribution)}`;
    return svg(
        'path', {
          class: 'path',
          d: wayOf(graph, edge, merges && isSame(edge.from, element)),
          'stroke-width': (1.2 + 5.3 * (Number.isFinite(share) ? share : 1)).toFixed(2)
        },
        svg('title', {}, title));
  });
  return merges && seen.length ? [...lines, sumStem(graph, element)] : lines;
}

const doMerge = (element, edges) =>
    edges.filter((edge) => isSame(edge.from, element) && edge.contribution !== 0).length > 1;

const isSame = (a, b) => a.tensor === b.tensor && a.index === b.index;
const isDrawn = (graph, {tensor, index}) => graph.cells.has(tensor.elementName(index));

/// From the source's cell to the target's: along the operation's own edge between scalars, straight between cells.
function wayOf(graph, edge, viaSum) {
  const start = viaSum ? sumPlace(graph, edge.from) : startOf(graph, edge.from);
  const end = endOf(graph, edge.to);
  const place = graph.layout.ops.find(({op}) => op === edge.op);
  if (edge.from.tensor.shape.length === 0 && edge.to.tensor.shape.length === 0) {
    const {points} = place.inputs.find(({slot}) => slot === edge.slot);
    const twin = edge.op.inputs.indexOf(edge.from.tensor) < edge.slot ? 9 : 0;
    const inner = points.slice(1).map(([x, y]) => [x, y + twin]);
    const first = viaSum ? start : [points[0][0], points[0][1] + twin];
    return horizontalCurve(
        [first, ...inner, [place.x - place.width / 2, place.y + twin / 2], [place.x + place.width / 2, place.y], end]);
  }
  if (!graph.layout.inBand.has(edge.from.tensor)) return horizontalCurve([start, end]);
  const [x1, y1] = start;
  const [x2, y2] = end;
  return `M${x1} ${y1}C${x1} ${y1 - 70} ${x2 - 70} ${y2} ${x2} ${y2}`;
}

function corner(graph, {tensor, index}) {
  const {block, line, column} = graph.cells.get(tensor.elementName(index));
  const below = block.second && block.stacked && graph.row !== null ? block.second.y :
                                                                      0;  // the gradients' grid, where it is below
  return {
    block,
    x: block.x + column.from,
    right: block.x + column.to,
    y: block.y + block.head + below + (line.from + line.to) / 2,
    top: block.y + block.head + line.from
  };
}

function startOf(graph, element) {
  const {block, x, right, y, top} = corner(graph, element);
  if (graph.layout.inBand.has(element.tensor)) return [(x + right) / 2, top];
  return [block.stacked ? right : block.x + block.width, element.tensor.shape.length ? y : block.middle()];
}

function endOf(graph, element) {
  const {block, x, y} = corner(graph, element);
  return [block.stacked ? x : block.x, element.tensor.shape.length ? y : block.middle()];
}

/// Where several contributions merge stands a Σ: above a parameter's cell, right of everything else.
function sumPlace(graph, element) {
  const [x, y] = startOf(graph, element);
  return graph.layout.inBand.has(element.tensor) ? [x, graph.layout.blocks.get(element.tensor).y - 10] : [x + 16, y];
}

const sumStem = (graph, element) => svg('path', {
  class: 'path',
  'stroke-width': 5,
  d: `M${sumPlace(graph, element).join(' ')}L${startOf(graph, element).join(' ')}`
});

function drawSum(graph, element, edges) {
  if (!element || !isDrawn(graph, element) || !doMerge(element, edges)) return [];
  const [x, y] = sumPlace(graph, element);
  const rows = new Set(
      edges.filter((edge) => isSame(edge.from, element)).map((edge) => edge.to.tensor.coordinates(edge.to.index)[0]));
  const label = element.tensor.role === 'parameter' && rows.size > 1 ? graph.t('sumOverRows', {n: rows.size}) : 'Σ';
  return [
    svg('circle', {class: 'sum-ground', cx: x, cy: y, r: 10}), svg('text', {class: 'sum-sign', x, y: y + 5}, 'Σ'),
    ...(label === 'Σ' ? [] : [svg('text', {class: 'sum-label', x: x + 15, y: y + 4}, label.replace(/^Σ /, ''))])
  ];
}
