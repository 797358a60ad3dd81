//! A user, group or role in the middle.

use std::sync::Arc;

use iam_scenario::{Account, Action, Identity, InlinePolicy, Pairs, PolicyPlace, Request};
use yew::prelude::*;

use super::DetailsProps;
use super::heading::{Heading, crumbs};
use super::parts::{add_button, button, card, danger_button, line, nothing, remove_button};
use super::tags::tags_card;
use crate::dialog::{Form, Ports, forms};
use crate::effective::View;
use crate::icons::Icon;
use crate::question::Question;
use crate::selection::Selection;
use crate::show::view;

/// What users, groups and roles have in common.
struct Seen<'a> {
    account: &'a Arc<Account>,
    identity: &'a Identity,
    arn: String,
    attached: &'a [String],
    inline: &'a [Arc<InlinePolicy>],
    /// Groups have neither boundary nor tags.
    boundary: Option<&'a str>,
    tags: Option<&'a Pairs<String>>,
    ports: &'a Ports,
}

fn seen<'a>(
    account: &'a Arc<Account>,
    identity: &'a Identity,
    ports: &'a Ports,
) -> Option<Seen<'a>> {
    let (arn, attached, inline, boundary, tags) = match identity {
        Identity::User(name) => {
            let it = account.user(name)?;
            let boundary = it.permissions_boundary.as_deref();
            (
                account.user_arn(it),
                &it.attached_policies,
                &it.inline_policies,
                boundary,
                Some(&it.tags),
            )
        }
        Identity::Group(name) => {
            let it = account.group(name)?;
            let arn = iam_scenario::names::iam_arn(&account.id, "group", &it.path, &it.name);
            (arn, &it.attached_policies, &it.inline_policies, None, None)
        }
        Identity::Role(name) => {
            let it = account.role(name)?;
            let boundary = it.permissions_boundary.as_deref();
            (
                account.role_arn(it),
                &it.attached_policies,
                &it.inline_policies,
                boundary,
                Some(&it.tags),
            )
        }
    };
    Some(Seen { account, identity, arn, attached, inline, boundary, tags, ports })
}

/// Shows a user, group or role.
#[component]
pub fn IdentityDetails(props: &DetailsProps) -> Html {
    let DetailsProps { document, ports, selection, .. } = props;
    let Selection::Identity { account, identity } = selection else { return Html::default() };
    let seen = document.account(account).and_then(|account| seen(account, identity, ports));
    let Some(it) = seen else { return nothing("This is not there any more.") };
    let (kind, drawn) = match identity {
        Identity::User(_) => ("IAM user", Icon::User),
        Identity::Group(_) => ("IAM group", Icon::Group),
        Identity::Role(_) => ("IAM role", Icon::Role),
    };
    html! {
        <>
            { view!(Heading { selection: selection.clone(), crumbs: crumbs(document, selection), drawn, kind, name: identity.name().to_owned(), id: it.arn.clone(), ports, children: html! { <>
                if it.tags.is_some() {
                    <button type="button" class="button small primary" onclick={ask_as(props, &it.arn)}>{ "Ask about it" }</button>
                    { button("Permissions", permissions_of(props, &it.arn)) }
                }
                { button("Rename …", it.show(|it| forms::rename_identity(&it.0.id, &it.1))) }
                if !matches!(identity, Identity::Role(_)) {
                    { button("Path …", it.show(|it| forms::identity_path(&it.0, &it.1))) }
                }
                { danger_button("Delete …", it.show(|it| forms::delete_identity(&it.0.id, &it.1))) }
            </> } }) }
            <div class="cards">
                { it.policies() }
                { it.trust() }
                { it.groups() }
                { it.members() }
                { it.limits() }
            </div>
        </>
    }
}

/// Asks about this identity and opens everything that it may do.
fn permissions_of(props: &DetailsProps, arn: &str) -> Callback<MouseEvent> {
    let (ask, on_view) = (ask_as(props, arn), props.ports.on_view.clone());
    Callback::from(move |event: MouseEvent| {
        ask.emit(event);
        on_view.emit(Some(View::Principal(String::new())));
    })
}

/// Makes this identity the principal of the question.
fn ask_as(props: &DetailsProps, arn: &str) -> Callback<MouseEvent> {
    let (question, on_question) = (props.question.clone(), props.on_question.clone());
    let principal = arn.to_owned();
    Callback::from(move |_| {
        let request = Request {
            principal: principal.clone(),
            name: String::new(),
            expect: None,
            ..(*question.request).clone()
        };
        on_question.emit(Question::new(request));
    })
}

