// The compute graph as inline SVG. It is built once for a choice of rows and a language, and brought up to date with
// every step, so that the keyboard's focus stays where it is.

class Graph {
  /// `interactive` gives every cell an id, a role and a place in the tab order; the handout's graph is a picture.
  constructor(record, t, view, interactive) {
    Object.assign(this, {record, t, row: view.row, interactive});
    this.layout = layoutOf(record, view, t);
    this.cells = new Map();  // "W1[2,0]" → {value: {node, text, rect}, gradient: …}
    this.edges = [];         // {op, tensor, forward, backward}
    this.paths = svg('g', {class: 'paths', 'aria-hidden': 'true'});
    this.sums = svg('g', {class: 'paths', 'aria-hidden': 'true'});
    const {x, y, width, height} = this.layout;
    const scale = Math.max(1, Math.min(1.4, 1100 / width, 400 / height));  // a small graph is drawn larger
    const spine = record.ops.map((op) => opLabel(t, op.kind)).join(', ');
    this.node =
        svg('svg', {
          viewBox: `${x} ${y} ${width} ${height}`,
          width: scale * width,
          height: scale * height,
          role: interactive ? 'group' : 'img',
          'aria-label': t('graphSummary', {spine}),
          style: `min-width:${0.7 * width}px`,
        },
            this.arrowheads(), svg('g', {'aria-hidden': 'true'}, this.drawEdges()), this.paths,
            svg('g', {'aria-hidden': 'true'}, this.layout.ops.map((place) => this.pill(place))), this.drawTensors(),
            this.layout.copies.map((block) => this.drawCopy(block)), this.sums);
  }

  arrowheads() {
    const head = (id, kind) =>
        svg('marker', {
          id: this.marker(id),
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto'
        },
            svg('path', {d: 'M0 0.8 L7.5 4 L0 7.2 Z', class: `arrowhead ${kind}`}));
    return svg('defs', {}, head('forward', 'forward'), head('backward', 'backward'));
  }

  marker(id) { return `${id}-${this.interactive ? 'screen' : 'print'}`; }

  // ---- operations and edges

  drawEdges() {
    return this.layout.ops.map((place) => {
      const out = this.layout.blocks.get(place.op.output);
      const [pillLeft, pillRight] = [place.x - place.width / 2, place.x + place.width / 2];
      const lines = place.inputs.map(({slot, tensor, points, fromBelow, fromAbove}) => {
        const half = pillHeight(place) / 2;
        if (fromBelow)
          return this.edge(place.op, tensor, [fromBelow, [place.x + (slot - 1.5) * 8, place.y + half]], verticalCurve);
        if (fromAbove) return this.edge(place.op, tensor, [fromAbove, [place.x, place.y - half]], verticalCurve);
        const twin =
            place.op.inputs.indexOf(tensor) < slot ? 9 : 0;  // b = a + a: the second edge runs beside the first
        const way = [...points.map(([px, py]) => [px, py + twin]), [pillLeft, place.y + twin / 2]];
        return this.edge(place.op, tensor, way, horizontalCurve);
      });
      const exit = this.edge(place.op, null, [[pillRight, place.y], [out.x, out.middle()]], horizontalCurve);
      return [...lines, exit];
    });
  }

  /// A forward edge and, shifted a little, its backward twin. `tensor` is the input it comes from, null at the output's
  /// end.
  edge(op, tensor, points, curve) {
    const shifted = points.map(([px, py]) => (curve === verticalCurve ? [px + 7, py] : [px, py + 7]));
    const forward =
        svg('path',
            {class: 'edge forward', d: curve(points), 'marker-end': tensor ? null : `url(#${this.marker('forward')})`});
    const differentiable = (tensor || op.output).gradientState !== 'none';
    const backward = differentiable && svg('path', {
                       class: 'edge backward',
                       d: curve([...shifted].reverse()),
                       'marker-end': tensor ? `url(#${this.marker('backward')})` : null
                     });
    this.edges.push({op, tensor, forward, backward});
    return [forward, backward || null];
  }

