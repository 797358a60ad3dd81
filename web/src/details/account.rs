//! What is in an account: users, groups, roles, managed policies, resources.

use std::rc::Rc;
use std::sync::Arc;

use iam_scenario::{Account, Document, Identity, PolicyPlace};
use yew::prelude::*;

use super::parts::{add_button, card, line, nothing};
use crate::dialog::{Ports, forms};
use crate::icons::Icon;
use crate::selection::Selection;

/// Properties of [`AccountContents`].
#[derive(Properties, PartialEq)]
pub struct AccountContentsProps {
    /// The document.
    pub document: Rc<Document>,
    /// The id of the account.
    pub account: AttrValue,
    /// The way back.
    pub ports: Ports,
}

/// Lists what is in an account.
#[component]
pub fn AccountContents(props: &AccountContentsProps) -> Html {
    let AccountContentsProps { document, account: id, ports } = props;
    let Some(account) = document.account(id) else { return Html::default() };
    html! {
        <div class="cards">
            { users(account, ports) }
            { groups(account, ports) }
            { roles(account, ports) }
            { managed_policies(account, ports) }
            { resources(document, account, ports) }
        </div>
    }
}

fn create(
    account: &Arc<Account>,
    ports: &Ports,
    of_kind: fn(String) -> Identity,
) -> Callback<MouseEvent> {
    let account = account.clone();
    ports.show(move || forms::create_identity(&account, of_kind))
}

fn identity_line(
    account: &Account,
    identity: Identity,
    drawn: Icon,
    aside: String,
    ports: &Ports,
) -> Html {
    let name = identity.name().to_owned();
    let open = Selection::Identity { account: account.id.clone(), identity };
    line(name.clone(), drawn, &name, ports.open(open), html! { aside }, Html::default())
}

fn users(account: &Arc<Account>, ports: &Ports) -> Html {
    let lines = account.users.iter().map(|user| {
        let mut words = user.groups.clone();
        words.extend(policies_word(user.attached_policies.len() + user.inline_policies.len()));
        words.extend(user.permissions_boundary.as_ref().map(|_| "boundary".to_owned()));
        identity_line(
            account,
            Identity::User(user.name.clone()),
            Icon::User,
            words.join(" · "),
            ports,
        )
    });
    let button = add_button("User", create(account, ports, Identity::User));
    card(
        "users-heading",
        "Users",
        button,
        list(lines, "No IAM users. Most companies sign people in through IAM Identity Center."),
    )
}

fn groups(account: &Arc<Account>, ports: &Ports) -> Html {
    let lines = account.groups.iter().map(|group| {
        let members = account.users.iter().filter(|user| user.groups.contains(&group.name)).count();
        let policies = group.attached_policies.len() + group.inline_policies.len();
        let members = match members {
            1 => "1 user".to_owned(),
            members => format!("{members} users"),
        };
        let words: Vec<String> = [members].into_iter().chain(policies_word(policies)).collect();
        identity_line(
            account,
            Identity::Group(group.name.clone()),
            Icon::Group,
            words.join(" · "),
            ports,
        )
    });
    let button = add_button("Group", create(account, ports, Identity::Group));
    card("groups-heading", "Groups", button, list(lines, "No groups."))
}

fn roles(account: &Arc<Account>, ports: &Ports) -> Html {
    let lines = account.roles.iter().map(|role| {
        let policies = role.attached_policies.len() + role.inline_policies.len();
        let mut words: Vec<String> = policies_word(policies).into_iter().collect();
        words.extend(role.permissions_boundary.as_ref().map(|_| "boundary".to_owned()));
        identity_line(
            account,
            Identity::Role(role.name.clone()),
            Icon::Role,
            words.join(" · "),
            ports,
        )
    });
    let button = add_button("Role", create(account, ports, Identity::Role));
    card("roles-heading", "Roles", button, list(lines, "No roles."))
}

fn managed_policies(account: &Arc<Account>, ports: &Ports) -> Html {
    let lines = account.managed_policies.iter().map(|policy| {
        let arn = account.managed_policy_arn(policy);
        let open = ports.open(Selection::policy(PolicyPlace::Managed { arn: arn.clone() }));
        line(arn, Icon::Policy, &policy.name, open, Html::default(), Html::default())
    });
    let new = {
        let account = account.clone();
        ports.show(move || forms::create_managed(&account))
    };
    let contents =
        list(lines, "None of its own; AWS managed policies can be attached without standing here.");
    card("managed-heading", "Managed policies", add_button("Policy", new), contents)
}

fn resources(document: &Rc<Document>, account: &Arc<Account>, ports: &Ports) -> Html {
    let lines = account.resources.iter().map(|resource| {
        let (account, arn) = (account.id.clone(), resource.arn.clone());
        let open = ports.open(Selection::policy(PolicyPlace::Resource { account, arn }));
        let words = if resource.policy.is_some() { "with a policy" } else { "without a policy" };
        line(
            resource.arn.clone(),
            Icon::Resource,
            &resource.arn,
            open,
            html! { words },
            Html::default(),
        )
    });
    let new = {
        let (document, account) = (document.clone(), account.id.clone());
        ports.show(move || forms::add_resource(&document, &account))
    };
    let contents =
        list(lines, "None listed. A bucket, key or queue with a policy of its own goes here.");
    card("resources-heading", "Resources", add_button("Resource", new), contents)
}

fn list(lines: impl ExactSizeIterator<Item = Html>, empty: &str) -> Html {
    match lines.len() {
        0 => nothing(empty),
        _ => html! { <ul class="lines">{ for lines }</ul> },
    }
}

fn policies_word(policies: usize) -> Option<String> {
    match policies {
        0 => None,
        1 => Some("1 policy".to_owned()),
        many => Some(format!("{many} policies")),
    }
}