impl Seen<'_> {
    fn show(
        &self,
        form: impl Fn(&(Arc<Account>, Identity)) -> Form + 'static,
    ) -> Callback<MouseEvent> {
        let about = (self.account.clone(), self.identity.clone());
        self.ports.show(move || form(&about))
    }

    fn id(&self) -> String {
        self.account.id.clone()
    }

    fn policies(&self) -> Html {
        let buttons = html! {
            <>
                { add_button("Attach …", self.show(|it| forms::attach_managed(&it.0, &it.1))) }
                { add_button("Inline policy", self.show(|it| forms::create_inline(&it.0.id, &it.1))) }
            </>
        };
        let empty = self.attached.is_empty() && self.inline.is_empty();
        let contents = html! {
            if empty {
                { nothing("None: without a policy that allows it, nothing is allowed.") }
            } else {
                <ul class="lines">
                    { for self.attached.iter().map(|arn| self.attached_line(arn)) }
                    { for self.inline.iter().map(|policy| self.inline_line(policy)) }
                </ul>
            }
        };
        card("policies-heading", "Permissions policies", buttons, contents)
    }

    fn attached_line(&self, arn: &str) -> Html {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        let kind = match arn.contains(":iam::aws:") {
            true => "AWS managed",
            false => "customer managed",
        };
        let action = Action::DetachManagedPolicy {
            account: self.id(),
            identity: self.identity.clone(),
            policy_arn: arn.to_owned(),
        };
        let detach = remove_button(format!("Detach {name}"), self.ports.make(action));
        let open = self.ports.open(Selection::policy(PolicyPlace::Managed { arn: arn.to_owned() }));
        line(
            arn.to_owned(),
            Icon::Policy,
            name,
            open,
            html! { <span class="chip">{ kind }</span> },
            detach,
        )
    }

    fn inline_line(&self, policy: &InlinePolicy) -> Html {
        let (account, identity) = (self.id(), self.identity.clone());
        let name = policy.name.clone();
        let place = PolicyPlace::Inline { account, identity, name: name.clone() };
        let delete = {
            let name = name.clone();
            self.show(move |it| forms::delete_inline(&it.0.id, &it.1, &name))
        };
        let open = self.ports.open(Selection::policy(place));
        let aside = html! { <span class="chip">{ "inline" }</span> };
        line(
            format!("inline {name}"),
            Icon::Policy,
            &name,
            open,
            aside,
            remove_button(format!("Delete {name}"), delete),
        )
    }

    fn trust(&self) -> Html {
        let Identity::Role(role) = self.identity else { return Html::default() };
        let place = PolicyPlace::Trust { account: self.id(), role: role.clone() };
        let open = self.ports.open(Selection::policy(place));
        let contents = html! {
            <ul class="lines">
                { line("trust".into(), Icon::Policy, "Trust policy", open, html! { "who may assume the role" }, Html::default()) }
            </ul>
        };
        card("trust-heading", "Trust", Html::default(), contents)
    }

    fn groups(&self) -> Html {
        let Identity::User(name) = self.identity else { return Html::default() };
        let Some(user) = self.account.user(name) else { return Html::default() };
        let add = self.show(|it| forms::add_to_group(&it.0, it.1.name()));
        let lines = user.groups.iter().map(|group| {
            let action = Action::RemoveUserFromGroup {
                account: self.id(),
                user: name.clone(),
                group: group.clone(),
            };
            let remove = remove_button(format!("Remove from {group}"), self.ports.make(action));
            let identity = Identity::Group(group.clone());
            let open = self.ports.open(Selection::Identity { account: self.id(), identity });
            line(group.clone(), Icon::Group, group, open, Html::default(), remove)
        });
        let contents = match user.groups.len() {
            0 => nothing("In no group."),
            _ => html! { <ul class="lines">{ for lines }</ul> },
        };
        card("membership-heading", "Groups", add_button("Add to …", add), contents)
    }

    /// The users of a group.
    fn members(&self) -> Html {
        let Identity::Group(group) = self.identity else { return Html::default() };
        let add = self.show(|it| forms::add_member(&it.0, it.1.name()));
        let users = self.account.users.iter().filter(|user| user.groups.contains(group));
        let lines: Vec<Html> = users
            .map(|user| {
                let action = Action::RemoveUserFromGroup {
                    account: self.id(),
                    user: user.name.clone(),
                    group: group.clone(),
                };
                let remove =
                    remove_button(format!("Remove {} from it", user.name), self.ports.make(action));
                let identity = Identity::User(user.name.clone());
                let open = self.ports.open(Selection::Identity { account: self.id(), identity });
                line(user.name.clone(), Icon::User, &user.name, open, Html::default(), remove)
            })
            .collect();
        let contents = match lines.is_empty() {
            true => nothing("Nobody is in it."),
            false => html! { <ul class="lines">{ for lines }</ul> },
        };
        card("members-heading", "Users", add_button("Add …", add), contents)
    }

    fn limits(&self) -> Html {
        let Some(tags) = self.tags else { return Html::default() };
        let boundary = self.boundary.map(str::to_owned);
        let set_boundary = {
            let boundary = boundary.clone();
            self.show(move |it| forms::set_boundary(&it.0, &it.1, boundary.as_deref()))
        };
        let on_tags = {
            let (account, identity) = (self.id(), self.identity.clone());
            self.ports.on_action.reform(move |tags| Action::SetIdentityTags {
                account: account.clone(),
                identity: identity.clone(),
                tags,
            })
        };
        let limit = match &boundary {
            None => nothing("No permissions boundary."),
            Some(arn) => {
                let name = arn.rsplit('/').next().unwrap_or(arn);
                let place = PolicyPlace::Managed { arn: arn.clone() };
                let open = self.ports.open(Selection::policy(place));
                let action = Action::SetPermissionsBoundary {
                    account: self.id(),
                    identity: self.identity.clone(),
                    policy_arn: None,
                };
                let clear = remove_button("Clear the boundary".to_owned(), self.ports.make(action));
                html! { <ul class="lines">{ line(arn.clone(), Icon::Policy, name, open, Html::default(), clear) }</ul> }
            }
        };
        html! {
            <>
                { card("boundary-heading", "Permissions boundary", button("Set …", set_boundary), limit) }
                { tags_card(tags, "Conditions see them as aws:PrincipalTag/key.", self.ports.read_only, &on_tags) }
            </>
        }
    }
}
