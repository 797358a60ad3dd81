//! A root, organizational unit or account in the middle.

use iam_scenario::{Account, AccountState, Action, Document, JoinedMethod, OrganizationalUnit};
use yew::prelude::*;

use super::DetailsProps;
use super::account::AccountContents;
use super::attached::AttachedPolicies;
use super::heading::{Heading, crumbs};
use super::organization;
use super::parts::{add_button, button, card, danger_button, line, nothing};
use crate::dialog::{Form, forms};
use crate::effective::View;
use crate::icons::Icon;
use crate::selection::Selection;
use crate::show::view;

/// Shows a root, OU or account.
#[component]
pub fn TargetDetails(props: &DetailsProps) -> Html {
    let Selection::Target(id) = &props.selection else { return Html::default() };
    if let Some(account) = props.document.account(id) {
        return account_details(props, account);
    }
    match props.document.organizational_unit(id) {
        Some(unit) => unit_details(props, unit),
        None => nothing("This is not there any more."),
    }
}

/// A callback that shows a form about one thing of the document.
fn show(props: &DetailsProps, id: &str, form: fn(&Document, &str) -> Form) -> Callback<MouseEvent> {
    let (document, id) = (props.document.clone(), id.to_owned());
    props.ports.show(move || form(&document, &id))
}

/// Opens the permissions of everybody here and below.
fn permissions(props: &DetailsProps, id: &str) -> Callback<MouseEvent> {
    let view = View::Target(id.to_owned());
    props.ports.on_view.reform(move |_| Some(view.clone()))
}

fn unit_details(props: &DetailsProps, unit: &OrganizationalUnit) -> Html {
    let DetailsProps { document, ports, selection, .. } = props;
    let is_root = document.organization().is_some_and(|it| it.root.id == unit.id);
    let (kind, drawn) = match is_root {
        true => ("Root", Icon::Root),
        false => ("Organizational unit", Icon::Unit),
    };
    html! {
        <>
            { view!(Heading { selection: selection.clone(), crumbs: crumbs(document, selection), drawn, kind, name: unit.name.clone(), id: unit.id.clone(), ports, children: html! { <>
                { button("Permissions", permissions(props, &unit.id)) }
                { button("Rename …", show(props, &unit.id, forms::rename_target)) }
                if !is_root {
                    { button("Move to …", show(props, &unit.id, forms::move_to)) }
                    { danger_button("Delete …", show(props, &unit.id, forms::delete_unit)) }
                }
            </> } }) }
            { view!(AttachedPolicies { document, target: unit.id.clone(), attached: unit.attached_policies.clone(), ports }) }
            { children(props, unit, is_root) }
            if is_root {
                if let Some(organization) = document.organization() {
                    { organization::settings(document, organization, ports) }
                }
            }
        </>
    }
}

fn children(props: &DetailsProps, unit: &OrganizationalUnit, is_root: bool) -> Html {
    let DetailsProps { document, ports, .. } = props;
    let form_of = |form: fn(&Document) -> Form| {
        let document = document.clone();
        ports.show(move || form(&document))
    };
    let buttons = html! {
        <>
            { add_button("OU", show(props, &unit.id, forms::create_unit)) }
            if is_root {
                { add_button("Account", form_of(forms::create_account)) }
                { button("Invite …", form_of(forms::invite_account)) }
            }
        </>
    };
    let open = |id: &str| ports.open(Selection::Target(id.to_owned()));
    let units = unit.organizational_units.iter().map(|below| {
        let words = match below.walk().map(|unit| unit.accounts.len()).sum::<usize>() {
            1 => "1 account".to_owned(),
            accounts => format!("{accounts} accounts"),
        };
        line(
            below.id.clone(),
            Icon::Unit,
            &below.name,
            open(&below.id),
            html! { words },
            Html::default(),
        )
    });
    let accounts = unit.accounts.iter().filter_map(|id| document.account(id)).map(|account| {
        let aside = html! { <code>{ &account.id }</code> };
        line(
            account.id.clone(),
            Icon::Account,
            &account.name,
            open(&account.id),
            aside,
            Html::default(),
        )
    });
    let contents = html! {
        if unit.organizational_units.is_empty() && unit.accounts.is_empty() {
            { nothing("Empty. Create an organizational unit here, or move an account to it.") }
        } else {
            <ul class="lines">{ for units }{ for accounts }</ul>
        }
    };
    card("children-heading", "Organizational units and accounts", buttons, contents)
}

fn account_details(props: &DetailsProps, account: &Account) -> Html {
    let DetailsProps { document, ports, selection, .. } = props;
    let is_member = document.is_member(&account.id);
    let is_management =
        document.organization().is_some_and(|it| it.is_management_account(&account.id));
    let kind = match (is_member, is_management) {
        (_, true) => "Management account",
        (true, _) => "Member account",
        (false, _) => "Account outside the organization",
    };
    html! {
        <>
            { view!(Heading { selection: selection.clone(), crumbs: crumbs(document, selection), drawn: Icon::Account, kind, name: account.name.clone(), id: account.id.clone(), ports, children: html! { <>
                { account_buttons(props, account, is_member) }
            </> } }) }
            <dl class="account-facts">
                <div><dt>{ "Email" }</dt><dd>{ if account.email.is_empty() { "none" } else { &account.email } }</dd></div>
                <div><dt>{ "State" }</dt><dd>{ crate::tree::state_word(account.state).unwrap_or("active") }</dd></div>
                if is_member {
                    <div><dt>{ "Joined" }</dt><dd>{ if account.joined_method == JoinedMethod::Invited { "invited" } else { "created here" } }</dd></div>
                }
            </dl>
            if account.state != AccountState::Active {
                <p class="note">{ format!("This account is {}.", crate::tree::state_word(account.state).unwrap_or_default()) }</p>
            }
            if is_management {
                <p class="note">{ "No SCP and no RCP ever limits the management account: keep workloads out of it." }</p>
            }
            if is_member {
                { view!(AttachedPolicies { document, target: account.id.clone(), attached: account.attached_policies.clone(), ports }) }
            } else if document.organization().is_some() {
                <p class="note">{ "Outside the organization: no SCP limits its principals, no RCP its resources." }</p>
            }
            { view!(AccountContents { document, account: account.id.clone(), ports }) }
        </>
    }
}

fn account_buttons(props: &DetailsProps, account: &Account, is_member: bool) -> Html {
    let ports = &props.ports;
    let id = || account.id.clone();
    html! {
        <>
            { button("Permissions", permissions(props, &account.id)) }
            { button("Rename …", show(props, &account.id, forms::rename_target)) }
            { button("Settings …", show(props, &account.id, forms::account_settings)) }
            if is_member {
                { button("Move to …", show(props, &account.id, forms::move_to)) }
                { danger_button("Remove …", show(props, &account.id, forms::remove_account)) }
            } else {
                if props.document.organization().is_some() {
                    { button("Invite", ports.make(Action::InviteAccount { id: id() })) }
                }
                { danger_button("Take off the list …", show(props, &account.id, forms::forget_account)) }
            }
            if account.state == AccountState::Active {
                if is_member {
                    { danger_button("Close …", show(props, &account.id, forms::close_account)) }
                }
            } else {
                { button("Reopen", ports.make(Action::ReopenAccount { id: id() })) }
            }
        </>
    }
}
