// The table of cases: filtered, drawn as far as it is seen, opened case by case.
const DATA = JSON.parse(document.getElementById("data").textContent);
const AT_ONCE = 50;
const body = document.getElementById("rows");
const more = document.getElementById("more");
const counted = document.getElementById("counted");
const search = document.getElementById("search");
const byCheck = document.getElementById("by-check");
const byMetadata = document.getElementById("by-metadata");
const byTable = document.getElementById("by-table");
const texts = new Map();
let filter = DATA.filter;
let found = [];
let drawn = 0;

function textOf(one) {
  if (!texts.has(one)) {
    const values = [one.id, one.vars, one.expected, one.metadata, one.note, one.origin];
    const outputs = one.cells.flatMap((cell) => (cell || []).map((each) => [each.text, each.error, each.checks]));
    texts.set(one, JSON.stringify([values, outputs]).toLowerCase());
  }
  return texts.get(one);
}

function failsCheck(one, name) {
  return one.cells.some((cell) =>
    (cell || []).some((each) => each.checks.some((check) => check.name === name && check.passed !== true)),
  );
}

function fits(one) {
  if (filter !== "all" && !one.tags.includes(filter)) return false;
  if (byCheck && byCheck.value && !failsCheck(one, byCheck.value)) return false;
  if (byMetadata && byMetadata.value) {
    const [key, value] = JSON.parse(byMetadata.value);
    if (one.metadata[key] !== value) return false;
  }
  if (byTable && byTable.value && one.table !== Number(byTable.value)) return false;
  const wanted = search.value.trim().toLowerCase();
  // As it stands in JSON, so that quotation marks and line ends are found as well.
  return !wanted || textOf(one).includes(JSON.stringify(wanted).slice(1, -1));
}

const SIGNS = {passed: "✓", failed: "✗", error: "!", flaky: "≈", missing: "–"};

function rowOf(one) {
  const row = make("tr", null, "case");
  const head = make("th");
  head.scope = "row";
  const button = make("button", one.id, "open");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  added(row, added(head, button), make("td", one.status, `status ${one.tone}`));
  one.cells.forEach((cell, at) => {
    const holder = make("td", null, "cell");
    const outcome = one.outcomes[at];
    const sign = make("span", SIGNS[outcome.outcome], `sign ${outcome.outcome}`);
    sign.title = outcome.outcome;
    added(holder, sign, " ");
    if (outcome.outcome === "flaky") added(holder, `${Math.round(outcome.share * 100)} % `);
    const first = cell && cell[0];
    if (first) added(holder, make("span", (first.error || first.text || "").slice(0, 90), "peek"));
    added(row, holder);
  });
  button.addEventListener("click", () => toggle(row, button, one));
  return row;
}

function toggle(row, button, one) {
  const next = row.nextElementSibling;
  const open = next && next.classList.contains("detail");
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    next.remove();
    return;
  }
  const detail = make("tr", null, "detail");
  const cell = make("td");
  cell.colSpan = row.children.length;
  added(detail, added(cell, openedCase(one)));
  row.after(detail);
}

function drawMore() {
  const part = found.slice(drawn, drawn + AT_ONCE);
  body.append(...part.map(rowOf));
  drawn += part.length;
  more.hidden = drawn >= found.length;
  const of = found.length === DATA.cases.length ? "" : ` of ${DATA.cases.length}`;
  counted.textContent = `${found.length}${of} cases${drawn < found.length ? `, ${drawn} of them listed` : ""}`;
}

function draw() {
  found = DATA.cases.filter(fits);
  drawn = 0;
  body.replaceChildren();
  drawMore();
}

for (const button of document.querySelectorAll("button[data-filter]")) {
  button.addEventListener("click", () => {
    filter = button.dataset.filter;
    for (const each of document.querySelectorAll("button[data-filter]")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    draw();
  });
}
more.addEventListener("click", drawMore);
search.addEventListener("input", draw);
for (const each of [byCheck, byMetadata, byTable]) if (each) each.addEventListener("change", draw);
draw();
