// One case, opened: what was given, what came out of each column, what the checks found.

// Everything that is shown passes here: text becomes text, never markup.
function make(kind, text, className) {
  const made = document.createElement(kind);
  if (text !== undefined && text !== null) made.textContent = String(text);
  if (className) made.className = className;
  return made;
}

function added(parent, ...children) {
  for (const each of children) if (each) parent.append(each);
  return parent;
}

const columnsOf = (one) => DATA.tables[one.table];

function openedCase(one) {
  const opened = make("div", null, "opened");
  added(opened, aboutCase(one), givenPart(one), outputsPart(one), checksPart(one));
  return added(opened, decisionsPart(one), promptsPart(columnsOf(one)));
}

function aboutCase(one) {
  const facts = [];
  for (const [name, value] of [["from", one.origin], ["group", one.group], ["part", one.split]]) {
    if (value) facts.push(`${name} ${value}`);
  }
  for (const [name, value] of Object.entries(one.metadata)) facts.push(`${name}: ${value}`);
  const part = make("div", null, "about-case");
  added(part, make("p", facts.join(" · "), "aside"));
  if (one.note) added(part, make("p", one.note, "case-note"));
  return part;
}

// -- what was given ------------------------------------------------------------------------------

function quotesIn(value, found = []) {
  if (Array.isArray(value)) value.forEach((each) => quotesIn(each, found));
  else if (value && typeof value === "object") {
    for (const [key, each] of Object.entries(value)) {
      if (/quote/.test(key) && typeof each === "string" && each.trim().length > 1) found.push(each);
      else if (/quotes/.test(key) && Array.isArray(each)) {
        each.forEach((inner) => (typeof inner === "string" ? found.push(inner) : quotesIn(inner, found)));
      } else quotesIn(each, found);
    }
  }
  return found;
}

// Text with what is quoted from it marked: by the label, by what came out, or by both.
function quoted(text, labelled, shown) {
  const marks = new Uint8Array(text.length);
  for (const [quotes, bit] of [[labelled, 1], [shown, 2]]) {
    for (const quote of quotes) {
      let at = text.indexOf(quote);
      if (at < 0) at = text.toLowerCase().indexOf(quote.toLowerCase());
      if (at >= 0) for (let i = at; i < at + quote.length && i < marks.length; i += 1) marks[i] |= bit;
    }
  }
  const names = ["", "labelled", "shown", "labelled shown"];
  const holder = document.createDocumentFragment();
  let from = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && marks[at] === marks[from]) continue;
    const piece = text.slice(from, at);
    holder.append(marks[from] ? make("mark", piece, names[marks[from]]) : piece);
    from = at;
  }
  return holder;
}

function valueOf(value, labelled, shown) {
  if (typeof value === "string") return added(make("p", null, "said"), quoted(value, labelled, shown));
  if (value === null || typeof value !== "object") return make("p", value, "said");
  if (Array.isArray(value) && value.length && value.every((each) => each && typeof each.text === "string")) {
    const list = make("ul", null, "lines");
    for (const each of value) {
      const who = [each.id, each.speaker || each.channel].filter(Boolean).join(" ");
      const line = make("li");
      if (who) added(line, make("span", who, "who"), " ");
      added(list, added(line, quoted(each.text, labelled, shown)));
    }
    return list;
  }
  if (Array.isArray(value)) {
    const plain = value.every((each) => typeof each !== "object");
    return plain ? make("p", value.join(", "), "said") : make("pre", JSON.stringify(value, null, 1));
  }
  const list = make("ul", null, "lines");
  for (const [key, each] of Object.entries(value)) {
    added(list, added(make("li"), make("span", key, "who"), ` ${inWords(each)}`));
  }
  return list;
}

// A small value in a line: what stands in a label, such as its state and quote.
function inWords(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "object") return String(value);
  const parts = Object.values(value).filter((each) => each !== null && each !== "");
  return parts.map((each) => (typeof each === "object" ? JSON.stringify(each) : String(each))).join(" · ");
}

