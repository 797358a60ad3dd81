//! The JSON editor of the page: what it can do, how it is put over a textarea, what the page may ask of it.
//!
//! Offsets count UTF-16 units, as JavaScript strings do. Colours live in the page's stylesheet:
//! `--editor-…` variables, `tok-…` classes for JSON, `cm-mark-…` classes for marks.
//! Tab is not bound: it leaves the editor, as it leaves every other field.
import { defaultKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { assist } from "./assist.js";
import { json } from "./json.js";
import { firstDeciding, markExtension, setMarks } from "./marks.js";
import { theme, useConstructedStyles } from "./styles.js";

useConstructedStyles();

/** Marks a change that came from the page and must not be reported back to it. */
const fromPage = Annotation.define();

/**
 * Puts an editor over a textarea, with its text, selection and focus. The textarea is hidden until `destroy`;
 * give it a parent of its own, for the editor is placed beside it.
 *
 * @param {HTMLTextAreaElement} textarea
 * @param {object} [options]
 * @param {(text: string) => void} [options.onChange] called with the whole text after each change by the person
 * @param {(offset: number) => void} [options.onCursor] called when the cursor moves
 * @param {(index: number) => void} [options.onFix] called when the repair of a diagnostic, by its place in the list, is chosen
 * @param {() => void} [options.onFormat] called when the text is to be laid out
 * @param {boolean} [options.readOnly]
 * @param {string} [options.label] the name for assistive technology; else the textarea's own `aria-label`
 *
 * `options.complete` and `options.explain` help at the cursor, see `assist.js`. There is no history here: the page undoes,
 * with everything else that can be undone.
 */
export function mount(textarea, options = {}) {
  const { onChange, onCursor, label = textarea.getAttribute("aria-label") } = options;
  const access = new Compartment();
  const view = new EditorView({
    state: EditorState.create({
      doc: textarea.value,
      selection: { anchor: textarea.selectionStart, head: textarea.selectionEnd },
      extensions: [
        abilities(options),
        access.of(accessOf(options.readOnly ?? textarea.readOnly)),
        // Said outright, for what scrolls must be reached by keyboard and not every checker knows that text can be.
        EditorView.contentAttributes.of({ tabindex: "0", ...(label ? { "aria-label": label } : {}) }),
        EditorView.updateListener.of((update) => report(update, onChange, onCursor)),
      ],
    }),
  });
  takeOver(textarea, view);
  return handle(textarea, view, access, options);
}

function abilities({ onFormat, complete, explain }) {
  const format = () => {
    onFormat?.();
    return onFormat !== undefined;
  };
  return [
    // Every offset stays what the page knows it to be, also in a text with carriage returns.
    EditorState.lineSeparator.of("\n"),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
    // Before the marks, so that a mark is one stretch with colours inside.
    json,
    lineNumbers(),
    markExtension(),
    lintGutter(),
    foldGutter(),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    typingOver,
    EditorView.lineWrapping,
    theme,
    assist({ complete, explain }),
    keymap.of([
      { key: "Shift-Alt-f", run: format, preventDefault: true },
      ...searchKeymap,
      ...lintKeymap,
      ...foldKeymap,
      ...defaultKeymap,
    ]),
  ];
}

/**
 * Typing over selected text, done here: Chromium would carry the colour of what goes over to what comes as an inline
 * style, which the page's policy blocks and reports.
 */
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || !text || empty || view.composing || view.state.readOnly) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});

/** Read-only text can still be reached, read and copied by keyboard. */
function accessOf(readOnly) {
  if (!readOnly) return [];
  return [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })];
}

function report(update, onChange, onCursor) {
  const byPage = update.transactions.some((transaction) => transaction.annotation(fromPage));
  if (update.docChanged && !byPage) onChange?.(update.state.doc.toString());
  if (update.selectionSet || (update.docChanged && !byPage)) onCursor?.(update.state.selection.main.head);
}

/** Somebody may already be typing in the textarea when the editor arrives. */
function takeOver(textarea, view) {
  const focused = textarea.ownerDocument.activeElement === textarea;
  textarea.hidden = true;
  textarea.after(view.dom);
  if (focused) view.focus();
}

function handle(textarea, view, access, { onFix }) {
  const length = () => view.state.doc.length;
  return {
    /** Shows this text instead, without reporting it; selection and scrolling stay where they can. */
    setText(text) {
      const changes = difference(view.state.doc.toString(), text);
      if (!changes) return;
      // Who undoes while the editor has the focus sees what has changed.
      const selection = view.hasFocus ? { anchor: changes.from + changes.insert.length } : undefined;
      view.dispatch({ changes, selection, annotations: fromPage.of(true), scrollIntoView: view.hasFocus });
    },
    /** @param {{from: number, to: number, severity: string, message: string, code?: string, fix?: string}[]} list */
    setDiagnostics(list) {
      const shown = list.map((found, index) => diagnostic(found, length(), found.fix && onFix && (() => onFix(index))));
      view.dispatch(setDiagnostics(view.state, shown));
    },
    /** @param {{from: number, to: number, kind: "deciding" | "condition" | "failed" | "applied"}[]} list */
    setMarks(list) {
      view.dispatch({ effects: setMarks(list, view.state.doc) });
    },
    setReadOnly(readOnly) {
      view.dispatch({ effects: access.reconfigure(accessOf(readOnly)) });
    },
    /** Scrolls to the offset, or to the first deciding mark when none is given. */
    reveal(from = firstDeciding(view.state)) {
      if (from == null) return;
      view.dispatch({ effects: EditorView.scrollIntoView(Math.min(from, length()), { y: "center" }) });
    },
    /** Puts the cursor over this stretch, scrolls to it and takes the focus. */
    select(from, to = from) {
      const [anchor, head] = [from, to].map((offset) => Math.min(offset, length()));
      view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
    focus() {
      view.focus();
    },
    /** Takes the editor away and gives the text back to the textarea. */
    destroy() {
      textarea.value = view.state.doc.toString();
      textarea.hidden = false;
      view.destroy();
    },
  };
}

function diagnostic({ from, to, severity, message, code, fix }, length, mend) {
  const start = Math.min(from, length);
  const end = Math.min(Math.max(to, start), length);
  const actions = mend ? [{ name: `Fix: ${fix}`, apply: mend }] : undefined;
  return { from: start, to: end, severity, message, source: code, actions };
}

/** The one stretch in which two texts differ; null when they are the same. */
export function difference(before, after) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
