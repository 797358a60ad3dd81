//! What the question form suggests: principals by account, actions, and resources that fit the action.

use iam_evaluator::RequestPrincipal;
use iam_scenario::{Account, ContextValue, Document, Request};

use crate::effective::actions::{self, Place};

/// The principals of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalGroup {
    /// Its name and id.
    pub label: String,
    /// Its principals: ARN and label.
    pub principals: Vec<(String, String)>,
}

/// Lists every principal of the scenario by account, then those that its questions bring along, then anybody.
pub fn principals(document: &Document) -> Vec<PrincipalGroup> {
    let mut groups: Vec<PrincipalGroup> = document
        .accounts()
        .iter()
        .map(|account| {
            let users = account
                .users
                .iter()
                .map(|user| (account.user_arn(user), label(account, &user.name, "user")));
            let roles = account
                .roles
                .iter()
                .map(|role| (account.role_arn(role), label(account, &role.name, "role")));
            let root = format!("arn:aws:iam::{}:root", account.id);
            let root = (root, format!("Root user in {}", account.name));
            let label = format!("{} · {}", account.name, account.id);
            PrincipalGroup { label, principals: users.chain(roles).chain([root]).collect() }
        })
        .collect();
    let mut others = vec![("*".to_owned(), "Anyone, without credentials".to_owned())];
    for request in document.requests() {
        let known = groups.iter().any(|it| position(it, &request.principal).is_some());
        if !known
            && !request.principal.is_empty()
            && others.iter().all(|it| it.0 != request.principal)
        {
            others.push((request.principal.clone(), request.principal.clone()));
        }
    }
    groups.push(PrincipalGroup { label: "From outside".to_owned(), principals: others });
    groups
}

/// A closed list shows nothing but this, so the account stands in it.
fn label(account: &Account, name: &str, kind: &str) -> String {
    format!("{name} ({kind}) in {}", account.name)
}

/// The place of a principal in a group; a session stands for its role.
pub fn position(group: &PrincipalGroup, principal: &str) -> Option<usize> {
    let role = session_role(principal);
    group.principals.iter().position(|(arn, _)| match role {
        None => arn == principal,
        Some((account, name)) => {
            arn == principal
                || arn
                    .strip_prefix("arn:aws:iam::")
                    .and_then(|rest| rest.strip_prefix(account))
                    .and_then(|rest| rest.strip_prefix(":role/"))
                    .is_some_and(|path| path.rsplit('/').next() == Some(name))
        }
    })
}

/// The principal of the groups that this one is, or is a session of.
pub fn chosen<'a>(groups: &'a [PrincipalGroup], principal: &str) -> Option<&'a str> {
    groups.iter().find_map(|group| {
        let (arn, _) = group.principals.get(position(group, principal)?)?;
        Some(arn.as_str())
    })
}

/// Account and role of a session's ARN.
fn session_role(principal: &str) -> Option<(&str, &str)> {
    let (account, rest) = principal.strip_prefix("arn:aws:sts::")?.split_once(':')?;
    let (role, _) = rest.strip_prefix("assumed-role/")?.split_once('/')?;
    Some((account, role))
}

/// Lists actions: the scenario's own first, then common ones.
pub fn actions(document: &Document) -> Vec<String> {
    let own = document.requests().iter().map(|request| request.action.clone());
    distinct(own.chain(actions::all_actions()))
}

/// Lists resources that fit the action: an example in the caller's account, those of the scenario, and any.
pub fn resources(document: &Document, request: &Request) -> Vec<String> {
    let prefix = request.action.split(':').next().unwrap_or_default();
    let service = if prefix == "sts" { "iam" } else { prefix };
    let account = caller_account(request);
    let place = Place { account: &account, region: region(document, request) };
    let example = actions::example(document, &request.action, place);
    let asked = document.requests().iter().map(|it| it.resource.as_str());
    let listed = document.accounts().iter().flat_map(|account| &account.resources);
    let fitting = asked
        .chain(listed.map(|resource| resource.arn.as_str()))
        .filter(|arn| arn.split(':').nth(2) == Some(service))
        .map(str::to_owned);
    distinct(example.into_iter().chain(fitting).chain(["*".to_owned()]))
}

/// Suggests another resource where the one of the question belongs to another service than the action.
pub fn better_resource(document: &Document, request: &Request) -> Option<String> {
    let (prefix, _) = request.action.split_once(':')?;
    let service = request.resource.split(':').nth(2)?;
    if service == prefix || (prefix, service) == ("sts", "iam") {
        return None;
    }
    resources(document, request).into_iter().find(|arn| arn != "*")
}

/// The account of the one who asks; empty for services and anonymous callers.
pub fn caller_account(request: &Request) -> String {
    let principal = RequestPrincipal::parse(&request.principal).ok();
    let account = principal.and_then(|principal| principal.account());
    account.map(|account| account.to_string()).unwrap_or_default()
}

/// The region that a question speaks of, else the first that another question of the scenario does, else AWS's first.
pub fn region<'a>(document: &'a Document, request: &'a Request) -> &'a str {
    let others = document.requests().iter().map(|request| &**request);
    let mut regions = std::iter::once(request).chain(others).filter_map(|request| {
        match request.context.get("aws:RequestedRegion") {
            Some(ContextValue::One(region)) => Some(region.as_str()),
            _ => request.resource.split(':').nth(3).filter(|region| !region.is_empty()),
        }
    });
    regions.next().unwrap_or("us-east-1")
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(groups: &[PrincipalGroup], principal: &str) -> Option<String> {
        let mut found =
            groups.iter().filter_map(|group| group.principals.get(position(group, principal)?));
        found.next().map(|(_, label)| label.clone())
    }

    #[test]
    fn every_principal_of_the_seed_is_offered() {
        let document = crate::seed::document();
        let groups = principals(&document);
        for request in document.requests() {
            assert!(find(&groups, &request.principal).is_some(), "{}", request.principal);
        }
        let session = "arn:aws:sts::666666666666:assumed-role/Admin/ada";
        assert_eq!(find(&groups, session).as_deref(), Some("Admin (role) in Production"));
        assert_eq!(find(&groups, "arn:aws:iam::999999999999:user/Nobody"), None);
    }

    #[test]
    fn resources_fit_the_action() {
        let document = crate::seed::document();
        let mut request = (*document.requests()[0]).clone();
        assert_eq!(better_resource(&document, &request), None);
        request.action = "s3:GetObject".to_owned();
        let better = better_resource(&document, &request).unwrap();
        assert!(better.starts_with("arn:aws:s3:::"), "{better}");
        let offered = resources(&document, &request);
        assert!(offered.iter().any(|arn| arn == "arn:aws:s3:::example-logs"));
        assert!(offered.iter().all(|arn| arn == "*" || arn.contains(":s3:")), "{offered:?}");
    }
}
