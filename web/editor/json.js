//! JSON as far as an editor needs it: colours, indentation, folding. Whether it is JSON at all the page's program says.
//!
//! No JSON token spans lines, so each line is coloured by itself, and no grammar has to be loaded.
import { foldService, indentService, matchBrackets } from "@codemirror/language";
import { Decoration, ViewPlugin } from "@codemirror/view";

const TOKEN = /"(?:[^"\\]|\\.)*"?(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*|[{}[\],:]/g;

const styles = Object.fromEntries(
  ["propertyName", "string", "bool", "null", "number", "punctuation"].map((name) => [
    name,
    Decoration.mark({ class: `tok-${name}` }),
  ]),
);

function kindOf(token, colon) {
  if (token[0] === '"') return colon === undefined ? "string" : "propertyName";
  if (token === "true" || token === "false") return "bool";
  if (token === "null") return "null";
  return "{}[],:".includes(token) ? "punctuation" : "number";
}

/** The tokens of the lines that can be seen. */
function colours(view) {
  const marks = [];
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.lineAt(line.to + 1)) {
      for (const found of line.text.matchAll(TOKEN)) {
        const [token, colon] = found;
        const length = token.length - (colon?.length ?? 0);
        marks.push(styles[kindOf(token, colon)].range(line.from + found.index, line.from + found.index + length));
      }
      if (line.to >= to || line.to >= view.state.doc.length) break;
    }
  }
  return Decoration.set(marks);
}

const highlighting = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = colours(view);
    }

    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = colours(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const opens = (text) => /[[{]\s*$/.test(text);

/** Two spaces more behind an opening bracket, two less for a closing one. */
const indentation = indentService.of((context, offset) => {
  const { text, from } = context.lineAt(offset, -1);
  const before = text.slice(0, Math.max(0, offset - from));
  const after = context.lineAt(offset, 1).text;
  const begins = /^\s*/.exec(text)[0].length;
  const closes = /^\s*[\]}]/.test(context.simulatedBreak === offset ? after : "");
  return Math.max(0, begins + (opens(before) ? 2 : 0) - (closes && !opens(before) ? 2 : 0));
});

/** A line that ends with an opening bracket folds up to its closing one. */
const folding = foldService.of((state, start, end) => {
  const line = state.sliceDoc(start, end);
  if (!opens(line)) return null;
  const bracket = start + line.trimEnd().length - 1;
  const found = matchBrackets(state, bracket, 1);
  return found?.matched && found.end.from > end ? { from: bracket + 1, to: found.end.from } : null;
});

export const json = [highlighting, indentation, folding];