function fieldsOf(title, fields, labelled, shown) {
  const part = make("section", null, "fields");
  added(part, make("h4", title));
  const list = make("dl");
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === "" || (Array.isArray(value) && !value.length)) continue;
    added(list, make("dt", name), added(make("dd"), valueOf(value, labelled, shown)));
  }
  return list.children.length ? added(part, list) : null;
}

function givenPart(one) {
  const labelled = quotesIn(one.expected);
  const shown = quotesIn(one.cells.flatMap((cell) => (cell ? cell.map((each) => each.output) : [])));
  const part = make("div", null, "given");
  added(part, fieldsOf("Given", one.vars, labelled, shown), fieldsOf("Expected", one.expected, [], []));
  if (one.before) {
    added(part, fieldsOf("Given in A", one.before.vars, [], []), fieldsOf("Expected in A", one.before.expected, [], []));
  }
  if (labelled.length || shown.length) {
    const legend = make("p", null, "aside");
    added(legend, make("mark", "quoted by the label", "labelled"), " ");
    added(legend, make("mark", "quoted by an output", "shown"), " ");
    added(part, added(legend, make("mark", "by both", "labelled shown")));
  }
  return part;
}

// -- what came out -------------------------------------------------------------------------------

function diffed(pieces, className) {
  const text = make("p", null, "text");
  for (const [same, piece] of pieces) text.append(same ? piece : make(className, piece));
  return text;
}

function outputsPart(one) {
  const part = make("section", null, "outputs");
  added(part, make("h4", "Came out"));
  const grid = make("div", null, "columns");
  const most = Math.max(1, ...one.cells.map((cell) => (cell ? cell.length : 0)));
  const show = (repeat) => {
    grid.replaceChildren();
    const results = one.cells.map((cell) => cell && cell[repeat]);
    results.forEach((result, at) => added(grid, outputOf(result, at, results, columnsOf(one)[at])));
  };
  if (most > 1) {
    const bar = make("p", "Repeat ", "bar");
    for (let repeat = 0; repeat < most; repeat += 1) {
      const button = make("button", repeat + 1);
      button.type = "button";
      button.setAttribute("aria-pressed", String(repeat === 0));
      button.addEventListener("click", () => {
        for (const each of bar.children) each.setAttribute("aria-pressed", String(each === button));
        show(repeat);
      });
      added(bar, button, " ");
    }
    added(part, bar);
  }
  show(0);
  return added(part, grid);
}

function outputOf(result, at, results, shownAs) {
  const column = make("div", null, "column");
  added(column, make("h5", shownAs.name));
  if (!result) return added(column, make("p", "No result.", "none"));
  const facts = [result.passed ? "passed" : result.error ? "error" : "failed"];
  if (result.took) facts.push(`${result.took} s`);
  if (result.tokens) facts.push(`${result.tokens} tokens`);
  if (result.cost) facts.push(`cost ${result.cost}`);
  if (result.cached) facts.push("from the cache");
  if (result.model) facts.push(result.model);
  added(column, make("p", facts.join(" · "), "aside"));
  if (result.label) added(column, make("p", `A person found it ${result.label}`, "case-note"));
  if (result.error) return added(column, make("p", result.error, "error"));
  const first = results[0];
  if (shownAs.bare) return added(column, make("p", "A baseline keeps no texts.", "none"));
  if (!result.text) added(column, make("p", "Nothing to read: it stays silent.", "none"));
  else if (at > 0 && first && first.text) {
    added(column, diffed(wordDiff(first.text, result.text)[1], "ins"));
  } else if (at === 0 && results.length === 2 && results[1] && results[1].text) {
    added(column, diffed(wordDiff(result.text, results[1].text)[0], "del"));
  } else added(column, make("p", result.text, "text"));
  const whole = make("details");
  added(whole, make("summary", "The output as it is"));
  whole.addEventListener("toggle", () => {
    if (whole.children.length === 1) added(whole, make("pre", JSON.stringify(result.output, null, 1)));
  });
  return added(column, whole);
}

// -- what was found ------------------------------------------------------------------------------

