// What the printer gets: the whole graph, then every step.

function handout(teller, view) {
  const {record, steps, t} = teller;
  const graph = new Graph(record, t, view, false);
  showStep(graph, new Knowledge(record, steps, steps.length - 1), {phase: 'given', tensor: null}, false);
  return [
    h('div', {class: 'graph-page'}, h('h2', {}, t('handoutGraph')), h('div', {class: 'graph'}, graph.node)),
    h('h2', {}, t('handout')),
    h('div', {class: 'articles'}, steps.map((step, at) => stepArticle(teller, step, at, view.row))),
  ];
}