  pill(place) {
    const height = pillHeight(place);
    const group = svg(
        'g', {class: 'op', 'data-op': place.op.id, transform: `translate(${place.x} ${place.y})`},
        svg('rect', {x: -place.width / 2, y: -height / 2, width: place.width, height, rx: Math.min(14, height / 2)}),
        place.label.map((line, i) => svg('text', {y: 4 + (i - (place.label.length - 1) / 2) * 13}, line)));
    place.node = group;
    return group;
  }

  // ---- tensors

  drawTensors() {
    return this.record.tensors.map((tensor) => {
      const block = this.layout.blocks.get(tensor);
      const role = roleClass(tensor);
      const group = svg('g', {
        class: `tensor role-${role}`,
        transform: `translate(${block.x} ${block.y})`,
        role: this.interactive ? 'group' : null,
        'aria-label': this.interactive ? this.labelOf(tensor) : null
      });
      group.append(headingOf(this, block));
      const cells = [];
      for (const line of block.down) {
        for (const column of block.across) {
          if (line.gap || column.gap) continue;
          cells.push(...this.cellPair(block, line, column));
        }
      }
      group.append(...gapsOf(this, block), ...cells, ...framesOf(block));
      block.node = group;
      return group;
    });
  }

  /// A constant once more, beside another use of it.
  drawCopy(block) {
    const {width, height} = block.grid;
    return svg(
        'g', {
          class: 'tensor role-constant cell',
          'aria-hidden': 'true',
          transform: `translate(${block.x} ${block.y + block.head})`,
          'data-element': block.tensor.name
        },
        svg('rect', {width: width - 2, height: height - 2, x: 1, y: 1, rx: 3, style: '--share:1'}),
        svg('text', {x: width / 2, y: height / 2 + 4}, formatCell(block.tensor.value(0))));
  }

  labelOf(tensor) {
    const role = this.t('role' + capital(roleClass(tensor)));
    return this.t(
        'tensorLabel', {name: tensor.name, role, shape: tensor.shape.length ? tensor.shape.join(' × ') : '1'});
  }

  /// The value of an element, and its gradient in the other grid.
  cellPair(block, line, column) {
    const {tensor} = block;
    const index = block.indexAt(line.at, column.at);
    const name = tensor.elementName(index);
    const isFirst = line === block.down.find((item) => !item.gap) && column === block.across.find((item) => !item.gap);
    const draw = (kind, dx, dy) => {
      const width = column.to - column.from;
      const height = line.to - line.from;
      const rect = svg('rect', {width: width - 2, height: height - 2, x: 1, y: 1, rx: 3});
      const text = svg('text', {x: width / 2, y: height / 2 + 4});
      const title = svg('title');
      const mine = this.interactive && kind === 'value';
      const node =
          svg('g', {
            class: `cell ${kind}`,
            'data-element': name,
            transform: `translate(${dx + column.from} ${dy + line.from})`,
            id: mine ? name.replace(/[[,]/g, '_').replace(']', '') : null,
            role: mine ? 'button' : null,
            tabindex: mine ? (isFirst ? 0 : -1) : null,
            'aria-hidden': this.interactive && !mine ? 'true' : null
          },
              rect, text, title);
      return {node, rect, text, title};
    };
    const pair = {tensor, index, block, line, column, value: draw('value', 0, block.head)};
    if (block.second) pair.gradient = draw('gradient', block.second.x, block.head + block.second.y);
    this.cells.set(name, pair);
    return [pair.value.node, pair.gradient?.node].filter(Boolean);
  }

  // ---- the paths of a selected element

  select(element, edges) {
    for (const pair of this.cells.values()) {
      const isIt = element && pair.tensor === element.tensor && pair.index === element.index;
      for (const part of [pair.value, pair.gradient]) part?.node.classList.toggle('selected', Boolean(isIt));
      if (this.interactive) pair.value.node.setAttribute('aria-pressed', String(Boolean(isIt)));
    }
    this.node.classList.toggle('has-paths', edges.length > 0);
    this.paths.replaceChildren(...drawPaths(this, element, edges));
    this.sums.replaceChildren(...drawSum(this, element, edges));
  }
}
