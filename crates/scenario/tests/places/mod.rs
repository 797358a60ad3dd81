//! Every place of a document where a policy's text stands.

use iam_scenario::{Account, Document, Identity, InlinePolicy, PolicyPlace};

/// Lists every policy that the document itself carries.
pub fn all(document: &Document) -> Vec<PolicyPlace> {
    let mut places = Vec::new();
    for policy in document.organization().iter().flat_map(|it| &it.policies) {
        places.push(PolicyPlace::Organization { policy: policy.id.clone() });
    }
    for account in document.accounts() {
        of_account(account, &mut places);
    }
    for (request, asked) in document.requests().iter().enumerate() {
        for index in 0..asked.session_policies.len() {
            places.push(PolicyPlace::Session { request, index });
        }
    }
    places
}

fn of_account(account: &Account, places: &mut Vec<PolicyPlace>) {
    let id = &account.id;
    for policy in &account.managed_policies {
        let arn = format!("arn:aws:iam::{id}:policy{}{}", policy.path, policy.name);
        places.push(PolicyPlace::Managed { arn });
    }
    let mut inline = |identity: Identity, policies: &[std::sync::Arc<InlinePolicy>]| {
        for policy in policies {
            let (account, name) = (id.clone(), policy.name.clone());
            places.push(PolicyPlace::Inline { account, identity: identity.clone(), name });
        }
    };
    for user in &account.users {
        inline(Identity::User(user.name.clone()), &user.inline_policies);
    }
    for group in &account.groups {
        inline(Identity::Group(group.name.clone()), &group.inline_policies);
    }
    for role in &account.roles {
        inline(Identity::Role(role.name.clone()), &role.inline_policies);
    }
    for role in &account.roles {
        places.push(PolicyPlace::Trust { account: id.clone(), role: role.name.clone() });
    }
    for resource in account.resources.iter().filter(|it| it.policy.is_some()) {
        places.push(PolicyPlace::Resource { account: id.clone(), arn: resource.arn.clone() });
    }
}
