// A diff of words: what two texts do not have in common.
const WORDS = /\s+|[\p{L}\p{N}_]+|[^\s]/gu;
// As many steps as a browser takes without being felt; longer texts are compared as a whole.
const MOST_STEPS = 4e6;

function wordsOf(text) {
  return text.match(WORDS) || [];
}

// Both texts in pieces, each [same, text]; pieces in a row are joined.
function wordDiff(one, other) {
  const a = wordsOf(one);
  const b = wordsOf(other);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) end += 1;
  const left = [[true, a.slice(0, start)]];
  const right = [[true, b.slice(0, start)]];
  const [middleA, middleB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  for (const [same, fromA, fromB] of between(middleA, middleB)) {
    if (fromA.length) left.push([same, fromA]);
    if (fromB.length) right.push([same, fromB]);
  }
  left.push([true, a.slice(a.length - end)]);
  right.push([true, b.slice(b.length - end)]);
  return [joined(left), joined(right)];
}

function joined(pieces) {
  const found = [];
  for (const [same, words] of pieces) {
    const text = words.join("");
    const last = found[found.length - 1];
    if (!text) continue;
    if (last && last[0] === same) last[1] += text;
    else found.push([same, text]);
  }
  return found;
}

// The longest common subsequence, by the table that every textbook has.
function between(a, b) {
  if (!a.length || !b.length || (a.length + 1) * (b.length + 1) > MOST_STEPS) return [[false, a, b]];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.push([true, [a[i]], [b[j]]]);
      i += 1;
      j += 1;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
      found.push([false, [a[i]], []]);
      i += 1;
    } else {
      found.push([false, [], [b[j]]]);
      j += 1;
    }
  }
  found.push([false, a.slice(i), b.slice(j)]);
  return found;
}
