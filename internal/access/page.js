"use strict";
const filter = document.getElementById("filter");
if (filter) {
  const query = document.getElementById("query");
  const graphs = Array.from(document.querySelectorAll("section[data-unit]"), (section) => ({
    section,
    svg: section.querySelector("svg"),
    rows: Array.from(section.querySelectorAll("tr[data-f]"), (tr) => ({ tr, f: tr.dataset.f, flags: tr.dataset.flags.split(" "), text: tr.textContent.toLowerCase() })),
    nodes: Array.from(section.querySelectorAll("svg [data-n]"), (g) => ({ g, n: g.dataset.n, side: g.dataset.side })),
    edges: Array.from(section.querySelectorAll("svg path[data-from]"), (path) => ({ path, from: path.dataset.from, to: path.dataset.to })),
    every: Array.from(section.querySelectorAll("svg [data-side=function][data-n^=n]"), (g) => g.dataset.n), // the node for every function has no row
  }));
  // layout places the nodes that are left as the program does: functions in their order, the others beside them.
  const layout = (graph, on) => {
    const step = Number(graph.svg.dataset.step), height = Number(graph.svg.dataset.node), top = Number(graph.svg.dataset.top);
    const x = {}, y = {}, width = {};
    let bottom = top;
    for (const { g, n, side } of graph.nodes) {
      x[n] = Number(g.dataset.x);
      width[n] = Number(g.dataset.w);
      if (side !== "function" || !on.has(n)) continue;
      y[n] = bottom;
      bottom += step;
    }
    const beside = graph.nodes.filter(({ side }) => side !== "function").map((node) => {
      const at = graph.edges.map(({ from, to }) => (from === node.n ? to : to === node.n ? from : "")).filter((f) => f in y).map((f) => y[f]);
      return { ...node, want: at.length ? at.reduce((a, b) => a + b, 0) / at.length : -1 };
    });
    for (const side of ["caller", "ability"]) {
      let next = top;
      for (const node of beside.filter((node) => node.side === side).filter((node) => node.want >= 0).sort((a, b) => a.want - b.want)) {
        y[node.n] = Math.max(next, node.want);
        next = y[node.n] + step;
      }
      bottom = Math.max(bottom, next);
    }
    for (const { g, n } of graph.nodes) {
      g.classList.toggle("off", !(n in y));
      if (n in y) g.setAttribute("transform", `translate(${x[n]} ${y[n].toFixed(1)})`);
    }
    for (const { path, from, to } of graph.edges) {
      const both = [from, to].every((n) => n in y);
      path.classList.toggle("off", !both);
      if (!both) continue;
      const y1 = y[from] + height / 2, y2 = y[to] + height / 2;
      const loop = x[from] === x[to];
      const x1 = loop ? x[from] : x[from] + width[from], x2 = x[to] - 2, bend = loop ? x1 - 50 : (x1 + x2) / 2;
      path.setAttribute("d", `M${x1} ${y1.toFixed(1)} C${bend} ${y1.toFixed(1)} ${bend} ${y2.toFixed(1)} ${x2} ${y2.toFixed(1)}`);
    }
    graph.svg.setAttribute("height", bottom);
    graph.svg.setAttribute("viewBox", `0 0 ${graph.svg.getAttribute("width")} ${bottom}`);
  };
  const update = () => {
    const words = query.value.toLowerCase().split(/\s+/);
    const flags = Array.from(filter.querySelectorAll("input:checked"), (box) => box.value);
    let shown = 0, all = 0;
    for (const graph of graphs) {
      const on = new Set();
      for (const { tr, f, flags: own, text } of graph.rows) {
        tr.hidden = !flags.every((flag) => own.includes(flag)) || !words.every((word) => text.includes(word));
        if (!tr.hidden) on.add(f);
      }
      shown += on.size;
      all += graph.rows.length;
      graph.section.hidden = on.size === 0;
      if (graph.svg) layout(graph, new Set([...on, ...graph.every]));
    }
    document.getElementById("shown").textContent = `${shown} of ${all} functions shown`;
  };
  for (const graph of graphs) {
    // mark shows what belongs to a node and dims the rest.
    const mark = (n) => {
      const near = new Set([n]);
      for (const { path, from, to } of graph.edges) {
        const is = from === n || to === n;
        path.classList.toggle("dim", n === undefined ? false : !is);
        if (is) near.add(from).add(to);
      }
      for (const node of graph.nodes) node.g.classList.toggle("dim", n === undefined ? false : !near.has(node.n));
    };
    for (const { g, n } of graph.nodes) {
      g.addEventListener("mouseenter", () => mark(n));
      g.addEventListener("mouseleave", () => mark(undefined));
      g.addEventListener("focusin", () => mark(n));
      g.addEventListener("focusout", () => mark(undefined));
    }
  }
  filter.hidden = false;
  filter.addEventListener("input", update);
}
