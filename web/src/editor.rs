//! The editor of a policy's text: a text area that works at once, and the code editor over it when it has come.

mod code;
mod codemirror;
mod diagnostics;
mod foot;
mod help;
mod statements;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use iam_evaluator::{Diagnostic, Fix, PolicyDocument, PolicyType};
use iam_scenario::{Action, Answer, Compiled, Document, PolicyPlace, PolicyText, assist};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::catalog::{CatalogHandle, use_catalog};
use crate::groups;
use crate::lazy::now;
use crate::show::view;
use crate::text_position::{utf16, utf16_span};
pub use code::{Problem, Shown, use_code_editor};
pub use codemirror::Calls;
use diagnostics::DiagnosticList;
use help::Help;
pub use help::HelpState;
pub use statements::{StatementMark, statement_marks};

/// Properties of [`PolicyEditor`].
#[derive(Properties, PartialEq)]
pub struct PolicyEditorProps {
    /// The document.
    pub document: Rc<Document>,
    /// The document, ready to be asked: it knows what is wrong with each text.
    pub compiled: Rc<Compiled>,
    /// The answer to the question, whose deciding statements are marked.
    pub answer: Option<Rc<Answer>>,
    /// The request that the question came from.
    pub request: Option<usize>,
    /// Where the policy stands. An editor is for one place: give it a key.
    pub place: PolicyPlace,
    /// The statement to show, by its place in `Statement`.
    pub statement: Option<usize>,
    /// Whether it can only be read.
    pub read_only: bool,
    /// What the policy is called.
    pub label: AttrValue,
    /// Makes an edit.
    pub on_action: Callback<Action>,
}

/// Edits the text of one policy.
#[component]
pub fn PolicyEditor(props: &PolicyEditorProps) -> Html {
    let text = props.document.policy_text(&props.place).cloned().unwrap_or_default();
    let policy = props.compiled.policy(&props.place);
    let policy_type = policy.as_ref().map_or(PolicyType::Identity, |it| it.policy_type);
    let catalog = use_catalog().get().cloned();
    let diagnostics = use_diagnostics(policy.as_ref(), catalog.as_ref());
    let marks = props.answer.as_deref().map_or_else(Vec::new, |answer| {
        statement_marks(&props.compiled, answer, &props.place, props.request)
    });
    let reveal = props.statement.and_then(|index| {
        let statement = policy.as_ref()?.statements.iter().find(|it| it.index == index)?;
        Some(utf16(text.as_str(), statement.span.start))
    });
    let edits = Edits {
        place: props.place.clone(),
        text: text.clone(),
        on_action: props.on_action.clone(),
    };
    let state = HelpState { document: props.document.clone(), policy_type, catalog };
    let shown = Shown {
        text: text.as_str().to_owned().into(),
        problems: diagnostics.iter().map(problem).collect(),
        marks,
        reveal,
    };
    // What the editor calls is made once; it finds what is on the page now in here.
    let now = use_mut_ref(|| (edits.clone(), (*diagnostics).clone()));
    *now.borrow_mut() = (edits.clone(), (*diagnostics).clone());
    let help = use_memo((), |()| Help(Rc::new(RefCell::new(state.clone()))));
    *help.0.borrow_mut() = state;
    let editor = use_code_editor(&props.label, props.read_only, &shown, {
        let help = (*help).clone();
        Box::new(move || calls(&now, help))
    });
    let oninput = {
        let edits = edits.clone();
        Callback::from(move |event: InputEvent| {
            edits.retype(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let on_select = {
        let (editor, text) = (editor.clone(), text.clone());
        Callback::from(move |diagnostic: Diagnostic| {
            editor.select(utf16_span(text.as_str(), diagnostic.span));
        })
    };
    let writes = !props.read_only;
    let on_fix = writes.then(|| {
        let edits = edits.clone();
        Callback::from(move |fix: Fix| edits.mend(&fix))
    });
    let on_format = writes.then(|| Callback::from(move |_: MouseEvent| edits.format()));
    html! {
        <div class="editor">
            <div class="editor-text">
                <textarea ref={editor.area()} class="code" rows="18" spellcheck="false" autocapitalize="off" autocomplete="off"
                    aria-label={&props.label} readonly={props.read_only} value={text.as_str().to_owned()} {oninput} />
            </div>
            { foot::foot(text.as_str(), policy_type, on_format) }
            { view!(DiagnosticList { text: text.as_str().to_owned(), diagnostics: (*diagnostics).clone(), on_select, on_fix }) }
        </div>
    }
}

/// A policy that was read, known by its pointer.
#[derive(Clone)]
struct ReadPolicy(Option<Arc<PolicyDocument>>);

impl PartialEq for ReadPolicy {
    fn eq(&self, other: &ReadPolicy) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

/// What is wrong with the policy, and with the names in it as far as the catalogue knows.
#[hook]
fn use_diagnostics(
    policy: Option<&Arc<PolicyDocument>>,
    catalog: Option<&CatalogHandle>,
) -> Rc<Vec<Diagnostic>> {
    let known = (ReadPolicy(policy.cloned()), catalog.cloned());
    use_memo(known, |(policy, catalog)| {
        let Some(policy) = &policy.0 else { return Vec::new() };
        let mut found = policy.diagnostics.clone();
        if let Some(catalog) = catalog {
            found.extend(now(groups::unknown_names(catalog, policy)).unwrap_or_default());
            iam_evaluator::sort_few_by_key(&mut found, |it| it.span);
        }
        found
    })
}

/// Makes the edits of one text.
#[derive(Clone, PartialEq)]
struct Edits {
    place: PolicyPlace,
    text: PolicyText,
    on_action: Callback<Action>,
}

impl Edits {
    fn retype(&self, text: String) {
        let (place, text) = (self.place.clone(), PolicyText::new(text));
        self.on_action.emit(Action::EditPolicyText { place, text });
    }

    fn mend(&self, fix: &Fix) {
        if let Some(fixed) = fix.apply(self.text.as_str()) {
            self.rewrite(fixed, format!("Fix: {}", fix.title.replace('`', "")));
        }
    }

    /// A text that is no JSON stays as it is; what is wrong with it stands below.
    fn format(&self) {
        if let Some(text) = assist::format(self.text.as_str()) {
            self.rewrite(text, "Format document".to_owned());
        }
    }

    fn rewrite(&self, text: String, label: String) {
        let (place, text) = (self.place.clone(), PolicyText::new(text));
        self.on_action.emit(Action::RewritePolicyText { place, text, label });
    }
}

/// What the code editor calls, by what is on the page at that time.
fn calls(now: &Rc<RefCell<(Edits, Vec<Diagnostic>)>>, help: Help) -> Calls {
    let (text, fix, format) = (now.clone(), now.clone(), now.clone());
    Calls {
        on_text: Callback::from(move |new| {
            let edits = text.borrow().0.clone();
            edits.retype(new);
        }),
        on_fix: Callback::from(move |index| {
            let (edits, diagnostics) = fix.borrow().clone();
            if let Some(fix) = diagnostics.get::<usize>(index).and_then(|it| it.fix.as_ref()) {
                edits.mend(fix);
            }
        }),
        on_format: Callback::from(move |()| {
            let edits = format.borrow().0.clone();
            edits.format();
        }),
        help: Some(help),
    }
}

fn problem(diagnostic: &Diagnostic) -> Problem {
    Problem {
        span: diagnostic.span,
        severity: diagnostic.severity(),
        message: diagnostic.message.replace('`', ""),
        code: diagnostic.code.as_str(),
        fix: diagnostic.fix.as_ref().map(|fix| fix.title.replace('`', "")),
    }
}
