// What stands around the graph: the choice of rows, the line under the title, the line about what was left out.

/// A button for each row of a small batch, a list for a large one.
function rowChoice({record, t}, chosen) {
  const rows = record.rows.length > 1 ? [...record.rows, 'all'] : record.rows;
  const label = (row) => (row === 'all' ? t('allRows') : String(row));
  if (rows.length > 9) {
    return [h(
        'select', {'aria-labelledby': 'rows-label'},
        rows.map((row) => h('option', {value: row, selected: row === chosen}, label(row))))];
  }
  return [
    h('div', {class: 'choice', role: 'group', 'aria-labelledby': 'rows-label'},
      rows.map(
          (row) => h('button', {type: 'button', 'data-row': row, 'aria-pressed': String(row === chosen)}, label(row))))
  ];
}

function aboutLine({record, t}) {
  const {widths, activation, loss, step, expression} = record.provenance;
  if (!record.batchSize) return t('aboutExpression', {expression: expression || record.loss.name});
  const lossName = {
    'cross-entropy': 'cross_entropy',
    'softmax-cross-entropy': 'softmax_cross_entropy',
    logistic: 'binary_logistic',
    squared: 'squared_error',
    absolute: 'absolute_error'
  }[loss];
  return t('aboutNet', {
    widths: widths.join('–'),
    activation,
    loss: lossName ? t(lossName) : loss,
    rows: t('rowsOfBatch', {n: record.batchSize}),
    step
  });
}

/// What of a large record is not on the page: "8 of 784 in x, 8 of 128 in z1, a1".
function leftOutLine(teller) {
  const {record, t} = teller;
  const groups = new Map();
  for (const tensor of record.tensors.filter((one) => one.kept && one.isBatched)) {
    tensor.kept.forEach((axis, at) => {
      if (axis.length === tensor.shape[at]) return;
      const key = at === 0 ? 'leftOutRows' : `${axis} of ${tensor.shape[at]}`;
      if (!groups.has(key)) groups.set(key, {kept: axis.length, all: tensor.shape[at], names: []});
      groups.get(key).names.push(tensor.name);
    });
  }
  const parts = [...groups].map(
      ([key, {kept, all, names}]) =>
          t(key === 'leftOutRows' ? key : 'leftOutUnits',
            {kept, all, names: names.map((name) => `\`${name}\``).join(', ')}));
  return parts.length ? teller.math.prose(t('leftOut', {what: parts.join('; ')})) : [];
}
