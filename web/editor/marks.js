//! Marks: which parts of a policy decided the question, failed it, or applied to it.
//!
//! Each kind has a shape of its own in the gutter, so that colour is never the only difference.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter } from "@codemirror/view";

const KINDS = {
  deciding: { sign: "◆", words: "decides the answer" },
  condition: { sign: "◇", words: "holds, and so the statement decides" },
  failed: { sign: "✗", words: "does not match the question" },
  applied: { sign: "✓", words: "applies to the question" },
};

class Sign extends GutterMarker {
  constructor(kind) {
    super();
    this.kind = kind;
  }

  eq(other) {
    return this.kind === other.kind;
  }

  toDOM() {
    const { sign, words } = KINDS[this.kind];
    const element = document.createElement("span");
    element.className = `cm-mark-sign cm-mark-sign-${this.kind}`;
    element.textContent = sign;
    element.title = words;
    return element;
  }
}

const kinds = Object.keys(KINDS);
const signs = Object.fromEntries(kinds.map((kind) => [kind, new Sign(kind)]));
const stretches = Object.fromEntries(
  kinds.map((kind) => [kind, Decoration.mark({ class: `cm-mark cm-mark-${kind}`, kind })]),
);
const lines = Object.fromEntries(kinds.map((kind) => [kind, Decoration.line({ class: `cm-mark-line-${kind}` })]));
const replaceMarks = StateEffect.define();

const marks = StateField.define({
  create: () => Decoration.none,
  update(set, transaction) {
    const replaced = transaction.effects.findLast((effect) => effect.is(replaceMarks));
    return replaced ? Decoration.set(replaced.value, true) : set.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The effect that shows these marks, and the lines they touch, instead of the former ones. Empty stretches show nothing. */
export function setMarks(list, text) {
  const ranges = [];
  for (const { from, to, kind } of list) {
    const end = Math.min(to, text.length);
    if (!(kind in stretches) || from >= end) continue;
    ranges.push(stretches[kind].range(from, end));
    const last = text.lineAt(end).number;
    for (let number = text.lineAt(from).number; number <= last; number++) {
      ranges.push(lines[kind].range(text.line(number).from));
    }
  }
  return replaceMarks.of(ranges);
}

/** Where the first deciding mark begins, if there is one. */
export function firstDeciding(state) {
  for (const cursor = state.field(marks).iter(); cursor.value; cursor.next()) {
    if (cursor.value.spec.kind === "deciding") return cursor.from;
  }
  return undefined;
}

/** One sign for each line on which a mark begins; the first of its kinds hides the others. */
function gutterSigns(view) {
  const byLine = new Map();
  for (const cursor = view.state.field(marks).iter(); cursor.value; cursor.next()) {
    const line = view.state.doc.lineAt(cursor.from).from;
    const { kind } = cursor.value.spec;
    if (!kind) continue;
    const known = byLine.get(line);
    if (known === undefined || kinds.indexOf(kind) < kinds.indexOf(known)) byLine.set(line, kind);
  }
  const ranges = [...byLine].map(([line, kind]) => signs[kind].range(line));
  return RangeSet.of(ranges, true);
}

export function markExtension() {
  return [
    marks,
    gutter({
      class: "cm-mark-gutter",
      markers: gutterSigns,
      lineMarkerChange: (update) => update.startState.field(marks) !== update.state.field(marks),
      initialSpacer: () => signs.deciding,
    }),
  ];
}