function gridOf(title, names, rows) {
  if (!rows.length) return null;
  const part = make("section");
  added(part, make("h4", title));
  const table = make("table");
  const head = make("tr");
  for (const each of names) added(head, make("th", each));
  added(table, added(make("thead"), head));
  const body = make("tbody");
  for (const cells of rows) {
    const row = make("tr");
    cells.forEach((cell, at) => added(row, cell instanceof Node ? added(make("td"), cell) : make(at ? "td" : "th", cell)));
    added(body, row);
  }
  return added(part, added(make("div", null, "wide"), added(table, body)));
}

const columnNames = (one) => columnsOf(one).map((each) => each.name);

function checksPart(one) {
  const names = new Set();
  for (const cell of one.cells) for (const each of cell || []) for (const check of each.checks) names.add(check.name);
  const rows = [...names].map((name) => [
    name,
    ...one.cells.map((cell) => {
      const holder = make("div");
      (cell || []).forEach((result, repeat) => {
        for (const check of result.checks) {
          if (check.name !== name) continue;
          const line = make("p", null, "check");
          const number = cell.length > 1 ? `${repeat + 1}. ` : "";
          const sign = check.passed === true ? "holds" : check.passed === false ? "fails" : "not decided";
          added(line, number, make("span", sign, check.passed === true ? "good" : "bad"));
          const more = [];
          if (check.score !== null && check.score !== undefined) more.push(`score ${Math.round(check.score * 100) / 100}`);
          if (check.reason) more.push(check.reason);
          if (!check.counts) more.push("only shown");
          if (more.length) added(line, ` ${more.join(" · ")}`);
          added(holder, line);
        }
      });
      return holder;
    }),
  ]);
  return gridOf("Checks", ["check", ...columnNames(one)], rows);
}

function decisionsPart(one) {
  const rows = new Map();
  one.cells.forEach((cell, at) => {
    (cell || []).forEach((result, repeat) => {
      const seen = new Map();
      for (const each of result.decisions) {
        const nth = (seen.get(each.target) || 0) + 1;
        seen.set(each.target, nth);
        const key = JSON.stringify([each.kind, each.target, nth]);
        if (!rows.has(key)) rows.set(key, [`${each.kind} ${each.target}`.trim(), each.label, ...one.cells.map(() => make("div"))]);
        const word = make("span", each.state.replaceAll("_", " "), each.ok ? "good" : "bad");
        const holder = added(make("p", null, "check"), cell.length > 1 ? `${repeat + 1}. ` : "", word);
        if (each.confidence !== null) added(holder, ` ${Math.round(each.confidence * 100)} %`);
        if (!each.ok) added(holder, " wrong");
        added(rows.get(key)[at + 2], holder);
      }
    });
  });
  return gridOf("Labels and what was shown", ["of", "label", ...columnNames(one)], [...rows.values()]);
}

// -- prompts -------------------------------------------------------------------------------------

function promptsPart(columns) {
  if (!columns.some((each) => Object.keys(each.prompts).length)) return null;
  const part = make("details", null, "prompts");
  added(part, make("summary", "The prompts beside each other"));
  part.addEventListener("toggle", () => {
    if (part.children.length === 1) added(part, ...promptGrids(columns));
  });
  return part;
}

function promptGrids(columns) {
  const textOf = (column, language) => DATA.texts[column.prompts[language]] || "";
  const languages = new Set(columns.flatMap((each) => Object.keys(each.prompts)));
  return [...languages].map((language) => {
    const grid = make("div", null, "columns");
    const first = textOf(columns[0], language);
    columns.forEach((column, at) => {
      const text = textOf(column, language);
      const holder = make("div", null, "column");
      added(holder, make("h5", `${column.name} (${language})`));
      const beside = at > 0 ? first : columns[1] ? textOf(columns[1], language) : "";
      if (!text) added(holder, make("p", "No text is kept of it.", "none"));
      else if (!beside || beside === text) added(holder, make("p", text, "text prompt"));
      else {
        const pieces = at === 0 ? wordDiff(text, beside)[0] : wordDiff(beside, text)[1];
        const shown = diffed(pieces, at === 0 ? "del" : "ins");
        shown.classList.add("prompt");
        added(holder, shown);
      }
      added(grid, holder);
    });
    return grid;
  });
}
