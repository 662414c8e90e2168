
"use strict";
const filter = document.getElementById("filter");
if (filter) {
  const query = document.getElementById("query");
  const items = Array.from(document.querySelectorAll("li[data-severity]"), (li) => ({ li, text: li.textContent.toLowerCase() }));
  const update = () => {
    const words = query.value.toLowerCase().split(/\s+/);
    const on = new Set(Array.from(filter.querySelectorAll("input:checked"), (box) => box.value));
    let shown = 0;
    for (const { li, text } of items) {
      li.hidden = !on.has(li.dataset.severity) || !words.every((word) => text.includes(word));
      shown += li.hidden ? 0 : 1;
    }
    document.getElementById("shown").textContent = `${shown} of ${items.length} findings shown`;
  };
  filter.hidden = false;
  filter.addEventListener("input", update);
  update();
}
