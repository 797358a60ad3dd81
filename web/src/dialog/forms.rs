//! The forms: each makes one edit from what a person fills in.

mod iam;
mod organization;
mod policies;
#[cfg(test)]
mod tests;

pub use iam::{
    add_member, add_resource, add_to_group, create_identity, delete_identity, identity_path,
    remove_resource, rename_identity, rename_resource, set_boundary,
};
pub use organization::{
    account_settings, add_outside_account, close_account, create_account, create_organization,
    create_unit, delete_organization, delete_unit, forget_account, invite_account, move_to,
    remove_account, rename_target, reset,
};
pub use policies::{
    attach, attach_managed, attach_to, create_inline, create_managed, create_policy, delete_inline,
    delete_managed, delete_policy, rename_inline, rename_managed,
};

use iam_scenario::{Action, Document, OrganizationalUnit};
use std::sync::Arc;
use yew::prelude::*;

use super::{Field, Form};
use crate::selection::Selection;

/// A form with fields.
fn form(
    title: impl Into<String>,
    submit: &str,
    fields: Vec<Field>,
    action: impl Fn(&[String]) -> Action + 'static,
) -> Form {
    Form {
        title: title.into(),
        intro: String::new(),
        fields,
        submit: submit.to_owned(),
        danger: false,
        action: Callback::from(move |values: Vec<String>| action(&values)),
        open: None,
    }
}

impl Form {
    fn intro(self, intro: impl Into<String>) -> Form {
        Form { intro: intro.into(), ..self }
    }

    fn danger(self) -> Form {
        Form { danger: true, ..self }
    }

    fn then_open(self, open: impl Fn(&[String]) -> Selection + 'static) -> Form {
        Form { open: Some(Callback::from(move |values: Vec<String>| open(&values))), ..self }
    }
}

/// What was filled into a field, without the blanks around it.
fn filled(values: &[String], index: usize) -> String {
    values.get(index).map(|value| value.trim().to_owned()).unwrap_or_default()
}

/// The name that a person knows a root, OU or account by.
pub fn name_of(document: &Document, id: &str) -> String {
    let unit = document.organizational_unit(id).map(|unit| unit.name.clone());
    unit.or_else(|| document.account(id).map(|account| account.name.clone()))
        .unwrap_or_else(|| id.to_owned())
}

/// Every root and OU as a choice, indented as in the tree.
fn places(document: &Document, without: Option<&str>) -> Vec<(String, String)> {
    fn list(
        unit: &Arc<OrganizationalUnit>,
        depth: usize,
        without: Option<&str>,
        out: &mut Vec<(String, String)>,
    ) {
        if without == Some(unit.id.as_str()) {
            return;
        }
        let indent = "\u{2003}".repeat(depth);
        out.push((unit.id.clone(), format!("{indent}{}", unit.name)));
        for below in &unit.organizational_units {
            list(below, depth + 1, without, out);
        }
    }
    let mut out = Vec::new();
    if let Some(organization) = document.organization() {
        list(&organization.root, 0, without, &mut out);
    }
    out
}
