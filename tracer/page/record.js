// The record that page.cpp embeds: the record format of docs, and in every tensor its numbers, flat and row by row.
// Of a large tensor only some rows and units are embedded: `kept` lists them, axis by axis. Everything below goes by
// the full index; what is not embedded is `undefined`.

class Tensor {
  constructor(json, id) {
    Object.assign(this, {id, name: json.name, role: json.role, shape: json.shape, kept: json.kept || null});
    this.gradientState = json.gradient;  // 'computed', 'pending' or 'none'
    // JSON has no NaN and no infinities: they are strings, by the names that JavaScript has for them.
    this.values = json.values.map(Number);
    this.gradients = json.gradients ? json.gradients.map(Number) : null;
    this.size = this.shape.reduce((product, n) => product * n, 1);
    this.places = this.kept && this.kept.map((axis) => new Map(axis.map((index, place) => [index, place])));
  }

  /// Rows of the batch are the first axis of everything but parameters.
  get isBatched() { return this.role !== 'parameter' && this.shape.length > 0; }

  coordinates(index) {
    const result = [];
    for (let axis = this.shape.length - 1; axis >= 0; --axis) {
      result.unshift(index % this.shape[axis]);
      index = Math.floor(index / this.shape[axis]);
    }
    return result;
  }

  indexOf(coordinates) { return coordinates.reduce((index, at, axis) => index * this.shape[axis] + at, 0); }

  /// The indices along an axis that are embedded.
  along(axis) { return this.kept ? this.kept[axis] : Array.from({length: this.shape[axis]}, (_, i) => i); }

  place(index) {
    if (!this.places) return index;
    let place = 0;
    const at = this.coordinates(index);
    for (let axis = 0; axis < at.length; ++axis) {
      if (!this.places[axis].has(at[axis])) return -1;
      place = place * this.kept[axis].length + this.places[axis].get(at[axis]);
    }
    return place;
  }

  has(index) { return this.place(index) >= 0; }

  value(index) { return this.values[this.place(index)]; }

  gradient(index) { return this.gradients ? this.gradients[this.place(index)] : undefined; }

  elementName(index) { return this.shape.length ? `${this.name}[${this.coordinates(index).join(',')}]` : this.name; }

  /// Every embedded index, in order.
  embedded() {
    let indices = [0];
    this.shape.forEach((length, axis) => {
      indices = indices.flatMap((index) => this.along(axis).map((at) => index * length + at));
    });
    return indices;
  }
}

function readRecord(json) {
  const step = json.steps[0];
  const tensors = step.tensors.map((tensor, id) => new Tensor(tensor, id));
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const ops = step.ops.map((op, id) => ({
                             id,
                             kind: op.kind,
                             inputs: op.inputs.map((name) => byName.get(name)),
                             output: byName.get(op.output),
                             attributes: op.attributes || {},
                           }));
  const loss = tensors.find((tensor) => tensor.role === 'loss');
  const batched = tensors.find((tensor) => tensor.isBatched);
  return {
    provenance: step,
    tensors,
    ops,
    loss,
    batchSize: batched ? batched.shape[0] : 0,
    rows: batched ? batched.along(0) : [],
    named: (name) => byName.get(name),
    producer: (tensor) => ops.find((op) => op.output === tensor),
    consumers: (tensor) => ops.filter((op) => op.inputs.includes(tensor)),
    /// {tensor, index} of "W1[2,0]", or null.
    element(name) {
      const match = name.match(/^([^[]+)(?:\[([\d,]+)\])?$/);
      const tensor = match && byName.get(match[1]);
      if (!tensor) return null;
      const at = match[2] ? match[2].split(',').map(Number) : [];
      if (at.length !== tensor.shape.length || at.some((index, axis) => index >= tensor.shape[axis])) return null;
      return {tensor, index: tensor.indexOf(at)};
    },
  };
}
