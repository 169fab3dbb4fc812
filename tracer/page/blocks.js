// A tensor as a drawn block: a grid of its values, and a grid of its gradients of the same shape. Lengths are in SVG
// units, a pixel at full size.

const cell = {
  width: 52,
  height: 17,
  gap: 16,
  head: 34,
  between: 6,
  label: 18
};

const mostUnits = 16;
const mostRows = 8;

/// What of an axis is drawn: [{at}] with {gap: how many are left out} between. Of a long one, the beginning and the
/// end.
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
  const second = !hasGradient ? null :
      stacked                 ? {x: 0, y: grid.height + (isScalar ? 0 : cell.label)} :
                                {x: grid.width + cell.between, y: 0};
  const head = isScalar && row === null ? 22 : cell.head;
  return {
    tensor,
    across,
    down,
    indexAt,
    grid,
    second,
    stacked,
    head,
    width: second ? second.x + grid.width : grid.width,
    height: head + (second ? second.y + grid.height : grid.height),
    x: 0,
    y: 0,
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
